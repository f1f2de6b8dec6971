from acme_stock.labels import sku_of


def test_a_sku_has_no_spaces():
    assert sku_of(" green tea ") == "GREEN-TEA"
