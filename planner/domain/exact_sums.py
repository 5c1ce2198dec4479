"""Exact sums of shares in whole numbers: adding fractions one by one searches for common divisors at each step."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction


def share_down(number: int, share: Fraction) -> int:
    """Return number x share, rounded down; a product of fractions that is then rounded takes several times as long."""
    return number * share.numerator // share.denominator


def share_up(number: int, share: Fraction) -> int:
    """Return number x share, rounded up."""
    return -(-number * share.numerator // share.denominator)


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
