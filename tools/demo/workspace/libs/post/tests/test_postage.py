from acme_post.postage import postage


def test_express_costs_twice_as_much():
    assert postage(3) == 13
    assert postage(3, express=True) == 26
