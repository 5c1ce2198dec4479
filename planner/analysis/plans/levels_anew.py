"""Plans that were taken over from another search, with the levels below gaps closed searched anew.

A plan that closes a trace more is better, whatever it costs: so a plan of another scenario, of given classes or of
people near to a given plan is taken over, although its search had no reason to spare own money here. In a district
such a plan closed 948.89 weighted gaps instead of 948.86, for 185 million of own money instead of 170.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from planner.batch.handing_on import handed_on
from planner.batch.inquiry import Inquiry
from planner.batch.points import Point
from planner.domain.aim import Aim
from planner.domain.scenario import Scenario
from planner.plans.plan import Plan
from planner.solve.hints import Hints
from planner.solve.outcome import certified

DEARER: Final = 0.01
FAR: Final = 0.05
"""Relative distance of a level below gaps closed from what the scenario's own search has reached, and from its proven
bound, beyond which it is searched anew."""


@dataclass(frozen=True)
class TakenOver:
    """A plan that was taken over, and the scenario that it is a plan of."""

    scenario: Scenario
    plan: Plan
    instead: Plan | None
    """The plan that the scenario's own search has made; None where there is none."""

    @property
    def may_cost_less(self) -> bool:
        """Whether a level below gaps closed may be far better, as far as is known."""
        above = len(self.plan.rank_of_gaps)
        rows = self.plan.objective[above:]
        made = [None] * len(rows) if self.instead is None else self.instead.objective[above:]
        return any(
            row.value != 0
            and (own is None or row.value > own.value * (1 + Fraction(str(DEARER))))
            and not certified(float(row.value), row.exact_bound, FAR)
            for row, own in zip(rows, made, strict=True)
        )


def own_cost_proven(plan: Plan) -> bool | None:
    """Return whether no plan closes as many gaps for less own money by more than FAR, as is proven; None where it is no
    goal below gaps closed."""
    below = plan.objective[len(plan.rank_of_gaps) :]
    row = next((row for row in below if row.goal == "own_cost"), None)
    return None if row is None else row.value == 0 or certified(float(row.value), row.bound, FAR)


def levels_anew(inquiry: Inquiry, taken: Mapping[str, TakenOver]) -> dict[str, Plan]:
    """Return the better plans that are found where those `taken` over may cost less, by their names."""
    points = [
        Point(
            f"{name} anew",
            each.scenario,
            Hints(start=each.plan.decisions(each.scenario)),
            Aim(at_least=float(each.plan.gaps_level.value), bounded=False),
        )
        for name, each in taken.items()
        if each.may_cost_less
    ]
    results = inquiry.runner.solve(points, inquiry.quick) if points else {}
    found = {}
    for name, each in taken.items():
        result = results.get(f"{name} anew")
        if result is not None and result.plan is not None:
            better = handed_on(each.scenario, each.plan, result.plan)
            if better is not None:
                found[name] = better
    return found
