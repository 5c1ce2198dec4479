"""A plan for each point of a grid of varied inputs, with its gaps closed and cost."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal

from planner.analysis.plans.levels_anew import levels_anew
from planner.analysis.sweep.values import Value
from planner.analysis.sweep.vary import Axis, Grid
from planner.batch.handing_on import allows_more, bounded, handed_on
from planner.batch.inquiry import Inquiry
from planner.batch.points import Result
from planner.batch.taken_over import TakenOver, own_cost_proven
from planner.domain.scenario import Scenario
from planner.locale import language_in_force
from planner.plans.claim import Claim
from planner.plans.plan import Plan, Status

Position = tuple[int, ...]
"""Index of a point on each axis."""

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
"""State of a point: the claim of its plan, why it has no plan, or that its combination of values is invalid."""

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
    """Return the state of a point from its plan or, without one, the status of its search."""
    return UNPLANNED.get(status, "failed") if plan is None else PLANNED[plan.claim]


@dataclass(frozen=True)
class SweepRow:
    """A point of the grid; without a plan it has no figures."""

    values: tuple[Value, ...]
    position: Position
    state: State
    message: str = ""
    gaps_closed: Fraction | None = None
    weighted_gaps_closed: Fraction | None = None
    total_cost: int | None = None
    own_cost: int | None = None
    relative_gap: float | None = None
    today: bool = False
    """Whether its scenario is the unchanged one."""
    counted: Fraction | None = None
    """What plans seek the most of: weighted gaps closed, less penalties."""
    most: Fraction | None = None
    """Proven limit of `counted` for any plan of the point."""
    own_cost_proven: bool | None = None
    """Whether own cost is proven to be nearly the least for as many gaps; None where it is no goal below them."""

    @property
    def has_plan(self) -> bool:
        return self.gaps_closed is not None


@dataclass(frozen=True)
class Sweep:
    """All points of a grid, the last axis running fastest."""

    axes: tuple[Axis, ...]
    rows: tuple[SweepRow, ...]
    plans_shared: int
    """Number of points that use the better plan of another point."""
    language: str
    """Language of the messages."""

    @property
    def planned(self) -> tuple[SweepRow, ...]:
        return tuple(row for row in self.rows if row.has_plan)


def sweep(inquiry: Inquiry, grid: Grid) -> Sweep:
    """Return the plans of all points of `grid`. A point that fails is a row with its state and message."""
    scenarios = {cell.position: cell.scenario for cell in grid.cells if cell.scenario is not None}
    known = {inquiry.scenario.sha256: inquiry.plan}
    names = {position: scenario.sha256 for position, scenario in scenarios.items()}
    first = {name: position for position, name in reversed(names.items()) if name not in known}
    asked = [inquiry.point(_name(position), scenarios[position]) for position in sorted(first.values())]
    results = inquiry.solve(asked)
    found: dict[Position, Result] = {}
    for position, name in names.items():
        if name in known:
            found[position] = Result(_name(position), known[name].status, known[name])
        else:
            found[position] = results[_name(first[name])]
    plans = {position: result.plan for position, result in found.items()}
    today = {position for position, name in names.items() if name in known}
    failed = {position for position, result in found.items() if result.failed}
    moved = share_plans(scenarios, plans, failed, today)
    tried: set[Position] = set()
    while taken := _dear(scenarios, plans, found, moved - today - tried):
        tried |= taken.keys()
        cheaper = levels_anew(inquiry, {_name(position): each for position, each in taken.items()})
        plans |= {position: cheaper[_name(position)] for position in taken if _name(position) in cheaper}
        moved |= share_plans(scenarios, plans, failed, today)
    for position in moved - today:
        if (better := plans[position]) is not None:
            inquiry.keep(scenarios[position], better)
    rows = []
    for cell in grid.cells:
        values = grid.values(cell)
        if cell.scenario is None:
            rows.append(SweepRow(values, cell.position, "invalid", cell.problem))
        else:
            rows.append(
                _row_of(values, cell.position, found[cell.position], plans[cell.position], cell.position in today)
            )
    return Sweep(grid.axes, tuple(rows), len(moved), language_in_force())


def _dear(
    scenarios: Mapping[Position, Scenario],
    plans: Mapping[Position, Plan | None],
    found: Mapping[Position, Result],
    moved: Collection[Position],
) -> dict[Position, TakenOver]:
    """Return the plans of `moved` positions that may cost less, one of each value: others may take over its result."""
    dear: dict[tuple[Fraction, ...], tuple[Position, TakenOver]] = {}
    for position in sorted(moved):
        if (plan := plans[position]) is not None:
            taken = TakenOver(scenarios[position], plan, found[position].plan)
            if taken.may_cost_less:
                dear.setdefault(plan.rank, (position, taken))
    return dict(dear.values())


def share_plans(
    scenarios: Mapping[Position, Scenario],
    plans: dict[Position, Plan | None],
    failed: Collection[Position] = (),
    today: Collection[Position] = (),
) -> set[Position]:
    """Replace the plan of each point by a neighbour's if that is better, until nothing changes; then share bounds.

    Points in `failed` keep no plan. Points in `today` take only a plan that closes more, not one that is cheaper.
    Returns the positions whose plan was replaced.
    """
    moved: set[Position] = set()
    axes = _AxisNeighbours(scenarios)
    queue = deque(scenarios)
    while queue:
        source = queue.popleft()
        for side in axes.neighbours(source):
            for position in side:
                plan = plans[source]
                if plan is None or position in failed:
                    continue
                better = handed_on(scenarios[position], plans[position], plan, strictly=position in today)
                if better is not None:
                    plans[position] = better
                    moved.add(position)
                    queue.append(position)
                if plans[position] is not None:
                    break
    _share_bounds(scenarios, plans, axes)
    return moved


def _share_bounds(
    scenarios: Mapping[Position, Scenario], plans: dict[Position, Plan | None], axes: _AxisNeighbours
) -> None:
    """Apply the bound of each point to its neighbours that allow fewer plans."""
    queue = deque(scenarios)
    while queue:
        source = queue.popleft()
        for side in axes.neighbours(source):
            for position in side:
                more, less = plans[source], plans[position]
                if less is None or more is None:
                    continue
                if allows_more(scenarios[position], scenarios[source]):
                    nearer = bounded(scenarios[position], less, more.bounds[:1])
                    if nearer is not less:
                        plans[position] = nearer
                        queue.append(position)
                break


class _AxisNeighbours:
    """The neighbours of each point along each axis."""

    def __init__(self, positions: Iterable[Position]) -> None:
        self._lines: dict[tuple[int, Position], list[Position]] = defaultdict(list)
        for position in sorted(positions):
            for line in self._through(position):
                self._lines[line].append(position)

    def neighbours(self, position: Position) -> Iterator[list[Position]]:
        """Yield the points on each side of `position` on each axis, nearest first."""
        for line in self._through(position):
            along = self._lines[line]
            here = along.index(position)
            yield along[:here][::-1]
            yield along[here + 1 :]

    @staticmethod
    def _through(position: Position) -> Iterator[tuple[int, Position]]:
        for axis in range(len(position)):
            yield axis, (*position[:axis], *position[axis + 1 :])


def _name(position: Position) -> str:
    return "-".join(str(number) for number in position)


def _row_of(values: tuple[Value, ...], position: Position, result: Result, plan: Plan | None, today: bool) -> SweepRow:
    if plan is None:
        return SweepRow(values, position, state_of(None, result.status), result.message, today=today)
    return SweepRow(
        values,
        position,
        state_of(plan, plan.status),
        "",
        plan.gaps_closed,
        plan.weighted_gaps_closed,
        plan.total_cost,
        plan.own_cost,
        plan.relative_gap,
        today,
        plan.gaps_level.value,
        plan.gaps_ceiling,
        own_cost_proven(plan),
    )
