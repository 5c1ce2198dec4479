"""What a chart consists of once laid out: boxes, lines and labels at fixed places.

Coordinates are in units of the drawing's view box, with the origin at the top left; one unit is
one CSS pixel at natural size.
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
"""From one line of a label to the next."""


@dataclass(frozen=True, slots=True)
class Box:
    """A filled rectangle."""

    x: float
    y: float
    width: float
    height: float
    tone: str
    pattern: str = ""
    """Hatching over it: none, one of those that tell payers apart, or "open"."""
    hint: str = ""
    """What a pointer resting on it shows."""

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
    anchor: Literal["start", "middle", "end"] = "start"
    bold: bool = False
    tone: str = "ink"
    upright: bool = False
    """Turned to read upwards."""

    @property
    def fill(self) -> str:
        return TONES[self.tone].light

    @property
    def left(self) -> float:
        """Where the text begins. Measured here, since a PDF keeps each text that a viewer is to centre as a drawing
        of its own."""
        part = {"start": 0.0, "middle": 0.5, "end": 1.0}[self.anchor]
        return round(self.x - part * text.length(self.text, self.size, self.bold), 2)


@dataclass(frozen=True, slots=True)
class Line:
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
    """A band between two columns, as an SVG path of numbers."""

    path: str
    tone: str
    hint: str = ""

    @property
    def fill(self) -> str:
        return TONES[self.tone].light


@dataclass(frozen=True)
class Drawing:
    """A chart ready to be written."""

    id: str
    title: str
    description: str
    width: float
    height: float
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    labels: tuple[Label, ...]
    ribbons: tuple[Ribbon, ...] = ()

    @cached_property
    def patterns(self) -> tuple[str, ...]:
        """The hatchings in use."""
        return tuple(dict.fromkeys(box.pattern for box in self.boxes if box.pattern))


@dataclass
class Sheet:
    """A drawing in the making."""

    boxes: list[Box] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    ribbons: list[Ribbon] = field(default_factory=list)

    def box(
        self, x: float, y: float, width: float, height: float, tone: str, pattern: str = "", hint: str = ""
    ) -> None:
        if width > 0 and height > 0:
            self.boxes.append(Box(round(x, 2), round(y, 2), round(width, 2), round(height, 2), tone, pattern, hint))

    def ribbon(self, x1: float, y1: float, x2: float, y2: float, height: float, tone: str, hint: str = "") -> None:
        """A band of `height` from (x1, y1) to (x2, y2), its upper corners, bent like an S."""
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
        self.lines.append(Line(round(x1, 2), round(y1, 2), round(x2, 2), round(y2, 2), tone))

    def label(self, label: Label) -> None:
        if label.text:
            self.labels.append(label)

    def paragraph(
        self,
        lines: Sequence[str],
        x: float,
        middle: float,
        *,
        anchor: Literal["start", "middle", "end"] = "start",
        size: float = SIZE,
        leading: float = LEADING,
        bold: bool = False,
    ) -> None:
        """Lines of text one below the other, centred on the height `middle`."""
        first = middle - leading * (len(lines) - 1) / 2 + size * 0.34
        for number, line in enumerate(lines):
            self.label(Label(round(x, 2), round(first + number * leading, 2), line, size, anchor, bold))

    def legend(self, entries: Iterable[tuple[str, str, str]], x: float, y: float, room: float) -> float:
        """Keys (tone, pattern, words) in rows from `y` down within `room`; returns the height below them."""
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
