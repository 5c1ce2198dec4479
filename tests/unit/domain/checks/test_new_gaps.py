"""New gaps of later years: what is refused, and what exists by the end of each year."""

from __future__ import annotations

from typing import Any

import pytest

from planner.domain.checks.validation import find_problems
from planner.domain.checks.warnings import dubious
from planner.domain.scenario import Scenario
from planner.locale import speaking
from tests.scenarios.hand import scenario

Plain = dict[str, Any]

YEARS: Plain = {"periods": ["A", {"id": "B", "year": 2028}]}


def new(**gaps: Any) -> Plain:
    return YEARS | {"groups": {"headcount": 12, "new_gaps": gaps or {"2028": {"keu": 2}}}}


@pytest.mark.parametrize(
    ("changes", "path", "words"),
    [
        (new(**{"2029": {"keu": 1}}), ("groups", 0, "new_gaps", "2029"), "which no period of the plan is in"),
        (new(**{"2028": {"kue": 1}}), ("groups", 0, "new_gaps", "2028", "kue"), "unknown competency: 'kue'"),
        (
            new(**{"2027": {"keu": 1}, "2028": {"keu": 2}}),
            ("groups", 0, "new_gaps", "2028", "keu"),
            "By the end of 2028, 'a' has 13 people with a gap in 'keu' but only 12 people.",
        ),
    ],
)
def test_what_cannot_be_is_refused_at_its_place(changes: Plain, path: tuple[str | int, ...], words: str) -> None:
    with speaking("en"):
        problems = find_problems(Scenario.model_validate(scenario(**changes)))
    assert [words in problem.message for problem in problems if problem.path == path] == [True]
    assert all(problem.remedy for problem in problems)


def test_gaps_add_up_from_year_to_year() -> None:
    read = Scenario.model_validate(scenario(**new(**{"2028": {"keu": 2}, "2027": {"keu": 0}})))
    assert find_problems(read) == []
    (group,), (course,) = read.groups, read.programmes
    assert [dict(group.needs_by(year)) for year in read.years] == [{"keu": 10}, {"keu": 12}]
    assert (read.need(group, course, "2027"), read.need(group, course), read.total_need) == (10, 12, 12)
    assert read.year_of == {"A": "2027", "B": "2028"}
    (circle,) = read.willingness.learning["keu"]
    assert [(year, dict(earlier.people)) for year, earlier in circle.earlier] == [("2027", {"a": 10})]
    assert circle.by("2028") is circle


def test_a_plan_without_new_gaps_has_the_same_limits_in_every_year() -> None:
    read = Scenario.model_validate(scenario(**YEARS))
    assert all(not circle.earlier for circles in read.willingness.attendance.values() for circle in circles)


def test_a_programme_that_starts_only_before_anybody_needs_it_is_told() -> None:
    plain = scenario(**YEARS, groups={"gaps": {}, "new_gaps": {"2028": {"keu": 2}}}, programmes={"periods": ["A"]})
    read = Scenario.model_validate(plain)
    assert find_problems(read) == []
    with speaking("en"):
        told = {doubt.path: doubt.message for doubt in dubious(read)}
    assert "in which nobody of them needs it yet" in told["programmes", 0, "periods"]
    assert "has no way to be closed" in told["groups", 0, "new_gaps", "2028", "keu"]
