from dataclasses import dataclass

from acme_units import to_kilograms

PER_KG = 400


@dataclass(frozen=True)
class Quote:
    """A price in cents."""

    cents: int
    currency: str

    def label(self) -> str:
        return f"{self.cents / 100:.2f} {self.currency}"


def quote(amount: float, unit: str, currency: str = "CHF") -> Quote:
    """The price of a parcel of some weight."""
    kilograms = to_kilograms(amount, unit)
    return Quote(cents=round(kilograms * PER_KG), currency=currency)
