"""The guided search: a bound from the relaxation, classes on the columns that matter, whole people last.

    relaxation -> bound, and what each column would cost
    classes and yes-or-no decisions whole, people in fractions, on the columns that cost little; where the bound is not
    enough, on all columns, which gives a tighter one
    people whole: those in fractions are rounded up or down, the others stay; in smaller models then searched anew with
    the classes that are best in fractions

Each step is far easier than the whole model, and the plan is certified by the bound of the relaxation alone. Once a
step has a plan to start from, it looks for none: in HiGHS that took most of the time. What is left open is searched in
the whole model, from the plan found. A level below gaps closed keeps the design: its
bound is that of the relaxation, which does not.
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

NEARLY_ALL: Final = 0.5  # share of the columns from which on keeping some saves nothing: all are searched at once

NEAR: Final = 0.5
"""Distance from the relaxation up to which a class of a similar scenario is kept."""

WIDE: Final = 0.01
"""Relative distance from its bound beyond which another design is sought for a level below gaps closed: in the plan of
three years that saved 4.3 of 37.6 billion of own money. Of large plans that are only compared, beyond FAR."""

FAR: Final = 0.05
"""Relative distance from its bound beyond which the whole model is searched for a level below gaps closed, if it is not
large: in a district where a partner with a minimum paid nothing, that saved 213 of 853 million of own money."""

HOPE: Final = 3.0
"""Factor on the gap asked for. Classes of a similar scenario, and those found on all columns at once, that leave no
more open than this are good enough: searching their neighbourhood takes longer than all else."""

DESIGN_NODES: Final = 5000
"""Most search nodes for classes on all columns. Nodes, not seconds: the same plan every time."""

FEW_CLASSES: Final = 80
AT_ONCE_NODES: Final = 1000
"""Classes and yes-or-no decisions up to which all columns are searched at once in small models, and most search nodes
for that. In a district of 52 HiGHS took 0.15 to 0.3 s to their optimum, as long as for any plan on few columns."""

SEATING_SHARE: Final = 0.1
"""Share of the gap asked for that may be left open when people are searched [0-1]."""

LOWER_GAP: Final = 0.001
"""Relative gap left open when people are seated anew for a level below gaps closed, in large models and in plans that
are only compared."""

LOSSY: Final = 0.005
"""Relative loss in rounding people beyond which they are searched anew with the same classes: 2,994 people in 1,202
groups lost 5%, and the search took 10 s to within 0.1%."""


def is_guided(run: SearchRun) -> bool:
    """Whether the search of `run` is guided: if asked for, and larger models, by an engine that tells prices."""
    asked = run.limits.strategy is not SearchStrategy.AUTO
    return Feature.PRICES in run.engine.features and (asked or not run.thorough)


def guided(run: SearchRun, goal: Goal) -> Outcome | None:
    """Search the best plan for `goal`; None where nothing is found, so that another search is asked.

    The point found becomes the best so far of `run`; the bound is that of the relaxation.
    """
    search = search_of(run, goal, GuidedSearch)
    found = None if search is None else search.best_plan()
    return found if found is not None and run.keep(found) else None


def reseated(run: SearchRun, goal: Goal, nodes: int = RESEATING_NODES, *, bounded: bool = True) -> Outcome | None:
    """Seat people anew for `goal` within the design of the best point so far, which becomes the better of the two.

    Where rounding gives no plan, so many search nodes are spent on another; with 0 the point stays as it is. Where it
    need not be `bounded`, seats that are nearly the best of the design stay.
    None where another search has to be asked.
    """
    search = search_of(run, goal, GuidedSearch)
    found = None if search is None else search.best_seats(nodes, bounded)
    return found if found is not None and run.keep(found) else None


def search_of[T: GuidedSearch](run: SearchRun, goal: Goal, kind: type[T]) -> T | None:
    """The search of this kind for `goal`; None where the engine refuses the model or the goal."""
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
    """The last design found, people in fractions: the next search starts from it, and needs to look for none."""
    _lossy: bool = False
    """Whether rounding people lost so much that other classes could not make up for it."""

    def best_plan(self) -> Outcome | None:
        """The best plan found, with the bound of the relaxation; None where there is none."""
        root = self._relaxed(self.matrix.lower, self.matrix.upper)
        if not isinstance(root, Relaxed):
            return None
        self.bound = root.bound if isfinite(root.bound) else None
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
        return self._bounded(
            better(self.goal.sense, self._plan(self.matrix.upper, DESIGN_NODES, self._share, best), best)
        )

    @property
    def _few_classes(self) -> bool:
        """Whether classes on all columns are soon searched, without looking for plans before."""
        small = is_small(self.seeking.model) and not self.seeking.limits.polish
        return small and 0 < int(self.matrix.design.sum()) <= FEW_CLASSES

    def _at_once(self) -> Outcome | None:
        """The best plan found with the best classes in fractions of people, whose bound is that of every plan.

        None where the classes are still far from their bound, or leave no plan with whole people.
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
        """A plan near to that of a similar scenario; None where none is given or found.

        With its classes and yes-or-no decisions, where that leaves little open; else with those of its classes that are
        near to the relaxation, the others searched.
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
        """The best people found in the classes of a plan that nobody could attend; None where that leaves much open.

        What it teaches forbids few people a seat, mostly, and seldom asks for other classes.
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
        """The best plan found with the design of the point so far, with the bound of the relaxation if it is wanted.

        Where the bound leaves much open, with another design: in two of three plans of 7,800 whole numbers that saved
        10 and 36% of own money, for 4 to 10 s.
        """
        assert self.seeking.point is not None
        if bounded and is_large(self.seeking.model):
            self.matrix.leave_basis()
        root = self._relaxed(self.matrix.lower, self.matrix.upper) if bounded else None
        if isinstance(root, Relaxed):
            self.bound = root.bound if isfinite(root.bound) else None
        now = self.seeking.point[self.matrix.places]
        limits = self.seeking.limits
        brief = is_large(self.seeking.model) or not limits.polish
        gap = max(LOWER_GAP, limits.gap) if brief else limits.gap
        value = float(np.dot(self.matrix.cost, now))
        found = self._seated(*self._designed(now), gap, nodes, now, enough=None if bounded else value)
        best = better(self.goal.sense, found, Outcome(Ending.STOPPED, self.seeking.point, value))
        near = best is not None and certified(best.value, self.bound, WIDE if limits.polish else FAR)
        sought = limits.polish or is_large(self.seeking.model)  # else the whole model is searched where much is open
        if nodes and sought and isinstance(root, Relaxed) and not near:
            best = better(self.goal.sense, self._other_design(root, now), best)
        return self._bounded(best)

    def _other_design(self, root: Relaxed, now: Values) -> Outcome | None:
        """The best plan found with another design, from the point `now`, on the columns that cost little."""
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
        """Whether the bound proves the outcome to within the gap asked for."""
        return certified(outcome.value, self.bound, self.seeking.limits.gap)

    def _enough(self, outcome: Outcome) -> bool:
        """Whether no more is searched; all columns of a vast model would be searched for minutes."""
        vast = is_vast(self.seeking.model) and self.seeking.limits.gap >= DEFAULT_GAP
        return self._proven(outcome) or (vast and certified(outcome.value, self.bound, NEAR_ENOUGH))

    def _plan(self, upper: Values, nodes: int, gap: float, best: Outcome | None = None) -> Outcome | None:
        """The best plan with classes from within these bounds, and people from all; None where none is found.

        Where all columns are within the bounds, what bounds the classes bounds every plan; the search ends once that
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
        """The best plan found with the classes of a plan that lost much in rounding: all people are searched anew.

        Groups of few people, each with whole chances, lose far more in rounding than better classes could gain; so no
        other classes are sought.
        """
        self._lossy = True
        start = None if rounded.point is None else rounded.point[self.matrix.places]
        found = self._searched(*designed, self.matrix.whole, LOWER_GAP, SEATING_NODES, start=start)
        return better(self.goal.sense, found, rounded)
