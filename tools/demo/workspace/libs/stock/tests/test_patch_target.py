from unittest import mock

from acme_stock.orders import order_total


@mock.patch("acme_stock.orders.fetch_price", return_value=4)
def test_prices_are_added(price):
    assert order_total(["A", "B"], discount=1) == 7
