"""What `plan` and `adopt` refuse besides a scenario and its limits."""

from __future__ import annotations

from typing import Any

import pytest

import planner
from planner import planning
from planner.domain.aim import Aim
from planner.domain.decisions import Decisions
from planner.domain.scenario import Scenario
from planner.errors import InputError
from tests.scenarios import hand

SCENARIO = Scenario.model_validate(hand.scenario())
LIMITS = planner.SearchLimits(time_limit=20)
OTHER_KINDS = [5, "abc", [], {"a": 1}, object()]


@pytest.mark.parametrize("name", ["progress", "hints", "aim", "ahead", "early", "workers", "kept"])
@pytest.mark.parametrize("value", OTHER_KINDS, ids=lambda value: type(value).__name__)
def test_each_argument_is_of_its_kind(name: str, value: Any) -> None:
    with pytest.raises(TypeError, match=f"expected .* as {name}"):
        planner.plan(SCENARIO, LIMITS, **{"inline": True, name: value})


@pytest.mark.parametrize("name", ["inline", "validated", "anyway"])
@pytest.mark.parametrize("value", [None, 1, "ya"], ids=str)
def test_a_flag_is_true_or_false(name: str, value: Any) -> None:
    with pytest.raises(TypeError, match=f"expected True or False as {name}"):
        planner.plan(SCENARIO, LIMITS, **{name: value})


@pytest.mark.parametrize(
    "parts",
    [
        {"at_least": float("nan")},
        {"at_least": "5"},
        {"people": {("tiada", "kursus"): 1}},
        {"people": 5},
        {"seats": {("a", "kursus"): 1}},
        {"classes": {("kursus", "2027"): -1}},
        {"avoided": None},
        {"least": "tiada"},
        {"least": []},
        {"missed": (0, "at_least")},
        {"own_cost": "ya"},
    ],
    ids=str,
)
def test_an_aim_names_what_the_scenario_has(parts: dict[str, Any]) -> None:
    (name,) = parts
    with pytest.raises(InputError, match=rf"aim\.{name}"):
        planner.plan(SCENARIO, LIMITS, inline=True, aim=Aim(**parts))


@pytest.mark.parametrize("value", [None, *OTHER_KINDS], ids=lambda value: type(value).__name__)
def test_only_decisions_are_adopted(value: Any) -> None:
    with pytest.raises(TypeError, match="expected Decisions"):
        planning.adopt(SCENARIO, value)
    with pytest.raises(TypeError, match="expected a Scenario"):
        planning.adopt(value, Decisions())


def test_decisions_of_another_scenario_are_refused_by_name() -> None:
    stale = Decisions(
        participants={("g", "kursus-lain", "2031"): 5}, classes={("kursus-lain", "2031"): 1}, used=frozenset({"mitra"})
    )
    with pytest.raises(InputError, match="kursus-lain") as refused:
        planning.adopt(SCENARIO, stale)
    assert {problem.path for problem in refused.value.problems} == {"groups", "programmes", "periods", "funds"}
