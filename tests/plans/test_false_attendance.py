"""Attendance that nobody could follow, or that says too much, is never passed."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from tests.scenarios.hand import broken, planned, scenario

Plain = dict[str, Any]

SCENARIO = scenario(
    scenario={"id": "uji", "fiscal_year": 2027, "hours_target": 20},
    competencies=[{"id": c, "kind": "technical"} for c in "ab"],
    groups={"gaps": {"a": 6, "b": 4}, "max_hours": 20},
    programmes=[
        {"id": "pa", "closes": {"a": 1}, "hours": 10},
        {"id": "pb", "closes": {"b": 1}, "hours": 10, "requires": ["pa"]},
    ],
)
"""Six people in a course of 10 JP, four of whom take the next: four of ten reach 20 JP."""

FIRST, NEXT = {"programme": "pa", "period": "TW1"}, {"programme": "pb", "period": "TW2"}
TRUE: list[Plain] = [
    {"group": "a", "people": 4, "programmes": [FIRST, NEXT]},
    {"group": "a", "people": 2, "programmes": [FIRST]},
]


def stated(attendance: list[Plain], reached: int = 4) -> Plain:
    made = planned(SCENARIO, {("a", "pa", "TW1"): 6, ("a", "pb", "TW2"): 4})
    target = [{"year": "2027", "group": "a", "people": 10, "reached": reached}]
    return made | {"attendance": copy.deepcopy(attendance), "hours_target": target}


def test_what_people_can_follow_passes() -> None:
    assert broken(SCENARIO, stated(TRUE)) == set()


FALSE: dict[str, tuple[Callable[[list[Plain]], list[Plain]], str]] = {
    "nobody attends": (lambda rows: [], "attendance"),
    "one more follows": (lambda rows: [rows[0] | {"people": 5}, rows[1]], "attendance"),
    "one fewer follows": (lambda rows: [rows[0], rows[1] | {"people": 1}], "attendance"),
    "a half person": (lambda rows: [rows[0] | {"people": 4.0}, rows[1]], "form"),
    "a row twice": (lambda rows: [rows[0], rows[0], rows[1]], "form"),
    "another order of the same": (
        lambda rows: [*rows, {"group": "a", "people": 1, "programmes": [NEXT, FIRST]}],
        "form",
    ),
    "nothing attended": (lambda rows: [*rows, {"group": "a", "people": 1, "programmes": []}], "form"),
    "twice the same programme": (
        lambda rows: [*rows, {"group": "a", "people": 1, "programmes": [FIRST, FIRST | {"period": "TW2"}]}],
        "attendance",
    ),
    "another period": (
        lambda rows: [rows[0] | {"programmes": [FIRST, NEXT | {"period": "TW1"}]}, rows[1]],
        "attendance",
    ),
    "without what is required": (
        lambda rows: [
            {"group": "a", "people": 3, "programmes": [FIRST, NEXT]},
            {"group": "a", "people": 3, "programmes": [FIRST]},
            {"group": "a", "people": 1, "programmes": [NEXT]},
        ],
        "requires",
    ),
    "unknown programme": (lambda rows: [rows[0] | {"programmes": [{"programme": "x", "period": "TW1"}]}], "form"),
    "unknown group": (lambda rows: [rows[0] | {"group": "x"}, rows[1]], "form"),
    "more than is told": (lambda rows: [rows[0] | {"note": 1}, rows[1]], "form"),
}


@pytest.mark.parametrize("name", FALSE)
def test_false_attendance_is_named(name: str) -> None:
    change, rule = FALSE[name]
    assert rule in broken(SCENARIO, stated(change(copy.deepcopy(TRUE))))


@pytest.mark.parametrize("reached", [3, 5, 10, "4", None])
def test_nobody_reaches_the_target_who_does_not(reached: Any) -> None:
    assert broken(SCENARIO, stated(TRUE, reached)) == {"attendance"}


def test_more_hours_than_one_person_may_take_are_named() -> None:
    shorter = SCENARIO | {"groups": [SCENARIO["groups"][0] | {"max_hours": 19}]}
    made = planned(shorter, {("a", "pa", "TW1"): 6, ("a", "pb", "TW2"): 4})
    target = [{"year": "2027", "group": "a", "people": 10, "reached": 4}]
    assert broken(shorter, made | {"attendance": TRUE, "hours_target": target}) == {"max_hours"}


def test_the_rows_of_the_target_are_all_there_and_in_order() -> None:
    rows = stated(TRUE)["hours_target"]
    for wrong in ([], [*rows, *rows], [rows[0] | {"year": 2028}]):
        assert broken(SCENARIO, stated(TRUE) | {"hours_target": wrong}) == {"attendance"}
