"""Invoices over parcels."""

from acme_pricing import Quote, quote


def invoice(parcels: list[tuple[float, str]]) -> Quote:
    """One price over all parcels; from 40.00 on, a rebate of 5 %."""
    total = sum(quote(amount, unit).cents for amount, unit in parcels)
    if total > 4000:
        total -= total * 5 // 100
    return Quote(cents=total, currency=quote(0, "kg").currency)
