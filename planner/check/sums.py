"""Exact sums of many fractions, computed in whole numbers, which is several times faster."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import lcm

Ratio = tuple[int, int]
"""Numerator and denominator."""


def added(parts: Iterable[Ratio]) -> Ratio:
    """Return the sum, over the common denominator of its parts."""
    top, bottom = 0, 1
    for numerator, denominator in parts:
        if bottom % denominator:
            common = lcm(bottom, denominator)
            top, bottom = top * (common // bottom), common
        top += numerator * (bottom // denominator)
    return top, bottom


def total(numbers: Iterable[Fraction | int]) -> Fraction:
    """Return the sum."""
    return Fraction(*added(number.as_integer_ratio() for number in numbers))
