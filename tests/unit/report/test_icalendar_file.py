"""The calendar file: one event a class, whole days, escaped and folded text, and nothing where nothing is known."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import icalendar
import pytest
from pydantic import ValidationError

from planner.batch.same_plans import canonical
from planner.domain.checks.class_dates import doubtful_dates
from planner.domain.checks.validation import find_problems
from planner.domain.decisions import Decisions
from planner.domain.programmes import ClassLimits
from planner.domain.scenario import Scenario
from planner.errors import InputError
from planner.locale import speaking
from planner.plans.courses import courses, undated_periods
from planner.report import render_report
from planner.report.icalendar_file import calendar_bytes
from planner.report.material import material_of
from planner.report.views.month_calendar import class_dates, month_calendars
from planner.report.views.plan_part import PlanPart
from planner.report.views.word.reference import terms_of_reference
from tests.scenarios.builders import DECISIONS, plan, scenario

DATED: list[Any] = [
    {"id": "TW1", "from": "4 Januari 2027", "to": "2027-03-26"},
    {"id": "TW2", "from": "2027-11-01", "to": "14 Jan 2028"},
]


def events(read: Scenario) -> list[Any]:
    return list(icalendar.Calendar.from_ical(calendar_bytes(read, plan(read))).walk("VEVENT"))


def named(name: str) -> Scenario:
    plain = scenario(periods=DATED).to_plain()
    plain["programmes"][0]["name"] = name
    return Scenario.model_validate(plain)


def test_each_class_is_an_event_of_whole_days() -> None:
    found = events(scenario(periods=DATED))
    assert [(e["dtstart"].dt, e["dtend"].dt) for e in found] == [
        (date(2027, 1, 4), date(2027, 3, 27)),
        (date(2027, 1, 4), date(2027, 3, 27)),
        (date(2027, 11, 1), date(2028, 1, 15)),
        (date(2027, 11, 1), date(2028, 1, 15)),
    ]
    assert len({e["uid"] for e in found}) == 4
    assert str(found[2]["summary"]) == "Bimtek pengelolaan keuangan daerah: angkatan 3 dari 3"


def test_the_same_plan_gives_the_same_bytes_and_a_class_keeps_its_identity() -> None:
    read = scenario(periods=DATED)
    assert calendar_bytes(read, plan(read)) == calendar_bytes(read, plan(read))
    later = scenario(periods=[DATED[0], DATED[1] | {"to": "2028-01-20"}])
    assert [e["uid"] for e in events(later)] == [e["uid"] for e in events(read)]


@pytest.mark.parametrize(
    "name",
    ['Bimtek A, B; C\\n: "D"', "é" * 100, "Pelatihan 😀 " * 12 + "x", "BEGIN:VEVENT", "a" * 62 + "é,é;é"],
)
def test_any_name_comes_back_as_it_was(name: str) -> None:
    read = named(name.strip())
    assert str(events(read)[0]["summary"]).startswith(name.strip() + ":")
    content = calendar_bytes(read, plan(read))
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert content.count(b"\r\nBEGIN:VEVENT\r\n") == 4
    content.decode()


def test_the_name_of_the_calendar_is_escaped_as_all_texts_are() -> None:
    plain = scenario(periods=DATED).to_plain()
    plain["scenario"]["name"] = "Bangkom, tahap I; Jambi \\ 2027"
    read = Scenario.model_validate(plain)
    content = calendar_bytes(read, plan(read))
    assert rb"X-WR-CALNAME:Bangkom\, tahap I\; Jambi \\ 2027" in content.replace(b"\r\n ", b"")


def test_what_is_missing_is_said_instead_of_an_empty_file() -> None:
    with speaking("en"):
        with pytest.raises(InputError, match="misses the days of these periods: TW1, TW2"):
            calendar_bytes(scenario(), plan(), "en")
        read = scenario(periods=DATED)
        with pytest.raises(InputError, match="holds no programme"):
            calendar_bytes(read, plan(read, Decisions()), "en")
    half = scenario(periods=["TW1", DATED[1]])
    assert undated_periods(half, courses(half, plan(half, DECISIONS))) == ("TW1",)
    assert len(events(half)) == 2


def test_the_report_has_a_month_calendar_for_each_year_where_days_are_known() -> None:
    read = scenario(periods=DATED)
    page = render_report(read, plan(read), made_on=date(2027, 1, 1))
    assert 'id="table-months-2027"' in page
    assert 'id="table-months-2028"' in page
    assert "table-months" not in render_report(scenario(), plan(), made_on=date(2027, 1, 1))


DATES = ["2-4 Maret 2027", "8 November 2027", "15 November s.d. 17 November 2027"]


def dated(dates: list[str] = DATES) -> Scenario:
    plain = scenario(periods=DATED).to_plain()
    plain["programmes"][0]["dates"] = dates
    return Scenario.model_validate(plain)


def test_a_class_with_a_date_is_held_on_it_and_one_without_lies_in_its_period() -> None:
    read = dated()
    found = events(read)
    assert [(e["dtstart"].dt, e["dtend"].dt) for e in found[:3]] == [
        (date(2027, 3, 2), date(2027, 3, 5)),
        (date(2027, 1, 4), date(2027, 3, 27)),
        (date(2027, 11, 8), date(2027, 11, 9)),
    ]
    assert "Antara" not in found[0]["description"]
    assert "Antara" in found[1]["description"]
    assert [course.dated for course in courses(read, plan(read))] == [True, False, True, False]
    same = events(scenario(periods=DATED))
    assert [e["uid"] for e in found] == [e["uid"] for e in same], "an event moves to its date, and is not a second one"


def test_report_and_terms_of_reference_have_the_dates_and_say_where_numbers_differ() -> None:
    read = dated()
    material = material_of(read, plan(read))
    made = class_dates(material)
    assert made is not None
    assert [row.cells[-1] for row in made.rows] == ["2\u20134 Mar 2027", "8 November 2027"]
    assert "TW1: 2 angkatan dalam rencana, 1 di antaranya bertanggal" in made.note
    assert "tidak terpakai: 15\u201317 Nov 2027" in made.note
    (march, *_others) = [row for row in month_calendars(material)[0].rows if row.cells[0].startswith("Bimtek")]
    assert march.cells[1:4] == ("1", "1", "2"), "the class without a date in all months of its period"
    (schedule,) = [s for s in terms_of_reference(PlanPart(material)).sections if s.name == "schedule"]
    assert "2\u20134 Mar 2027" in str(schedule.blocks)
    assert "Tanggal angkatan lainnya" in str(schedule.blocks)
    assert class_dates(material_of(scenario(periods=DATED), plan(read))) is None


@pytest.mark.parametrize(
    ("periods", "dates", "words"),
    [
        (DATED, ["5 Mei 2027"], "no period that has a first and a last day"),
        (["TW1", "TW2"], ["2 Maret 2027"], "no period that has a first and a last day"),
        (DATED, ["25-27 Maret 2027"], "must end by 2027-03-26"),
        (DATED, ["7-5 Maret 2027"], "ends before it begins"),
        (DATED, ["5/3/2027"], "is not a date or a range of dates"),
    ],
)
def test_days_that_cannot_be_are_refused(periods: list[Any], dates: list[str], words: str) -> None:
    plain = scenario(periods=periods).to_plain()
    plain["programmes"][0]["dates"] = dates
    with speaking("en"):
        try:
            said = [problem.message for problem in find_problems(Scenario.model_validate(plain))]
        except ValidationError as error:
            said = [str(error)]
    assert len(said) == 1
    assert words in said[0]


def test_a_programme_without_classes_has_one_date_a_period_and_starts_only_where_it_may() -> None:
    plain = scenario(periods=DATED).to_plain()
    del plain["programmes"][0]["class_size"], plain["programmes"][0]["classes"]
    dates = ["2 Maret 2027", "9 Maret 2027", "8 November 2027"]
    plain["programmes"][0].update(dates=dates, periods=["TW1"], costs=[])
    with speaking("en"):
        said = [problem.message for problem in find_problems(Scenario.model_validate(plain))]
    assert any("several dates in one period" in each for each in said)
    assert any("does not start in 'TW2'" in each for each in said)


def test_dates_make_no_other_plan() -> None:
    assert canonical(dated()).sha256 == canonical(scenario(periods=DATED)).sha256
    assert Scenario.model_validate(dated().to_plain()) == dated()


def test_too_few_days_and_too_many_dates_are_warned_of() -> None:
    read = dated()
    programme = read.programmes[0].model_copy(update={"days": Fraction(2), "classes": ClassLimits(max=2)})
    with speaking("en"):
        said = [doubt.message for doubt in doubtful_dates(read.changed(programmes=(programme, *read.programmes[1:])))]
    assert len(said) == 2
    assert "takes 2 training days, but this class has 1 day" in said[0]
    assert "dates of 3 classes, but at most 2" in said[1]
