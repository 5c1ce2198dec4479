"""Plain data that is not a plan is refused at its place, whatever it holds."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import pytest

from planner.errors import InputError
from planner.plans.plan import Plan
from tests.scenarios import builders

PLAIN = builders.plan().to_plain()
WRONG: list[Any] = [None, -1.5, float("nan"), "abc", [None], {}, {"a": 1}, True, object()]


def _places() -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Every value of a plan, one row of each table."""
    for name, part in PLAIN.items():
        yield name, (name,)
        if isinstance(part, dict):
            yield from ((f"{name}.{key}", (name, key)) for key in part)
        if isinstance(part, list) and part and isinstance(part[0], dict):
            yield from ((f"{name}[0].{key}", (name, 0, key)) for key in part[0])


def _holding(path: tuple[Any, ...], value: Any) -> dict[str, Any]:
    plain = copy.deepcopy(PLAIN)
    holder: Any = plain
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = value
    return plain


@pytest.mark.parametrize(("place", "path"), list(_places()))
def test_a_value_of_another_kind_is_refused_at_its_place_or_is_a_plan_like_any_other(
    place: str, path: tuple[Any, ...]
) -> None:
    for wrong in WRONG:
        at, read = place, None
        try:
            read = Plan.from_plain(_holding(path, wrong))
        except InputError as refused:
            at = refused.problems[0].path
        assert str(path[0]) in at
        assert read is None or read.to_plain() == _holding(path, wrong), "what is taken is kept as it is"


@pytest.mark.parametrize("plain", [None, 5, "abc", [], [PLAIN], object()], ids=lambda plain: type(plain).__name__)
def test_what_is_no_object_is_no_plan(plain: Any) -> None:
    with pytest.raises(InputError):
        Plan.from_plain(plain)


@pytest.mark.parametrize("name", PLAIN)
def test_every_part_is_needed(name: str) -> None:
    with pytest.raises(InputError, match=name):
        Plan.from_plain({key: value for key, value in PLAIN.items() if key != name})


def test_a_later_format_is_refused_with_its_number() -> None:
    with pytest.raises(InputError, match=r"^format: "):
        Plan.from_plain(PLAIN | {"format": 2})


def test_a_plan_has_its_level_of_gaps_and_texts_for_groups() -> None:
    with pytest.raises(InputError, match="gaps_closed"):
        Plan.from_plain(PLAIN | {"objective": []})
    with pytest.raises(InputError, match=r"socialized\[0\]"):
        Plan.from_plain(PLAIN | {"socialized": [5]})


@pytest.mark.parametrize("value", [None, 5, "abc"], ids=str)
def test_decisions_are_of_a_scenario(value: Any) -> None:
    with pytest.raises(TypeError, match="expected a Scenario"):
        builders.plan().decisions(value)
