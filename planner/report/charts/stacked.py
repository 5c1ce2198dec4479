"""Stacked bars: the cost of each programme, divided by fund."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from planner.report.charts import text
from planner.report.charts.bars import LABEL_ROOM, TALLEST, WIDTH
from planner.report.charts.drawing import LEADING, SIZE, Canvas, Drawing, Label
from planner.report.charts.pages import pages
from planner.report.charts.palette import FUND_TONES, PATTERNS, ink_on

_BAR: Final = 18.0
_LETTER: Final = 11.0


@dataclass(frozen=True, slots=True)
class Part:
    """The amount that one payer pays of a row; `payer` is its position in the legend, from 0."""

    payer: int
    size: float
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Stack:
    """One bar and its parts."""

    label: str
    parts: tuple[Part, ...]
    figure: str
    """The sum as printed beside the bar."""


def letter_of(payer: int) -> str:
    """Return the letter of a payer in bars and legend: A, B, … Z, then A2, B2, …"""
    letter = chr(ord("A") + payer % 26)
    return letter if payer < 26 else f"{letter}{payer // 26 + 1}"


def tone_of(payer: int) -> str:
    return f"fund{payer % FUND_TONES}"


def pattern_of(payer: int) -> str:
    """Return the hatching of a payer; neighbours differ, and so do payers whose tones repeat."""
    return PATTERNS[(payer + payer // FUND_TONES) % len(PATTERNS)]


def stacked(id: str, title: str, description: str, rows: Sequence[Stack], payers: Sequence[str]) -> Iterator[Drawing]:
    """Draw the chart, as one drawing per page needed, all on one scale."""
    longest = max((sum(part.size for part in row.parts) for row in rows), default=0) or 1
    figures = max((text.width(row.figure, SIZE) for row in rows), default=0)
    start = LABEL_ROOM + 12
    scale = (WIDTH - start - figures - 12) / longest
    labels = [text.wrapped(row.label, LABEL_ROOM, SIZE) for row in rows]
    heights = [max(_BAR + 10, LEADING * len(lines) + 8) for lines in labels]
    keys = [(tone_of(i), pattern_of(i), f"{letter_of(i)}: {name}") for i, name in enumerate(payers)]
    for page in pages(heights, TALLEST - 60):
        canvas = Canvas()
        y = top = canvas.legend(keys, 0, 0, WIDTH) + 4
        for i in page.rows:
            middle = y + heights[i] / 2
            canvas.paragraph(labels[i], LABEL_ROOM, middle, anchor="end")
            end = _draw_parts(canvas, rows[i].parts, start, middle, scale)
            canvas.paragraph([rows[i].figure], end + 8, middle)
            y += heights[i]
        canvas.line(start, top, start, y)
        yield canvas.drawing(page.id(id), page.title(title), description, WIDTH, y + 4)


def _draw_parts(canvas: Canvas, parts: Sequence[Part], x: float, middle: float, scale: float) -> float:
    """Add the parts side by side, each with its letter where there is space; return the x coordinate of the end."""
    for part in parts:
        size, tone = part.size * scale, tone_of(part.payer)
        canvas.box(x, middle - _BAR / 2, max(0.0, size - 1), _BAR, tone, pattern_of(part.payer), part.hint)
        letter = letter_of(part.payer)
        room = text.width(letter, _LETTER, bold=True) + 6
        if size >= room + 3:
            centre = x + size / 2
            canvas.box(centre - room / 2, middle - 7, room, 14, tone)
            canvas.label(
                Label(round(centre, 2), round(middle + 4, 2), letter, _LETTER, "middle", bold=True, tone=ink_on(tone))
            )
        x += size
    return x
