import pytest

from acme_units import UnknownUnit, to_kg


@pytest.mark.parametrize("amount, unit, expected", [(500, "g", 0.5), (3, "t", 3000.0), (2, "kg", 2.0)])
def test_to_kg(amount, unit, expected):
    assert to_kg(amount, unit) == expected


def test_unknown_unit_is_named():
    with pytest.raises(UnknownUnit) as caught:
        to_kg(1, "stone")
    assert str(caught.value) == "unknown unit: stone"
