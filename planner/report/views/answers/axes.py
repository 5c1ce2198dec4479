"""Axes of line charts for gaps and money, and the lines through the points that have a plan."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction

from planner.locale import _
from planner.report.charts.lines import Scale, Spot, round_step
from planner.report.wording.formats import Formats
from planner.units.said import nearest

_PARTS = 6
"""Approximate number of ticks on an axis that does not begin at 0."""


def money_scale(formats: Formats, name: str, values: Iterable[Fraction]) -> Scale:
    """Return an axis in rupiah."""
    return _scale(_("{quantity} [rupiah]").format(quantity=name), values, lambda v: formats.rupiah_in_words(nearest(v)))


def gaps_scale(formats: Formats, name: str, values: Iterable[Fraction]) -> Scale:
    """Return an axis in gaps."""
    return _scale(_("{quantity} [gaps]").format(quantity=name), values, lambda value: formats.number(value, 2))


def spanning_scale(name: str, values: Sequence[Fraction], written: Callable[[Fraction], str]) -> Scale:
    """Return an axis from the smallest value to the largest."""
    return Scale(name, min(values), max(values), written)


def stretches(spots: Iterable[Spot | None]) -> tuple[tuple[Spot, ...], ...]:
    """Split points, in the order of the axis, where one is missing."""
    parts: list[list[Spot]] = [[]]
    for spot in spots:
        if spot is None:
            parts.append([])
        else:
            parts[-1].append(spot)
    return tuple(tuple(part) for part in parts if part)


def _scale(name: str, values: Iterable[Fraction], written: Callable[[Fraction], str]) -> Scale:
    """Return an axis that begins at 0, unless all values are in its upper half: then it begins a little below them."""
    known = [Fraction(value) for value in values]
    low, high = min(known, default=Fraction(0)), max(known, default=Fraction(0))
    if low == high:
        return Scale(name, min(Fraction(0), low), max(Fraction(1), high), written)
    if low < 0 or low * 2 > high:
        step = round_step(high - low, _PARTS)
        return Scale(name, low // step * step, high, written)
    return Scale(name, Fraction(0), high, written)
