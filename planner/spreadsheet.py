"""Text of users in cells of spreadsheets: it is never calculated."""

from __future__ import annotations

from typing import Final

FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet calculates."""


def is_like_a_formula(text: str) -> bool:
    """Whether a spreadsheet would calculate a cell of this text."""
    return text.startswith(FORMULA)


def inert(text: str) -> str:
    """The text of a CSV cell, with an apostrophe in front where a spreadsheet would calculate it."""
    return f"'{text}" if is_like_a_formula(text) else text
