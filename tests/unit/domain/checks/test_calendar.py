"""Periods as records, courses of several periods, and completed programmes: what is refused, and where."""

from __future__ import annotations

from typing import Any

import pytest

from planner.domain.checks.validation import find_problems
from planner.domain.running import days_of, run_of
from planner.domain.scenario import Scenario
from planner.locale import speaking
from tests.scenarios.hand import scenario

Plain = dict[str, Any]


@pytest.mark.parametrize(
    ("changes", "path", "words"),
    [
        ({"periods": [{"id": "A", "working_days": 367}]}, ("periods", 0, "working_days"), "367 working days"),
        ({"periods": ["A", {"id": "A", "working_days": 3}]}, ("periods", 1, "id"), "'A' is defined twice"),
        ({"programmes": {"days": [1, 2]}}, ("programmes", 0, "days"), "lists days for 2 periods and lasts 1"),
        ({"programmes": {"days": [1], "lasts": 2}}, ("programmes", 0, "days"), "lists days for 1 period and lasts 2"),
        ({"groups": {"completed": {"bimtek": 11}}}, ("groups", 0, "completed", "bimtek"), "11 people who completed"),
        ({"groups": {"completed": {"bimtex": 1}}}, ("groups", 0, "completed", "bimtex"), "unknown programme: 'bimtex'"),
    ],
)
def test_what_cannot_be_is_refused_at_its_place(changes: Plain, path: tuple[str | int, ...], words: str) -> None:
    with speaking("en"):
        problems = find_problems(Scenario.model_validate(scenario(**changes)))
    (found,) = [problem for problem in problems if problem.path == path]
    assert words in found.message


def test_working_days_are_240_a_year_unless_they_are_given() -> None:
    read = Scenario.model_validate(scenario(periods=["A", "B", {"id": "C", "working_days": 61.5}]))
    assert list(map(str, read.working_days.values())) == ["80", "80", "123/2"]
    assert read.horizon == ("A", "B", "C")
    assert str(Scenario.model_validate(scenario(periods=None)).working_days["2027"]) == "240"


def test_a_record_that_says_no_more_than_a_name_is_the_name() -> None:
    named, record = (Scenario.model_validate(scenario(periods=[t, "TW2"])) for t in ("TW1", {"id": "TW1"}))
    assert named.sha256 == record.sha256
    assert named.to_plain()["periods"] == ("TW1", "TW2")


def test_a_course_runs_from_its_start_and_ends_within_the_horizon() -> None:
    read = Scenario.model_validate(scenario(periods=["A", "B", "C"], programmes={"lasts": 2, "hours": 24}))
    (course,) = read.programmes
    assert read.periods_of(course) == ("A", "B")
    assert run_of(read, course, "B") == ("B", "C")
    assert [str(days) for days in days_of(read, course)] == ["3/2", "3/2"]
