"""Doubts: each kind is told with its counts and its place, and a plain scenario raises none."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from planner.domain.checks.validation import find_problems
from planner.domain.checks.warnings import dubious
from planner.domain.scenario import Scenario
from planner.scenario_io import read_scenario
from tests.scenarios.least import BASE

SCENARIOS = sorted((Path(__file__).parents[4] / "scenarios").glob("*.yaml"))

LINE = {"item": "i", "per": "participant", "price": 50_000}


def doubts(**changes: Any) -> list[tuple[tuple[str | int, ...], str]]:
    data = copy.deepcopy(BASE)
    data["programmes"][0]["costs"] = [LINE]
    data["funds"][0]["amount"] = 10_000_000
    for key, value in changes.items():
        data[key] = value
    scenario = Scenario.model_validate(data)
    assert find_problems(scenario) == []
    found = [(doubt.path, doubt.message) for doubt in dubious(scenario)]
    return [(path, words) for path, words in found if "no cost at all" not in words]  # most tests are short of costs


def test_programmes_without_any_cost_are_counted() -> None:
    free = [{"id": name, "closes": {"k": 1}} for name in "pqr"]
    priced = {"id": "s", "closes": {"k": 1}, "costs": [{**LINE, "price": 0}]}
    told = dubious(Scenario.model_validate({**copy.deepcopy(BASE), "programmes": [priced, *free]}))

    (doubt,) = [doubt for doubt in told if "no cost at all" in doubt.message]
    assert doubt.path == ("programmes", 1)
    assert doubt.message.startswith("3 programmes have no cost at all, and are planned as free: 'p', 'q', 'r'.")


def only(**changes: Any) -> tuple[tuple[str | int, ...], str]:
    found = doubts(**changes)
    assert len(found) == 1, found
    return found[0]


def programme(**changes: Any) -> list[dict[str, Any]]:
    return [{"id": "p", "closes": {"k": 1}, "costs": [LINE], **changes}]


def own(**changes: Any) -> dict[str, Any]:
    return {"id": "f", "kind": "own", "amount": 10_000_000, **changes}


def partner(**changes: Any) -> dict[str, Any]:
    return {"id": "m", "kind": "partner", "amount": 5_000_000, **changes}


def test_a_plain_scenario_raises_no_doubt() -> None:
    assert doubts() == []


@pytest.mark.parametrize("path", SCENARIOS, ids=[path.name for path in SCENARIOS])
def test_shipped_scenarios_are_looked_at_without_failure(path: Path) -> None:
    assert all(doubt.message for doubt in dubious(read_scenario(path)))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"pays": {"programmes": {"id": "q"}}}, "nobody can use 'm'"),
        ({"pays": {"groups": {"id": "h"}}}, "nobody can use 'm'"),
        ({"max_share": 0}, "let it pay nothing"),
        ({"match": {"with": "f", "ratio": 0}}, "let it pay nothing"),
        ({"releases": {"2027": 0}}, "let it pay nothing"),
        ({"releases": {"2027": "10%"}, "minimum": 600_000}, "at least Rp600,000 if used, but releases only Rp500,000"),
        ({"amount": 0}, "no money and gives no seats"),
    ],
)
def test_a_fund_nobody_can_use_is_told(changes: dict[str, Any], words: str) -> None:
    free = {"id": "q", "closes": {"k": 1}}
    groups = [{"id": "g", "headcount": 10, "gaps": {"k": 5}}, {"id": "h", "headcount": 10}]
    path, message = only(funds=[own(), partner(**changes)], programmes=[*programme(), free], groups=groups)

    assert path[:2] == ("funds", 1)
    assert words in message


@pytest.mark.parametrize(
    ("agency", "hint"), [("kab a", "Did you mean 'Kab A'?"), ("Dinas", "Known: 'Kab A', 'Kab B'.")]
)
def test_a_fund_of_an_agency_without_groups_is_told_with_the_nearest(agency: str, hint: str) -> None:
    groups = [{"id": name, "headcount": 10, "agency": f"Kab {name.upper()}", "gaps": {"k": 5}} for name in "ab"]
    path, message = only(funds=[own(), partner(agency=agency)], groups=groups)
    assert path == ("funds", 1, "agency")
    assert message == f"no group belongs to the agency '{agency}', so the money of 'm' pays for nobody. {hint}"
    assert doubts(funds=[own(), partner(agency="Kab A")], groups=groups) == []

    of_all = [{**LINE, "per": "programme"}]
    shared = only(funds=[own(), partner(agency="Kab A")], groups=groups, programmes=programme(costs=of_all))
    assert "nobody can use 'm'" in shared[1], "the programme is of both agencies"


def test_money_that_is_never_released_is_told() -> None:
    # the period that is not named keeps the 40% before it: Rp600,000 of Rp1,000,000 stay
    path, message = only(periods=["TW1", "TW2"], funds=[own(), partner(amount=1_000_000, releases={"TW1": "40%"})])
    assert path == ("funds", 1, "releases")
    assert message == "'m' releases only 40% by the end of 'TW2': Rp600,000 can never be spent."
    assert not doubts(periods=["TW1", "TW2"], funds=[own(), partner(releases={"TW1": "40%", "TW2": "100%"})])


def test_a_fund_that_gives_seats_is_of_use() -> None:
    assert doubts(funds=[own(), partner(amount=0, seats={"p": 5})]) == []


def test_an_empty_purse_is_told() -> None:
    assert only(funds=[own(amount=0)])[1] == "all funds are empty: only what costs nothing can be planned."


def test_gaps_that_no_programme_closes_are_told_with_counts() -> None:
    groups = [{"id": f"g{n}", "headcount": 10, "gaps": {"k": 5, "z": 3}} for n in range(2)]
    competencies = [{"id": "k", "kind": "technical"}, {"id": "z", "kind": "technical"}]
    path, message = only(groups=groups, competencies=competencies)

    assert path == ("groups", 0, "gaps", "z")
    assert "the gap in 'z' of 2 groups (6 people): 'g0', 'g1'" in message


def test_a_programme_nobody_may_take_is_told() -> None:
    groups = [{"id": "g", "headcount": 10, "gaps": {"k": 5}}, {"id": "h", "headcount": 10}]
    second = {"id": "q", "closes": {"k": 1}, "for": {"id": "h"}}
    path, message = only(groups=groups, programmes=[*programme(), second])

    assert path == ("programmes", 1)
    assert "the 1 group it is for has no gap" in message


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"class_size": {"min": 6, "max": 9}}, "needs 6 people for a class, but only 5"),
        ({"class_size": {"min": 1, "max": 9}, "classes": {"min": 3, "per_period": 2}}, "needs 3 classes"),
        ({"class_size": {"min": 1, "max": 9}, "classes": {"max": 0}}, "may hold no class"),
    ],
)
def test_a_programme_that_cannot_run_is_told(changes: dict[str, Any], words: str) -> None:
    assert words in only(programmes=programme(**changes))[1]


def test_a_cost_that_no_fund_may_pay_is_told() -> None:
    items = [LINE, {"item": "j", "per": "programme", "price": 5_000_000}]
    path, message = only(programmes=programme(costs=items), funds=[own(pays={"items": {"item": "i"}})])

    assert path == ("programmes", 0, "costs", 1)
    assert "no fund may pay 'j' of 'p'" in message


def test_free_seats_may_cover_what_no_fund_pays() -> None:
    funds = [own(pays={"items": {"item": "j"}}), partner(amount=0, seats={"p": 5})]

    assert (
        doubts(programmes=programme(costs=[LINE, {"item": "j", "per": "programme", "price": 1_000_000}]), funds=funds)
        == []
    )


@pytest.mark.parametrize(
    ("prices", "outlier"),
    [([5, 900_000], 0), ([900_000, 8, 800_000], 1), ([90_000_000_000, 100, 200], 0), ([90, 900_000], None)],
)
def test_a_price_far_from_its_siblings_is_told(prices: list[int], outlier: int | None) -> None:
    programmes = [
        {"id": f"p{n}", "closes": {"k": 1}, "costs": [{"item": "Honor", "per": "participant", "price": price}]}
        for n, price in enumerate(prices)
    ]
    found = [path for path, message in doubts(programmes=programmes, funds=[own(amount=10**12)]) if "10^5" in message]

    assert found == ([] if outlier is None else [("programmes", outlier, "costs", 0, "price")])


def test_siblings_are_also_lines_of_one_account_and_unit() -> None:
    lines = [
        {"item": "a", "account": "5.1.02.01.01.0052", "unit": "OJ", "per": "participant", "price": 1_000_000},
        {"item": "b", "account": "5.1.02.01.01.0052", "unit": "oj", "per": "participant", "price": 9},
    ]

    assert only(programmes=programme(costs=lines))[0] == ("programmes", 0, "costs", 1, "price")


def test_amounts_that_look_written_in_millions_are_told() -> None:
    path, message = only(funds=[own(amount=2_500_000_000), partner(amount=600)])

    assert path == ("funds", 1, "amount")
    assert "only Rp600; if millions are meant, write '600 juta'" in message


def test_weights_that_hardly_count_are_told() -> None:
    groups = [
        {"id": name, "headcount": 9, "gaps": {"k": 5}, "weight": weight} for name, weight in [("g", 1), ("h", 1e6)]
    ]
    path, message = only(groups=groups)

    assert path == ("groups", 0, "weight")
    assert "1 weight is 10^5 times smaller" in message


def test_a_selector_value_that_nothing_has_is_told_with_the_nearest() -> None:
    groups = [{"id": "g", "agency": "BPKAD", "headcount": 10, "gaps": {"k": 5}}]
    path, message = only(groups=groups, programmes=programme(**{"for": {"agency": ["BPKAD", "BPKD"]}}))

    assert path == ("programmes", 0, "for", "agency")
    assert "'BPKD', which nothing has. Did you mean 'BPKAD'?" in message


def test_attribute_values_written_in_two_ways_are_told() -> None:
    groups = [
        {"id": name, "agency": agency, "headcount": 9, "gaps": {"k": 5}}
        for name, agency in [("g", "BKD"), ("h", "Bkd")]
    ]

    assert "'Bkd' and 'BKD' differ only" in only(groups=groups)[1]


def test_seats_that_cover_nothing_are_told() -> None:
    items = [LINE, {"item": "j", "per": "programme", "price": 1_000_000}]
    funds = [own(), partner(seats={"p": 5}, seats_cover={"item": "j"})]

    assert "cover none of its per-participant costs" in only(programmes=programme(costs=items), funds=funds)[1]


def test_a_price_for_a_place_nearly_called_so_is_told() -> None:
    groups = [{"id": "g", "location": "Kerinci", "headcount": 9, "gaps": {"k": 5}}]
    line = {**LINE, "price": {"by": "location", "default": 5_000, "prices": {"Kerincy": 7_000, "Bungo": 8_000}}}

    path, words = only(groups=groups, programmes=programme(costs=[line]))
    assert path == ("programmes", 0, "costs", 0, "price", "Kerincy")
    assert words == "there is a price for the location 'Kerincy', which no group has. Did you mean 'Kerinci'?"


def test_limits_on_hours_without_hours_are_told() -> None:
    groups = [{"id": "g", "headcount": 10, "gaps": {"k": 5}, "max_hours": 20}]

    assert "1 programme has none: 'p'" in only(groups=groups)[1]
    assert doubts(groups=groups, programmes=programme(hours=10)) == []


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ({"measure": "cost", "at_least": "30%"}, "a share of everything by everything"),
        ({"measure": "cost", "at_most": 9, "soft": {"penalty": 0}}, "costs nothing, so it changes nothing"),
    ],
)
def test_a_rule_without_effect_is_told(rule: dict[str, Any], words: str) -> None:
    assert words in only(rules=[{"name": "r", **rule}])[1]


def test_a_goal_that_no_level_weighs_is_told() -> None:
    rule = {"name": "r", "measure": "cost", "at_most": 9, "soft": {"penalty": 1}}

    assert "no level maximizes gaps_closed" in only(rules=[rule], objective=[{"minimize": "own_cost"}])[1]
    assert doubts(rules=[rule]) == []


def test_a_pool_without_mentors_is_told() -> None:
    pools = [{"id": "m", "from": {}, "share": "1%"}]
    path, message = only(mentor_pools=pools, programmes=programme(mentors={"pool": "m", "mentees_each": 2}))

    assert path == ("mentor_pools", 0)
    assert "cannot run: 'p'" in message


def test_a_period_without_a_name_is_told() -> None:
    assert "the one period is called '1'" in only(scenario={"id": "a"})[1]


def test_groups_without_the_attribute_of_a_coverage_level_are_told() -> None:
    level = {"maximize": "smallest_coverage", "by": "location"}

    assert "1 group has no location and counts by itself: 'g'" in only(objective=[level])[1]
