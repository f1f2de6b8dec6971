"""Weights, and how people write them."""

from acme_units.convert import UnknownUnit, to_kg
from acme_units.text import describe

__all__ = ["UnknownUnit", "describe", "to_kg"]
