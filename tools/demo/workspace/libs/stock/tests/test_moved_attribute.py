from acme_stock import shelves


def test_a_dozen_fits():
    assert shelves.MAX_ITEMS == 12
