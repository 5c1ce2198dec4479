"""One plan for each point of a grid: what gaps closed and cost are as something is varied."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal

from planner.analysis.sweep.values import Value
from planner.analysis.sweep.vary import Axis, Grid
from planner.batch.carry_over import allows_more, bounded, handed_on
from planner.batch.inquiry import Inquiry
from planner.batch.points import Result
from planner.domain.scenario import Scenario
from planner.locale import language_in_force
from planner.plans.claim import Claim
from planner.plans.plan import Plan, Status

Place = tuple[int, ...]
"""The place of a point on each axis."""

State = Literal[
    "proven",
    "agreed",
    "claimed",
    "infeasible",
    "no_plan_in_time",
    "solver_failed",
    "check_failed",
    "worker_lost",
    "no_answer",
    "failed",
    "invalid",
]
"""How a point stands: what its plan claims; no plan; what failed; or no scenario at that combination of values."""

PLANNED: Final[Mapping[Claim, State]] = {
    Claim.PROVEN: "proven",
    Claim.AGREED: "agreed",
    Claim.CLAIMED: "claimed",
}
UNPLANNED: Final[Mapping[Status | None, State]] = {
    Status.INFEASIBLE: "infeasible",
    Status.NO_PLAN_IN_TIME: "no_plan_in_time",
    Status.SOLVER_FAILED: "solver_failed",
    Status.CHECK_FAILED: "check_failed",
    Status.WORKER_LOST: "worker_lost",
    Status.NO_ANSWER: "no_answer",
}
UNKNOWN: Final[frozenset[State]] = frozenset(UNPLANNED.values()) - {"infeasible"} | {"failed"}
"""States of points without a plan for which there may be one."""


def state_of(plan: Plan | None, status: Status | None) -> State:
    """How a point stands that has this plan, or none and this status."""
    return UNPLANNED.get(status, "failed") if plan is None else PLANNED[plan.claim]


@dataclass(frozen=True)
class Row:
    """One point. Without a plan it has no figures."""

    values: tuple[Value, ...]
    place: Place
    state: State
    message: str = ""
    gaps_closed: Fraction | None = None
    weighted_gaps_closed: Fraction | None = None
    total_cost: int | None = None
    own_cost: int | None = None
    relative_gap: float | None = None
    today: bool = False
    """Whether its scenario is the one that is asked about."""

    @property
    def has_plan(self) -> bool:
        return self.gaps_closed is not None


@dataclass(frozen=True)
class Sweep:
    """The answer: a row for each point, the last axis running fastest."""

    axes: tuple[Axis, ...]
    rows: tuple[Row, ...]
    handed_on: int
    """Points at which a plan of another point was better than their own."""
    language: str
    """The language of messages."""

    @property
    def planned(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.has_plan)


def sweep(inquiry: Inquiry, grid: Grid) -> Sweep:
    """Plan every point of `grid`; one that fails is a row that says so."""
    scenarios = {cell.place: cell.scenario for cell in grid.cells if cell.scenario is not None}
    known = {inquiry.scenario.sha256: inquiry.plan}
    names = {place: scenario.sha256 for place, scenario in scenarios.items()}
    first = {name: place for place, name in reversed(names.items()) if name not in known}
    asked = [inquiry.point(_name(place), scenarios[place]) for place in sorted(first.values())]
    results = inquiry.solve(asked)
    found: dict[Place, Result] = {}
    for place, name in names.items():
        if name in known:
            found[place] = Result(_name(place), known[name].status, known[name])
        else:
            found[place] = results[_name(first[name])]
    plans = {place: result.plan for place, result in found.items()}
    today = {place for place, name in names.items() if name in known}
    moved = hand_on(scenarios, plans, {place for place, result in found.items() if result.failed}, today)
    rows = []
    for cell in grid.cells:
        values = grid.values(cell)
        if cell.scenario is None:
            rows.append(Row(values, cell.place, "invalid", cell.problem))
        else:
            rows.append(_row(values, cell.place, found[cell.place], plans[cell.place], cell.place in today))
    return Sweep(grid.axes, tuple(rows), len(moved), language_in_force())


def hand_on(
    scenarios: Mapping[Place, Scenario],
    plans: dict[Place, Plan | None],
    failed: Collection[Place] = (),
    today: Collection[Place] = (),
) -> set[Place]:
    """Let each point take the plan of a neighbour where that is better, until nothing changes; then let what is proven
    where more is allowed be known where less is. Returns the places that took a plan.

    What has failed stays so. The plan of today is given up for one that closes more, not for one that is cheaper.
    """
    moved: set[Place] = set()
    lines = _Lines(scenarios)
    queue = deque(scenarios)
    while queue:
        source = queue.popleft()
        for way in lines.ways(source):
            for place in way:
                plan = plans[source]
                if plan is None or place in failed:
                    continue
                better = handed_on(scenarios[place], plans[place], plan, strictly=place in today)
                if better is not None:
                    plans[place] = better
                    moved.add(place)
                    queue.append(place)
                if plans[place] is not None:
                    break
    _share_bounds(scenarios, plans, lines)
    return moved


def _share_bounds(scenarios: Mapping[Place, Scenario], plans: dict[Place, Plan | None], lines: _Lines) -> None:
    """No point does better than what is proven of one that allows more."""
    queue = deque(scenarios)
    while queue:
        source = queue.popleft()
        for way in lines.ways(source):
            for place in way:
                more, less = plans[source], plans[place]
                if less is None or more is None:
                    continue
                if allows_more(scenarios[place], scenarios[source]):
                    nearer = bounded(scenarios[place], less, more.bounds[:1])
                    if nearer is not less:
                        plans[place] = nearer
                        queue.append(place)
                break


class _Lines:
    """The points along each axis."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._lines: dict[tuple[int, Place], list[Place]] = defaultdict(list)
        for place in sorted(places):
            for line in self._through(place):
                self._lines[line].append(place)

    def ways(self, place: Place) -> Iterator[list[Place]]:
        """The points beside `place`, along each axis and away from it."""
        for line in self._through(place):
            along = self._lines[line]
            here = along.index(place)
            yield along[:here][::-1]
            yield along[here + 1 :]

    @staticmethod
    def _through(place: Place) -> Iterator[tuple[int, Place]]:
        for axis in range(len(place)):
            yield axis, (*place[:axis], *place[axis + 1 :])


def _name(place: Place) -> str:
    return "-".join(str(number) for number in place)


def _row(values: tuple[Value, ...], place: Place, result: Result, plan: Plan | None, today: bool) -> Row:
    if plan is None:
        return Row(values, place, state_of(None, result.status), result.message, today=today)
    return Row(
        values,
        place,
        state_of(plan, plan.status),
        "",
        plan.gaps_closed,
        plan.weighted_gaps_closed,
        plan.total_cost,
        plan.own_cost,
        plan.relative_gap,
        today,
    )
