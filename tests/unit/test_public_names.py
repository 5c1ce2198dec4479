"""What `planner` offers to programs: each name, what it checks, and what it raises."""

from __future__ import annotations

import builtins
import re
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

import planner
from planner import errors
from planner.errors import InfeasibleError, InputError
from planner.locale import speaking
from tests.scenarios import builders, hand

TWIN = {"id": "a", "headcount": 5, "gaps": {"keu": 1}}
WITH_A_TWIN = hand.scenario(groups=[TWIN, TWIN])
UNKNOWN = {"name": "r", "measure": "cost", "where": {"funds": {"id": "tiada"}}, "at_most": 5}
IMPOSSIBLE = {"name": "r", "measure": "participants", "at_least": 11}


def test_these_names_are_public() -> None:
    assert planner.__all__ == ["Plan", "Scenario", "SearchLimits", "__version__", "plan", "read_scenario", "read_text"]
    assert all(getattr(planner, name) is not None for name in planner.__all__)
    with pytest.raises(AttributeError, match="tiada"):
        _ = planner.tiada


def test_each_public_name_is_documented_with_what_it_checks_and_raises() -> None:
    text = (Path(__file__).parents[2] / "docs" / "architecture.md").read_text(encoding="utf-8")
    section = text.partition("## From a program\n")[2].partition("\n## ")[0]
    assert sorted(re.findall(r"^\| `planner\.(\w+)` \|", section, re.MULTILINE)) == sorted(planner.__all__)
    raised = set(re.findall(r"`(\w*(?:Error|NoPlanInTime|Interrupted|CheckFailed))`", section))
    known = vars(errors) | vars(builtins)
    assert {name for name in raised if name not in known} == {"ValidationError"} & raised


def test_a_scenario_refuses_what_no_record_may_hold() -> None:
    with pytest.raises(ValidationError, match="headcount"):
        planner.Scenario.model_validate(hand.scenario(groups={"headcount": -1}))
    with pytest.raises(ValidationError, match="tiada"):
        planner.Scenario.model_validate(hand.scenario(tiada=1))


NEEDED = ("format", "scenario", "competencies", "groups", "programmes", "funds")


def test_a_scenario_made_of_its_fields_is_what_is_read_from_them() -> None:
    assert planner.Scenario(**hand.scenario()) == planner.Scenario.model_validate(hand.scenario())


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, {key: f"'{key}' belum diisi." for key in NEEDED}),
        (hand.scenario() | {"groups": 5}, {"groups": "daftar"}),
        (hand.scenario() | {"groups": []}, {"groups": "satu"}),
        (hand.scenario() | {"scenario": 5}, {"scenario": "5"}),
        (hand.scenario() | {"tiada": 1}, {"tiada": "tidak dikenal"}),
        (hand.scenario() | {"groups": [{"id": "a", "headcount": -1, "gaps": {}}]}, {"groups[0].headcount": "-1"}),
    ],
    ids=["nothing", "number", "none", "no-keys", "unknown", "below-0"],
)
def test_a_scenario_made_of_wrong_fields_is_refused_in_words(fields: dict[str, Any], said: dict[str, str]) -> None:
    with speaking("id"), pytest.raises(InputError) as refused:
        planner.Scenario(**fields)
    problems = refused.value.problems
    assert [problem.path for problem in problems] == list(said)
    assert all(words in problem.message for problem, words in zip(problems, said.values(), strict=True))
    assert "pydantic" not in str(refused.value)


def test_a_field_that_is_assigned_or_deleted_is_told_in_words() -> None:
    made = planner.Scenario.model_validate(hand.scenario())
    with speaking("id"), pytest.raises(AttributeError, match=r"^'format' tidak dapat diubah.*model_copy"):
        made.__setattr__("format", 2)
    with speaking("en"), pytest.raises(AttributeError, match=r"^'headcount' cannot be changed"):
        del made.groups[0].headcount
    assert made == planner.Scenario.model_validate(hand.scenario())


@pytest.mark.parametrize("plain", [WITH_A_TWIN, hand.scenario(rules=[UNKNOWN])], ids=["twin", "unknown"])
def test_planning_refuses_a_scenario_that_contradicts_itself(plain: hand.Plain) -> None:
    with pytest.raises(InputError) as refused:
        planner.plan(planner.Scenario.model_validate(plain), inline=True)
    assert refused.value.problems
    assert all(problem.path for problem in refused.value.problems)


@pytest.mark.parametrize(
    "limits",
    [
        {"gap": -1},
        {"gap": 2.0},
        {"gap": float("nan")},
        {"gap": "0.1"},
        {"gap": 10**400},
        {"gap": -(10**400)},
        {"time_limit": 10**400},
        {"time_limit": 10**5000},
        {"time_limit": -5},
        {"time_limit": 0},
        {"time_limit": float("inf")},
        {"time_limit": "5"},
        {"solver": "gurobi"},
        {"strategy": "lucky"},
        {"polish": 1},
        {"polish": None},
    ],
)
def test_planning_refuses_limits_that_make_no_sense(limits: dict[str, Any]) -> None:
    (name,) = limits
    with pytest.raises(InputError, match=name) as refused:
        planner.plan(planner.Scenario.model_validate(hand.scenario()), planner.SearchLimits(**limits))
    assert len(str(refused.value)) < 150


@pytest.mark.parametrize("limits", [60, 0, "60", {"time_limit": 60}], ids=str)
def test_planning_needs_limits_not_seconds(limits: Any) -> None:
    with pytest.raises(TypeError, match="expected SearchLimits"):
        planner.plan(planner.Scenario.model_validate(hand.scenario()), limits, inline=True)


def test_planning_needs_a_scenario_not_a_path() -> None:
    with pytest.raises(TypeError, match="read_scenario"):
        planner.plan("scenarios/contoh-kecil.yaml")  # type: ignore[arg-type]


def test_planning_says_what_clashes() -> None:
    made = planner.Scenario.model_validate(hand.scenario(rules=[IMPOSSIBLE]))
    with pytest.raises(InfeasibleError):
        planner.plan(made, inline=True)


def test_a_file_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        planner.read_scenario(tmp_path / "tiada.yaml")
    broken = tmp_path / "rusak.yaml"
    broken.write_text("format: 1\ngroups: [", encoding="utf-8")
    with pytest.raises(InputError, match="rusak"):
        planner.read_scenario(broken)


def test_a_text_that_is_no_scenario_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"^kiriman:3:1: "):
        planner.read_text("format: 1\ngroups: [", name="kiriman")
    with pytest.raises(InputError, match=r"base\.yaml"):
        planner.read_text("extends: base.yaml")
    with pytest.raises(InputError, match=r"base\.yaml"):
        planner.read_text("extends: base.yaml", folder=tmp_path)


def test_a_single_change_need_not_be_in_a_list() -> None:
    one = "funds.apbd.amount=7 juta"
    file = Path(__file__).parents[2] / "scenarios" / "contoh-kecil.yaml"
    assert planner.read_scenario(file, one) == planner.read_scenario(file, [one])
    assert planner.read_scenario(file, one).fund["apbd"].amount == 7_000_000


@pytest.mark.parametrize("text", [b"format: 1", 5, None], ids=str)
def test_a_text_is_text(text: Any) -> None:
    with pytest.raises(TypeError, match="expected the text of a scenario"):
        planner.read_text(text)


@pytest.mark.parametrize("change", [{"status": "hebat"}, {"objective": None}, {"scenario": {}}], ids=str)
def test_a_plan_is_read_from_what_is_one(change: hand.Plain) -> None:
    plain = builders.plan().to_plain()
    assert planner.Plan.from_plain(plain).to_plain() == plain
    with pytest.raises(InputError, match=next(iter(change))):
        planner.Plan.from_plain(plain | change)


@pytest.mark.parametrize("path", [None, 5, b"skenario.yaml", ["skenario.yaml"], True], ids=str)
def test_a_path_is_a_path(path: Any) -> None:
    with pytest.raises(TypeError, match="expected the path of a scenario"):
        planner.read_scenario(path)
    if path is not None:
        with pytest.raises(TypeError, match="expected a folder"):
            planner.read_text("format: 1", folder=path)


@pytest.mark.parametrize("changes", [None, 5, b"a=1", [5], [None], {"a": 1}, {"a=1"}], ids=str)
def test_changes_are_texts(changes: Any) -> None:
    for read in (planner.read_scenario, planner.read_text):
        with pytest.raises(TypeError, match="expected changes as a list of texts"):
            read("format: 1", changes)


def test_a_folder_is_no_scenario(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        planner.read_scenario(tmp_path)


def test_other_arguments_of_reading_are_of_their_kind() -> None:
    with pytest.raises(TypeError, match="as resolved"):
        planner.read_scenario("skenario.yaml", resolved=1)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="expected a name"):
        planner.read_text("format: 1", name=None)  # type: ignore[arg-type]
