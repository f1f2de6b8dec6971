from acme_stock.orders import legacy_csv


def test_rows_become_lines():
    assert legacy_csv([["a", "1"], ["b", "2"]]) == "a;1\nb;2"
