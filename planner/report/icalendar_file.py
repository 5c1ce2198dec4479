"""The classes of a plan as an iCalendar file, which calendar programs open.

The package icalendar (the extra `calendar`) is imported only when a file is made. Events are of whole days, so they
need no time zone. The same plan gives the same bytes.
"""

from __future__ import annotations

import datetime
import hashlib
from typing import TYPE_CHECKING

from planner.domain.running import days_of
from planner.errors import InputError, MissingPackage, Problem
from planner.locale import _, speaking

if TYPE_CHECKING:
    from icalendar import Event

    from planner.domain.scenario import Scenario
    from planner.plans.courses import HeldClass
    from planner.plans.plan import Plan
    from planner.report.wording.formats import Formats


def ensure_available() -> None:
    """Raise MissingPackage, with the remedy, unless icalendar is installed."""
    try:
        import icalendar  # noqa: F401  (only to see that it is there)
    except ImportError:
        message = _("Calendar files need the package icalendar, which is not installed.")
        raise MissingPackage([Problem(message, _("Install it with: pip install 'planner[calendar]'"))]) from None


def calendar_bytes(scenario: Scenario, plan: Plan, language: str | None = None) -> bytes:
    """Return the calendar of a checked plan: an event for each class whose days are known.

    Raises InputError where nothing is held, or no period in which something is held has days.
    """
    ensure_available()
    import icalendar

    from planner.plans.courses import courses, undated_periods
    from planner.report.wording.formats import Formats

    chosen = language or scenario.scenario.language
    with speaking(chosen):
        found = courses(scenario, plan)
        if not found:
            raise InputError([Problem(_("The plan holds no programme, so a calendar would be empty."))])
        dated = [course for course in found if course.begins is not None]
        if not dated:
            raise InputError([missing_days(undated_periods(scenario, found))])
        calendar = icalendar.Calendar()
        calendar.add("prodid", f"-//planner//{chosen.upper()}")
        calendar.add("version", "2.0")
        # a text by its type, for a property that is no part of the standard would stand without escapes
        calendar.add("x-wr-calname", icalendar.vText(scenario.scenario.label))
        for course in dated:
            calendar.add_component(_event(scenario, course, Formats(chosen)))
        content: bytes = calendar.to_ical(sorted=False)
        return content


def missing_days(periods: tuple[str, ...]) -> Problem:
    """Return what the scenario does not say, and how to say it."""
    return Problem(
        _("The calendar misses the days of these periods: {periods}.").format(periods=", ".join(periods)),
        _("Give each its first and last day in the scenario: from and to."),
    )


def _event(scenario: Scenario, course: HeldClass, formats: Formats) -> Event:
    """Return one class as an event of whole days: its end is the day after the last, as the format has it."""
    import icalendar

    assert course.begins is not None
    assert course.ends is not None
    programme = scenario.programme[course.programme]
    event = icalendar.Event()
    name = "\n".join((scenario.id, course.programme, str(course.number)))
    event.add("uid", f"{hashlib.sha256(name.encode()).hexdigest()[:32]}@planner")
    year = scenario.scenario.fiscal_year or course.begins.year
    event.add("dtstamp", datetime.datetime(year, 1, 1, tzinfo=datetime.UTC))  # not the clock: the same plan, same bytes
    event.add("summary", course_title(programme.label, course))
    event.add("dtstart", course.begins)
    event.add("dtend", course.ends + datetime.timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("description", "\n".join(_description(scenario, course, formats)))
    return event


def course_title(name: str, course: HeldClass) -> str:
    """Return the name of the programme, and which of its classes it is."""
    if not course.classes:
        return name
    return _("{programme}: class {number} of {of}").format(programme=name, number=course.number, of=course.of)


def _description(scenario: Scenario, course: HeldClass, formats: Formats) -> list[str]:
    """Return when it is or may be held, how long it takes, and for whom; what has no dates is the organiser's to
    set."""
    assert course.begins is not None
    assert course.ends is not None
    people = formats.count(course.participants)
    days = sum(days_of(scenario, scenario.programme[course.programme]))
    takes = [_("It takes {days} of these days.").format(days=formats.number(days))] if days else []
    between = _("Between {first} and {last}; the plan names no days within them.").format(
        first=formats.date(course.begins), last=formats.date(course.ends)
    )
    return [
        *([] if course.dated else [between, *takes]),
        _("Period {period}. Classes that start in it: {classes}. Participants: {people}.").format(
            people=people, classes=formats.count(course.classes), period=course.period
        ),
    ]
