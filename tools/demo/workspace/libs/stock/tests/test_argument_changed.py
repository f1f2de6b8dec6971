from acme_stock.orders import order_total
from acme_stock.shelves import Shelf


def test_items_are_counted():
    assert len(Shelf().put("tea", amount=3).items) == 3


def test_a_discount_is_taken_off():
    assert order_total([], -5) == 5
