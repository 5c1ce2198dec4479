"""Plans near to that of a similar scenario: with its classes, or with those of them that the relaxation nearly has.

Nothing bounds them here. What is said of them, an exact proof says.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from planner.model.objective import Goal
from planner.model.reading import INTEGER_TOLERANCE
from planner.solve.guided.matrix import Relaxed
from planner.solve.guided.search import FIRST, NEAR, SEATING_SHARE, GuidedSearch, search_of
from planner.solve.outcome import Outcome
from planner.solve.search_run import SearchRun

BESIDE_NODES: Final = 50
"""Most search nodes for a design beside that of a similar scenario."""


def near(run: SearchRun, goal: Goal, target: float, *, beside: bool = False) -> Outcome | None:
    """Seat people for `goal` within the design of a similar scenario, without a bound.

    None where that is no plan, or even people in fractions do not reach the `target`. With `beside` within another
    design, in which classes stay that are near to the relaxation, and which is good enough where it reaches the target.
    The point found becomes the best so far of `run`.
    """
    search = search_of(run, goal, _NearSearch)
    found = None if search is None else search.beside(target) if beside else search.near_plan(target)
    return found if found is not None and run.keep(found) else None


class _NearSearch(GuidedSearch):
    """The search for one goal near to the decisions of a similar scenario."""

    def beside(self, target: float) -> Outcome | None:
        """A plan with those classes of a similar scenario that are near to the relaxation, of at least `target`."""
        matrix, known = self.matrix, self.seeking.hinted()
        root = self._relaxed(matrix.lower, matrix.upper)
        if known is None or not isinstance(root, Relaxed):
            return None
        hint, given = self._hint(known)
        fixed = given & (np.abs(hint - root.point) <= NEAR)
        lower = np.where(fixed, hint, matrix.lower)
        upper = np.where(fixed, hint, self._kept(root, FIRST[0]))
        found = self._searched(lower, upper, matrix.design, self._share, BESIDE_NODES, target=target)
        if found.point is None:
            return None
        return self._seated(*self._designed(found.point[matrix.places]), self.seeking.limits.gap * SEATING_SHARE)

    def near_plan(self, target: float) -> Outcome | None:
        """The best seats found in the design of a similar scenario, as far as it says; None where they are too few."""
        matrix, known = self.matrix, self.seeking.hinted()
        if known is None:
            return None
        hint, given = self._hint(known)
        lower, upper = np.where(given, hint, matrix.lower), np.where(given, hint, matrix.upper)
        rough = self._relaxed(lower, upper)
        if not isinstance(rough, Relaxed) or rough.value < target:
            return None
        point = rough.point
        if np.any(matrix.decided & (np.abs(point - np.rint(point)) > INTEGER_TOLERANCE)):
            found = self._searched(lower, upper, matrix.design, max(FIRST[2], self._share), 1)
            if found.point is None:
                return None
            point = found.point[matrix.places]
        return self._seated(*self._designed(point), self.seeking.limits.gap * SEATING_SHARE)
