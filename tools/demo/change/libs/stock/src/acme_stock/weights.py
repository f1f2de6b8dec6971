"""Weights, in kilograms."""

import warnings


def with_box(net, box):
    return round(net + box, 3)


def gross(net, box):
    warnings.warn("gross is deprecated, use with_box", DeprecationWarning, stacklevel=2)
    return with_box(net, box)


def limit(kind):
    return {"pallet": 800, "box": 25}[kind]
