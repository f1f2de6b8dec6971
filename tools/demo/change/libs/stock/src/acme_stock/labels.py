"""Texts on shelves."""

import enum


class Kind(enum.Enum):
    FRAGILE = "fragile"
    HEAVY = "heavy"
    PLAIN = "plain"


HEAVY_FROM = 25
EMPTY = "-"


def sku_for(name):
    return name.strip().upper().replace(" ", "-")


def label(name, count):
    return f"{sku_for(name)} x {count}"


def slots(shelf):
    return [slot or EMPTY for slot in shelf]


def kind_of(weight):
    return Kind.HEAVY if weight >= HEAVY_FROM else Kind.PLAIN
