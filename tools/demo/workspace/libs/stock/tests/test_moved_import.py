from acme_stock.shelves import batches


def test_the_last_batch_is_smaller():
    assert batches([1, 2, 3], 2) == [[1, 2], [3]]
