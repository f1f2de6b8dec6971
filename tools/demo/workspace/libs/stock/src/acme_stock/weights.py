"""Weights, in kilograms."""


def gross(net, box):
    return round(net + box, 3)


def limit(kind):
    return {"pallet": 800, "box": 30}[kind]
