"""Guards spreadsheets against text of users that would run as a formula."""

from __future__ import annotations

from typing import Final

FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""First characters of a cell that a spreadsheet runs as a formula."""


def is_like_a_formula(text: str) -> bool:
    """Whether a spreadsheet would run this text as a formula."""
    return text.startswith(FORMULA)


def inert(text: str) -> str:
    """Return the text of a CSV cell, with an apostrophe in front where it would run as a formula."""
    return f"'{text}" if is_like_a_formula(text) else text
