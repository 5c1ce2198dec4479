"""What every question starts from: a scenario, its best plan, and who makes further plans."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from planner.batch.crew import Crew
from planner.batch.points import Point, Result
from planner.domain.decisions import Decisions
from planner.domain.scenario import Scenario
from planner.planning import Aim, Hints, SearchLimits
from planner.plans.plan import Plan


@dataclass(frozen=True)
class Inquiry:
    """A scenario with its checked plan, which further plans of scenarios alike start from."""

    scenario: Scenario
    plan: Plan
    crew: Crew
    limits: SearchLimits

    @cached_property
    def decisions(self) -> Decisions:
        """What the plan decides."""
        return self.plan.decisions(self.scenario)

    @cached_property
    def quick(self) -> SearchLimits:
        """The limits for plans that are compared: gaps closed proven as asked for, lower levels not polished."""
        return replace(self.limits, polish=False)

    def point(self, name: str, scenario: Scenario, aim: Aim | None = None) -> Point:
        """A plan to be made of a scenario like this one."""
        return Point(name, scenario, Hints(template=self.scenario, start=self.decisions), aim)

    def solve(self, scenarios: Mapping[str, Scenario] | Iterable[Point]) -> dict[str, Result]:
        """The results for scenarios like this one by name, or for points."""
        if isinstance(scenarios, Mapping):
            scenarios = [self.point(name, scenario) for name, scenario in scenarios.items()]
        return self.crew.solve(list(scenarios), self.quick)
