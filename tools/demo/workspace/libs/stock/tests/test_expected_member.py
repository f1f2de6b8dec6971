from acme_stock.shelves import Shelf


def test_who_found_no_room_is_named():
    try:
        Shelf(0).put("tea")
    except OverflowError as error:
        assert "no room for" in str(error)
