"""From the design of a similar scenario to a good one: class by class, by relaxations that begin where the last stood.

The value of the best people in fractions is concave in the design, so one unit more of a column is worth no more than
the slope there: the moves that could be worth most are tried first, and those that cannot beat the best are not tried.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from planner.model.reading import INTEGER_TOLERANCE
from planner.solve.guided.matrix import Matrix, Relaxed
from planner.solve.guided.open_part import Mask, Values
from planner.solve.outcome import Ending

TRIED: Final = 8
"""Most moves tried for one that is made."""

MOST_MOVES: Final = 10
"""Most moves made from one design."""

MOST_DIVES: Final = 60
"""Most relaxations until all classes are whole."""

AT_ONCE: Final = 0.1
"""Distance from a whole number up to which all classes are rounded in one step."""

WORTH: Final = 1e-6
"""Least gain for which a move is made."""


@dataclass(frozen=True)
class Design:
    """The columns that are given, at whole numbers, and the best point in fractions with them."""

    values: Values
    """By column; only those that are given count."""
    best: Relaxed


@dataclass(frozen=True)
class DesignMoves:
    """Changes the columns that are `given` a value by a similar scenario; `relaxed` solves between bounds."""

    matrix: Matrix
    given: Mask
    relaxed: Callable[[Values, Values], Relaxed | Ending]

    def at(self, values: Values) -> Design | None:
        """The design with these values; None where it is none."""
        found = self.relaxed(*self._fixed(self.given, values))
        return Design(values, found) if isinstance(found, Relaxed) else None

    def towards(self, hint: Values, known: Design | None, target: float, near: float) -> Design | None:
        """A design worth at least `target`, or the best found; None where none is found.

        From the `known` one class by class, where it is no farther than `near` from the target; else, or where that
        ends short of it, anew from the relaxation within the classes of the `hint`.
        """
        best = None
        if known is not None and self._short(known, target) <= near:
            best = self.climbed(known, target)
        if best is None or self._short(best, target) > 0:
            anew = self.dived(hint)
            if anew is not None:
                anew = self.climbed(anew, target)
                best = anew if best is None or self._short(anew, target) < self._short(best, target) else best
        return best

    def climbed(self, design: Design, target: float) -> Design:
        """The design after the best moves by one class, until it is worth `target` or none helps."""
        for _move in range(MOST_MOVES):
            if self._short(design, target) <= 0:
                break
            better = self._moved(design, target)
            if better is None:
                break
            design = better
        return design

    def dived(self, hint: Values) -> Design | None:
        """A design of at most the classes of the `hint`, rounded step by step; None where that leads nowhere.

        What is given beside classes stays as in the hint.
        """
        matrix, classes = self.matrix, self._classes
        lower, upper = self._fixed(self.given, hint)
        lower, upper = np.where(classes, matrix.lower, lower), np.where(classes, matrix.upper, upper)
        found = self.relaxed(lower, upper)
        for _step in range(MOST_DIVES):
            if not isinstance(found, Relaxed):
                return None
            nearest = np.rint(found.point)
            off = np.where(classes, np.abs(found.point - nearest), 0.0)
            apart = np.flatnonzero(off > INTEGER_TOLERANCE)
            if not len(apart):
                return self.at(np.where(classes, nearest, hint))
            first = int(apart[np.argmin(off[apart])])
            rounded = apart[off[apart] <= max(AT_ONCE, off[first])]
            point, low, high = found.point, lower, upper
            lower, upper = lower.copy(), upper.copy()
            lower[rounded] = upper[rounded] = nearest[rounded]
            found = self.relaxed(lower, upper)
            if not isinstance(found, Relaxed):  # the other way, one class alone
                lower, upper = low.copy(), high.copy()
                up = nearest[first] < point[first]
                lower[first] = upper[first] = np.ceil(point[first]) if up else np.floor(point[first])
                found = self.relaxed(lower, upper)
        return None

    def _moved(self, design: Design, target: float) -> Design | None:
        """The design after the move by one class that gains most; None where none is found that gains."""
        matrix, values = self.matrix, design.values
        slope, classes = design.best.slope, self._classes
        up = classes & (slope > WORTH) & (values < matrix.upper)
        down = classes & (slope < -WORTH) & (values > matrix.lower)
        columns = np.flatnonzero(up | down)
        best: Design | None = None
        gained = WORTH
        for column in columns[np.argsort(-np.abs(slope[columns]), kind="stable")][:TRIED]:
            if gained >= abs(slope[column]):
                break
            changed = values.copy()
            changed[column] += 1 if up[column] else -1
            tried = self.at(changed)
            gain = WORTH if tried is None else self._short(design, target) - self._short(tried, target)
            if tried is not None and gain > gained:
                best, gained = tried, gain
                if self._short(tried, target) <= 0:
                    break
        return best

    @property
    def _classes(self) -> Mask:
        return self.given & self.matrix.classes

    def _fixed(self, columns: Mask, values: Values) -> tuple[Values, Values]:
        matrix = self.matrix
        return np.where(columns, values, matrix.lower), np.where(columns, values, matrix.upper)

    def _short(self, design: Design, target: float) -> float:
        """By how much a design is worth less than the target."""
        return target - design.best.value if self.matrix.sense == "max" else design.best.value - target
