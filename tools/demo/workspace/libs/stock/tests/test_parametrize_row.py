import pytest

from acme_stock.weights import limit


@pytest.mark.parametrize(("kind", "kilograms"), [("pallet", 800), ("box", 30)])
def test_limits(kind, kilograms):
    assert limit(kind) == kilograms
