"""The starting point of every what-if question: a scenario, its best plan, and a runner for further plans."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Final

from planner.batch.begun import begins_anywhere, point_anywhere
from planner.batch.points import Point, Result
from planner.batch.runner import BatchRunner
from planner.domain.decisions import Decisions
from planner.domain.scenario import Scenario
from planner.planning import Aim, Hints, SearchLimits
from planner.plans.plan import Plan
from planner.solve.outcome import DEFAULT_GAP
from planner.solve.second import is_tiny

GAP_FACTOR: Final = 2
COMPARED_GAP: Final = 0.001
"""Factor on the gap asked for in plans that are only compared, and their least gap: the last part takes longest to
prove."""


def quick_limits(scenario: Scenario, limits: SearchLimits) -> SearchLimits:
    """Return the limits for plans that are only compared: lower levels not polished, and a gap of COMPARED_GAP.

    Comparisons give intervals, from values and bounds, and the last part of a gap takes longest to prove: in a
    district, ten times as long as everything before. Tiny scenarios keep the gap asked for; where a finer gap than the
    default is asked for, the limits have twice that gap.
    """
    gap = limits.gap
    if not is_tiny(scenario):
        gap = max(GAP_FACTOR * gap, COMPARED_GAP if gap >= DEFAULT_GAP else 0.0)
    return replace(limits, gap=gap, polish=False)


def wider_limits(scenario: Scenario, limits: SearchLimits) -> SearchLimits:
    """Return the limits for compared plans that bounds of other scenarios hold for too: at least twice the gap."""
    quick = quick_limits(scenario, limits)
    return replace(quick, gap=max(quick.gap, GAP_FACTOR * limits.gap))


@dataclass(frozen=True)
class Inquiry:
    """A scenario with its checked plan, from which searches for similar scenarios start."""

    scenario: Scenario
    plan: Plan
    runner: BatchRunner
    limits: SearchLimits
    _shared: dict[Any, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        self.runner.seconds_each = self.plan.solver.took or self.plan.solver.seconds
        self.runner.remember(self.point("", self.scenario), self.limits, self.plan)

    def keep(self, scenario: Scenario, plan: Plan) -> None:
        """Use `plan` as the plan of a similar scenario from now on, if it is as precise as plans that are compared.

        It was found in another way, and is better than the plan that was found for the scenario itself.
        """
        if plan.relative_gap <= self.quick.gap:
            self.runner.keep(self.point("", scenario), self.quick, plan)

    def shared[T](self, kind: Callable[[Inquiry], T]) -> T:
        """Return the one object that `kind` makes of this inquiry, which several questions use."""
        if kind not in self._shared:
            self._shared[kind] = kind(self)
        found: T = self._shared[kind]
        return found

    @cached_property
    def decisions(self) -> Decisions:
        """The decisions of the plan."""
        return self.plan.decisions(self.scenario)

    @cached_property
    def quick(self) -> SearchLimits:
        """Limits for plans that are only compared, as `quick_limits` gives them."""
        return quick_limits(self.scenario, self.limits)

    @cached_property
    def precise(self) -> SearchLimits:
        """Limits for compared plans that serve as the measure of others: at most twice the gap asked for."""
        return replace(self.quick, gap=min(self.quick.gap, GAP_FACTOR * self.limits.gap))

    @property
    def wider(self) -> SearchLimits:
        """Limits for compared plans that bounds of other scenarios hold for too, as `wider_limits` gives them."""
        return wider_limits(self.scenario, self.limits)

    def point(self, name: str, scenario: Scenario, aim: Aim | None = None) -> Point:
        """Return a point for a similar scenario: its search starts from this plan and may reuse the built model."""
        return Point(name, scenario, Hints(template=self.scenario, start=self.decisions), aim)

    def opening_point(self, name: str, scenario: Scenario) -> Point:
        """Return a point that may be begun before this plan is known; it starts without it where that is fast."""
        if begins_anywhere(self.scenario):
            return point_anywhere(name, scenario, self.scenario)
        return self.point(name, scenario)

    def solve(self, scenarios: Mapping[str, Scenario] | Iterable[Point]) -> dict[str, Result]:
        """Return the results, by name, for similar scenarios or for points."""
        if isinstance(scenarios, Mapping):
            scenarios = [self.point(name, scenario) for name, scenario in scenarios.items()]
        return self.runner.solve(list(scenarios), self.quick)
