"""A brief search: good classes, then the best people in these, without a bound for people.

In a district of 14 groups the whole model took 2.7 s to the plan that this finds in 0.3 s, and as long again for the
level below. The rest of that time went into a bound, and the exact proof makes its own.
"""

from __future__ import annotations

from dataclasses import replace
from math import isfinite
from typing import Final

import numpy as np

from planner.model.objective import Goal
from planner.solve.guided.matrix import Relaxed
from planner.solve.guided.search import AT_ONCE_NODES, FAR, FEW_CLASSES, FIRST, GuidedSearch, reseated, search_of
from planner.solve.guided.steps import SEATING_NODES
from planner.solve.model_size import is_large
from planner.solve.outcome import Ending, Outcome, better, certified
from planner.solve.search_run import SearchRun

MORE_NODES: Final = 1000
"""Most search nodes for better classes than the first. Their search took 0.2 to 6 s where it found any; with 10 nodes
three of seven plans were too far from the best to be proven so, and 5,000 nodes mostly went into a bound."""

SEATING_SHARE: Final = 0.5
"""Share of the gap asked for that may be left open when people are searched [0-1]."""


def briefly(run: SearchRun, goal: Goal) -> Outcome | None:
    """Search `goal` until a plan is found that is probably the best; None where a full search is needed.

    The first goal decides the classes. For those below it people are seated anew where there are few classes, and the
    search ends where that leaves a small gap.
    """
    search = search_of(run, goal, _BriefSearch)
    if search is None or not (search.has_few_classes or run.point is None):
        return None
    if run.point is not None:
        found = reseated(run, goal)
        if found is not None and not certified(found.value, found.bound, FAR):
            return None  # other classes may be far better
    else:
        found = search.best_at_once() if search.has_few_classes else search.best_soon()
        if found is None or not run.keep(found):
            return None
    return None if found is None else replace(found, ending=Ending.ENOUGH)


def resumed(run: SearchRun, goal: Goal, bound: float) -> Outcome | None:
    """Take the decisions that `run` starts from as the best point for `goal`, proven by `bound`; None if not possible.

    The levels below are searched from there.
    """
    search = search_of(run, goal, _BriefSearch)
    found = None if search is None else search.as_given()
    if found is None or not run.keep(found):
        return None
    return replace(found, ending=Ending.PROVEN, bound=bound)


class _BriefSearch(GuidedSearch):
    """The brief search for the first goal."""

    def as_given(self) -> Outcome | None:
        """Return the point of the decisions that the search starts from; None where they are not a plan."""
        matrix, known = self.matrix, self.seeking.hinted()
        if known is None:
            return None
        given = matrix.whole & np.isfinite(known[matrix.places])
        values = np.clip(np.rint(known[matrix.places]), matrix.lower, matrix.upper)
        lower, upper = np.where(given, values, matrix.lower), np.where(given, values, matrix.upper)
        found = self._searched(lower, upper, matrix.whole, self._share, SEATING_NODES)
        return None if found.point is None else found

    @property
    def has_few_classes(self) -> bool:
        """Whether the best classes are soon found on all columns."""
        return 0 < int(self.matrix.design.sum()) <= FEW_CLASSES

    def best_soon(self) -> Outcome | None:
        """Return a plan with good classes, found on the columns that the relaxation nearly uses and improved on all;
        None where there is none, or better classes are soon found.

        Where a wide gap is asked for, the first is good enough. In large models with several periods it is tried by
        itself: there better classes take longer than all else, since periods are nearly interchangeable.
        """
        wide, large = self.seeking.limits.gap >= FIRST[2], is_large(self.seeking.model)
        if large and not wide and not self.seeking.model.variables.trained:
            return None
        root = self._relaxed(self.matrix.lower, self.matrix.upper, presolved=not large)
        if not isinstance(root, Relaxed):
            return None
        self.bound = root.bound if isfinite(root.bound) else None
        width, nodes, least = FIRST
        best = self._plan(self._kept(root, width), nodes, max(least, self._share))
        if best is not None and (wide or large):
            return best
        return better(self.goal.sense, self._plan(self.matrix.upper, MORE_NODES, self._share, best), best)

    def best_at_once(self) -> Outcome | None:
        """Return the best people found within the best classes; None where there is no such plan."""
        matrix, gap = self.matrix, self.seeking.limits.gap
        root = self._relaxed(matrix.lower, matrix.upper)
        if not isinstance(root, Relaxed):
            return None
        found = self._searched(
            matrix.lower, matrix.upper, matrix.design, self._share, AT_ONCE_NODES, bounding=True, brief=True
        )
        if found.point is None:
            return None
        designed = self._designed(found.point[matrix.places])
        seated = self._searched(*designed, matrix.whole, gap * SEATING_SHARE, SEATING_NODES)
        return better(self.goal.sense, seated if seated.point is not None else None)
