from acme_stock.shelves import Shelf


def test_a_shelf_is_full_in_the_end():
    small = Shelf(1).put("tea")
    assert small.is_full()
