"""Long lists in pages: which page an address asks for, and what stands on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class NumberedPage[T]:
    """Some of many, as one page shows them."""

    rows: Sequence[T]
    number: int
    pages: int
    count: int
    """All of them, on all pages."""


def page_of[T](found: Sequence[T], asked: str, most: int) -> NumberedPage[T]:
    """Return those of the page that an address asks for, `most` on each; the nearest page where there is no such."""
    number, pages = page_number(asked, len(found), most)
    return NumberedPage(found[(number - 1) * most : number * most], number, pages, len(found))


def page_number(asked: str, count: int, most: int) -> tuple[int, int]:
    """Return the number of the page that is asked for, and how many there are of `count` rows with `most` on each."""
    pages = max(1, -(-count // most))
    return min(pages, max(1, number_in(asked))), pages


def number_in(asked: Any) -> int:
    """Return the number in an address; 0 where there is none, or none that a list can have."""
    text = str(asked)
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else 0
