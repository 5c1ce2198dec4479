"""Socialization: given where it raises willingness, to a group of which somebody attends something."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rules.proofs import CHECK, GOLDEN, HAND, PROPERTY, proves
from tests.rules.random_plans import plans
from tests.rules.small import Plain, best, costing, golden, small
from tests.sampled import few
from tests.scenarios.hand import broken, paid, planned

SPENT: Plain = {"name": "Terserap", "measure": "cost", "at_least": 7}
"""At least Rp7 must be spent."""


def measured(fund: int, **changes: Any) -> Plain:
    """Five of ten willing, all for Rp7; a seat costs Rp3."""
    group: Plain = {"uptake": "50%", "socialization": {"raises_uptake_to": "100%", "cost": 7}}
    funds = [{"id": "apbd", "kind": "own", "amount": fund}]
    return small(programmes=costing("participant", 3), groups=group, funds=funds, **changes)


@proves("socialization", HAND)
def test_money_is_not_spent_on_persuading_people_who_attend_nothing() -> None:
    # Rp8 pay two people, Rp6, or the measure and nobody: Rp7 cannot be spent
    assert best(measured(8)) == ["2", "6"]
    assert best(measured(8, rules=[SPENT])) == []
    # Rp10 pay three people, or the measure and one of them
    assert best(measured(10, rules=[SPENT])) == ["3", "9"]
    assert best(measured(10, rules=[SPENT | {"at_least": 10}])) == ["1", "10"]


@proves("socialization", HAND)
def test_a_measure_that_raises_nothing_is_not_bought() -> None:
    plain = measured(100, rules=[SPENT | {"at_least": 16}])
    assert best(plain) == ["10", "37"]
    plain["groups"][0]["socialization"]["raises_uptake_to"] = "50%"
    # five people at Rp3 are Rp15, and Rp7 more for nothing would be Rp22
    assert best(plain) == []


@proves("socialization", HAND)
@pytest.mark.parametrize(
    ("where", "reached"),
    [
        # technical courses are all that there is: no share below 100% can be kept, whatever else is bought
        ({"programmes": {"kind": "technical"}}, ["0", "0"]),
        # a measure that is named belongs to both sides: Rp7 of Rp22 for five people is more than 10%
        ({"items": {"item": ["socialization"]}}, ["5", "15"]),
    ],
)
def test_a_share_of_cost_is_not_met_by_waste(where: Plain, reached: list[str]) -> None:
    rule: Plain = {"name": "Porsi", "measure": "cost", "where": where, "at_most": "10%"}
    assert best(measured(100, rules=[rule])) == reached


@proves("socialization", HAND)
def test_a_socialization_of_ninety_million_does_not_make_a_technical_course_ten_percent_of_cost() -> None:
    group: Plain = {"uptake": "90%", "socialization": {"raises_uptake_to": "90%", "cost": 90_000_000}}
    rule = {"name": "Teknis", "measure": "cost", "where": {"programmes": {"kind": "technical"}}, "at_most": "10%"}
    funds = [{"id": "apbd", "kind": "own", "amount": 100_000_000}]
    course = costing("participant", 1_000_000)
    assert best(small(programmes=course, groups=group, funds=funds)) == ["9", "9000000"]
    assert best(small(programmes=course, groups=group, funds=funds, rules=[rule])) == ["0", "0"]
    # nor does one that raises something
    group["socialization"]["raises_uptake_to"] = "100%"
    assert best(small(programmes=course, groups=group, funds=funds, rules=[rule])) == ["0", "0"]


@proves("socialization", GOLDEN)
def test_the_rows_of_socialization(request: pytest.FixtureRequest) -> None:
    golden("socialization", measured(8, rules=[SPENT]), request)


@proves("socialization", PROPERTY)
def test_no_plan_persuades_people_who_attend_nothing() -> None:
    seen = 0
    for found in plans(lambda plain: any(group.get("socialization") for group in plain["groups"]), 120):
        for name in found.plan.socialized:
            assert any(g == name for g, _p, _t in found.people), (found.seed, name)
            assert found.instance.willing(name, True) > found.instance.willing(name, False), (found.seed, name)
            seen += 1
    assert seen > few(1)


@proves("socialization", CHECK)
def test_the_check_finds_a_measure_for_nobody() -> None:
    plain = measured(100)
    rows = [paid(7, programme=None, group="a", item="socialization", account=None)]
    assert broken(plain, planned(plain, {}, payments=rows, socialized=("a",))) == {"socialization"}
    people, seats = {("a", "bimtek", "TW1"): 1}, [paid(3, group="a")]
    assert broken(plain, planned(plain, people, payments=[*seats, *rows], socialized=("a",))) == set()
    plain["groups"][0]["socialization"]["raises_uptake_to"] = "50%"
    assert "socialization" in broken(plain, planned(plain, people, payments=[*seats, *rows], socialized=("a",)))
