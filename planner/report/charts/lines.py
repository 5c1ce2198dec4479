"""Line charts: one figure as a function of another, with both axes named and round tick values."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Final

from planner.report.charts import text
from planner.report.charts.bars import WIDTH
from planner.report.charts.drawing import LEADING, SIZE, Canvas, Drawing, Label

HEIGHT: Final = 300.0
"""Height of the plot area."""
_TICK: Final = 12.0
"""Font size of tick labels."""
_MOST_ACROSS: Final = 10
_MOST_UP: Final = 8
_APART: Final = 14.0
"""Minimum distance between two tick labels."""
_POINT: Final = 6.0
_MANY: Final = 60
"""Number of points above which each is drawn small."""
TONES: Final = ("closed", "fund1", "fund3", "fund2")


@dataclass(frozen=True)
class Scale:
    """An axis: its name with the unit, its range, and how its values are written."""

    name: str
    low: Fraction
    high: Fraction
    written: Callable[[Fraction], str]


@dataclass(frozen=True, slots=True)
class Spot:
    """One point of a line."""

    x: Fraction
    y: Fraction
    hint: str


@dataclass(frozen=True)
class Series:
    """A line: its name in the legend, and its connected stretches of points."""

    name: str
    stretches: tuple[tuple[Spot, ...], ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A position on the x axis that is labelled above the plot area."""

    x: Fraction
    words: str


@dataclass(frozen=True, slots=True)
class Zone:
    """A hatched part of the x axis, and its words in the legend."""

    start: Fraction
    end: Fraction
    words: str


def lines(
    id: str,
    title: str,
    description: str,
    x: Scale,
    y: Scale,
    series: Sequence[Series],
    *,
    marks: Sequence[Mark] = (),
    zone: Zone | None = None,
) -> Drawing:
    """Draw the chart. A single line needs no legend, because the y axis names it."""
    canvas = Canvas()
    top = _legend(canvas, series, zone)
    for number, words in enumerate(text.wrapped(y.name, WIDTH, SIZE, bold=True)):
        canvas.label(Label(0, round(top + 12 + number * LEADING, 2), words, SIZE, bold=True))
    top += LEADING * len(text.wrapped(y.name, WIDTH, SIZE, bold=True)) + 6
    up = _ticks(y, _MOST_UP)
    left = max((text.width(y.written(tick), _TICK) for tick in up), default=0) + 10
    across = _fitting(x, left)
    right = WIDTH - max(text.width(x.written(across[-1]), _TICK) / 2 if across else 0, _POINT) - 2
    field = _Field(left, right, 0.0, x, y)
    top = _marks(canvas, field, marks, top)
    field = _Field(left, right, top, x, y)
    if zone is not None:
        start, end = field.across(zone.start), field.across(zone.end)
        canvas.box(start, top, max(2.0, end - start), HEIGHT, "track", "open", zone.words)
    for tick in up:
        canvas.line(left, field.up(tick), right, field.up(tick))
        canvas.label(Label(round(left - 8, 2), round(field.up(tick) + 4, 2), y.written(tick), _TICK, "end"))
    foot = top + HEIGHT
    for tick in across:
        canvas.line(field.across(tick), foot, field.across(tick), foot + 5, "soft")
        canvas.label(Label(round(field.across(tick), 2), round(foot + 19, 2), x.written(tick), _TICK, "middle"))
    canvas.line(left, foot, right, foot, "soft")
    canvas.line(left, top, left, foot, "soft")
    for mark in marks:
        canvas.line(field.across(mark.x), top, field.across(mark.x), foot, "soft")
    for number, each in enumerate(series):
        _draw(canvas, field, each, number)
    names = text.wrapped(x.name, right - left, SIZE, bold=True)
    canvas.paragraph(names, (left + right) / 2, foot + 30 + LEADING * len(names) / 2, anchor="middle", bold=True)
    return canvas.drawing(id, title, description, WIDTH, foot + 34 + LEADING * len(names))


@dataclass(frozen=True)
class _Field:
    """The plot area, which converts values to coordinates."""

    left: float
    right: float
    top: float
    x: Scale
    y: Scale

    def across(self, value: Fraction) -> float:
        span = self.x.high - self.x.low
        return self.left + float((value - self.x.low) / span if span else Fraction(1, 2)) * (self.right - self.left)

    def up(self, value: Fraction) -> float:
        span = self.y.high - self.y.low
        return self.top + HEIGHT * (1 - float((value - self.y.low) / span if span else Fraction(1, 2)))


def _legend(canvas: Canvas, series: Sequence[Series], zone: Zone | None) -> float:
    entries = [(tone_of(n), "", each.name) for n, each in enumerate(series)] if len(series) > 1 else []
    if zone is not None:
        entries.append(("track", "open", zone.words))
    if not entries:
        return 0.0
    foot = canvas.legend(entries, 0, 0, WIDTH)
    if len(series) > 1:  # the keys look like the points: every second one is hollow
        for box in canvas.boxes[1 : len(series) : 2]:
            canvas.box(box.x + 4, box.y + 4, box.width - 8, box.height - 8, "paper")
    return foot


def _marks(canvas: Canvas, field: _Field, marks: Sequence[Mark], top: float) -> float:
    """Add the labels of marks above the plot area, in rows where they would overlap; return the top of the area."""
    rows: list[float] = []
    for mark in sorted(marks, key=lambda mark: mark.x):
        length = text.width(mark.words, _TICK)
        start = min(max(0.0, field.across(mark.x) - length / 2), WIDTH - length)
        row = next((n for n, end in enumerate(rows) if end + _APART <= start), len(rows))
        rows[row : row + 1] = [start + length]
        canvas.label(Label(round(start, 2), round(top + 12 + row * LEADING, 2), mark.words, _TICK, tone="soft"))
    return top + len(rows) * LEADING + 8


def _draw(canvas: Canvas, field: _Field, series: Series, number: int) -> None:
    """Add a line and its points; those of every second line are hollow."""
    tone = tone_of(number)
    for stretch in series.stretches:
        for one, other in pairwise(stretch):
            for shift in (-0.7, 0.0, 0.7):  # one line of about two units
                canvas.line(
                    field.across(one.x), field.up(one.y) + shift, field.across(other.x), field.up(other.y) + shift, tone
                )
    size = _POINT if sum(len(stretch) for stretch in series.stretches) <= _MANY else _POINT / 2
    for spot in (spot for stretch in series.stretches for spot in stretch):
        x, y = field.across(spot.x), field.up(spot.y)
        canvas.box(x - size / 2, y - size / 2, size, size, tone, hint=spot.hint)
        if number % 2:
            canvas.box(x - size / 4, y - size / 4, size / 2, size / 2, "paper", hint=spot.hint)


def tone_of(number: int) -> str:
    return TONES[number % len(TONES)]


def _fitting(x: Scale, left: float) -> list[Fraction]:
    """Choose as many tick labels as fit side by side."""
    for most in range(_MOST_ACROSS, 1, -1):
        ticks = _ticks(x, most)
        widest = max((text.width(x.written(tick), _TICK) for tick in ticks), default=0)
        span = x.high - x.low
        step = float((ticks[1] - ticks[0]) / span) * (WIDTH - left - widest) if len(ticks) > 1 and span else WIDTH
        if widest + _APART <= step:
            return ticks
    return ticks[:1]


def _ticks(scale: Scale, most: int) -> list[Fraction]:
    """Return round values along a scale, at most `most`."""
    if scale.high <= scale.low:
        return [scale.low]
    step = round_step(scale.high - scale.low, most)
    first = -(-scale.low // step)
    return [n * step for n in range(int(first), int(scale.high // step) + 1)]


def round_step(span: Fraction, most: int) -> Fraction:
    """Return the smallest of 1, 2 and 5 times a power of ten that divides `span` into at most `most` steps."""
    step = Fraction(1)
    while step < span:
        step *= 10
    while step * 10 > span:
        step /= 10
    while True:
        for factor in (1, 2, 5):
            if span // (step * factor) <= most:
                return step * factor
        step *= 10
