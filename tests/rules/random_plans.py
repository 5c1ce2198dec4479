"""Random tiny scenarios with the plans that the program makes of them, for properties of every plan.

plans(wanted, number=40, every=3) -> list[Found]     the first `number` seeds whose scenario is wanted and has a plan
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import cache, cached_property
from math import ceil
from typing import Any

from planner.domain.scenario import Scenario
from planner.errors import InfeasibleError
from planner.payments.payment import Payment
from planner.planning import plan
from planner.plans.plan import Plan
from planner.solve.outcome import SearchLimits
from tests.oracle.generate import tiny_scenarios
from tests.oracle.instance import Instance
from tests.sampled import few

Plain = dict[str, Any]


class Found:
    """A scenario as its file has it, its quantities as exact numbers, and its plan."""

    def __init__(self, seed: int, plain: Plain, plan: Plan) -> None:
        self.seed = seed
        self.plain = plain
        self.instance = Instance(plain)
        self.plan = plan

    @cached_property
    def people(self) -> dict[tuple[str, str, str], int]:
        """Participants of (group, programme, period)."""
        return {(row.group, row.programme, row.period): row.participants for row in self.plan.allocations}

    @cached_property
    def classes(self) -> dict[tuple[str, str], int]:
        """Classes of (programme, period)."""
        return {(row.programme, row.period): row.classes for row in self.plan.classes}

    @cached_property
    def closed(self) -> dict[tuple[str, str], Fraction]:
        """Closed gaps of (group, competency), as the plan states them."""
        return {(row.group, row.competency): row.closed for row in self.plan.closings}

    def willing(self, group: str) -> Fraction:
        """r[g] of the plan."""
        return self.instance.willing(group, group in self.plan.socialized)

    def colleagues(self, group: str, competency: str) -> list[str]:
        """The groups, this one among them, that share the chances of an agency in a competency."""
        return next((those for those in self.instance.lacking(competency) if group in those), [group])

    def chances(self, group: str, competency: str) -> Fraction:
        """Most people of a group whose gap may be closed: the willing, rounded up in an agency of several groups."""
        exact = self.instance.gaps[group, competency] * self.willing(group)
        return Fraction(ceil(exact)) if len(self.colleagues(group, competency)) > 1 else exact

    def taking_part(self, programme: str, period: str | None = None) -> int:
        """Participants of a programme, in one period or in all."""
        return sum(n for (_g, p, t), n in self.people.items() if p == programme and period in (None, t))

    def spent(self, fund: str, counts: Callable[[Payment], bool] = lambda payment: True) -> int:
        """Rupiah of the payments of a fund that count."""
        return sum(row.amount for row in self.plan.payments if row.fund == fund and counts(row))

    def used(self, fund: str) -> bool:
        """Whether a fund pays anything or gives a seat."""
        return self.spent(fund) > 0 or any(row.fund == fund for row in self.plan.seats)


def shares_an_agency(plain: Plain) -> bool:
    """Whether several groups with an uptake are of one agency."""
    agencies = [group["agency"] for group in plain["groups"] if "agency" in group and "uptake" in group]
    return len(agencies) > len(set(agencies))


@cache
def _found(seed: int) -> Found | None:
    """The plan of one seed; None where there is none."""
    plain = tiny_scenarios(seed)
    try:
        return Found(seed, plain, plan(Scenario.model_validate(plain), SearchLimits(gap=0.0), inline=True).plan)
    except InfeasibleError:
        return None


@cache
def _scenario(seed: int) -> Plain:
    return tiny_scenarios(seed)


def plans(wanted: Callable[[Plain], bool], number: int = 40, every: int = 5) -> list[Found]:
    """Plans for the first `number` scenarios that are `wanted`; in an ordinary run for one of `every` so many."""
    number = few(number, every)
    found: list[Found] = []
    for seed in range(5000):
        if wanted(_scenario(seed)) and (made := _found(seed)) is not None:
            found.append(made)
            if len(found) == number:
                return found
    raise AssertionError("too few random scenarios are of this kind")
