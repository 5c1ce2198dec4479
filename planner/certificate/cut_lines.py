"""Derives a cut line by line: a split on a whole-number row, and a combination of rows on either side.

A rounded row (see `planner.proof.cuts`) says sum of M u <= floor(b), for variables u >= 0 shifted to their nearer bound
and slacks s of rows. With P = floor(c), or ceiling(c) where the fraction of c is above f0, P u is a whole number, and

    where P u <= floor(b):      M u = P u - (P - M) u
    where P u >= floor(b) + 1:  M u = (c u - f0 P u) / (1 - f0) - ((c - f0 P) / (1 - f0) - M) u

in which no bracket is negative. What is said of slacks is said of their rows; bounds of columns complete the rest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Final

import numpy as np
from numpy.typing import NDArray

from planner.certificate.lines import Completion, Line, Sided, split
from planner.proof.cuts import DIGITS, LENGTH, ONE
from planner.proof.exact_model import ExactModel

Made = tuple[Mapping[int, int], NDArray[np.float64]]
"""Coefficients of a cut, and the point that it cuts off."""


FINE: Final = LENGTH + 40
"""Binary digits of the largest coefficient on both sides of a split: rows that were cuts themselves have LENGTH of
them, and if a multiplier of such a row were rounded away, the cut would have no effect."""


def cut_line(
    model: ExactModel, completion: Completion, made: Made, rows: Sequence[tuple[Sided, float]], name: str
) -> Line | None:
    """Return the line of a cut that is made of these rows and multipliers; None where it would be useless."""
    terms, point = made
    given = [(row, round(multiplier * ONE)) for row, multiplier in rows]
    at_high = [_nearer(row, point) for row, _ in given]
    factors: dict[int, int] = {}
    b: Fraction | int = 0
    for (row, z), high in zip(given, at_high, strict=True):
        side = row.high if high else row.low
        assert side is not None
        b += z * side
        for column, value in row.terms:
            factors[column] = factors.get(column, 0) + z * value
    from_low = {j: float(point[j]) - float(model.lower[j]) <= float(model.upper[j]) - float(point[j]) for j in factors}
    for column, factor in factors.items():
        b -= factor * (model.lower if from_low[column] else model.upper)[column]
    whole_b = b.__floor__()
    part, floor = whole_b & (ONE - 1), whole_b >> DIGITS
    pieces: dict[int, int] = {}  # the whole-number row of the split, in columns
    high_of_split, beyond = floor, ONE - part
    sizes: dict[int, int] = {}  # M in columns, in units of 1 / ONE
    for column, factor in factors.items():
        sign = 1 if from_low[column] else -1
        p, m, _, _ = _rounded(sign * factor, model.whole[column], part)
        if p:
            pieces[column] = pieces.get(column, 0) + sign * p
            high_of_split += sign * p * int((model.lower if from_low[column] else model.upper)[column])
        sizes[column] = sizes.get(column, 0) + sign * m
    below: list[tuple[Sided, int]] = []
    above: list[tuple[Sided, int]] = []
    for (row, z), high in zip(given, at_high, strict=True):
        sign = 1 if high else -1  # s = side - a x, or a x - side
        side = row.high if high else row.low
        assert side is not None
        p, m, low_rest, high_rest = _rounded(sign * z, all(model.whole[column] for column, _ in row.terms), part)
        for column, value in row.terms:
            if p:
                pieces[column] = pieces.get(column, 0) - sign * p * value
            sizes[column] = sizes.get(column, 0) - sign * m * value
        high_of_split -= sign * p * int(side)  # whole where p is not 0
        below.append((row, sign * low_rest))
        above.append((row, sign * high_rest))
    pieces = {column: p for column, p in pieces.items() if p}
    widest = max(terms, key=lambda column: abs(terms[column]))
    if not pieces or terms[widest] * sizes.get(widest, 0) <= 0:
        return None
    finer = max(0, FINE - terms[widest].bit_length())
    scale = Fraction(terms[widest] << finer, sizes[widest] * beyond)
    assumed = (
        Line(pieces, high_of_split, "asm", name=f"{name}:low"),
        Line(pieces, high_of_split + 1, "asm", upper=True, name=f"{name}:high"),
    )
    as_rows = (
        Sided(list(pieces.items()), None, high_of_split, at_high=assumed[0]),
        Sided(list(pieces.items()), high_of_split + 1, None, at_low=assumed[1]),
    )
    fine = {column: value << finer for column, value in terms.items()}
    sides = (
        completion.line(fine, _scaled([*below, (as_rows[0], ONE * beyond)], scale), name=f"{name}:where_low"),
        completion.line(fine, _scaled([*above, (as_rows[1], -part * ONE)], scale), name=f"{name}:where_high"),
    )
    return split(name, sides, assumed).divided(finer, whole=all(model.whole[column] for column in terms))


def _scaled(rows: Sequence[tuple[Sided, int]], scale: Fraction) -> list[tuple[Sided, int]]:
    return [(row, round(multiplier * scale)) for row, multiplier in rows]


def _nearer(row: Sided, point: NDArray[np.float64]) -> bool:
    """Return whether the upper side of a row is the nearer to a point."""
    reached = sum(value * float(point[column]) for column, value in row.terms)
    high = float("inf") if row.high is None else float(row.high)
    low = float("-inf") if row.low is None else float(row.low)
    return abs(high - reached) <= abs(reached - low)


def _rounded(c: int, whole: bool, part: int) -> tuple[int, int, int, int]:
    """Return P of a coefficient; M in units of 1 / ONE, rounded down as cuts are made; both brackets in units of
    1 / ONE / (ONE - part)."""
    beyond, p, m = ONE - part, 0, (min(c, 0) << DIGITS) // (ONE - part)
    if whole:
        p, rest = c >> DIGITS, c & (ONE - 1)
        m = (p << DIGITS) + (max(0, rest - part) << DIGITS) // beyond
        p += rest > part
    return p, m, ((p << DIGITS) - m) * beyond, ((c - part * p) << DIGITS) - m * beyond
