"""Answers about other plans of small scenarios, for the tests of their pages."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

from planner.analysis.alternatives.different import alternatives
from planner.analysis.alternatives.nearest_plan import nearest_plan
from planner.analysis.comparison.causes import Causes, causes
from planner.analysis.cuts.cut_proof import cuts
from planner.analysis.habits.compared import habits
from planner.analysis.plans.earlier_plan import EarlierPlan
from planner.batch.inquiry import Inquiry
from planner.domain.scenario import Scenario
from planner.planning import plan
from tests.scenarios.builders import scenario as small
from tests.unit.analysis.plans import EXACT, inquiry

FIFTH = Fraction(1, 5)


def poorer(scenario: Scenario) -> Scenario:
    """The scenario with another id, less of its first fund and without its last."""
    first, *others, _last = scenario.funds
    less = first.model_copy(update={"amount": first.amount // 4})
    identity = scenario.scenario.model_copy(update={"id": "hemat", "name": f"{scenario.scenario.name} 2"})
    return scenario.changed(funds=(less, *others), scenario=identity)


def earlier(inquiry: Inquiry) -> EarlierPlan:
    """The plan of the inquiry as one of long ago: with twice the people of its first seat, and some who are no more."""
    known = EarlierPlan.from_plan(inquiry.plan, inquiry.scenario.horizon)
    first = next(iter(known.seats))
    seats = {**known.seats, first: 2 * known.seats[first], ("g-2019", first[1], first[2]): 4}
    return EarlierPlan("2019", seats, known.classes, known.periods)


def answers(inquiry: Inquiry) -> list[object]:
    """One of each kind."""
    return [
        habits(inquiry),
        habits(inquiry, earlier(inquiry)),
        alternatives(inquiry, FIFTH, most=2),
        alternatives(inquiry, Fraction(0), most=1),
        nearest_plan(inquiry, earlier(inquiry), FIFTH),
        nearest_plan(inquiry, EarlierPlan.from_plan(inquiry.plan, inquiry.scenario.horizon)),
        cuts(inquiry),
        explained(inquiry),
    ]


@cache
def asked_of_small() -> Inquiry:
    """The inquiry into the small scenario, made once for all pages."""
    return inquiry(small())


@cache
def answers_of_small() -> tuple[object, ...]:
    """One answer of each kind about the small scenario."""
    return tuple(answers(asked_of_small()))


def explained(inquiry: Inquiry) -> Causes:
    """Why the plan with less money is another."""
    other = poorer(inquiry.scenario)
    return causes(inquiry, other, plan(other, EXACT, inline=True).plan)
