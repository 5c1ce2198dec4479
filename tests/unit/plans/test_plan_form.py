"""Plain data that is not a plan is refused at its place, whatever it holds."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import pytest

from planner.check import check_plan
from planner.errors import InputError
from planner.plans.plan import Plan
from tests.scenarios import builders

PLAIN = builders.plan().to_plain()
ROWS = [name for name, part in PLAIN.items() if isinstance(part, list) and part and isinstance(part[0], dict)]
NEVER_BELOW_0 = {
    *("participants", "classes", "seats", "need", "closed", "people", "reached", "amount", "spent"),
    *("gaps_closed", "weighted_gaps_closed", "total_need", "total_cost", "own_cost", "partner_cost", "tolerance"),
    "seconds",
}
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


@pytest.mark.parametrize("holder", [(), ("scenario",), ("solver",), *[(name, 0) for name in ROWS]], ids=str)
def test_an_unknown_key_is_refused_at_its_place(holder: tuple[Any, ...]) -> None:
    place = ".".join(map(str, (*holder, "tiada"))).replace(".0.", r"\[0\].")
    with pytest.raises(InputError, match=f"^{place}: .*tiada"):
        Plan.from_plain(_holding((*holder, "tiada"), 1))


@pytest.mark.parametrize(("place", "path"), [(at, path) for at, path in _places() if path[-1] in NEVER_BELOW_0])
@pytest.mark.parametrize("value", [-3, -1])
def test_people_and_rupiah_are_never_below_0(place: str, path: tuple[Any, ...], value: int) -> None:
    with pytest.raises(InputError) as refused:
        Plan.from_plain(_holding(path, value))
    (problem,) = refused.value.problems
    assert problem.path == place
    assert str(value) in problem.message


def test_the_checker_refuses_unknown_keys_and_what_is_below_0() -> None:
    """Neither form is left to one reader alone: what `planner verify` says is what the checker says."""
    scenario = builders.scenario()
    assert not check_plan(scenario, PLAIN).findings
    for holder in [(), ("scenario",), ("solver",), *[(name, 0) for name in ROWS]]:
        assert check_plan(scenario, _holding((*holder, "tiada"), 1)).findings, holder
    for place, path in _places():
        if path[-1] in NEVER_BELOW_0:
            assert check_plan(scenario, _holding(path, -3)).findings, place


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
