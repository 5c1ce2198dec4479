"""The class calendar: number of classes by programme and period."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from planner.report.charts import text
from planner.report.charts.bars import LABEL_ROOM, TALLEST, WIDTH
from planner.report.charts.drawing import LEADING, SIZE, Canvas, Drawing, Label
from planner.report.charts.pages import pages
from planner.report.charts.palette import ink_on

_CELL: Final = 38.0
_PERIODS: Final = 12
"""Maximum number of periods in one drawing."""
_ROOM: Final = LABEL_ROOM + 12


@dataclass(frozen=True, slots=True)
class Session:
    """One cell: two short lines of text, the first in bold, and a colour step by size (1 to 5)."""

    first: str
    second: str
    step: int
    hint: str


def calendar(
    id: str,
    title: str,
    description: str,
    rows: Sequence[str],
    periods: Sequence[str],
    sessions: Mapping[tuple[int, int], Session],
) -> Iterator[Drawing]:
    """Draw the calendar, as many drawings as the rows and periods need; `sessions` is keyed by (row, period)."""
    labels = [text.wrapped(row, LABEL_ROOM, SIZE) for row in rows]
    heights = [max(_CELL, LEADING * len(lines) + 8) for lines in labels]
    words = [line for s in sessions.values() for line in (s.first, s.second)]
    needed = max((text.width(line, SIZE, bold=True) for line in words), default=0) + 10
    part = 0
    for first in range(0, len(periods), _PERIODS):
        block = periods[first : first + _PERIODS]
        column = max(needed, (WIDTH - _ROOM) / min(len(periods), _PERIODS))
        heads = [text.wrapped(period, column - 6, SIZE, bold=True) for period in block]
        width = _ROOM + column * len(block)
        for page in pages(heights, TALLEST):
            part += 1
            canvas = Canvas()
            y = max(len(lines) for lines in heads) * LEADING + 10
            for t, lines in enumerate(heads):
                canvas.paragraph(lines, _ROOM + column * (t + 0.5), (y - 6) / 2, anchor="middle", bold=True)
            for r in page.rows:
                canvas.line(0, y, width, y)
                canvas.paragraph(labels[r], LABEL_ROOM, y + heights[r] / 2, anchor="end")
                for t in range(len(block)):
                    if (session := sessions.get((r, first + t))) is not None:
                        _draw(canvas, session, _ROOM + column * t, y, column, heights[r])
                y += heights[r]
            canvas.line(0, y, width, y)
            yield canvas.drawing(id if part == 1 else f"{id}-{part}", page.title(title), description, width, y + 2)


def _draw(canvas: Canvas, session: Session, x: float, y: float, width: float, height: float) -> None:
    tone = f"step{session.step}"
    canvas.box(x + 1.5, y + 1.5, width - 3, height - 3, tone, hint=session.hint)
    centre, middle, ink = round(x + width / 2, 2), y + height / 2, ink_on(tone)
    lines = [(session.first, True), (session.second, False)]
    shown = [(line, bold) for line, bold in lines if line]
    first = middle - LEADING * (len(shown) - 1) / 2 + SIZE * 0.34
    for number, (line, bold) in enumerate(shown):
        canvas.label(Label(centre, round(first + number * LEADING, 2), line, SIZE, "middle", bold, tone=ink))
