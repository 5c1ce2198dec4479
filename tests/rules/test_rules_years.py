"""Rules about years; the four proofs of rows stand in test_rules.py."""

from __future__ import annotations

import pytest

from planner.domain.checks.validation import find_problems
from planner.domain.scenario import Scenario
from tests.rules.small import Plain, best, small
from tests.scenarios.hand import broken, paid, planned

TWO_YEARS: list[Plain] = [{"id": "A", "year": 2027}, {"id": "B", "year": 2027}, {"id": "C", "year": 2028}]


def over_years(lasts: int = 1, **rule: object) -> Plain:
    """Ten people, 6 JP and Rp5 each, classes of five in three periods, of which the last is in the next year."""
    costs = [{"item": "Butir", "account": "5.1.02.01.01.0001", "per": "participant", "price": 5}]
    programme: Plain = {"hours": 6, "costs": costs, "class_size": {"max": 5}, "lasts": lasts}
    return small(periods=TWO_YEARS, programmes=programme, rules=[{"name": "Tahun", "measure": "participants"} | rule])


FIRST: Plain = {"years": [2027]}
NEXT: Plain = {"years": 2028}


@pytest.mark.parametrize(
    ("rule", "reached"),
    [
        # who starts in 2027 and who in 2028
        ({"where": FIRST, "at_most": 4}, ["10", "50"]),
        ({"where": NEXT, "at_least": 11}, []),
        ({"where": {"years": [2027, 2028]}, "at_most": 4}, ["4", "20"]),
        ({"measure": "cost", "where": NEXT, "at_least": 50}, ["10", "50"]),
        ({"measure": "classes", "where": FIRST, "at_least": 2}, ["10", "50"]),
        # of a year's own periods one
        ({"where": {"years": [2027], "periods": ["A"]}, "at_least": 10}, ["10", "50"]),
        # nobody in 2028, where half of all would have to be
        ({"where": NEXT, "at_least": "50%"}, ["10", "50"]),
        # all of 2028, of 2028
        ({"where": NEXT, "at_most": "50%", "of_years": "same"}, ["10", "50"]),
        # programmes' cost of each year is all there is: at most half of it is nothing
        ({"measure": "cost", "where": {"years": [2027, 2028]}, "at_most": "10%", "of_years": "same"}, ["0", "0"]),
    ],
)
def test_a_rule_counts_what_falls_into_its_years(rule: Plain, reached: list[str]) -> None:
    assert best(over_years(**rule)) == reached


def test_hours_count_in_the_years_of_the_run_and_people_in_that_of_the_start() -> None:
    # a course of two periods starts in A (all 6 JP in 2027) or in B (3 JP in 2027, 3 in 2028)
    assert best(over_years(2, measure="hours", where=NEXT, at_least=30)) == ["10", "50"]
    assert best(over_years(2, measure="hours", where=NEXT, at_least=31)) == []
    assert best(over_years(2, measure="hours", where=FIRST, at_most=30)) == ["10", "50"]
    assert best(over_years(2, measure="hours", where=FIRST, at_most=29)) == ["9", "45"]
    # everybody starts in 2027
    assert best(over_years(2, where=NEXT, at_least=1)) == []


def test_a_share_of_the_same_years() -> None:
    # a curriculum of Rp9 in the year of its course; of Rp9 + Rp5 a head, half at most: two people make Rp19
    costs = [
        {"item": "Kurikulum", "account": "5.1.02.01.01.0001", "per": "programme", "price": 9},
        {"item": "Butir", "account": "5.1.02.01.01.0001", "per": "participant", "price": 5},
    ]
    rule = {"name": "Tahun", "measure": "cost", "where": {"years": [2027], "items": {"item": "Kurikulum"}}}
    late = {"costs": costs, "periods": ["C"]}
    # paid in 2028 it is nothing of 2027, whatever the share
    assert best(small(periods=TWO_YEARS, programmes=late, rules=[rule | {"at_most": "1%"}])) == ["10", "59"]
    early = {"costs": costs, "periods": ["A"]}
    within = rule | {"at_most": "50%", "of_years": "same"}
    assert best(small(periods=TWO_YEARS, programmes=early, rules=[within])) == ["10", "59"]
    assert best(small(periods=TWO_YEARS, programmes=early, rules=[within | {"at_most": "10%"}])) == ["0", "0"]


def test_the_check_finds_one_beyond_the_bound_of_a_year() -> None:
    plain = over_years(where=FIRST, at_most=4)

    def found(period: str, people: int) -> set[str]:
        seats, classes = {("a", "bimtek", period): people}, {("bimtek", period): 1}
        return broken(plain, planned(plain, seats, classes, [paid(5 * people, group="a", period=period)]))

    assert found("A", 4) == set()
    assert found("C", 5) == set()
    assert found("B", 5) == {"rules"}


@pytest.mark.parametrize(
    ("rule", "place"),
    [
        ({"where": {"years": [2029]}, "at_most": 1}, ("where", "years")),
        ({"where": {"years": [2028], "periods": ["A"]}, "at_most": 1}, ("where",)),
        ({"measure": "gaps_closed", "where": NEXT, "at_most": 1, "per": "group"}, ("at_most",)),
        ({"measure": "gaps_closed", "where": NEXT, "at_most": 1, "of_years": "same"}, ("of_years",)),
        ({"where": NEXT, "at_least": 1, "of_years": "same"}, ("of_years",)),
        ({"at_least": "10%", "where": {"periods": ["A"]}, "of_years": "same"}, ("of_years",)),
    ],
)
def test_what_makes_no_sense_is_an_error_with_a_remedy(rule: Plain, place: tuple[str, ...]) -> None:
    problems = find_problems(Scenario.model_validate(over_years(**rule)))
    assert [problem.path for problem in problems] == [("rules", 0, *place)]
    assert all(problem.remedy for problem in problems)
