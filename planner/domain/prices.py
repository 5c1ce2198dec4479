"""Prices of later years: what a price of the first year becomes.

A price that names no year is of the first year of the horizon and grows from there. Each year's price is computed from
the price as written, not from the rounded one of the year before, so that it is rounded only once:

    price of year n  =  floor(price x (1 + price_growth)^n + 1/2)       [whole rupiah per unit; n = 0 in the first]
"""

from __future__ import annotations

from fractions import Fraction
from math import floor
from typing import NamedTuple


class PriceYear(NamedTuple):
    """A year, and by how much prices that name no year have grown until then."""

    name: str
    """The year as tables of prices name it."""
    factor: Fraction = Fraction(1)
    """(1 + price_growth) ^ years since the first."""

    def of(self, price: int) -> int:
        """Return what a price of the first year is in this year, with half a rupiah rounded up [rupiah]."""
        return price if self.factor == 1 else floor(price * self.factor + Fraction(1, 2))
