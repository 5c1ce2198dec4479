"""The unit of money inside the solver: no coefficient is so small that it is dropped, none too large to be exact."""

from __future__ import annotations

from collections.abc import Iterable
from math import gcd

LARGEST_AMOUNT = 10**6
"""Largest amount in solver units: one unit of a row of 10^6 is far above a solver's tolerance of 10^-6."""


def money_unit(amounts: Iterable[int]) -> int:
    """Return the rupiah per solver unit, for rows made of `amounts`.

    The greatest common divisor if the largest amount then stays within LARGEST_AMOUNT, so that every
    coefficient is a whole number; else the power of ten that brings the largest down to it.
    """
    positive = [amount for amount in amounts if amount > 0]
    if not positive:
        return 1
    divisor, largest = gcd(*positive), max(positive)
    if largest <= divisor * LARGEST_AMOUNT:
        return divisor
    unit = 1
    while largest > unit * LARGEST_AMOUNT:
        unit *= 10
    return unit
