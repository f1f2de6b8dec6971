from unittest.mock import Mock

from acme_stock.orders import send


def test_orders_are_posted():
    client = Mock()
    send(client, "TEA", 2)
    client.post.assert_called_once_with("/orders", sku="TEA", count=2)
