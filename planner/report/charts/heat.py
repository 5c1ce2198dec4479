"""Heat maps: the share of need met, rows by columns, with a figure in each cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from planner.report.charts import text
from planner.report.charts.drawing import Canvas, Drawing, Label
from planner.report.charts.pages import pages
from planner.report.charts.palette import ink_on

COLUMNS: Final = 24
"""Maximum number of columns in one drawing."""
_SIZE: Final = 12.0
_LEADING: Final = 14.0
_ROW: Final = 20.0
_NARROWEST: Final = 30.0
_WIDEST: Final = 64.0
FEW: Final = 5
"""Maximum number of columns with horizontal headings; with more they read upwards."""
_BROAD: Final = 128.0
_LABEL_ROOM: Final = 290.0
_HEAD_ROOM: Final = 150.0
_WIDTH: Final = 980.0
_TALLEST: Final = 600.0
"""Maximum height of a drawing, so that it fits on a landscape page below its heading."""


@dataclass(frozen=True, slots=True)
class Heat:
    """One cell: its colour step (0 to 5), its figure, and its tooltip."""

    step: int
    figure: str
    hint: str


def heat_map(
    id: str,
    title: str,
    description: str,
    rows: Sequence[str],
    columns: Sequence[str],
    cells: Mapping[tuple[int, int], Heat],
    steps: Sequence[str],
) -> Iterator[Drawing]:
    """Draw the map, as many drawings as the rows and columns need.

    `cells` is keyed by (row, column) and may lack some; `steps` are the words of the legend, one for each colour step.
    """
    labels = [text.wrapped(row, _LABEL_ROOM, _SIZE) for row in rows]
    upright = len(columns) > FEW
    heads = [text.wrapped(column, _HEAD_ROOM if upright else _BROAD - 8, _SIZE) for column in columns]
    if upright:
        deepest = max((text.width(line, _SIZE) for lines in heads for line in lines), default=0) + 8
    else:
        deepest = max((len(lines) for lines in heads), default=0) * _LEADING + 8
    room = max((text.width(line, _SIZE) for lines in labels for line in lines), default=0) + 10
    heights = [max(_ROW, _LEADING * len(lines) + 6) for lines in labels]
    blocks = [range(first, min(first + COLUMNS, len(columns))) for first in range(0, len(columns), COLUMNS)]
    part = 0
    for block in blocks:
        thickest = max(len(heads[c]) for c in block) * _LEADING + 4
        step = max(thickest, _NARROWEST, min(_WIDEST, (_WIDTH - room) / len(block))) if upright else _BROAD
        width = max(room + step * len(block) + 2, 560.0)
        for page in pages(heights, _TALLEST - deepest):
            part += 1
            canvas = Canvas()
            y = canvas.legend([(f"step{i}", "", words) for i, words in enumerate(steps)], 0, 0, width) + deepest
            for place, c in enumerate(block):
                _head(canvas, heads[c], room + step * (place + 0.5), y - 6, upright)
            for r in page.rows:
                canvas.line(room, y, room + step * len(block), y)
                canvas.paragraph(labels[r], room - 8, y + heights[r] / 2, anchor="end", size=_SIZE, leading=_LEADING)
                for place, c in enumerate(block):
                    _cell(canvas, cells.get((r, c)), room + step * place, y, step, heights[r])
                y += heights[r]
            own_id = id if part == 1 else f"{id}-{part}"
            yield canvas.drawing(own_id, page.title(title), description, width, y + 2)


def _head(canvas: Canvas, lines: Sequence[str], centre: float, foot: float, upright: bool) -> None:
    """Add the heading of a column: horizontal where there is space, else reading upwards."""
    if not upright:
        middle = foot - _LEADING * len(lines) / 2
        canvas.paragraph(lines, centre, middle, anchor="middle", size=_SIZE, leading=_LEADING)
        return
    first = centre - _LEADING * (len(lines) - 1) / 2 + _SIZE * 0.34
    for number, line in enumerate(lines):
        canvas.label(Label(round(first + number * _LEADING, 2), round(foot, 2), line, _SIZE, upright=True))


def _cell(canvas: Canvas, heat: Heat | None, x: float, y: float, width: float, height: float) -> None:
    if heat is None:
        return
    tone = f"step{heat.step}"
    canvas.box(x + 0.5, y + 0.5, width - 1, height - 1, tone, hint=heat.hint)
    middle = Label(
        round(x + width / 2, 2), round(y + height / 2 + 4, 2), heat.figure, 11.5, "middle", tone=ink_on(tone)
    )
    canvas.label(middle)
