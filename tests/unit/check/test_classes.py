"""Rules about classes, each with a case solved by hand and the same case broken by one."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from tests.scenarios.hand import broken, planned, scenario, verdict

FIRST, SECOND = ("a", "bimtek", "TW1"), ("a", "bimtek", "TW2")
HELD, HELD_LATER = ("bimtek", "TW1"), ("bimtek", "TW2")


@pytest.mark.parametrize(
    ("people", "classes", "families"),
    [
        (3, 1, set()),
        (5, 1, set()),
        (2, 1, {"class_size"}),
        (6, 1, {"class_size"}),
        (6, 2, set()),
        (5, 2, {"class_size"}),
        (10, 2, set()),
    ],
)
def test_a_class_runs_with_an_allowed_number_of_people_or_not_at_all(
    people: int, classes: int, families: set[str]
) -> None:
    plain = scenario(programmes={"class_size": {"min": 3, "max": 5}})
    assert broken(plain, planned(plain, {FIRST: people}, {HELD: classes})) == families


def test_people_without_a_class_are_found() -> None:
    plain = scenario(programmes={"class_size": {"max": 5}})
    assert broken(plain, planned(plain, {FIRST: 1})) == {"class_size"}


def test_a_class_without_people_is_found() -> None:
    plain = scenario(programmes={"class_size": {"max": 5}})
    plan = planned(plain, {FIRST: 1}, {HELD: 1})
    plan["classes"].append({"programme": "bimtek", "period": "TW2", "classes": 1, "participants": 0})
    assert "form" in broken(plain, plan)
    plan["classes"][-1]["participants"] = 1
    assert {"class_size", "classes"} <= broken(plain, plan)


def test_a_class_row_states_who_sits_in_it() -> None:
    plain = scenario(programmes={"class_size": {"max": 5}})
    plan = planned(plain, {FIRST: 4}, {HELD: 1})
    plan["classes"][0]["participants"] = 5
    assert broken(plain, plan) == {"classes"}


def test_a_programme_without_class_size_has_no_class_rows() -> None:
    plain = scenario(programmes={"classes": {"max": 1}})
    assert broken(plain, planned(plain, {FIRST: 4})) == set()
    assert broken(plain, planned(plain, {FIRST: 4}, {HELD: 1})) == {"classes"}


def test_a_class_is_held_in_an_allowed_period() -> None:
    plain = scenario(programmes={"class_size": {"max": 5}, "periods": ["TW2"]})
    assert broken(plain, planned(plain, {SECOND: 4}, {HELD_LATER: 1})) == set()
    assert broken(plain, planned(plain, {FIRST: 4}, {HELD: 1})) == {"classes", "eligibility"}


LIMITS: dict[str, Any] = {"class_size": {"max": 5}, "classes": {"min": 2, "max": 3, "per_period": 2}}


@pytest.mark.parametrize(
    ("first", "second", "families"),
    [(0, 0, set()), (1, 0, {"classes"}), (1, 1, set()), (2, 1, set()), (2, 2, {"classes"}), (3, 0, {"classes"})],
)
def test_a_programme_that_runs_keeps_its_limits_of_classes(first: int, second: int, families: set[str]) -> None:
    plain = scenario(programmes=copy.deepcopy(LIMITS))
    people = {seat: classes for seat, classes in ((FIRST, first), (SECOND, second)) if classes}
    classes = {held: number for held, number in ((HELD, first), (HELD_LATER, second)) if number}
    assert broken(plain, planned(plain, people, classes)) == families


def test_a_programme_with_no_class_allowed_never_runs() -> None:
    plain = scenario(programmes={"class_size": {"max": 5}, "classes": {"max": 0}})
    assert broken(plain, planned(plain, {})) == set()
    assert broken(plain, planned(plain, {FIRST: 1}, {HELD: 1})) == {"classes"}


def test_the_room_left_in_each_class_rule_is_told() -> None:
    plain = scenario(programmes=copy.deepcopy(LIMITS) | {"class_size": {"min": 2, "max": 5}})
    slack = verdict(plain, planned(plain, {FIRST: 7}, {HELD: 2})).slack
    assert slack["class_size__bimtek__TW1__min"] == 3
    assert slack["class_size__bimtek__TW1__max"] == 3
    assert slack["classes__bimtek__min"] == 0
    assert slack["classes__bimtek__max"] == 1
    assert slack["classes__bimtek__TW1__per_period"] == 0
