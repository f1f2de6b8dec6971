from acme_stock.counts import below, difference, merged


def test_a_name_at_the_limit_is_not_below_it():
    assert below({"tea": 5, "rice": 4}, 5) == ["rice"]


def test_counts_of_both_are_added():
    assert merged({"tea": 1}, {"tea": 2}) == {"tea": 3}


def test_what_came_is_positive():
    assert difference({"tea": 1}, {"tea": 4}) == {"tea": 3}
