from acme_stock.orders import place


def test_an_order_begins_as_new():
    expected = {
        "sku": "TEA",
        "count": 2,
        "state": "new",  # nobody has seen it yet
    }
    assert place("TEA;2") == expected
