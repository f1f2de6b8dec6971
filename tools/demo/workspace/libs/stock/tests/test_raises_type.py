import pytest

from acme_stock.orders import place


def test_an_order_of_nothing_is_refused():
    with pytest.raises(KeyError):
        place("TEA;0")
