"""Exact sums of shares in whole numbers: adding fractions one by one searches for common divisors at each step."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction


def shares_together(shares: Iterable[tuple[int, Fraction]]) -> Fraction:
    """Return the exact sum of number x share. Numbers over the same denominator are first added as whole numbers."""
    tops: dict[int, int] = {}
    for number, share in shares:
        bottom = share.denominator
        tops[bottom] = tops.get(bottom, 0) + number * share.numerator
    if len(tops) == 1:
        [(bottom, top)] = tops.items()
        return Fraction(top, bottom)
    return sum((Fraction(top, bottom) for bottom, top in tops.items()), Fraction(0))
