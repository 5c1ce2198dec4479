"""Differences of gaps in words, as precisely as they are proven."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Final

from planner.locale import _
from planner.report.material import Material

SMALLEST: Final = Fraction(1, 200)
"""A smaller difference is printed as none [gaps]."""


def between(material: Material, least: Fraction, most: Fraction) -> str:
    """Return "0", "at most 0,4", "between 1,2 and 1,4" or "3"."""
    number = material.formats.number
    if most < SMALLEST:
        return number(0)
    low, high = number(least), number(most)
    if low == high:
        return high
    if least < SMALLEST:
        return _("at most {most}").format(most=high)
    return _("between {least} and {most}").format(least=low, most=high)


def may_be_same(value: Fraction, most: Fraction, other: Fraction, other_most: Fraction) -> bool:
    """Return whether two different values are within the tolerance of their plans: either may reach the other.

    Each is the value of a plan, and the proven limit of any plan of its scenario.
    """
    return abs(value - other) >= SMALLEST and value <= other_most and other <= most


def within_tolerance(
    number: Callable[[Fraction], str], value: Fraction, most: Fraction, other: Fraction, other_most: Fraction
) -> str:
    """Return the sentence that a difference is within the tolerance, with both ranges."""
    return _(
        "The difference may come from the search alone: the best plans close from {first} to at most {first_most},"
        " and from {second} to at most {second_most}."
    ).format(first=number(value), first_most=number(most), second=number(other), second_most=number(other_most))
