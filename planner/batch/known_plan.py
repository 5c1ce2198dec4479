"""A plan known before the search of a scenario begins, as a slider has found it: shown at once, then bettered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from planner import planning
from planner.batch.handing_on import handed_on
from planner.domain.scenario import Scenario
from planner.drafting.drafts import Answer
from planner.errors import PlannerError
from planner.plans.plan import Plan
from planner.solve.hints import NO_HINTS, Hints


@dataclass(frozen=True)
class KnownPlan:
    """A checked plan of a scenario, made of one of the same scenario by another name."""

    scenario: Scenario
    plan: Plan | None = None
    """None where none is known, or the check refuses it here."""

    @classmethod
    def of(cls, scenario: Scenario, found: Plan | None) -> Self:
        """Return the plan of `scenario` with the decisions and the bounds of `found`."""
        if found is None:
            return cls(scenario)
        try:
            decisions = found.decisions(scenario)
            plan = planning.adopt(
                scenario, decisions, bounds=found.bounds, tolerance=found.tolerance, solver=found.solver
            )
        except (PlannerError, LookupError):
            return cls(scenario)
        return cls(scenario, plan)

    @property
    def hints(self) -> Hints:
        """What the search begins with: the plan, and what is proven of all plans."""
        if self.plan is None:
            return NO_HINTS
        return Hints(start=self.plan.decisions(self.scenario), bound=self.plan.bounds[0].exact)

    def better_of(self, answer: Answer) -> Answer:
        """Return the answer of the search, or one with the known plan where that is better."""
        better = None if self.plan is None else handed_on(self.scenario, answer.plan, self.plan)
        return answer if better is None else Answer(better, broke=answer.broke)
