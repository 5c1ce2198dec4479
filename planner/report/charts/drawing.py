"""The parts of a laid-out chart: boxes, lines, ribbons and labels at fixed coordinates.

Coordinates are in units of the drawing's view box, with the origin at the top left; one unit is one CSS pixel at
natural size.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, Literal

from planner.report.charts import text
from planner.report.charts.palette import TONES

SIZE: Final = 13.0
"""Font size of labels."""
LEADING: Final = 16.0
"""Distance between the base lines of a label's lines."""

Anchor = Literal["start", "middle", "end"]
"""Where a text stands beside its point, as in SVG."""


@dataclass(frozen=True, slots=True)
class Box:
    """A filled rectangle."""

    x: float
    y: float
    width: float
    height: float
    tone: str
    pattern: str = ""
    """Hatching: none, one of the patterns that distinguish payers, or "open"."""
    hint: str = ""
    """Tooltip."""

    @property
    def fill(self) -> str:
        return TONES[self.tone].light


@dataclass(frozen=True, slots=True)
class Label:
    """One line of text; `y` is its base line."""

    x: float
    y: float
    text: str
    size: float = SIZE
    anchor: Anchor = "start"
    bold: bool = False
    tone: str = "ink"
    upright: bool = False
    """Whether the text is rotated to read upwards."""

    @property
    def fill(self) -> str:
        return TONES[self.tone].light

    @property
    def left(self) -> float:
        """The x coordinate at which the text begins.

        It is computed here because WeasyPrint makes a separate PDF object of each text that a viewer has to centre.
        """
        part = {"start": 0.0, "middle": 0.5, "end": 1.0}[self.anchor]
        return round(self.x - part * text.length(self.text, self.size, self.bold), 2)


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    tone: str = "grid"

    @property
    def stroke(self) -> str:
        return TONES[self.tone].light


@dataclass(frozen=True, slots=True)
class Ribbon:
    """A band between two columns, as an SVG path."""

    path: str
    tone: str
    hint: str = ""

    @property
    def fill(self) -> str:
        return TONES[self.tone].light


@dataclass(frozen=True)
class Drawing:
    """A chart that is ready to be written as SVG."""

    id: str
    title: str
    description: str
    width: float
    height: float
    boxes: tuple[Box, ...]
    lines: tuple[Stroke, ...]
    labels: tuple[Label, ...]
    ribbons: tuple[Ribbon, ...] = ()

    @cached_property
    def patterns(self) -> tuple[str, ...]:
        """The hatchings that the drawing uses."""
        return tuple(dict.fromkeys(box.pattern for box in self.boxes if box.pattern))


@dataclass
class Canvas:
    """A drawing under construction."""

    boxes: list[Box] = field(default_factory=list)
    lines: list[Stroke] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    ribbons: list[Ribbon] = field(default_factory=list)

    def box(
        self, x: float, y: float, width: float, height: float, tone: str, pattern: str = "", hint: str = ""
    ) -> None:
        if width > 0 and height > 0:
            self.boxes.append(Box(round(x, 2), round(y, 2), round(width, 2), round(height, 2), tone, pattern, hint))

    def ribbon(self, x1: float, y1: float, x2: float, y2: float, height: float, tone: str, hint: str = "") -> None:
        """Add an S-shaped band of `height` between the upper corners (x1, y1) and (x2, y2)."""
        x, end, half = round(x1, 2), round(x2, 2), round((x1 + x2) / 2, 2)
        top, there = round(y1, 2), round(y2, 2)
        foot, there_foot = round(y1 + height, 2), round(y2 + height, 2)
        path = (
            f"M{x} {top}C{half} {top} {half} {there} {end} {there}V{there_foot}"
            f"C{half} {there_foot} {half} {foot} {x} {foot}Z"
        )
        if height > 0:
            self.ribbons.append(Ribbon(path, tone, hint))

    def line(self, x1: float, y1: float, x2: float, y2: float, tone: str = "grid") -> None:
        self.lines.append(Stroke(round(x1, 2), round(y1, 2), round(x2, 2), round(y2, 2), tone))

    def label(self, label: Label) -> None:
        if label.text:
            self.labels.append(label)

    def paragraph(
        self,
        lines: Sequence[str],
        x: float,
        middle: float,
        *,
        anchor: Anchor = "start",
        size: float = SIZE,
        leading: float = LEADING,
        bold: bool = False,
    ) -> None:
        """Add lines of text below each other, vertically centred on `middle`."""
        first = middle - leading * (len(lines) - 1) / 2 + size * 0.34
        for number, line in enumerate(lines):
            self.label(Label(round(x, 2), round(first + number * leading, 2), line, size, anchor, bold))

    def legend(self, entries: Iterable[tuple[str, str, str]], x: float, y: float, room: float) -> float:
        """Add keys (tone, pattern, words) in rows from `y` down within `room`; return the height of the rows."""
        left, start = x, x
        for tone, pattern, words in entries:
            lines = text.wrapped(words, room - 24, SIZE)
            needed = 22 + max(text.width(line, SIZE) for line in lines) + 18
            if left > start and left + needed > x + room:
                left = start
                y += LEADING + 6
            self.box(left, y + 1, 14, 14, tone, pattern)
            for number, line in enumerate(lines):
                self.label(Label(round(left + 20, 2), round(y + 12.5 + number * LEADING, 2), line))
            y += LEADING * (len(lines) - 1)
            left += needed
        return y + LEADING + 10

    def drawing(self, id: str, title: str, description: str, width: float, height: float) -> Drawing:
        return Drawing(
            id,
            title,
            description,
            round(width, 2),
            round(height, 2),
            tuple(self.boxes),
            tuple(self.lines),
            tuple(self.labels),
            tuple(self.ribbons),
        )
