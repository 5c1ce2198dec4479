"""Guard against formulas: no text of a user is calculated by a spreadsheet."""

from __future__ import annotations

from typing import Final

FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""First characters of a cell that a spreadsheet takes for a formula."""


def is_like_a_formula(text: str) -> bool:
    """Whether a spreadsheet would take a cell of this text for a formula."""
    return text.startswith(FORMULA)


def inert(text: str) -> str:
    """The text of a CSV cell, with an apostrophe in front if it looks like a formula."""
    return f"'{text}" if is_like_a_formula(text) else text
