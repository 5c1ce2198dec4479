"""Bar charts of a part and its whole: gaps closed of gaps needed, money used of a limit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from planner.report.charts import text
from planner.report.charts.drawing import LEADING, SIZE, Canvas, Drawing
from planner.report.charts.pages import pages

WIDTH: Final = 800.0
LABEL_ROOM: Final = 256.0
TALLEST: Final = 780.0
"""Maximum height of a drawing, so that it fits on a page below its heading."""
_BAR: Final = 15.0


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: `part` of `whole`, on the same scale as all bars of the chart."""

    label: str
    part: float
    whole: float
    figure: str
    """Both values as printed beside the bar."""
    hint: str = ""


def bars(
    id: str, title: str, description: str, rows: Sequence[Bar], part_words: str, rest_words: str
) -> Iterator[Drawing]:
    """Draw the chart, as one drawing per page needed, all on one scale."""
    longest = max((row.whole for row in rows), default=0) or 1
    figures = max((text.width(row.figure, SIZE) for row in rows), default=0)
    start = LABEL_ROOM + 12
    scale = (WIDTH - start - figures - 12) / longest
    labels = [text.wrapped(row.label, LABEL_ROOM, SIZE) for row in rows]
    heights = [max(_BAR + 13, LEADING * len(lines) + 8) for lines in labels]
    for page in pages(heights, TALLEST):
        canvas = Canvas()
        y = top = canvas.legend([("closed", "", part_words), ("track", "open", rest_words)], start, 0, WIDTH - start)
        for i in page.rows:
            row, middle = rows[i], y + heights[i] / 2
            canvas.paragraph(labels[i], LABEL_ROOM, middle, anchor="end")
            reached = min(row.part, row.whole) * scale
            canvas.box(start, middle - _BAR / 2, reached, _BAR, "closed", hint=row.hint)
            rest = row.whole * scale - reached
            canvas.box(start + reached, middle - _BAR / 2, rest, _BAR, "track", "open", row.hint)
            canvas.paragraph([row.figure], start + row.whole * scale + 8, middle)
            y += heights[i]
        canvas.line(start, top, start, y)
        yield canvas.drawing(page.id(id), page.title(title), description, WIDTH, y + 4)
