from acme_stock.weights import gross


def test_the_box_weighs_too():
    assert gross(1.5, 0.25) == 1.75
