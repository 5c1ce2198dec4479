"""Waterfall charts: from one value to another in steps, each beginning where the previous one ended."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from planner.report.charts import text
from planner.report.charts.bars import LABEL_ROOM, TALLEST, WIDTH
from planner.report.charts.drawing import LEADING, SIZE, Canvas, Drawing
from planner.report.charts.pages import pages

_BAR: Final = 15.0
_FIGURE_GAP: Final = 8.0


@dataclass(frozen=True, slots=True)
class Step:
    """One bar from `start` to `end`; the bar of a whole value starts at the beginning of the scale."""

    label: str
    start: float
    end: float
    figure: str
    """The value as printed beside the bar."""
    whole: bool = False
    hint: str = ""


def waterfall(
    id: str, title: str, description: str, rows: Sequence[Step], words: tuple[str, str, str]
) -> Iterator[Drawing]:
    """Draw the chart, as one drawing per page needed, all on one scale.

    `words` are the legend: for whole values, increases and decreases. The scale begins at 0 unless the steps are small
    compared with the values. Then it begins a little below the smallest value, and of a whole value only the end is
    drawn, because the length of its bar would mislead.
    """
    ends = [value for row in rows for value in ((row.end,) if row.whole else (row.start, row.end))]
    least, most = min((0.0, *ends)), max((0.0, *ends))
    near, far = min(ends, default=0.0), max(ends, default=0.0)
    zoomed = near > 0 and far - near < (far - least) / 4
    if zoomed:
        least = max(0.0, near - (far - near) / 4)
    figures = max((text.width(row.figure, SIZE) for row in rows), default=0)
    start = LABEL_ROOM + 12
    scale = (WIDTH - start - figures - 2 * _FIGURE_GAP) / ((most - least) or 1.0)
    labels = [text.wrapped(row.label, LABEL_ROOM, SIZE) for row in rows]
    heights = [max(_BAR + 11, LEADING * len(lines) + 8) for lines in labels]
    legend = [("track", "", words[0]), ("closed", "", words[1]), ("step0", "rising", words[2])]
    for page in pages(heights, TALLEST - 40):
        canvas = Canvas()
        y = top = canvas.legend(legend, 0, 0, WIDTH) + 4
        for i in page.rows:
            row, middle = rows[i], y + heights[i] / 2
            canvas.paragraph(labels[i], LABEL_ROOM, middle, anchor="end")
            low = min(row.start, row.end) if not row.whole else row.end if zoomed else 0.0
            high = max(row.start, row.end) if not row.whole else row.end
            left, right = start + (low - least) * scale, start + (high - least) * scale
            if row.whole and zoomed:
                left = right - 3
            canvas.box(left, middle - _BAR / 2, max(1.0, right - left), _BAR, *_look(row), row.hint)
            canvas.paragraph([row.figure], max(left, right) + _FIGURE_GAP, middle)
            if i + 1 < page.rows.stop:
                reached = start + (row.end - least) * scale
                canvas.line(reached, middle + _BAR / 2, reached, y + heights[i] + heights[i + 1] / 2 - _BAR / 2)
            y += heights[i]
        canvas.line(start, top, start, y)
        yield canvas.drawing(page.id(id), page.title(title), description, WIDTH, y + 4)


def _look(row: Step) -> tuple[str, str]:
    """Return tone and hatching."""
    if row.whole:
        return "track", ""
    return ("closed", "") if row.end >= row.start else ("step0", "rising")
