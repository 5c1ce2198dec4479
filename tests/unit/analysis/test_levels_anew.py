"""Plans that are taken over: a cheaper one of equal value is, and a dear one is searched anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from planner import planning
from planner.analysis.plans.levels_anew import levels_anew
from planner.analysis.rules.fairness import _monotone
from planner.analysis.rules.rule_prices import rule_prices
from planner.analysis.scenarios.scaling import with_own_budget
from planner.batch.changing import Changing
from planner.batch.handing_on import handed_on
from planner.batch.inquiry import Inquiry
from planner.batch.points import Point, Result
from planner.batch.runner import BatchRunner
from planner.batch.taken_over import TakenOver, own_cost_proven
from planner.domain.scenario import Scenario
from planner.drafting.drafts import Answer
from planner.planning import SearchLimits
from planner.plans.plan import Plan, Status
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


@pytest.fixture(scope="module")
def fewer(cheap: Plan) -> Plan:
    """Two people in the cheap programme: less than the dear plan closes."""
    decisions = replace(cheap.decisions(SCENARIO), participants={("g", "cheap", "2027"): 2})
    return planning.adopt(SCENARIO, decisions)


class Given(BatchRunner):
    """Gives the points of some names decisions that are known already."""

    def __init__(self, given: dict[str, Plan]) -> None:
        super().__init__()
        self.given = given

    def solve(self, points: Sequence[Point], limits: SearchLimits) -> dict[str, Result]:
        made = {
            p.name: Result(p.name, Status.FEASIBLE, planning.adopt(p.scenario, plan.decisions(SCENARIO)))
            for p in points
            if (plan := self.given.get(p.name)) is not None
        }
        return {**super().solve([p for p in points if p.name not in made], limits), **made}


def test_where_the_plan_in_question_stands_for_one_without_a_rule_its_own_money_is_searched_anew(
    dear: Plan, fewer: Plan
) -> None:
    rule = {"name": "Paling banyak sembilan", "measure": "participants", "at_most": 9}
    scenario = Scenario.model_validate({**SCENARIO.to_plain(), "rules": [rule]})
    plan = planning.adopt(scenario, dear.decisions(SCENARIO))
    asked = Inquiry(scenario, plan, Given({"without 0": fewer}), SearchLimits())
    (found,) = rule_prices(asked).rules
    assert found.price is not None
    assert found.price.found == 0
    assert (found.price.own_cost, found.price.plan.own_cost) == (-9, 15)


def test_where_the_plan_of_a_larger_guarantee_stands_in_its_own_money_is_searched_anew(dear: Plan, fewer: Plan) -> None:
    results = {name: Result(name, Status.FEASIBLE, fewer) for name in ("0", "1")}
    unproven = planning.adopt(SCENARIO, dear.decisions(SCENARIO))
    made = _monotone(inquiry(SCENARIO), SCENARIO, "group", [Fraction(0), Fraction(1, 20)], results, unproven)
    assert [each.plan.own_cost for each in made] == [15, 15]
    assert {each.value for each in made} == {dear.gaps_level.value}


def test_where_a_slider_takes_the_known_plan_over_its_own_money_is_searched_anew(
    dear: Plan, fewer: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    changing, searched = Changing(SCENARIO, planning.adopt(SCENARIO, dear.decisions(SCENARIO))), planning.plan
    changed = with_own_budget(SCENARIO, 101)

    def found(scenario: Scenario, *limits: Any, **hints: Any) -> Answer:
        if hints.get("aim") is None:
            return Answer(planning.adopt(scenario, fewer.decisions(SCENARIO)))
        return searched(scenario, *limits, **hints)

    monkeypatch.setattr("planner.batch.changing.near_plan", lambda *_, **__: None)
    monkeypatch.setattr(planning, "plan", found)
    plan = changing.answer(changed).plan
    assert (plan.gaps_closed, plan.own_cost) == (dear.gaps_closed, 15)
