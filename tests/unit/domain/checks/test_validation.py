"""Problems of a scenario made in Python, without any file: the checks are the domain's own."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from planner.domain.checks.validation import find_problems, find_problems_in_part
from planner.domain.scenario import Scenario
from tests.scenarios.builders import SMALL
from tests.scenarios.least import BASE


def scenario(**changes: Any) -> Scenario:
    return Scenario.model_validate({**copy.deepcopy(BASE), **changes})


def paths(made: Scenario) -> list[tuple[str | int, ...]]:
    return [problem.path for problem in find_problems(made)]


def test_a_right_scenario_has_no_problems() -> None:
    assert find_problems(scenario()) == []
    assert find_problems(Scenario.model_validate(copy.deepcopy(SMALL))) == []


def test_problems_name_the_path_and_the_remedy() -> None:
    (problem,) = find_problems(scenario(groups=[{"id": "g", "headcount": 3, "gaps": {"k": 5}}]))

    assert problem.path == ("groups", 0, "gaps", "k")
    assert problem.message == "'g' has 5 people with a gap in 'k' but only 3 people."
    assert problem.remedy == "Lower the gap or raise the headcount."


def test_unknown_keys_of_mappings_are_marked_as_keys() -> None:
    (problem,) = find_problems(scenario(groups=[{"id": "g", "headcount": 9, "gaps": {"kk": 5}}]))

    assert (problem.path, problem.of_key) == (("groups", 0, "gaps", "kk"), True)


def test_twins_name_the_other() -> None:
    twins = [{"id": "g", "headcount": 1}, {"id": "G ", "headcount": 1}]
    (problem,) = find_problems(scenario(groups=twins))

    assert (problem.path, problem.other) == (("groups", 1, "id"), ("groups", 0, "id"))


def test_the_default_period_is_the_fiscal_year_or_1() -> None:
    funds = [{"id": "f", "kind": "own", "amount": 100, "releases": {"2027": 0.5}}]
    assert paths(scenario(funds=funds)) == []
    assert paths(scenario(funds=funds, scenario={"id": "a"})) == [("funds", 0, "releases", "2027")]


def test_rules_may_select_socialization_and_agreements_by_item_and_account() -> None:
    groups = [
        {
            "id": "g",
            "headcount": 10,
            "gaps": {"k": 5},
            "uptake": 0.5,
            "socialization": {"cost": 5, "raises_uptake_to": 1, "account": "5.1.02.01.01.0001"},
        }
    ]
    funds = [{"id": "f", "kind": "own", "amount": 100, "agreement_cost": {"amount": 1}}]

    def rule(**items: str) -> list[dict[str, Any]]:
        return [{"name": "r", "measure": "cost", "where": {"items": items}, "at_most": 9}]

    for items in ({"item": "socialization"}, {"item": "agreement:f"}, {"account": "5.1.02.01.01.0001"}):
        assert paths(scenario(groups=groups, funds=funds, rules=rule(**items))) == []
    assert paths(scenario(groups=groups, funds=funds, rules=rule(item="socialization", per="class"))) == [
        ("rules", 0, "where", "items")
    ]


def test_long_chains_of_requirements_are_no_circle() -> None:
    programmes = [
        {"id": f"p{number}", "closes": {"k": 1}, "requires": [f"p{number + 1}"] if number < 2_000 else []}
        for number in range(2_001)
    ]

    assert paths(scenario(programmes=programmes)) == []


def test_each_circle_is_told_once() -> None:
    requires = {"a": ["b"], "b": ["c", "a"], "c": ["a"], "d": ["a"], "e": ["e"]}
    programmes = [{"id": name, "closes": {"k": 1}, "requires": needed} for name, needed in requires.items()]
    messages = [problem.message for problem in find_problems(scenario(programmes=programmes))]

    assert sum("a -> b -> c -> a" in message for message in messages) == 1
    assert sum("a -> b -> a" in message for message in messages) == 1
    assert sum("'e' requires itself" in message for message in messages) == 1
    assert len(messages) == 3


@pytest.mark.parametrize(
    ("item", "wrong"),
    [
        ({"quantity": 0.5, "price": 2}, False),
        ({"quantity": 0.5, "price": 3}, True),
        ({"quantity": 0.5, "price": {"by": "location", "prices": {"x": 3}, "default": 2}}, True),
        ({"quantity": 0.5, "price": {"by": "location", "prices": {"x": 2}, "default": 2}}, False),
    ],
)
def test_each_price_times_quantity_is_whole_rupiah(item: dict[str, Any], wrong: bool) -> None:
    programmes = [{"id": "p", "closes": {"k": 1}, "costs": [{"item": "i", "per": "participant", **item}]}]

    assert bool(paths(scenario(programmes=programmes))) == wrong


def test_the_worst_cost_of_classes_counts_their_limits() -> None:
    def programmes(limits: dict[str, int]) -> list[dict[str, Any]]:
        line = {"item": "i", "per": "class", "price": 400 * 10**12}
        size = {"min": 1, "max": 2}
        return [{"id": "p", "closes": {"k": 1}, "class_size": size, "classes": limits, "costs": [line]}]

    assert paths(scenario(programmes=programmes({}))) == [("programmes", 0, "costs", 0, "price")]
    assert paths(scenario(programmes=programmes({"max": 2}))) == []
    assert paths(scenario(programmes=programmes({"per_period": 2}))) == []


def test_what_is_certain_is_told_of_a_broken_document() -> None:
    data = copy.deepcopy(BASE)
    data["groups"] = [{"id": "g", "headcount": "x", "gaps": {"q": 5}}, {"id": "h", "headcount": 1, "gaps": {"k": 2}}, 5]
    data["programmes"][0]["requires"] = "z"
    data["funds"] = None

    assert [problem.path for problem in find_problems_in_part(data)] == [
        ("groups", 0, "gaps", "q"),
        ("programmes", 0, "requires"),
        ("groups", 1, "gaps", "k"),
    ]


@pytest.mark.parametrize("value", [None, 5, "x", [], {}, [None], [[]], [{"id": None}], {"id": []}, True])
def test_any_document_can_be_looked_at(value: object) -> None:
    for key in BASE:
        find_problems_in_part({**copy.deepcopy(BASE), key: value})
    for key in ("mentor_pools", "rules", "objective", "periods"):
        find_problems_in_part({**copy.deepcopy(BASE), key: value})
    for key in ("gaps", "socialization"):
        find_problems_in_part({**copy.deepcopy(BASE), "groups": [{"id": "g", key: value}]})
    for key in ("closes", "for", "requires", "mentors", "costs", "periods"):
        find_problems_in_part({**copy.deepcopy(BASE), "programmes": [{"id": "p", key: value}]})
    for key in ("pays", "match", "releases", "seats", "seats_cover"):
        find_problems_in_part({**copy.deepcopy(BASE), "funds": [{"id": "f", key: value}]})
    find_problems_in_part({**copy.deepcopy(BASE), "rules": [{"name": "r", "where": value}]})
