import pytest

from acme_pricing import quote


def test_price_goes_by_weight():
    assert quote(2500, "g").cents == 1000


def test_label_in_the_default_currency():
    assert quote(1, "kg").label() == "4.00 EUR"


@pytest.mark.parametrize(
    "currency, label",
    [
        ("USD", "8.00 USD"),  # asked for
        (None, "8.00 EUR"),  # the default
    ],
)
def test_label_names_the_currency(currency, label):
    options = {"currency": currency} if currency else {}
    assert quote(2, "kg", **options).label() == label
