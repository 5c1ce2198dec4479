"""Numbers as a worksheet holds them: a binary fraction, used only where it gives back the very same decimal."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import Final

from planner.units import decimal_text

_DIGITS: Final = 15
"""Digits that a worksheet keeps of a number."""

_LONG: Final = re.compile(r"[0-9]+(?:\.[0-9]+)?\Z")


def cell_number(value: Fraction) -> float | None:
    """`value` as the number of a cell; None if the cell would hold another one."""
    number = float(value)
    stored = float(f"{number:.16G}")
    return number if stored == number and Fraction(Decimal(repr(stored))) == value else None


def long_number(text: str) -> int | Decimal | None:
    """The number in a text that has more digits than a cell keeps; None for any other text."""
    if len(text) > 40 or not _LONG.match(text) or len(text.replace(".", "").strip("0")) <= _DIGITS:
        return None
    return Decimal(text) if "." in text else int(text)


def percentage(value: int | Decimal) -> str:
    """A number that its cell shows as a percentage, as text: 0.3 is 30%."""
    return decimal_text(Fraction(value) * 100) + "%"
