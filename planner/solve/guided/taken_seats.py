"""Ties of large models: only when people train is decided, not who.

Each group keeps as many people in each of its programmes, and they move to earlier periods where the classes, the
payments and the levels above allow that. Among all seats the relaxation alone took as long as the search of a level
(1.6 s for 1,000 groups in four periods), and its people could mostly not be rounded, so that nothing was decided.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from planner.model.objective import Goal
from planner.model.reading import INTEGER_TOLERANCE
from planner.solve.engine import RunOptions
from planner.solve.guided.open_part import Mask, Values
from planner.solve.guided.search import GuidedSearch, search_of
from planner.solve.search_run import SearchRun

TIE_GAP: Final = 0.001
TIE_NODES: Final = 20
"""Relative gap that ties may leave open, and search nodes for them."""


def decided_in_periods(run: SearchRun, goal: Goal) -> bool:
    """Move people of the best point so far between the periods of their programmes, by the tie rules in `goal`; return
    whether ties are decided.

    Classes, yes-or-no decisions and how many of a group take a programme stay. Where nothing better is found, the point
    stays as it is.
    """
    if run.point is None:
        return False
    if not run.model.variables.trained:  # all in one period
        return True
    search = search_of(run, goal, _TakenSeats)
    if search is None:
        return False
    search.decide(run.point[search.matrix.places])
    return True


class _TakenSeats(GuidedSearch):
    """The search among the periods of the seats that a plan takes."""

    def decide(self, now: Values) -> None:
        """Search anew what is better than the point `now`, and keep it.

        HiGHS is not told of that point: where its presolve alone solves the rest, it gave it back for the best.
        """
        matrix, limits, people = self.matrix, self.seeking.limits, np.rint(now)
        lower, upper = self._designed(now)
        kept = self._kept_as_they_are(now)
        options = RunOptions(
            gap=max(TIE_GAP, limits.gap),
            seconds=self.seeking.left(),
            report=self.seeking.reporter(self.goal, None),
            most_nodes=TIE_NODES,
        )
        found = matrix.searched_apart(
            np.where(kept, people, lower), np.where(kept, people, upper), matrix.whole, options
        )
        if found.value is not None and found.value < float(np.dot(matrix.cost, now)):
            self.seeking.keep(found)

    def _kept_as_they_are(self, now: Values) -> Mask:
        """Return the totals of groups in programmes, and the seats of groups that have no people in a programme at the
        point `now`, or no other period for it."""
        matrix, variables = self.matrix, self.seeking.model.variables
        columns = matrix.columns_of(list(variables.participants.values()))
        numbers = {pair: number for number, pair in enumerate(variables.trained)}
        alone = len(numbers)  # where those of a single period are counted together
        pair_of = np.array([numbers.get((g, p), alone) for g, p, _ in variables.participants], dtype=np.int64)
        moves = np.bincount(pair_of, weights=now[columns], minlength=alone + 1) > INTEGER_TOLERANCE
        moves[alone] = False
        kept = np.zeros(len(now), dtype=bool)
        kept[columns] = ~moves[pair_of]
        kept[matrix.columns_of(list(variables.trained.values()))] = True
        return kept
