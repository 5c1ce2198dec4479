"""The steps of a guided search: columns kept by the relaxation, whole classes on some columns, whole people within
these."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from planner.model.objective import Goal
from planner.model.reading import INTEGER_TOLERANCE
from planner.solve.engine import RunOptions
from planner.solve.guided.matrix import Matrix, Relaxed
from planner.solve.guided.open_part import Mask, Values
from planner.solve.model_size import is_large
from planner.solve.outcome import Ending, Outcome, certified
from planner.solve.search_run import SearchRun

SEATING_NODES: Final = 200
RESEATING_NODES: Final = 20
"""Most search nodes for whole people, and for people who are seated anew. Nodes rather than seconds, so that the plan
is the same every time."""

DESIGN_SHARE: Final = 0.25
"""Share of the gap asked for that may be left open when classes are searched [0-1]."""


@dataclass
class SearchSteps:
    """The steps for one goal in one matrix, whose goal it is."""

    seeking: SearchRun
    matrix: Matrix
    goal: Goal
    bound: float | None = None
    """The bound of the relaxation."""

    @property
    def _share(self) -> float:
        """The gap that the search for classes may leave open."""
        return self.seeking.limits.gap * DESIGN_SHARE

    def _hint(self, known: Values) -> tuple[Values, Mask]:
        """Return the values of a similar scenario's decisions by column, and which columns of the design they give."""
        matrix = self.matrix
        hint = np.clip(np.rint(known[matrix.places]), matrix.lower, matrix.upper)
        return hint, matrix.design & np.isfinite(hint)

    def _kept(self, root: Relaxed, width: float) -> Values:
        """Return upper bounds that keep only those columns of people which the relaxation uses or nearly would."""
        matrix = self.matrix
        worth = abs(root.value) / max(1.0, float(root.point[matrix.people].sum()))
        dropped = matrix.people & (root.point <= matrix.lower + INTEGER_TOLERANCE) & (root.loss > width * worth)
        return np.where(dropped, matrix.lower, matrix.upper)

    def _designed(self, point: Values) -> tuple[Values, Values]:
        """Return the bounds that fix classes and yes-or-no decisions at those of `point`."""
        matrix = self.matrix
        values = np.rint(point)
        return np.where(matrix.decided, values, matrix.lower), np.where(matrix.decided, values, matrix.upper)

    def _seated(
        self,
        lower: Values,
        upper: Values,
        gap: float,
        nodes: int = SEATING_NODES,
        start: Values | None = None,
        enough: float | None = None,
        target: float | None = None,
    ) -> Outcome | None:
        """Return the best plan with whole people within these bounds, each rounded up or down from its fraction.

        Where rounding gives no plan, people with whole seats may move too. None where fractions are not better than
        `enough` by more than the gap. With a `target`, the search ends at a plan as good as that.
        """
        matrix = self.matrix
        seated = self._relaxed(lower, upper, bounding=False)
        if not isinstance(seated, Relaxed) or certified(enough, seated.value, gap):
            return None
        near, people = np.rint(seated.point), matrix.people
        apart = people & (np.abs(seated.point - near) > INTEGER_TOLERANCE)
        least = np.where(people, np.where(apart, np.maximum(lower, np.floor(seated.point)), near), lower)
        most = np.where(people, np.where(apart, np.minimum(upper, np.ceil(seated.point)), near), upper)
        found = self._rounded(least, most, gap, max(nodes, RESEATING_NODES), target)
        if found.point is None and nodes:
            empty = people & (seated.point <= INTEGER_TOLERANCE)
            if start is not None:
                empty &= start <= INTEGER_TOLERANCE
            found = self._searched(lower, np.where(empty, lower, upper), matrix.whole, gap, nodes, start=start)
        return None if found.point is None else found

    def _rounded(self, least: Values, most: Values, gap: float, nodes: int, target: float | None) -> Outcome:
        """Search in whole people within bounds that leave each of them two numbers at most.

        In large models that is a search in the few columns left open, first without looking for points beside.
        """
        if target is None and is_large(self.seeking.model):
            found = self._searched(least, most, self.matrix.whole, gap, nodes, apart=True)
            if found.point is not None or found.ending is Ending.INFEASIBLE:
                return found
        return self._searched(least, most, self.matrix.whole, gap, nodes, target=target, apart=target is not None)

    def _relaxed(
        self,
        lower: Values,
        upper: Values,
        *,
        bounding: bool = True,
        most_iterations: int | None = None,
        presolved: bool = True,
        primal: bool = False,
    ) -> Relaxed | Ending:
        seeking = self.seeking
        report = seeking.reporter(self.goal, self.bound)
        options = RunOptions(gap=0.0, seconds=seeking.left(), report=report)
        return self.matrix.relaxed(
            lower,
            upper,
            options,
            bounding=bounding,
            most_iterations=most_iterations,
            presolved=presolved,
            primal=primal,
        )

    def _searched(
        self,
        lower: Values,
        upper: Values,
        whole: Mask,
        gap: float,
        nodes: int,
        *,
        start: Values | None = None,
        reached: tuple[float, float] | None = None,
        bounding: bool = False,
        target: float | None = None,
        brief: bool = False,
        apart: bool = False,
    ) -> Outcome:
        """Search with some columns whole, up to a gap or a number of nodes.

        The search ends where its bound is close enough to a value `reached`, or a point is as good as the `target`;
        with `bounding` its bound holds for every plan. In a search `apart` the columns that the bounds fix are left
        out, and no points are looked for beside.
        """
        seeking, people = self.seeking, whole is self.matrix.whole
        found = None if reached is None else reached[0]
        report = seeking.reporter(self.goal, self.bound, people=people, found=found, bounding=bounding)
        options = RunOptions(
            gap=gap,
            seconds=seeking.left(),
            start=start,
            report=report,
            most_nodes=nodes,
            reached=reached,
            target=target,
            heuristics=not brief and (start is None or (people and seeking.limits.polish)),
            restarts=not brief,
        )
        if apart:
            return self.matrix.searched_apart(lower, upper, whole, options)
        return self.matrix.searched(lower, upper, whole, options)
