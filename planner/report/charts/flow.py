"""Flow charts (Sankey): three columns of nodes, joined by bands as thick as the amount of money."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from planner.report.charts import text
from planner.report.charts.bars import WIDTH
from planner.report.charts.drawing import LEADING, SIZE, Anchor, Canvas, Drawing, Label

_BAR: Final = 12.0
_SIDE: Final = 196.0
"""Width reserved for the names on the left and on the right."""
_MIDDLE: Final = 132.0
"""Width of the nodes in the middle column, which contain their names."""
_GAP: Final = 10.0
_HEIGHT: Final = 430.0
"""Total height of the nodes of one column, without the spaces between them."""


@dataclass(frozen=True, slots=True)
class FlowNode:
    """A node: its name, its amount as printed, and its tone."""

    label: str
    figure: str
    tone: str


@dataclass(frozen=True, slots=True)
class _Slot:
    """A node and its position; the side of the bands is `height` tall, centred in the space for the name."""

    node: FlowNode
    lines: tuple[str, ...]
    middle: float
    height: float

    @property
    def top(self) -> float:
        return self.middle - self.height / 2


Links = Mapping[tuple[int, int], int]
"""Amounts by (node of one column, node of the next)."""


def flow(
    id: str,
    title: str,
    description: str,
    heads: Sequence[str],
    columns: tuple[Sequence[FlowNode], Sequence[FlowNode], Sequence[FlowNode]],
    first: Links,
    second: Links,
    hints: tuple[Mapping[tuple[int, int], str], Mapping[tuple[int, int], str]],
) -> Drawing:
    """Draw the chart; `first` links the left column to the middle one, `second` the middle one to the right."""
    whole = sum(first.values()) or 1
    scale = _HEIGHT / whole
    sizes = [
        [sum(v for (a, _b), v in first.items() if a == i) for i in range(len(columns[0]))],
        [sum(v for (_a, b), v in first.items() if b == i) for i in range(len(columns[1]))],
        [sum(v for (_a, b), v in second.items() if b == i) for i in range(len(columns[2]))],
    ]
    rooms = (_SIDE - 8, _MIDDLE - 16, _SIDE - 8)
    top = LEADING + 12
    placed = [
        _placed(nodes, [size * scale for size in of], room, top)
        for nodes, of, room in zip(columns, sizes, rooms, strict=True)
    ]
    bottoms = [max((s.middle + _room(s.lines, s.height) / 2 for s in slots), default=top) for slots in placed]
    left, centre, right = _SIDE, (WIDTH - _MIDDLE) / 2, WIDTH - _SIDE - _BAR
    canvas = Canvas()
    anchors: tuple[tuple[float, Anchor], ...] = ((left - 8, "end"), (WIDTH / 2, "middle"), (right + _BAR + 8, "start"))
    for head, (x, anchor) in zip(heads, anchors, strict=True):
        canvas.label(Label(round(x, 2), SIZE, head, SIZE, anchor, bold=True))
    _bands(canvas, first, placed[0], placed[1], left + _BAR, centre, scale, hints[0], by_left=True)
    _bands(canvas, second, placed[1], placed[2], centre + _MIDDLE, right, scale, hints[1], by_left=False)
    for slot in placed[0]:
        canvas.box(left, slot.top, _BAR, slot.height, slot.node.tone, hint=_hint(slot))
        canvas.paragraph(slot.lines, left - 8, slot.middle, anchor="end")
    for slot in placed[1]:
        canvas.box(centre, slot.middle - _room(slot.lines, slot.height) / 2, _MIDDLE, _room(slot.lines, slot.height),
                  "track", hint=_hint(slot))  # fmt: skip
        canvas.paragraph(slot.lines, WIDTH / 2, slot.middle, anchor="middle")
    for slot in placed[2]:
        canvas.box(right, slot.top, _BAR, slot.height, slot.node.tone, hint=_hint(slot))
        canvas.paragraph(slot.lines, right + _BAR + 8, slot.middle)
    return canvas.drawing(id, title, description, WIDTH, max(bottoms) + 6)


def _hint(slot: _Slot) -> str:
    return f"{slot.node.label}: {slot.node.figure}"


def _room(lines: Sequence[str], height: float) -> float:
    return max(height, LEADING * len(lines) + 6)


def _placed(nodes: Sequence[FlowNode], heights: Sequence[float], room: float, top: float) -> list[_Slot]:
    """Place the nodes below each other, each with space for its name and amount."""
    slots, y = [], top
    for node, height in zip(nodes, heights, strict=True):
        lines = (*text.wrapped(node.label, room, SIZE), *text.wrapped(node.figure, room, SIZE))
        needed = _room(lines, height)
        slots.append(_Slot(node, lines, y + needed / 2, height))
        y += needed + _GAP
    return slots


def _bands(
    canvas: Canvas, links: Links, starts: Sequence[_Slot], ends: Sequence[_Slot], x: float, to: float, scale: float,
    hints: Mapping[tuple[int, int], str], *, by_left: bool,
) -> None:  # fmt: skip
    """Add a band for each link, in the order of the nodes, so that few bands cross."""
    used_left, used_right = [0.0] * len(starts), [0.0] * len(ends)
    for (a, b), amount in sorted(links.items()):
        height = amount * scale
        y1, y2 = starts[a].top + used_left[a], ends[b].top + used_right[b]
        used_left[a] += height
        used_right[b] += height
        tone = starts[a].node.tone if by_left else ends[b].node.tone
        canvas.ribbon(x, y1, to, y2, height, tone, hints.get((a, b), ""))
