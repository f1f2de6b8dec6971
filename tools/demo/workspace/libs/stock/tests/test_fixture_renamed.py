def test_a_shelf_begins_with_tea(shelf):
    assert shelf.items == ["TEA", "TEA"]
