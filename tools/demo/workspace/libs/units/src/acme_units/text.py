from acme_units.convert import to_kg


def describe(amount: float, unit: str, digits: int = 1) -> str:
    """A weight as people read it: ``2.5 kg``; :func:`acme_units.convert.to_kg` weighs it."""
    return f"{to_kg(amount, unit):.{digits}f} kg"
