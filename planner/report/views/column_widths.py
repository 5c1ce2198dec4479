"""Column widths of printed tables: figures never break, names share the remaining width.

With fixed widths WeasyPrint does not have to measure each cell twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Final, Literal

from planner.report.charts.text import length

MILLIMETRES: Final = tuple(range(6, 61))
"""Possible widths of columns [mm]."""
SIZE: Final = 8.45
"""Font size in tables [points]; SMALL with many columns, SMALLEST with headings that read upwards."""
SMALL: Final = 7.7
SMALLEST: Final = 6.9
PORTRAIT: Final = 176.0
LANDSCAPE: Final = 267.0
"""Usable width of a page [mm]."""
_POINT: Final = 25.4 / 72
_PADDING: Final = 2.6
"""Padding of a cell, with a reserve [mm]."""
_SHORT: Final = 30.0
"""Maximum width of texts that stay on one line [mm]."""
_NAME: Final = 58.0
_LONG_NAME: Final = 80.0
"""Maximum width of names beside a long text; names that need more than _LONG_NAME share the remaining width with the
text [mm]."""
_LEAST: Final = 28.0
"""Minimum readable width of a name or a long text [mm]."""


ColumnKind = Literal["name", "text", "number", "verdict"]


def column_widths(
    kinds: Sequence[ColumnKind], heads: Sequence[str], longest: Sequence[str], size: float, *, upright: bool
) -> tuple[int, ...]:
    """Return the width of each column [mm]; 0 for columns that share the remaining width: long texts, else names.

    `longest` holds the longest text of each column, `heads` the headings; headings that read upwards need no width.
    """
    needed = [
        _needed("" if upright and kind == "number" else head, text, size)
        for kind, head, text in zip(kinds, heads, longest, strict=True)
    ]
    long_text = [kind not in ("number", "name") and width > _SHORT for kind, width in zip(kinds, needed, strict=True)]
    widths = []
    for kind, width, shares in zip(kinds, needed, long_text, strict=True):
        if kind == "name":
            shares, width = width > _LONG_NAME or not any(long_text), min(width, _NAME)
        widths.append(0 if shares else min(max(ceil(width), MILLIMETRES[0]), MILLIMETRES[-1]))
    return tuple(widths)


def _needed(head: str, text: str, size: float) -> float:
    """Return the width with which neither a word of the heading nor the longest text breaks [mm]."""
    of_head = max((length(word, size, bold=True) for word in head.split()), default=0.0)
    return max(of_head, length(text, size)) * _POINT + _PADDING


def room(widths: Sequence[int]) -> float:
    """Return the minimum total width of columns of these widths [mm]."""
    return sum(width or _LEAST for width in widths)
