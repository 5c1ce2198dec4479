"""Plans taken over from another search, which may spend more own money than they need, and what is proven of that.

A plan that closes a trace more is better, whatever it costs: so a plan of another scenario, of given classes or of
people near to a given plan is taken over, although its search had no reason to spare own money here. In a district
such a plan closed 948.89 weighted gaps instead of 948.86, for 185 million of own money instead of 170.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from planner.domain.aim import Aim
from planner.domain.scenario import Scenario
from planner.plans.plan import Plan
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

    @property
    def aim(self) -> Aim:
        """What a search for its levels below gaps closed is to reach."""
        return Aim(at_least=float(self.plan.gaps_level.value), bounded=False)


def own_cost_proven(plan: Plan) -> bool | None:
    """Return whether it is proven that no plan closes as many gaps for less own money by more than FAR.

    Return None where own money is no goal below gaps closed.
    """
    below = plan.objective[len(plan.rank_of_gaps) :]
    row = next((row for row in below if row.goal == "own_cost"), None)
    return None if row is None else row.value == 0 or certified(float(row.value), row.bound, FAR)
