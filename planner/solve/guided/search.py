"""The guided search: a bound from the relaxation, classes on the columns that matter, whole people last.

    relaxation -> bound, and the reduced cost of each column
    classes and yes-or-no decisions whole, people in fractions, on the columns of low cost; where the bound is not
    enough, on all columns, which gives a tighter one
    people whole: those in fractions are rounded up or down, the others stay; in smaller models then searched anew with
    the classes that are best in fractions

Each step is far easier than the whole model, and the plan is certified by the bound of the relaxation alone. Once a
step has a plan to start from, it runs no heuristics: in HiGHS they took most of the time. A gap that stays open is
searched in the whole model, from the plan found. A level below gaps closed keeps the design; its bound is that of the
relaxation, in which the design is free.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, isfinite
from typing import Final

import numpy as np

from planner.highs.configured import EngineRefused
from planner.model.objective import Goal
from planner.model.reading import INTEGER_TOLERANCE
from planner.solve.engine import Feature, RunOptions, SearchStrategy
from planner.solve.guided.matrix import NotInMatrix, Relaxed
from planner.solve.guided.open_part import Values
from planner.solve.guided.steps import DESIGN_SHARE, RESEATING_NODES, SEATING_NODES, SearchSteps
from planner.solve.model_size import NEAR_ENOUGH, is_large, is_small, is_vast
from planner.solve.outcome import DEFAULT_GAP, Ending, Outcome, believed, better, certified, tightest
from planner.solve.search_run import SearchRun

FIRST: Final = (0.1, 5, 0.0005)
SECOND: Final = (0.5, 200, 0.0)
"""Loss up to which a column is kept, in the average worth of one person trained; most search nodes for classes, and the
least gap at which their search ends: soon a plan, then a better one."""

NEARLY_ALL: Final = (
    0.5  # share of kept columns from which all are searched at once, since leaving out the rest saves nothing
)

NEAR: Final = 0.5
"""Distance from the relaxation up to which the number of classes of a similar scenario is kept."""

WIDE: Final = 0.01
"""Relative distance from its bound beyond which another design is sought for a level below gaps closed: in a plan of
three years that saved 4.3 of 37.6 billion rupiah of own money. For large plans that are only compared it is FAR."""

FAR: Final = 0.05
"""Relative distance from its bound beyond which the whole model is searched for a level below gaps closed, if it is not
large: in a district where a partner with a minimum paid nothing, that saved 213 of 853 million rupiah of own money."""

HOPE: Final = 3.0
"""Factor on the gap asked for. Classes of a similar scenario, and those found on all columns at once, are good enough
where they leave at most so much open: searching their neighbourhood would take longer than everything else."""

DESIGN_NODES: Final = 5000
"""Most search nodes for classes on all columns. Nodes rather than seconds, so that the plan is the same every time."""

FEW_CLASSES: Final = 80
AT_ONCE_NODES: Final = 1000
"""Classes and yes-or-no decisions up to which all columns are searched at once in small models, and most search nodes
for that. In a district with 52 of them, HiGHS took 0.15 to 0.3 s to the optimum, as long as for any plan on few
columns."""

BETWEEN_NODES: Final = 50
"""Most search nodes for people and classes between those of a plan and the best classes."""

SEATING_SHARE: Final = 0.1
"""Share of the gap asked for that may be left open when people are searched [0-1]."""

LOWER_GAP: Final = 0.001
"""Relative gap left open when people are seated anew for a level below gaps closed, in large models and in plans that
are only compared."""

NEAR_OPTIMUM: Final = 5000
"""Iterations in which the relaxation of a lower level follows from the optimum of the goal before, or not at all."""

LOSSY: Final = 0.005
"""Relative loss in rounding people beyond which they are searched anew with the same classes: 2,994 people in 1,202
groups lost 5%, and the search took 10 s to come within 0.1%."""


def is_guided(run: SearchRun) -> bool:
    """Return whether the search of `run` is guided: if asked for, or in larger models, by an engine that reports
    prices."""
    asked = run.limits.strategy is not SearchStrategy.AUTO
    return Feature.PRICES in run.engine.features and (asked or not run.thorough)


def guided(run: SearchRun, goal: Goal) -> Outcome | None:
    """Search the best plan for `goal`; None where none is found, so that another search is needed.

    The point found becomes the best so far of `run`; the bound is that of the relaxation.
    """
    search = search_of(run, goal, GuidedSearch)
    found = None if search is None else search.best_plan()
    return found if found is not None and run.keep(found) else None


def reseated(run: SearchRun, goal: Goal, nodes: int = RESEATING_NODES, *, bounded: bool = True) -> Outcome | None:
    """Seat people anew for `goal` within the design of the best point so far; the better point becomes the best so far.

    Where rounding gives no plan, up to `nodes` search nodes are spent on another; with 0 the point stays as it is.
    Without `bounded`, seats that are nearly the best of the design stay. None where another
    search is needed.
    """
    search = search_of(run, goal, GuidedSearch)
    found = None if search is None else search.best_seats(nodes, bounded)
    return found if found is not None and run.keep(found) else None


def search_of[T: GuidedSearch](run: SearchRun, goal: Goal, kind: type[T]) -> T | None:
    """Return the search of this kind for `goal`; None where the engine refuses the model or the goal."""
    try:
        matrix = run.matrix()
        matrix.aim(goal.terms, goal.sense)
    except (EngineRefused, NotInMatrix):
        return None
    return kind(run, matrix, goal)


@dataclass
class GuidedSearch(SearchSteps):
    """The search for one goal: its steps in their order."""

    _design: Values | None = None
    """The last design found, with people in fractions: the next search starts from it, without heuristics."""
    _lossy: bool = False
    """Whether rounding people lost so much that other classes could not make up for it."""

    def best_plan(self) -> Outcome | None:
        """Return the best plan found, with the bound of the relaxation; None where there is none."""
        # presolve takes longer than it saves: of four large models the relaxation took 0.6 to 0.8 of the time without
        root = self._relaxed(self.matrix.lower, self.matrix.upper, presolved=not is_large(self.seeking.model))
        if not isinstance(root, Relaxed):
            return None
        self.bound = root.bound if isfinite(root.bound) else None
        level, small = self.goal.level.goal != "", is_small(self.seeking.model)
        compared = level and not small and not self.seeking.limits.polish
        if compared:
            self.seeking.measure_gap(self.goal, root.value)
        best = self._as_taught(root) if self.seeking.taught else None
        if best is None and self._few_classes:
            best = self._at_once()
        if best is not None:
            return self._bounded(best)
        best = None if self.seeking.taught else self._by_hint(root)
        for width, nodes, least in (FIRST, SECOND) if best is None else ():
            upper = self._kept(root, width)
            if best is not None and np.count_nonzero(upper > self.matrix.lower) >= NEARLY_ALL * len(upper):
                break
            best = better(self.goal.sense, self._plan(upper, nodes, max(least, self._share)), best)
            if best is not None and (self._lossy or self._enough(best)):
                return self._bounded(best)
        best = better(self.goal.sense, self._plan(self.matrix.upper, DESIGN_NODES, self._share, best), best)
        if best is None and self.seeking.point is not None and compared:
            best = self._between(root)
        return self._bounded(best)

    def _between(self, root: Relaxed) -> Outcome:
        """Return the best plan found whose classes are those of the point so far wherever the best classes agree.

        Where a coverage is held that whole people only just reach, no people may fit into the best classes.
        """
        matrix, design, point = self.matrix, self._design, self.seeking.point
        assert point is not None
        now = point[matrix.places]
        same = matrix.design if design is None else matrix.design & (np.abs(now - design) < NEAR)
        kept = np.where(matrix.people & (now > INTEGER_TOLERANCE), matrix.upper, self._kept(root, FIRST[0]))
        lower, upper = np.where(same, now, matrix.lower), np.where(same, now, kept)
        found = self._searched(lower, upper, matrix.whole, self._share, BETWEEN_NODES, start=now)
        before = Outcome(Ending.STOPPED, point, float(np.dot(matrix.cost, now)))
        return better(self.goal.sense, found if found.point is not None else None, before) or before

    @property
    def _few_classes(self) -> bool:
        """Whether the search for classes on all columns is short, without first looking for plans."""
        small = is_small(self.seeking.model) and not self.seeking.limits.polish
        return small and 0 < int(self.matrix.design.sum()) <= FEW_CLASSES

    def _at_once(self) -> Outcome | None:
        """Return the best plan found with the best classes, people in fractions, whose bound holds for every plan.

        None where the classes are still far from their bound, or no plan with whole people has them.
        """
        matrix, nodes = self.matrix, AT_ONCE_NODES
        found = self._searched(matrix.lower, matrix.upper, matrix.design, self._share, nodes, bounding=True, brief=True)
        self.bound = tightest(self.goal.sense, found.bound, self.bound)
        if found.point is None:
            return None
        self._design = found.point[matrix.places]
        if not certified(found.value, found.bound, HOPE * self.seeking.limits.gap):
            return None
        return self._seated(*self._designed(self._design), self.seeking.limits.gap * SEATING_SHARE)

    def _by_hint(self, root: Relaxed) -> Outcome | None:
        """Return a plan near that of a similar scenario; None where none is given or found.

        It has the classes and yes-or-no decisions of that plan, where that leaves a small gap; otherwise only those
        classes that are near the relaxation, and the others are searched.
        """
        matrix, known = self.matrix, self.seeking.hinted()
        if known is None or not matrix.design.any():
            return None
        hint, given = self._hint(known)
        near = given & (np.abs(hint - root.point) <= NEAR)
        kept, asked = self._kept(root, FIRST[0]), self.seeking.limits.gap
        for fixed, nodes, open_share in ((given, 1, HOPE * asked), (near, FIRST[1], inf)):
            lower, upper = np.where(fixed, hint, matrix.lower), np.where(fixed, hint, kept)
            found = self._searched(lower, upper, matrix.design, max(FIRST[2], self._share), nodes)
            if found.point is not None and certified(found.value, root.bound, open_share):
                self._design = found.point[matrix.places]
                seated = self._seated(*self._designed(self._design), asked * SEATING_SHARE)
                if seated is not None:
                    return seated
        return None

    def _as_taught(self, root: Relaxed) -> Outcome | None:
        """Return the best people found in the classes of a plan that nobody could attend; None where that leaves a
        large gap.

        The limits learnt from it mostly exclude few people from seats, and seldom require other classes.
        """
        known = self.seeking.hinted()
        if known is None or not self.matrix.design.any():
            return None
        hint, given = self._hint(known)
        designed = np.where(given, hint, self.matrix.lower), np.where(given, hint, self.matrix.upper)
        within = self._relaxed(*designed)
        if not isinstance(within, Relaxed) or not certified(within.value, root.bound, LOSSY):
            return None
        seated = self._seated(*designed, self.seeking.limits.gap * SEATING_SHARE)
        if seated is None or certified(seated.value, within.value, LOSSY):
            return seated
        return self._whole_people(designed, seated)

    def best_seats(self, nodes: int, bounded: bool) -> Outcome | None:
        """Return the best plan found with the design of the point so far, with the bound of the relaxation if
        `bounded`.

        Where the bound leaves a large gap, another design is tried: in two of three plans of 7,800 whole numbers that
        saved 10 and 36% of own money, in 4 to 10 s.
        """
        assert self.seeking.point is not None
        large = is_large(self.seeking.model)
        root = self._from_goal_before(large) if bounded else None
        if isinstance(root, Relaxed):
            self.bound = root.bound if isfinite(root.bound) else None
        now = self.seeking.point[self.matrix.places]
        limits = self.seeking.limits
        brief = large or not limits.polish
        gap = max(LOWER_GAP, limits.gap) if brief else limits.gap
        value = float(np.dot(self.matrix.cost, now))
        found = self._seated(*self._designed(now), gap, nodes, now, enough=None if bounded else value)
        best = better(self.goal.sense, found, Outcome(Ending.STOPPED, self.seeking.point, value))
        near = best is not None and certified(best.value, self.bound, WIDE if limits.polish else FAR)
        # otherwise the whole model is searched where the gap is large
        if nodes and (limits.polish or large) and isinstance(root, Relaxed) and not near:
            best = better(self.goal.sense, self._other_design(root, now), best)
        return self._bounded(best)

    def _from_goal_before(self, large: bool) -> Relaxed | Ending:
        """Return the relaxation; in large models from the optimum of the goal before, or where that proves too far away
        from nothing, with presolve."""
        bounds = self.matrix.lower, self.matrix.upper
        if not large:
            return self._relaxed(*bounds)
        if self.matrix.back_to_optimum():
            root = self._relaxed(*bounds, most_iterations=NEAR_OPTIMUM, primal=True)
            if root is not Ending.FAILED:
                return root
        self.matrix.leave_basis()
        return self._relaxed(*bounds)

    def _other_design(self, root: Relaxed, now: Values) -> Outcome | None:
        """Return the best plan found with another design, from the point `now`, on the columns of low cost."""
        matrix = self.matrix
        kept = np.where(matrix.people & (now > INTEGER_TOLERANCE), matrix.upper, self._kept(root, FIRST[0]))
        options = RunOptions(gap=2 * LOWER_GAP, seconds=self.seeking.left(), start=now, most_nodes=FIRST[1])
        found = matrix.searched(matrix.lower, kept, matrix.design, options)
        return None if found.point is None else self._seated(*self._designed(found.point[matrix.places]), LOWER_GAP)

    def _bounded(self, best: Outcome | None) -> Outcome | None:
        if best is None:
            return None
        ending = Ending.PROVEN if self._proven(best) else Ending.STOPPED
        outcome = Outcome(ending, best.point, best.value, self.bound, "guided")
        return believed(outcome, self.matrix.size, self.goal.sense)

    def _proven(self, outcome: Outcome) -> bool:
        """Return whether the bound proves the outcome to within the gap asked for."""
        return certified(outcome.value, self.bound, self.seeking.limits.gap)

    def _enough(self, outcome: Outcome) -> bool:
        """Return whether the search ends here; in a vast model, searching all columns would take minutes."""
        vast = is_vast(self.seeking.model) and self.seeking.limits.gap >= DEFAULT_GAP
        return self._proven(outcome) or (vast and certified(outcome.value, self.bound, NEAR_ENOUGH))

    def _plan(self, upper: Values, nodes: int, gap: float, best: Outcome | None = None) -> Outcome | None:
        """Return the best plan with classes within these bounds, and people on all columns; None where none is found.

        Where all columns are within the bounds, the bound of the classes holds for every plan; the search ends once it
        certifies the `best` so far.
        """
        matrix, asked = self.matrix, self.seeking.limits.gap
        if not matrix.design.any():
            return self._seated(matrix.lower, matrix.upper, asked * SEATING_SHARE)
        every = upper is matrix.upper
        reached = None
        if every and best is not None and best.value is not None:
            reached = best.value, asked * max(1.0, abs(best.value))
        found = self._searched(
            matrix.lower, upper, matrix.design, gap, nodes, start=self._design, reached=reached, bounding=every
        )
        if found.point is not None:
            self._design = found.point[matrix.places]
        if every:
            self.bound = tightest(self.goal.sense, found.bound, self.bound)
        if found.point is None or (best is not None and self._proven(best)):
            return None
        designed = self._designed(found.point[matrix.places])
        seated = self._seated(*designed, asked * SEATING_SHARE)
        if seated is not None and is_large(self.seeking.model) and not certified(seated.value, found.value, LOSSY):
            return self._whole_people(designed, seated)
        if not every or is_large(self.seeking.model) or (seated is not None and self._proven(seated)):
            return seated
        sought = self._searched(*designed, matrix.whole, asked * DESIGN_SHARE, SEATING_NODES)
        return better(self.goal.sense, seated, sought if sought.point is not None else None)

    def _whole_people(self, designed: tuple[Values, Values], rounded: Outcome) -> Outcome | None:
        """Return the best plan found with the classes of a plan that lost much in rounding, with all people searched
        anew.

        Groups of few people with whole chances each lose far more in rounding than better classes could gain, so no
        other classes are tried.
        """
        self._lossy = True
        start = None if rounded.point is None else rounded.point[self.matrix.places]
        found = self._searched(*designed, self.matrix.whole, LOWER_GAP, SEATING_NODES, start=start)
        return better(self.goal.sense, found, rounded)
