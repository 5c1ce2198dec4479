"""Width and line breaks of text in charts, so that no name is clipped.

Widths come from the embedded font. A substitute font may be wider, so every width has a reserve.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Final

from planner.report.fonts import faces

_RESERVE: Final = 1.06
_UNKNOWN: Final = 1000
"""Advance of a character that the font lacks: one em, the largest width of a letter."""


@cache
def _advances(bold: bool) -> dict[str, int]:
    return faces()[1 if bold else 0].widths


@lru_cache(maxsize=8192)
def length(text: str, size: float, bold: bool = False) -> float:
    """Return the length of one line of `text` in the embedded font [units of `size`]."""
    advances = _advances(bold)
    return sum(advances.get(c, _UNKNOWN) for c in text) * size / 1000


def width(text: str, size: float, bold: bool = False) -> float:
    """Return the width to reserve for one line of `text`, with the reserve for other fonts [units of `size`]."""
    return length(text, size, bold) * _RESERVE


@lru_cache(maxsize=8192)
def wrapped(text: str, room: float, size: float, bold: bool = False) -> tuple[str, ...]:
    """Break `text` into as few lines as fit into `room`; a word longer than a line is split."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        for piece in _pieces(word, room, size, bold):
            longer = f"{line} {piece}" if line else piece
            if line and width(longer, size, bold) > room:
                lines.append(line)
                line = piece
            else:
                line = longer
    return (*lines, line) if line else tuple(lines) or ("",)


def _pieces(word: str, room: float, size: float, bold: bool) -> list[str]:
    """Split `word` where it exceeds a line, after a hyphen, slash or dot if there is one."""
    pieces: list[str] = []
    while width(word, size, bold) > room and len(word) > 1:
        end = len(word) - 1
        while end > 1 and width(word[:end], size, bold) > room:
            end -= 1
        after_mark = max(word.rfind(mark, 0, end) for mark in "-/._") + 1
        end = after_mark if after_mark > 1 else end
        pieces.append(word[:end])
        word = word[end:]
    return [*pieces, word]
