"""One pursuit of goals through a model: each run of an engine begins at the best point so far."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import pulp
from numpy.typing import NDArray

from planner.domain.decisions import Decisions
from planner.model.build import Model, set_objective
from planner.model.objective import Goal
from planner.model.reading import INTEGER_TOLERANCE, NotWhole, Reader
from planner.model.rows import expression
from planner.solve import cbc, highs, highs_plain
from planner.solve.outcome import Ending, Limits, Outcome, Progress, believed

ENGINES: Final[dict[str, Any]] = {"highs": highs, "cbc": cbc, "highs-plain": highs_plain}
"""Modules with a `run`, the relative precision of their values (DIGITS), and whether they can be asked in stages
(IN_STAGES): from a start, within nodes, with news."""

News = Callable[[Progress, Decisions | None], None]
"""Called with the progress and, when there is a better plan, its decisions."""


@dataclass
class Pursuit:
    """One pass through the levels."""

    model: Model
    limits: Limits
    news: News
    engine: Any
    began: float = field(default_factory=time.monotonic)
    point: NDArray[np.float64] | None = None
    """The best point so far, by variable."""
    hint: Decisions | None = None
    """Decisions of a similar scenario, to begin from while there is no point."""

    def __post_init__(self) -> None:
        self.reader = Reader(self.model)
        self._start = None if self.hint is None else self.reader.start(self.hint)

    def seconds(self) -> float:
        return time.monotonic() - self.began

    def left(self) -> float | None:
        """Seconds left, None without a limit."""
        return None if self.limits.time_limit is None else max(0.0, self.limits.time_limit - self.seconds())

    def optimise(
        self,
        goal: Goal,
        *,
        gap: float | None = None,
        most_nodes: int | None = None,
        known_bound: float | None = None,
        in_hand: tuple[float, float] | None = None,
        relaxed: bool = False,
        heuristics: bool = True,
    ) -> Outcome:
        """Optimise `goal` from the best point so far and pass on the news.

        A point becomes the best so far unless the run is `relaxed`: then people need not be whole.
        """
        set_objective(self.model, goal)

        def report(best: float | None, bound: float | None, point: NDArray[np.float64] | None) -> bool:
            bounds = [n for n in (bound, known_bound) if n is not None]
            nearest = (min if goal.sense == "max" else max)(bounds, default=None)
            known = None if in_hand is None else in_hand[0]
            scaled = [None if n is None else n * goal.scale for n in (known if relaxed else best, nearest)]
            progress = Progress(goal.level.goal or "ties", scaled[0], scaled[1], self.seconds())
            self.news(progress, None if point is None else self._whole(point))
            return False

        answer: Outcome = self.engine.run(
            self.model,
            gap=self.limits.gap if gap is None else gap,
            seconds=self.left(),
            start=self._from_here(),
            report=report,
            most_nodes=most_nodes,
            known_bound=known_bound,
            in_hand=in_hand,
            heuristics=heuristics,
        )
        outcome = believed(answer, len(self.model.problem.variables()), goal.sense)
        if outcome.point is None or relaxed:
            return outcome
        try:
            self.reader.decisions(outcome.point)
        except NotWhole as error:
            return Outcome(Ending.FAILED, message=str(error))
        self.point = outcome.point
        return outcome

    def _from_here(self) -> NDArray[np.float64] | None:
        """Where to start from; variables that have been added since are unknown."""
        known = self._start if self.point is None else self.point
        if known is None:
            return None
        start = np.full(len(self.model.problem.variables()), np.nan)
        start[: len(known)] = known
        return start

    def _whole(self, point: NDArray[np.float64]) -> Decisions | None:
        try:
            return self.reader.decisions(point)
        except NotWhole:
            return None

    def people_in_fractions(self) -> AbstractContextManager[None]:
        """Participants and free seats need not be whole; classes and yes-or-no decisions still are."""
        v = self.model.variables
        return in_fractions([*v.participants.values(), *v.trained.values(), *v.free_seats.values()])

    def periods_in_fractions(self) -> AbstractContextManager[None]:
        """How many people a group sends to a programme is whole; how many in each period need not be."""
        v = self.model.variables
        return in_fractions([x for (g, p, _), x in v.participants.items() if (g, p) in v.trained])

    @contextmanager
    def design_fixed(self, point: NDArray[np.float64]) -> Iterator[None]:
        """Classes and yes-or-no decisions stay as they are at `point`; `trained` too, where it is whole there."""
        v = self.model.variables
        families = (v.classes, v.runs, v.socialized, v.used)
        design = [variable for family in families for variable in family.values()]
        totals = list(v.trained.values())
        if all(abs(point[n.id] - round(point[n.id])) <= INTEGER_TOLERANCE for n in totals):
            design += totals
        fixed = [(variable, variable.upBound, round(point[variable.id])) for variable in design]
        for variable, _, value in fixed:
            variable.lowBound = variable.upBound = value
        try:
            yield
        finally:
            for variable, most, _ in fixed:
                variable.lowBound, variable.upBound = 0, most

    def hold(self, goal: Goal, value: float, name: str) -> None:
        """Keep `goal` at `value` from here on, with more slack than the engine's tolerances.

        With no more than its tolerance of 1e-6, HiGHS was seen to call the best plan impossible; CBC's
        values have eight digits. Whether a plan really holds the level is decided in exact numbers afterwards.
        """
        slack = max(1e-5, self.engine.DIGITS * abs(value))
        kept = expression(goal.terms)
        constraint = kept >= value - slack if goal.sense == "max" else kept <= value + slack
        self.model.problem.addConstraint(constraint, name)


@contextmanager
def in_fractions(variables: list[pulp.LpVariable]) -> Iterator[None]:
    """`variables` need not be whole within a `with` block."""
    for variable in variables:
        variable.cat = "Continuous"
    try:
        yield
    finally:
        for variable in variables:
            variable.cat = "Integer"
