"""Searches one model for one goal after another: each run of the engine starts from the best point so far."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Self

import numpy as np
import pulp
from numpy.typing import NDArray

from planner.domain.attendance import Learnt
from planner.domain.decisions import Decisions
from planner.model.build import Model, set_objective
from planner.model.objective import Goal
from planner.model.reading import INTEGER_TOLERANCE, NotWhole, Reader
from planner.model.rows import expression
from planner.solve.engine import Engine, Feature, RunOptions
from planner.solve.engines import ENGINES
from planner.solve.model_size import is_thorough
from planner.solve.outcome import Ending, Outcome, Progress, SearchLimits, Stage, believed, is_finite_number

if TYPE_CHECKING:
    from planner.solve.engine import Report
    from planner.solve.guided.kept_matrix import KeptMatrix
    from planner.solve.guided.matrix import Basis, Matrix

News = Callable[[Progress, Decisions | None], None]
"""Called with the progress and, when there is a better plan, its decisions."""


class Unattended(Exception):
    """Nobody could attend the decisions of a search, which found this out before its end; `learnt` has the limits
    learnt."""

    def __init__(self, decisions: Decisions, learnt: Learnt) -> None:
        super().__init__("unattended")
        self.decisions, self.learnt = decisions, learnt


@dataclass
class SearchRun:
    """One search of a model by one engine."""

    model: Model
    limits: SearchLimits
    news: News
    engine: Engine
    began: float = field(default_factory=time.monotonic)
    point: NDArray[np.float64] | None = None
    """The best point so far, by variable."""
    hint: Decisions | None = None
    """Decisions of a similar scenario, to start from until there is a point."""
    stood: Basis | None = None
    """Basis of the relaxation of a similar model, from which that of this one starts."""
    kept: KeptMatrix | None = None
    """The matrix of the model that this one was refit from."""
    learn: Callable[[Decisions], Learnt | None] | None = None
    """Returns the limits learnt from decisions that people cannot attend; None where attendance is not checked."""
    attended: Decisions | None = None
    """The last decisions checked that people can attend."""
    nodes: int = 0
    """Search nodes of the whole model and its stages so far."""
    taught: bool = False
    """Whether the search starts from decisions that nobody could attend, with the limits learnt from them."""

    def __post_init__(self) -> None:
        self.reader = Reader(self.model)
        self._restricted = False
        self._matrix: Matrix | None = None
        self._start = None if self.hint is None else self.reader.start(self.hint)

    @classmethod
    def of(
        cls,
        model: Model,
        limits: SearchLimits,
        news: News,
        *,
        began: float | None = None,
        hint: Decisions | None = None,
    ) -> Self:
        """Return a search by the engine that `limits` name; its time counts from `began`, by default from now."""
        engine = ENGINES[limits.solver]()
        return cls(model, limits, news, engine, time.monotonic() if began is None else began, hint=hint)

    @property
    def thorough(self) -> bool:
        """Whether the exact optimum of each level is sought, beyond the gap asked for."""
        return is_thorough(self.model, compared=not self.limits.polish)

    def measure_gap(self, goal: Goal, about: float) -> None:
        """Make the gap asked for that of `goal` as claims measure it: relative to 1 where values, `about` so large, are
        below 1.

        A coverage is sought in thousandths, so that a gap relative to them would be finer than the one asked for.
        """
        one = 1.0 / goal.scale
        self.limits = replace(self.limits, gap=self.limits.gap * max(1.0, one / max(1.0, abs(about))))

    def seconds(self) -> float:
        """Return the time since the search began [s]."""
        return time.monotonic() - self.began

    def left(self) -> float | None:
        """Return the time left [s]; None without a limit."""
        return None if self.limits.time_limit is None else max(0.0, self.limits.time_limit - self.seconds())

    def optimise(
        self,
        goal: Goal,
        *,
        gap: float | None = None,
        most_nodes: int | None = None,
        known_bound: float | None = None,
        reached: tuple[float, float] | None = None,
        settled: tuple[float, int] | None = None,
        relaxed: bool = False,
        heuristics: bool = True,
    ) -> Outcome:
        """Optimise `goal` from the best point so far and report the progress.

        The point found becomes the best so far, unless the run is `relaxed`: then people need not be whole.
        """
        set_objective(self.model, goal)

        options = RunOptions(
            gap=self.limits.gap if gap is None else gap,
            seconds=self.left(),
            start=self._start_point(),
            report=self.reporter(
                goal,
                known_bound,
                people=not relaxed,
                found=None if reached is None else reached[0],
                bounding=not self._restricted,
            ),
            most_nodes=most_nodes,
            known_bound=known_bound,
            reached=reached,
            settled=settled,
            heuristics=heuristics,
            thorough=self.thorough,
        )
        outcome = believed(self.engine.run(self.model, options), len(self.model.problem.variables()), goal.sense)
        self.nodes += outcome.nodes
        if outcome.point is None or relaxed:
            return outcome
        try:
            decisions = self.reader.decisions(outcome.point)
        except NotWhole as error:
            return Outcome(Ending.FAILED, message=str(error))
        self.point = outcome.point
        if Feature.PROGRESS not in self.engine.features:  # otherwise it has reported this point already
            bound = None if outcome.bound is None else outcome.bound * goal.scale
            value = None if outcome.value is None else outcome.value * goal.scale
            self.news(Progress(_stage(goal), value, bound, self.seconds()), decisions)
        return outcome

    def ensure_attended(self) -> None:
        """Raise Unattended where nobody could attend the best point so far and a limit follows from that."""
        if self.learn is None or self.point is None:
            return
        decisions = self.reader.decisions(self.point)
        learnt = self.learn(decisions)
        if learnt is not None:
            raise Unattended(decisions, learnt)
        self.attended = decisions

    def keep(self, outcome: Outcome) -> bool:
        """Make the point of `outcome` the best so far; return False where its integer variables are not whole."""
        if outcome.point is None or self._whole(outcome.point) is None:
            return False
        self.point = outcome.point
        return True

    def reporter(
        self,
        goal: Goal,
        known_bound: float | None,
        *,
        people: bool = True,
        found: float | None = None,
        bounding: bool = False,
    ) -> Report:
        """Return the callback that reports the progress of one run for `goal`.

        Its value counts where `people` are whole, otherwise the value `found` before; with `bounding` its bounds hold
        for every plan.
        """

        def report(best: float | None, bound: float | None, point: NDArray[np.float64] | None) -> bool:
            best, bound = (n if is_finite_number(n) else None for n in (best, bound))  # an engine may say anything
            bounds = [n for n in (bound if bounding else None, known_bound) if n is not None]
            nearest = (min if goal.sense == "max" else max)(bounds, default=None)
            scaled = [None if n is None else n * goal.scale for n in (best if people else found, nearest)]
            progress = Progress(_stage(goal), scaled[0], scaled[1], self.seconds())
            self.news(progress, None if point is None else self._whole(point))
            return False

        return report

    def hinted(self) -> NDArray[np.float64] | None:
        """Return the values of a similar scenario's decisions by variable, NaN where unknown; None where none are
        given."""
        return None if self._start is None else self._by_variable(self._start)

    def _by_variable(self, known: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return `known` values of the first variables of the problem, and NaN for those added since."""
        values = np.full(len(self.model.problem.variables()), np.nan)
        values[: len(known)] = known
        return values

    def _start_point(self) -> NDArray[np.float64] | None:
        """Return the point to start from, NaN where unknown; None where there is none that the engine can use."""
        known = self._start if self.point is None else self.point
        if known is None:
            return None
        start = self._by_variable(known)
        needed = Feature.START if np.all(np.isfinite(start)) else Feature.PARTIAL_START
        return start if needed in self.engine.features else None

    def _whole(self, point: NDArray[np.float64]) -> Decisions | None:
        try:
            return self.reader.decisions(point)
        except NotWhole:
            return None

    def matrix(self) -> Matrix:
        """Return the model in HiGHS, loaded on first use; levels that are held are held there too."""
        from planner.solve.guided.matrix import Matrix  # loads HiGHS

        if self._matrix is None:
            self._matrix = Matrix(self.model, self.stood, self.kept)
        return self._matrix

    def people_in_fractions(self) -> AbstractContextManager[None]:
        """Relax participants and free seats; classes and yes-or-no decisions stay whole."""
        v = self.model.variables
        return in_fractions([*v.participants.values(), *v.trained.values(), *v.free_seats.values()])

    def periods_in_fractions(self) -> AbstractContextManager[None]:
        """Relax the participants of each period; a group's total in a programme stays whole."""
        v = self.model.variables
        return in_fractions([x for (g, p, _), x in v.participants.items() if (g, p) in v.trained])

    @contextmanager
    def design_fixed(self, point: NDArray[np.float64]) -> Iterator[None]:
        """Fix classes and yes-or-no decisions at `point`, and a group's totals in a programme where they are whole."""
        v = self.model.variables
        families = (v.classes, v.runs, v.socialized, v.used)
        design = [variable for family in families for variable in family.values()]
        totals = list(v.trained.values())
        if all(abs(point[n.id] - round(point[n.id])) <= INTEGER_TOLERANCE for n in totals):
            design += totals
        fixed = [(n, (n.lowBound, n.upBound), round(point[n.id])) for n in design]
        for variable, _, value in fixed:
            variable.lowBound = variable.upBound = value
        self._restricted = True
        try:
            yield
        finally:
            self._restricted = False
            for variable, bounds, _ in fixed:
                variable.lowBound, variable.upBound = bounds

    def hold(self, goal: Goal, value: float, name: str) -> None:
        """Hold `goal` at `value` from here on, with more slack than the engine's tolerances.

        With a slack of only its tolerance of 1e-6, HiGHS was seen to call the best plan impossible. Whether a plan
        really holds the level is decided in exact numbers afterwards.
        """
        slack = max(1e-5, self.engine.digits * abs(value))
        kept = expression(goal.terms)
        constraint = kept >= value - slack if goal.sense == "max" else kept <= value + slack
        self.model.problem.addConstraint(constraint, name)
        if self._matrix is not None:
            low, high = (value - slack, np.inf) if goal.sense == "max" else (-np.inf, value + slack)
            self._matrix.hold(goal.terms, low, high)


def _stage(goal: Goal) -> Stage:
    """Return the stage of the search in which `goal` is optimised; a goal without a level of the objective is a tie
    rule."""
    return Stage(goal.level.goal) if goal.level.goal else Stage.TIES


@contextmanager
def in_fractions(variables: list[pulp.LpVariable]) -> Iterator[None]:
    """Relax whole `variables` within a `with` block."""
    for variable in variables:
        variable.cat = "Continuous"
    try:
        yield
    finally:
        for variable in variables:
            variable.cat = "Integer"
