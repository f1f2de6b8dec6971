"""What sending a parcel costs, in francs."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Tariff:
    base: int = 7
    per_kilogram: int = 2


def postage(kilograms, tariff, express=False):
    francs = tariff.base + tariff.per_kilogram * kilograms
    return 2 * francs if express else francs
