"""The calendar file: one event a class, whole days, escaped and folded text, and nothing where nothing is known."""

from __future__ import annotations

from datetime import date
from typing import Any

import icalendar
import pytest

from planner.domain.decisions import Decisions
from planner.domain.scenario import Scenario
from planner.errors import InputError
from planner.locale import speaking
from planner.plans.courses import courses, undated_periods
from planner.report import render_report
from planner.report.icalendar_file import calendar_bytes
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
