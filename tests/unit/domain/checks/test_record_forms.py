"""Records that were made without reading hold what their fields say, or are refused by the place of the field."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from planner.domain.base import Record
from planner.domain.checks import record_forms
from planner.domain.checks.problem import DomainProblem
from planner.domain.checks.record_forms import form_problems
from planner.domain.checks.validation import ensure_valid
from planner.domain.choices import Choices
from planner.domain.scenario import Scenario
from planner.errors import InputError
from planner.scenario_io import read_scenario
from tests.oracle.generate import random_scenarios, tiny_scenarios
from tests.scenarios import hand

ROOT = Path(__file__).parents[4]
SCENARIO = Scenario.model_validate(hand.scenario())
WRONG: list[Any] = [None, 5, -1, 0.5, float("nan"), "abc", [], ["a"], [None], {"a": 1}, (None,), True, object()]


def _fields() -> Iterator[tuple[str, str]]:
    for part in ("groups", "programmes", "funds", "competencies"):
        yield from ((part, name) for name in type(getattr(SCENARIO, part)[0]).model_fields)


@pytest.mark.parametrize("name", Scenario.model_fields)
def test_a_part_is_what_it_is_read_to_be_or_refused(name: str) -> None:
    for wrong in WRONG:
        _read_or_refused(SCENARIO.model_copy(update={name: wrong}), name)


@pytest.mark.parametrize(("part", "name"), list(_fields()))
def test_a_field_is_what_it_is_read_to_be_or_refused(part: str, name: str) -> None:
    first, *others = getattr(SCENARIO, part)
    for wrong in WRONG:
        _read_or_refused(SCENARIO.model_copy(update={part: (first.model_copy(update={name: wrong}), *others)}), part)


def _read_or_refused(made: Scenario, part: str) -> None:
    """What is taken must be a scenario that reading its own plain data gives again; also beside one like it."""
    refused = _refusal(made)
    beside = _refusal(made, SCENARIO)
    assert (beside and beside.problems) == (refused and refused.problems), part
    if refused is None:
        assert Scenario.model_validate(made.to_plain()) == made
    else:
        assert all(problem.message and problem.path for problem in refused.problems), part


def _refusal(made: Scenario, like: Scenario | None = None) -> InputError | None:
    try:
        ensure_valid(made, like)
    except InputError as error:
        return error
    return None


def test_records_shared_with_a_scenario_that_was_read_are_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[Record] = []

    def noted(record: Record, _path: object) -> Iterator[DomainProblem]:
        read.append(record)
        return iter(())

    monkeypatch.setattr(record_forms, "_of_record", noted)
    fund = SCENARIO.funds[0].with_amount(1)
    changed = SCENARIO.changed(funds=(fund, *SCENARIO.funds[1:]))
    ensure_valid(changed, SCENARIO)
    again = {id(record) for record in read}
    assert {id(changed), id(fund)} <= again
    assert again.isdisjoint(id(record) for record in (*SCENARIO.groups, *SCENARIO.programmes, *SCENARIO.competencies))


@pytest.mark.parametrize("part", ["groups", "funds", "rules"])
def test_a_list_is_not_taken_for_the_records_read_from_it(part: str) -> None:
    for wrong in ([], list(getattr(SCENARIO, part)) or ["a"]):
        with pytest.raises(InputError, match=part):
            ensure_valid(SCENARIO.model_copy(update={part: wrong}))


def test_a_scenario_that_lacks_its_parts_is_refused() -> None:
    with pytest.raises(InputError, match="groups"):
        ensure_valid(Scenario.model_construct(format=1))  # type: ignore[call-arg]


def test_a_field_that_is_none_is_refused_when_it_is_set() -> None:
    with pytest.raises(TypeError, match="Scenario has no field 'grups'"):
        SCENARIO.model_copy(update={"grups": ()})
    with pytest.raises(TypeError, match="Scenario has no field 'grups'"):
        SCENARIO.changed(grups=())
    with pytest.raises(TypeError, match="Group has no field 'head_count'"):
        SCENARIO.groups[0].model_copy(update={"head_count": 5})


def test_a_copy_derives_anew_what_follows_from_its_fields() -> None:
    before = SCENARIO.sha256, SCENARIO.group, SCENARIO.total_need, SCENARIO.facts
    group = SCENARIO.groups[0].model_copy(update={"id": "lain", "gaps": {}})
    copied = SCENARIO.model_copy(update={"groups": (group,)})
    assert copied.sha256 != before[0]
    assert copied.group == {"lain": group}
    assert copied.total_need == 0
    assert SCENARIO.model_copy() == SCENARIO


@pytest.mark.parametrize("file", sorted((ROOT / "scenarios").glob("*.yaml")), ids=lambda file: str(file.stem))
def test_what_was_read_has_its_form(file: Path) -> None:
    assert list(form_problems(read_scenario(file))) == []


@pytest.mark.parametrize("make", [random_scenarios, tiny_scenarios], ids=["larger", "tiny"])
def test_random_scenarios_have_their_form(make: Callable[[int], dict[str, Any]]) -> None:
    for seed in range(40):
        assert list(form_problems(Scenario.model_validate(make(seed)))) == [], seed


def test_records_made_by_hand_have_their_form() -> None:
    assert list(form_problems(SCENARIO.changed(choices=Choices.model_construct()))) == []
