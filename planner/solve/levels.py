"""The levels of the objective in turn, each held while the next is optimised; ties last.

The last level decides between plans that are equally good, by a written rule: fewest classes,
socializations and agreements, then earlier periods, then the order of the file. So the same scenario
gives the same plan.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from types import ModuleType
from typing import Final

import numpy as np
import pulp
from numpy.typing import NDArray

from planner.domain.decisions import Decisions
from planner.domain.objectives import Level
from planner.domain.scenario import Scenario
from planner.model.build import Model, build, set_objective
from planner.model.objective import Goal
from planner.model.reading import INTEGER_TOLERANCE, NotWhole, Reader
from planner.model.rows import expression
from planner.solve import cbc, highs
from planner.solve.highs import ARITHMETIC
from planner.solve.outcome import Ending, Limits, Outcome, Progress, believed, passed
from planner.solve.ties import tie_rules, weighed

ENGINES: Final[dict[str, ModuleType]] = {"highs": highs, "cbc": cbc}

DESIGN_NODES: Final = 5000
TOTALS_NODES: Final = 20_000
SEATING_NODES: Final = 200
POLISH_NODES: Final = 30
"""Search nodes for steps of a larger model that need not be complete. Nodes, not seconds: the same plan every time."""

FIRST_GAP: Final = 0.01
"""Relative gap of the first rough design of a larger model."""

TIE_GAP: Final = 0.001
TIE_NODES: Final = 20
"""How far ties are pursued in larger models: a plan must not wait for tidiness."""


@dataclass(frozen=True)
class LevelOutcome:
    """What one level of the objective came to, in the scenario's units."""

    level: Level
    value: float
    bound: float | None
    proven: bool


@dataclass(frozen=True)
class Solution:
    """The answer of a solve: decisions only where an engine vouched for a point."""

    ending: Ending
    decisions: Decisions | None = None
    levels: tuple[LevelOutcome, ...] = ()
    message: str = ""
    strategy: str = ""


News = Callable[[Progress, Decisions | None], None]
"""Called with the progress and, when there is a better plan, its decisions."""


@dataclass
class _Run:
    """One pass through the levels."""

    model: Model
    limits: Limits
    news: News
    engine: ModuleType
    began: float = field(default_factory=time.monotonic)
    point: NDArray[np.float64] | None = None
    """The best point so far, by variable."""

    def __post_init__(self) -> None:
        self.reader = Reader(self.model)

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
            start=self.point,
            report=report,
            most_nodes=most_nodes,
            known_bound=known_bound,
            in_hand=in_hand,
            exact=self.limits.exact,
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

    def _whole(self, point: NDArray[np.float64]) -> Decisions | None:
        try:
            return self.reader.decisions(point)
        except NotWhole:
            return None

    def people_in_fractions(self) -> AbstractContextManager[None]:
        """Participants and free seats need not be whole; classes and yes-or-no decisions still are."""
        v = self.model.variables
        return _in_fractions([*v.participants.values(), *v.trained.values(), *v.free_seats.values()])

    def periods_in_fractions(self) -> AbstractContextManager[None]:
        """How many people a group sends to a programme is whole; how many in each period need not be."""
        v = self.model.variables
        return _in_fractions([x for (g, p, _), x in v.participants.items() if (g, p) in v.trained])

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
        values have eight digits.
        """
        if self.engine is cbc:
            slack = max(1e-5, cbc.DIGITS * abs(value))
        else:
            tight = self.limits.exact or highs.is_small(self.model)
            slack = max(1e-6 if tight else 1e-5, 1e-9 * abs(value))
        kept = expression(goal.terms)
        constraint = kept >= value - slack if goal.sense == "max" else kept <= value + slack
        self.model.problem.addConstraint(constraint, name)


def solve_levels(
    scenario: Scenario, limits: Limits, news: News = lambda progress, decisions: None, *, whole_rupiah: bool = False
) -> Solution:
    """Solve `scenario` in this process, level by level, reporting to `news`."""
    began = time.monotonic()
    model = build(scenario, whole_rupiah=whole_rupiah)
    run = _Run(model, limits, news, ENGINES[limits.solver], began)
    strategy = "levels" + ("-whole-rupiah" if whole_rupiah else "-exact" if limits.exact else "")
    levels: list[LevelOutcome] = []
    must_prove = [goal.level.goal for goal in model.goals].index("gaps_closed")
    if not any(goal.terms for goal in model.goals):  # nothing to gain, but rules to keep
        feasible = run.optimise(Goal(Level(), ((_any_variable(model), 0.0),), "min", 1.0))
        if feasible.point is None:
            return Solution(feasible.ending, message=feasible.message, strategy=strategy)
    for number, goal in enumerate(model.goals):
        if not goal.terms:
            levels.append(LevelOutcome(goal.level, 0.0, 0.0, proven=True))
            continue
        outcome = _search(run, goal) if number <= must_prove else _polish(run, goal)
        if outcome.point is None or outcome.value is None:
            if run.point is not None:  # an earlier level's plan stands
                break
            return Solution(outcome.ending, message=outcome.message, strategy=strategy)
        bound = None if outcome.bound is None else outcome.bound * goal.scale
        levels.append(LevelOutcome(goal.level, outcome.value * goal.scale, bound, outcome.ending == Ending.PROVEN))
        if outcome.ending != Ending.PROVEN and number <= must_prove:
            break
        run.hold(goal, outcome.value, f"held__{number}")
    complete = len(levels) > must_prove and all(level.proven for level in levels[: must_prove + 1])
    if complete:
        _settle_ties(run)
    decisions = Decisions() if run.point is None else run.reader.decisions(run.point)
    return Solution(Ending.PROVEN if complete else Ending.STOPPED, decisions, tuple(levels), strategy=strategy)


def _any_variable(model: Model) -> pulp.LpVariable:
    """Some variable of the model, for an objective that prefers nothing."""
    variables = model.problem.variables()
    return variables[0] if variables else model.problem.add_variable("nothing", 0, 0)


@contextmanager
def _in_fractions(variables: list[pulp.LpVariable]) -> Iterator[None]:
    """`variables` need not be whole within a `with` block."""
    for variable in variables:
        variable.cat = "Continuous"
    try:
        yield
    finally:
        for variable in variables:
            variable.cat = "Integer"


def _search(run: _Run, goal: Goal) -> Outcome:
    """The best plan for `goal`, proven if time allows: from what is hard to what is easy.

    Larger models are solved design first: classes and yes-or-no decisions with people in fractions,
    roughly at first, so that there is soon a plan to keep.
    Then totals first: how many of a group take a programme, with periods in fractions. Each bounds
    every plan and is far easier than everything together, and each is turned into a plan with
    whole people. Only if that is further from the bound than the gap asked for is everything searched together.
    """
    if run.engine is not highs:
        return run.optimise(goal)
    stages: list[tuple[AbstractContextManager[None], float, int | None]] = []
    if not highs.is_small(run.model):
        stages.append((run.people_in_fractions(), max(FIRST_GAP, run.limits.gap), DESIGN_NODES))
        stages.append((run.people_in_fractions(), run.limits.gap / 10, DESIGN_NODES))
    if run.model.variables.trained:
        stages.append((run.periods_in_fractions(), run.limits.gap / 2, TOTALS_NODES))
    bound: float | None = None
    best: Outcome | None = None
    if stages and run.point is None and highs.is_small(run.model):
        best = _better(goal, run.optimise(goal, gap=FIRST_GAP, most_nodes=1), None)  # soon a plan to keep
    for fractions, gap, nodes in stages:
        in_hand = None
        if best is not None and best.value is not None:
            in_hand = best.value, run.limits.gap * max(1.0, abs(best.value))
        with fractions:
            relaxed = run.optimise(goal, gap=gap, most_nodes=nodes, known_bound=bound, in_hand=in_hand, relaxed=True)
        if relaxed.ending in (Ending.INFEASIBLE, Ending.FAILED):
            break
        bound = relaxed.bound if relaxed.bound is not None else bound
        if relaxed.point is None:
            continue
        if _within(bound, best, run.limits.gap):
            break
        with run.design_fixed(relaxed.point):
            best = _better(goal, run.optimise(goal, gap=gap, most_nodes=SEATING_NODES), best)
        if _within(bound, best, run.limits.gap):
            break
    if best is not None and _within(bound, best, run.limits.gap):
        run.point = best.point
        return replace(best, ending=Ending.PROVEN, bound=bound, message="in stages")
    if best is not None:
        run.point = best.point
    last = run.optimise(goal, known_bound=bound)
    found = _better(goal, last, best)
    if found is None or found is last or found.value is None:
        return last
    run.point = found.point
    if last.bound is not None and not passed(found.value, last.bound, goal.sense):
        bound = last.bound
    ending = Ending.PROVEN if _within(bound, found, run.limits.gap) else Ending.STOPPED
    return replace(found, ending=ending, bound=bound)


def _within(bound: float | None, outcome: Outcome | None, gap: float) -> bool:
    """Whether `bound` proves the value of `outcome` to within `gap`."""
    if bound is None or outcome is None or outcome.value is None:
        return False
    return abs(bound - outcome.value) <= max(gap, ARITHMETIC) * max(1.0, abs(outcome.value))


def _better(goal: Goal, new: Outcome, old: Outcome | None) -> Outcome | None:
    """The outcome with the better point; None if neither has one."""
    with_points = [outcome for outcome in (new, old) if outcome is not None and outcome.value is not None]
    sign = 1.0 if goal.sense == "max" else -1.0
    return max(with_points, key=lambda outcome: sign * (outcome.value or 0.0), default=None)


def _polish(run: _Run, goal: Goal) -> Outcome:
    """A better plan for a level after gaps closed, as far as a limited search goes; its bound says how far.

    Small models are searched to the end.
    """
    if run.engine is not highs or highs.is_small(run.model) or run.point is None:
        return run.optimise(goal)
    with run.design_fixed(run.point):
        run.optimise(goal, most_nodes=SEATING_NODES)
    return run.optimise(goal, most_nodes=POLISH_NODES)


def _settle_ties(run: _Run) -> None:
    """Optimise the tie rules one after the other; each keeps what it reached.

    In larger models they are weighed into one goal and searched briefly over people alone: there the
    levels leave next to no ties, and the fixed seed sees to it that the same scenario gives the same plan.
    """
    rules = list(tie_rules(run.model))
    if not highs.is_small(run.model) and run.point is not None:
        with run.design_fixed(run.point):
            run.optimise(weighed(rules), gap=TIE_GAP, most_nodes=TIE_NODES)
        return
    for number, goal in enumerate(rules):
        left = run.left()
        if not goal.terms or (left is not None and left <= 0):
            continue
        before = run.point
        outcome = run.optimise(goal)
        if outcome.point is None or outcome.value is None:
            run.point = before
            return
        run.hold(goal, outcome.value, f"tie__{number}")
