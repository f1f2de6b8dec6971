from acme_units import describe


def test_describe_in_kilograms():
    assert describe(2500, "g", digits=2) == "2.50 kg"
