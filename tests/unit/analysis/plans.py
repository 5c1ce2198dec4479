"""Inquiries into small scenarios, and every plan that a tiny one has, found without the program."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any

from planner.batch.inquiry import Inquiry
from planner.batch.runner import BatchRunner
from planner.check import check_plan
from planner.domain.scenario import Scenario
from planner.errors import InfeasibleError
from planner.planning import SearchLimits, plan
from planner.plans.plan import Plan
from tests.oracle.brute_force import search_of
from tests.oracle.generate import tiny_scenarios

EXACT = SearchLimits(gap=0.0)
GAPS_FIRST = [{"maximize": "gaps_closed"}, {"minimize": "own_cost"}]


PLANS: dict[str, Plan] = {}
"""Best plans by the fingerprint of their scenario: many tests ask about the same small ones."""


def inquiry(scenario: Scenario) -> Inquiry:
    """The inquiry into a scenario, with its best plan, solved in this process to the end."""
    if scenario.sha256 not in PLANS:
        PLANS[scenario.sha256] = plan(scenario, EXACT, inline=True, validated=True).plan
    return Inquiry(scenario, PLANS[scenario.sha256], BatchRunner(), EXACT)


@cache
def tiny(seed: int) -> tuple[dict[str, Any], Inquiry] | None:
    """A tiny scenario as plain data, gaps closed first, and the inquiry into it; None where it has no plan."""
    plain = tiny_scenarios(seed, most_plans=2000) | {"objective": GAPS_FIRST}
    try:
        return plain, inquiry(Scenario.model_validate(plain))
    except InfeasibleError:
        return None


def tiny_ones(seeds: Iterable[int]) -> Iterator[tuple[dict[str, Any], Inquiry]]:
    """Those of the seeds that have a plan."""
    yield from (found for seed in seeds if (found := tiny(seed)) is not None)


def assert_passes(scenario: Scenario, made: Plan) -> None:
    """The plan is one of this very scenario and passes the checker."""
    assert made.scenario_sha256 == scenario.sha256
    assert check_plan(scenario, made.to_plain()).findings == ()


@dataclass(frozen=True)
class Known:
    """A plan that the oracle found."""

    seats: dict[tuple[str, str, str], int]
    classes: dict[tuple[str, str], int]
    gaps: Fraction
    """Weighted gaps closed less penalties."""

    @property
    def people(self) -> dict[tuple[str, str], int]:
        found: dict[tuple[str, str], int] = {}
        for (g, p, _t), number in self.seats.items():
            found[g, p] = found.get((g, p), 0) + number
        return found


def every_plan(plain: dict[str, Any], least: Fraction) -> Iterator[Known]:
    """Every placement of people into classes that can be paid and reaches `least`, each with its best value."""
    search = search_of(plain)
    for hope, people, socialized, classes in search.candidates():
        if hope[0] < least:
            return
        values = [search.rank(*found)[0] for found in search.funded(people, socialized, classes)]
        if values and max(values) >= least:
            yield Known(people, classes, max(values))


def most_gaps(plain: dict[str, Any]) -> Fraction:
    """The most that any plan reaches, weighted and less penalties."""
    search = search_of(plain)
    best: Fraction | None = None
    for hope, people, socialized, classes in search.candidates():
        if best is not None and hope[0] <= best:
            break
        for found in search.funded(people, socialized, classes):
            value = search.rank(*found)[0]
            best = value if best is None else max(best, value)
    assert best is not None
    return best
