"""Plans that are taken over: a cheaper one of equal value is, and a dear one is searched anew."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from planner import planning
from planner.analysis.plans.levels_anew import TakenOver, levels_anew, own_cost_proven
from planner.batch.handing_on import handed_on
from planner.domain.scenario import Scenario
from planner.plans.plan import Plan
from tests.unit.analysis.plans import inquiry

SCENARIO = Scenario.model_validate(
    {
        "format": 1,
        "scenario": {"id": "dua-harga", "fiscal_year": 2027},
        "competencies": [{"id": "a", "kind": "technical"}],
        "groups": [{"id": "g", "headcount": 9, "gaps": {"a": 3}}],
        "programmes": [
            {"id": name, "closes": {"a": "10%"}, "costs": [{"item": "x", "per": "participant", "price": price}]}
            for name, price in (("cheap", 5), ("dear", 8))
        ],
        "funds": [{"id": "apbd", "kind": "own", "amount": 100}],
    }
)
"""Three people, each gap closed with a chance of 10%: 0.3, which as a float is a little less than three tenths."""


@pytest.fixture(scope="module")
def cheap() -> Plan:
    return inquiry(SCENARIO).plan


@pytest.fixture(scope="module")
def dear(cheap: Plan) -> Plan:
    """The same people in the dearer programme, with what is proven of all plans."""
    decisions = replace(cheap.decisions(SCENARIO), participants={("g", "dear", "2027"): 3})
    return planning.adopt(SCENARIO, decisions, bounds=cheap.bounds)


def test_a_cheaper_plan_of_equal_value_is_taken_over(cheap: Plan, dear: Plan) -> None:
    assert dear.gaps_level.value == cheap.gaps_level.value > Fraction(cheap.gaps_level.exact_bound or 0)
    taken = handed_on(SCENARIO, dear, cheap)
    assert taken is not None
    assert (dear.own_cost, taken.own_cost) == (24, 15)


def test_a_plan_taken_over_that_may_cost_less_is_searched_anew(cheap: Plan, dear: Plan) -> None:
    asked = inquiry(SCENARIO)
    found = levels_anew(asked, {"": TakenOver(SCENARIO, dear, None)})
    assert found[""].own_cost == 15


def test_what_costs_no_more_than_the_plan_that_was_searched_stays(cheap: Plan, dear: Plan) -> None:
    asked = inquiry(SCENARIO)
    unproven = planning.adopt(SCENARIO, dear.decisions(SCENARIO))
    assert not TakenOver(SCENARIO, cheap, unproven).may_cost_less
    assert not TakenOver(SCENARIO, unproven, dear).may_cost_less
    assert not levels_anew(asked, {"": TakenOver(SCENARIO, unproven, dear)})
    assert TakenOver(SCENARIO, unproven, cheap).may_cost_less
    assert (own_cost_proven(cheap), own_cost_proven(unproven), own_cost_proven(dear)) == (True, False, False)
