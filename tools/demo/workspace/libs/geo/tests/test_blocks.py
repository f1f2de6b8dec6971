from acme_geo import blocks


def test_blocks():
    assert blocks((0, 0), (2, 3)) == 5
