"""Split long charts between rows into drawings that fit on a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from planner.locale import _


@dataclass(frozen=True, slots=True)
class Page:
    """The rows of one of several drawings."""

    rows: range
    number: int
    """Counted from 1."""
    of: int

    def id(self, id: str) -> str:
        """Return the id of this drawing; the first one keeps the id of the chart."""
        return id if self.number == 1 else f"{id}-{self.number}"

    def title(self, title: str) -> str:
        if self.of == 1:
            return title
        return _("{title} (part {number} of {of})").format(title=title, number=self.number, of=self.of)


_LEAST: Final = 4
"""Minimum number of rows on the last page, where others can be moved to it."""


def pages(heights: Sequence[float], tallest: float) -> list[Page]:
    """Split rows of the given heights into pages no higher than `tallest`, each as full as possible."""
    if not heights:
        return []
    starts, filled = [0], 0.0
    for row, height in enumerate(heights):
        if filled and filled + height > tallest:
            starts.append(row)
            filled = 0.0
        filled += height
    if len(starts) > 1 and len(heights) - starts[-1] < _LEAST:
        starts[-1] = max(starts[-2] + 1, len(heights) - _LEAST)
    ends = [*starts[1:], len(heights)]
    return [
        Page(range(start, end), number, len(starts))
        for number, (start, end) in enumerate(zip(starts, ends, strict=True), start=1)
    ]
