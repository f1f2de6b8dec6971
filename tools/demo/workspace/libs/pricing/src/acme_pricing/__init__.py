"""What sending a parcel costs."""

from acme_pricing.quote import Quote, quote

__all__ = ["Quote", "quote"]
