"""What one person can take, where it alone keeps a seat of the plan empty."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from planner.analysis.why_not.exclusions import ExclusionFinder
from planner.analysis.why_not.one_person import person_limits
from planner.analysis.why_not.why import why
from planner.domain.scenario import Scenario
from planner.locale import speaking
from planner.plans.causes import Cause
from planner.plans.measures import Measures
from planner.plans.open_gaps import OpenGaps
from planner.report.material import Material
from planner.report.views.answers.why import view
from planner.report.views.answers.why_words import reason
from planner.report.views.heading import Heading
from planner.report.wording.formats import Formats
from tests.unit.analysis.plans import inquiry

Plain = dict[str, Any]


def courses(periods: list[Any] | None = None, amount: int = 100, rest: Plain | None = None, **group: Any) -> Scenario:
    """Ten people who lack two things; the first course weighs more, and each costs Rp1 for each of them."""
    costs = [{"item": "Modul", "per": "participant", "price": 1}]
    programmes = [
        {"id": p, "closes": {c: 1}, "hours": 8, "costs": costs} for p, c in (("bimtek", "keu"), ("lanjut", "arsip"))
    ]
    return Scenario.model_validate(
        {
            "format": 1,
            "scenario": {"id": "s", "fiscal_year": 2027},
            "periods": periods or ["TW1"],
            "competencies": [
                {"id": "keu", "kind": "technical", "weight": 2},
                {"id": "arsip", "kind": "technical"},
            ],
            "groups": [{"id": "a", "headcount": 10, "gaps": {"keu": 10, "arsip": 10}, **group}],
            "programmes": [each | (rest or {}) for each in programmes],
            "funds": [{"id": "apbd", "kind": "own", "amount": amount}],
        }
    )


SHORT = [{"id": "TW1", "working_days": 1}]
"""A period in which one course of a day takes all days."""


@pytest.mark.parametrize(
    ("scenario", "kind", "where"),
    [
        (courses(max_hours=8), "hours", "2027"),
        (courses(max_hours=15), "hours", "2027"),
        (courses(SHORT), "days", "TW1"),
    ],
)
def test_the_other_programme_of_one_person_is_named(scenario: Scenario, kind: str, where: str) -> None:
    asked = inquiry(scenario)
    answer = why(asked, "a", "lanjut")
    (limit,) = answer.person_limits
    assert (limit.kind, limit.where) == (kind, where)
    assert [(row.programme, row.people) for row in limit.taken] == [("bimtek", 10)]
    causes = {row.competency: row.cause for row in OpenGaps(Measures(scenario, asked.plan)).rows}
    assert causes == {"arsip": Cause.HOURS if kind == "hours" else Cause.DAYS}


def test_both_limits_are_named_where_each_of_them_stops_it() -> None:
    answer = why(inquiry(courses(SHORT, max_hours=8)), "a", "lanjut")
    assert [limit.kind for limit in answer.person_limits] == ["hours", "days"]


@pytest.mark.parametrize(
    "scenario",
    [
        courses(max_hours=16),
        courses(["TW1", "TW2"]),
        courses(max_hours=8, amount=4),  # money for four people: six have all their hours left
        courses(max_hours=8, uptake="50%", amount=4),
    ],
)
def test_nothing_is_said_where_somebody_could_still_take_it(scenario: Scenario) -> None:
    assert why(inquiry(scenario), "a", "lanjut").person_limits == ()


def test_nothing_is_said_where_nobody_else_is_willing() -> None:
    # all five who are willing take the first; within 16 JP they may take both, and do
    scenario = courses(max_hours=16, uptake="50%")
    asked = inquiry(scenario)
    group = scenario.group["a"]
    assert person_limits(scenario, asked.plan, group, scenario.programme["lanjut"]) == ()


def test_several_courses_that_only_together_leave_no_room_are_found() -> None:
    # of three courses of 8 JP one person takes two within 20 JP; ten people take twenty seats of two of them
    plain = courses(max_hours=20).to_plain()
    plain["competencies"] = [*plain["competencies"], {"id": "tik", "kind": "technical", "weight": Fraction(1, 2)}]
    plain["groups"] = [plain["groups"][0] | {"gaps": dict.fromkeys(("keu", "arsip", "tik"), 10)}]
    third = {**plain["programmes"][0], "id": "ketiga", "closes": {"tik": 1}}
    plain["programmes"] = [*plain["programmes"], third]
    answer = why(inquiry(Scenario.model_validate(plain)), "a", "ketiga")
    (limit,) = answer.person_limits
    assert [row.programme for row in limit.taken] == ["bimtek", "lanjut"]


def test_the_page_says_it() -> None:
    scenario = courses(max_hours=8)
    asked = inquiry(scenario)
    with speaking("en"):
        material = Material(scenario, asked.plan, Formats("en"))
        section = view(material, why(asked, "a", "lanjut"), Heading("why", 1, "Why?"))
    assert (
        "With this plan nobody of the group has 8 JP left for it in 2027: one person may take 8 JP (max_hours),"
        " and the plan gives them 'bimtek' (10 people, 8 JP each)."
    ) in section.sentences


def test_the_page_says_what_was_taken_already() -> None:
    scenario = courses(max_hours=20, hours_before=12)
    asked = inquiry(scenario)
    with speaking("en"):
        material = Material(scenario, asked.plan, Formats("en"))
        section = view(material, why(asked, "a", "lanjut"), Heading("why", 1, "Why?"))
    assert (
        "With this plan nobody of the group has 8 JP left for it in 2027: one person may take 20 JP (max_hours)"
        " and has taken 12 JP already (hours_before), and the plan gives them 'bimtek' (10 people, 8 JP each)."
    ) in section.sentences


@pytest.mark.parametrize(
    ("limits", "told"),
    [
        ({"max_hours": 7}, "It has 8 JP, and one person of the group may take 7 JP (max_hours)."),
        (
            {"max_hours": 24, "hours_before": 24},
            "It has 8 JP in a year; one person of the group may take 24 JP (max_hours) and has taken 24 JP already"
            " (hours_before).",
        ),
    ],
)
def test_a_programme_closed_by_jp_taken_already_is_told_with_them(limits: Plain, told: str) -> None:
    scenario = courses(**limits)
    group, programme = scenario.group["a"], scenario.programme["lanjut"]
    (found,) = ExclusionFinder(scenario).exclusions(group, programme)
    with speaking("en"):
        assert reason(Material(scenario, inquiry(scenario).plan, Formats("en")), found) == told
