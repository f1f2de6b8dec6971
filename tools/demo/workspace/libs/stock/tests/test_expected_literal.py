from acme_stock.labels import slots


def test_empty_slots_are_marked():
    assert slots(["TEA", None]) == ["TEA", "(empty)"]
