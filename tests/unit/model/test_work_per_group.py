"""Rules that hold for each agency, group or location: twice the groups make twice the work, not four times."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from planner.domain.rule_units import RuleUnits, gaps_of_units, needs_of_units
from planner.domain.rule_years import year_of_need
from planner.domain.scenario import Scenario
from planner.model.build import build
from planner.proof.formulation import formulate
from planner.proof.steps import step_of
from tests.scenarios import hand

FEW, MANY = 20, 40


def of_agencies(agencies: int, per: str) -> Scenario:
    """Two groups in each agency, gaps in two years, and rules about the gaps that each unit closes."""
    groups = [
        {
            "id": f"g{number}",
            "agency": f"a{number // 2}",
            "location": f"l{number // 3}",
            "headcount": 40,
            "uptake": "90%",
            "weight": 1 + number % 2,
            "gaps": {"keu": 10},
            "new_gaps": {"2028": {"keu": 5}},
        }
        for number in range(2 * agencies)
    ]
    soft = {"measure": "gaps_closed", "per": per, "soft": {"penalty": 0.5}}
    rules = [
        {**soft, "name": "sedikitnya", "at_least": "10%"},
        {**soft, "name": "tahun pertama", "where": {"years": ["2027"]}, "at_least": "5%"},
        {**soft, "name": "paling banyak", "at_most": "90%"},
    ]
    periods = [{"id": "P1", "year": 2027}, {"id": "P2", "year": 2028}]
    return Scenario.model_validate(hand.scenario(periods=periods, groups=groups, rules=rules))


def calls(work: Callable[[], Any]) -> int:
    """Calls of functions, and lines of loops written as generators, that `work` makes."""
    count = 0

    def heard(frame: FrameType, event: str, argument: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(heard)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


def proven(scenario: Scenario) -> None:
    formulation = formulate(scenario)
    for number in range(len(formulation.levels)):
        step_of(formulation, number)


@pytest.mark.parametrize("per", ["agency", "group", "location"])
@pytest.mark.parametrize("work", [build, proven], ids=lambda work: work.__name__)
def test_twice_the_groups_are_twice_the_work(work: Callable[[Scenario], Any], per: str) -> None:
    work(of_agencies(2, per))  # what is done once in a process
    few, many = of_agencies(FEW, per), of_agencies(MANY, per)
    assert calls(lambda: work(many)) / calls(lambda: work(few)) < 2.1


def test_the_steps_of_one_agency_follow_its_groups() -> None:
    few, many = (formulate(of_agencies(number, "group").changed(rules=())) for number in (FEW, MANY))
    for each in (few, many):
        everybody = dict.fromkeys(each.columns.scenario.group, 1)
        each.columns.shared = {(g, "keu"): everybody for g in everybody}
    assert calls(lambda: step_of(many, 0)) / calls(lambda: step_of(few, 0)) < 2.1


@pytest.mark.parametrize("per", ["agency", "group", "location"])
def test_the_gaps_of_units_are_those_of_their_groups(per: str) -> None:
    scenario = of_agencies(3, per)
    for rule in scenario.rules:
        units = RuleUnits(scenario, rule)
        expected = {
            of: [(g.id, c) for g in scenario.groups if of in units.holding(None, g.id) for c in g.needs]
            for of in units.all
        }
        assert gaps_of_units(scenario, rule) == expected
        until = year_of_need(rule)
        assert needs_of_units(scenario, rule) == {
            of: sum(scenario.group[g].needs_by(until)[c] for g, c in keys) for of, keys in expected.items()
        }
