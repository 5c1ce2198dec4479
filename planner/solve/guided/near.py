"""Plans near that of a similar scenario: with its classes, with classes that single steps reach from there, or with
those of its classes that the relaxation nearly has.

This search gives no bounds; an exact proof says how good its plans are.
"""

from __future__ import annotations

from functools import partial
from typing import Final

import numpy as np

from planner.model.objective import Goal
from planner.model.reading import INTEGER_TOLERANCE
from planner.solve.guided.matrix import Relaxed
from planner.solve.guided.moves import Design, DesignMoves
from planner.solve.guided.open_part import Mask
from planner.solve.guided.search import FIRST, NEAR, SEATING_SHARE, GuidedSearch, search_of
from planner.solve.outcome import Outcome, better
from planner.solve.search_run import SearchRun

BESIDE_NODES: Final = 50
"""Most search nodes for a design that differs from that of a similar scenario."""

MOST_SEATINGS: Final = 3
"""Most designs in which whole people are seated, each better than the one before: fractions close more than people."""


def near(
    run: SearchRun, goal: Goal, least: float, target: float, *, hopeless: float, beside: bool = False
) -> Outcome | None:
    """Seat people for `goal` within a design near that of a similar scenario, without a bound; `least` is wanted.

    None where no plan is found, or where even people in fractions do not reach `hopeless`. With `beside` another design
    is searched that keeps the classes which are near the relaxation. A design that reaches the `target` is good enough.
    The point found becomes the best so far of `run`.
    """
    search = search_of(run, goal, _NearSearch)
    if search is None:
        return None
    found = search.beside(target, least) if beside else search.near_plan(target, least, hopeless)
    return found if found is not None and run.keep(found) else None


class _NearSearch(GuidedSearch):
    """The search for one goal near to the decisions of a similar scenario."""

    def beside(self, target: float, least: float) -> Outcome | None:
        """Return a plan worth `least` with those classes of a similar scenario that are near the relaxation, and others
        that reach the `target` in fractions.

        Where there are few classes, with the best classes of all, which takes no longer.
        """
        if self._few_classes:
            return self._at_once()
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
        designed = self._designed(found.point[matrix.places])
        return self._seated(*designed, self.seeking.limits.gap * SEATING_SHARE, target=least)

    def near_plan(self, target: float, least: float, hopeless: float) -> Outcome | None:
        """Return the best seats found in a design near that of a similar scenario; None if `hopeless`.

        That design itself, as far as the hint says, where it reaches the `target`; otherwise one that moves of classes
        lead to. The search ends once a plan reaches `least`.
        """
        matrix, known = self.matrix, self.seeking.hinted()
        if known is None:
            return None
        hint, given = self._hint(known)
        moves = DesignMoves(matrix, given, partial(self._relaxed, bounding=False))
        design = moves.at(hint)
        if design is None or design.best.value < target:
            design = moves.towards(hint, design, target, self.seeking.limits.gap * abs(target))
        best: Outcome | None = None
        for _seating in range(MOST_SEATINGS):
            if design is None or design.best.value < hopeless:
                break
            best = better(self.goal.sense, self._seated_in(design, given, least), best)
            if best is not None and best.value is not None and best.value >= least:
                break
            short = target - least if best is None or best.value is None else least - best.value
            higher = moves.climbed(design, design.best.value + short)
            if higher is design:
                break
            design = higher
        return best

    def _seated_in(self, design: Design, given: Mask, least: float) -> Outcome | None:
        """Return seats found in a design: as good as `least`, or the best found; None where rounding gives none."""
        matrix, point = self.matrix, design.best.point
        if np.any(matrix.decided & (np.abs(point - np.rint(point)) > INTEGER_TOLERANCE)):
            lower, upper = np.where(given, design.values, matrix.lower), np.where(given, design.values, matrix.upper)
            found = self._searched(lower, upper, matrix.design, max(FIRST[2], self._share), 1)
            if found.point is None:
                return None
            point = found.point[matrix.places]
        return self._seated(*self._designed(point), self.seeking.limits.gap * SEATING_SHARE, 0, target=least)
