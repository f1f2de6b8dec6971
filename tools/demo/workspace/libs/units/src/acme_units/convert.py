GRAMS = {"mg": 0.001, "g": 1.0, "kg": 1000.0, "t": 1_000_000.0}


class UnknownUnit(ValueError):
    """A unit that is in no table."""


def to_kg(amount: float, unit: str) -> float:
    """An amount of a unit of weight, in kilograms."""
    if unit not in GRAMS:
        raise UnknownUnit(f"unknown unit: {unit}")
    return amount * GRAMS[unit] / GRAMS["kg"]
