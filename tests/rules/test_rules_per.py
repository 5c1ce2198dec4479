"""Rules for each programme, group, agency or location by itself; the four proofs of rows stand in test_rules.py."""

from __future__ import annotations

from fractions import Fraction

import pytest

from planner.domain.checks.validation import find_problems
from planner.domain.scenario import Scenario
from planner.planning import plan
from planner.solve.outcome import SearchLimits
from tests.rules.small import Plain, best, small
from tests.scenarios.hand import broken, paid, planned

MILLION = 1_000_000


def activities(honorarium: int, other: int, **rule: object) -> Plain:
    """Two courses of one class each; the first pays an honorarium of some million and Rp`other` million besides."""

    def course(name: str, closes: str, honorarium: int, other: int) -> Plain:
        lines = (("Honorarium", honorarium), ("Konsumsi", other))
        costs = [
            {"item": item, "account": "5.1.02.01.01.0001", "per": "class", "price": n * MILLION} for item, n in lines
        ]
        return {"id": name, "closes": {closes: 1}, "class_size": {"max": 10}, "costs": costs}

    return small(
        periods=["TW1"],
        competencies=[{"id": "keu", "kind": "technical"}, {"id": "hukum", "kind": "technical"}],
        groups={"gaps": {"keu": 10, "hukum": 6}},
        programmes=[course("a", "keu", honorarium, other), course("b", "hukum", 1, 99)],
        funds={"amount": 200 * MILLION},
        rules=[{"name": "Honorarium", "measure": "cost", "where": {"items": {"item": "Honorarium"}}, **rule}],
    )


def test_a_share_of_each_programme_is_of_its_own_cost() -> None:
    # Rp3 million of an activity of Rp5 million are 60% of it, and Rp4 million of Rp105 million of the whole plan
    assert best(activities(3, 2, at_most="15%")) == ["16", "105000000"]
    # one by one only b is held, whose honorarium is 1%
    assert best(activities(3, 2, at_most="15%", per="programme")) == ["6", "100000000"]
    assert best(activities(3, 17, at_most="15%", per="programme")) == ["16", "120000000"]
    assert best(activities(3, 17, at_most="14.9%", per="programme")) == ["6", "100000000"]


def test_a_programme_that_does_not_run_is_not_asked() -> None:
    # at least Rp2 million of honorarium in each activity: b has one million and is not held
    assert best(activities(3, 2, at_least=2 * MILLION, per="programme")) == ["10", "5000000"]
    # where a has one million too, a second class brings the other; for one of b there is no money
    assert best(activities(1, 2, at_least=2 * MILLION, per="programme")) == ["10", "6000000"]
    # as a goal it is missed by a million in b, at a thousandth of a gap for a thousand rupiah: 16 - 1
    goal: Plain = {"per": "programme", "soft": {"penalty": 0.000001}}
    assert best(activities(3, 2, at_least=2 * MILLION, **goal)) == ["15", "105000000"]


def two_agencies(**rule: object) -> Plain:
    """Ten people in each of two agencies and two in another group of the first; a seat costs Rp5."""
    groups = [
        {"id": "a", "agency": "BPKAD", "location": "Kota", "headcount": 10, "gaps": {"keu": 10}},
        {"id": "b", "agency": "BKD", "location": "Kota", "headcount": 10, "gaps": {"keu": 10}},
        {"id": "c", "agency": "BPKAD", "location": "Desa", "headcount": 2, "gaps": {"keu": 2}},
    ]
    costs = [{"item": "Butir", "account": "5.1.02.01.01.0001", "per": "participant", "price": 5}]
    programme: Plain = {"id": "bimtek", "hours": 4, "closes": {"keu": 1}, "costs": costs}
    return small(
        periods=["TW1"],
        groups=groups,
        programmes=[programme],
        rules=[{"name": "Bagi", "measure": "participants"} | rule],
    )


@pytest.mark.parametrize(
    ("rule", "reached"),
    [
        # Rp100 pay 20 people of 22; at most four of each agency, of each group, of each location
        ({"at_most": 4, "per": "agency"}, ["8", "40"]),
        ({"at_most": 4, "per": "group"}, ["10", "50"]),
        ({"at_most": 4, "per": "location"}, ["6", "30"]),
        ({"at_most": 4}, ["4", "20"]),
        # Rp23 for each agency pay four people each, 20 JP five each
        ({"measure": "cost", "at_most": 23, "per": "agency"}, ["8", "40"]),
        ({"measure": "hours", "at_most": 20, "per": "agency"}, ["10", "50"]),
        # of each group at least three: c has two people
        ({"at_least": 3, "per": "group"}, []),
        ({"at_least": 3, "per": "agency"}, ["20", "100"]),
        ({"at_least": 3, "per": "group", "where": {"groups": {"agency": "BKD"}}}, ["20", "100"]),
        # of each agency at most half of its own participants from the city: two of BPKAD beside two of c, none of BKD
        ({"at_most": "50%", "per": "agency", "where": {"groups": {"location": "Kota"}}}, ["4", "20"]),
        # each group closes 85% of its need: 9, 9 and 2 of 22
        ({"measure": "gaps_closed", "at_least": "85%", "per": "group"}, ["20", "100"]),
        ({"measure": "gaps_closed", "at_least": "100%", "per": "group"}, []),
        (
            {"measure": "gaps_closed", "at_least": "100%", "per": "location", "where": {"groups": {"id": "c"}}},
            ["20", "100"],
        ),
    ],
)
def test_the_bounds_hold_for_each(rule: Plain, reached: list[str]) -> None:
    assert best(two_agencies(**rule)) == reached


def test_a_plan_has_a_row_for_each_that_is_bound() -> None:
    found = plan(
        Scenario.model_validate(activities(3, 2, at_most="15%", per="programme")), SearchLimits(gap=0.0), inline=True
    )
    (row,) = found.plan.rules
    assert (row.of, int(row.measure), row.at_most, row.held) == ("b", MILLION, Fraction(15 * MILLION), True)
    assert found.plan.to_plain()["rules"][0]["of"] == "b"
    whole = plan(Scenario.model_validate(activities(3, 2, at_most="15%")), SearchLimits(gap=0.0), inline=True)
    assert "of" not in whole.plan.to_plain()["rules"][0]


def test_the_check_finds_one_beyond_the_bound_of_one_unit() -> None:
    plain = two_agencies(at_most=4, per="agency")

    def found(people: int) -> set[str]:
        seats = {("a", "bimtek", "TW1"): people, ("b", "bimtek", "TW1"): 4}
        return broken(plain, planned(plain, seats, payments=[paid(5 * n, group=g) for (g, _, _), n in seats.items()]))

    assert found(4) == set()
    assert found(5) == {"rules"}


def test_the_check_wants_the_row_of_each_unit() -> None:
    plain = two_agencies(at_most=4, per="agency")
    stated = planned(plain, {("a", "bimtek", "TW1"): 1}, payments=[paid(5, group="a")])
    assert broken(plain, stated) == set()
    assert broken(plain, stated | {"rules": stated["rules"][:1]}) == {"rules"}
    assert broken(plain, stated | {"rules": stated["rules"][::-1]}) == {"rules"}
    without = [{key: value for key, value in row.items() if key != "of"} for row in stated["rules"]]
    assert broken(plain, stated | {"rules": without}) == {"rules"}


@pytest.mark.parametrize(
    ("rule", "place"),
    [
        ({"measure": "classes", "at_most": 1, "per": "group"}, "per"),
        ({"measure": "gaps_closed", "at_least": 1, "per": "programme"}, "per"),
        ({"measure": "gaps_closed", "at_most": 1, "per": "group"}, "at_most"),
    ],
)
def test_what_makes_no_sense_is_an_error_with_a_remedy(rule: Plain, place: str) -> None:
    problems = find_problems(Scenario.model_validate(two_agencies(**rule)))
    assert [problem.path for problem in problems] == [("rules", 0, place)]
    assert all(problem.remedy for problem in problems)


def test_a_group_without_an_agency_does_not_escape_in_silence() -> None:
    plain = two_agencies(at_most=4, per="agency")
    del plain["groups"][1]["agency"]
    problems = find_problems(Scenario.model_validate(plain))
    assert [problem.path for problem in problems] == [("rules", 0, "per")]
    plain["rules"][0]["where"] = {"groups": {"agency": "BPKAD"}}
    assert not find_problems(Scenario.model_validate(plain))
    assert best(plain) == ["14", "70"]
