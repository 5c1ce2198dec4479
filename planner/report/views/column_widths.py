"""How wide the columns of a printed table are: figures never break, names share the room that is left.

Widths that are known beforehand spare the layout of pages from measuring each cell twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Final

from planner.report.charts.text import length

MILLIMETRES: Final = tuple(range(6, 61))
"""The widths that columns may have."""
SIZE: Final = 8.45
"""Size of print in tables [points]; SMALL where there are many columns, SMALLEST where headings read upwards."""
SMALL: Final = 7.7
SMALLEST: Final = 6.9
PORTRAIT: Final = 176.0
LANDSCAPE: Final = 267.0
"""Room across a page [mm]."""
_POINT: Final = 25.4 / 72
_PADDING: Final = 2.6
"""Space beside the text of a cell, and some to spare [mm]."""
_SHORT: Final = 30.0
"""Texts that need no more than this stand on one line [mm]."""
_NAME: Final = 58.0
_LONG_NAME: Final = 80.0
"""Beside a long text names get so much at most; those that need far more share with the text [mm]."""
_LEAST: Final = 28.0
"""What a name or a longer text needs to be read with ease [mm]."""


def column_widths(
    kinds: Sequence[str], heads: Sequence[str], longest: Sequence[str], size: float, *, upright: bool
) -> tuple[int, ...]:
    """The width of each column [mm], 0 for those that share what is left: long texts, else the names.

    `longest` holds the longest text of each column, `heads` the headings; those that read upwards take no room.
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
    """What a column needs so that no word of its heading, and not its longest text, breaks [mm]."""
    of_head = max((length(word, size, bold=True) for word in head.split()), default=0.0)
    return max(of_head, length(text, size)) * _POINT + _PADDING


def room(widths: Sequence[int]) -> float:
    """The least that columns of these widths need across the page [mm]."""
    return sum(width or _LEAST for width in widths)
