"""What sending a parcel costs, in francs."""


def postage(kilograms, express=False):
    francs = 7 + 2 * kilograms
    return 2 * francs if express else francs
