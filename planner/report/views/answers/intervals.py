"""Differences of gaps in words, as precisely as they are proven."""

from __future__ import annotations

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
