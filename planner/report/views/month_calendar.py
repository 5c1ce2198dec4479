"""The month calendar: which classes may be held in which month, as far as periods have days."""

from __future__ import annotations

import datetime
from collections import defaultdict

from babel.dates import format_date

from planner.locale import _
from planner.plans.courses import HeldClass, courses, undated_periods
from planner.report.material import Material
from planner.report.views.table import Column, Table, table
from planner.report.wording.class_dates import differences
from planner.report.wording.formats import NOTHING

Month = tuple[int, int]
"""Year and month, from 1."""


def month_calendars(material: Material) -> tuple[Table, ...]:
    """Return a table for each calendar year, with one row a programme; none where no period in use has days."""
    scenario, formats = material.scenario, material.formats
    found = courses(scenario, material.plan)
    held: dict[tuple[str, Month], list[HeldClass]] = defaultdict(list)
    for course in found:
        for month in months_of(course):
            held[course.programme, month].append(course)
    years = sorted({month[0] for _programme, month in held})
    missing = undated_periods(scenario, found)
    note = _("Each class stands in all months of its periods: it is held between their first and last day.")
    if any(course.dated for course in found):
        note += " " + _("Those with dates stand in the months of these.")
    if missing:
        note += " " + _("Left out for want of days: {periods}.").format(periods=", ".join(missing))
    return tuple(
        table(
            f"table-months-{year}",
            _("Calendar {year}: classes by month, or participants (p) where there are no classes").format(year=year),
            [
                Column(_("Programme"), "name"),
                *(
                    Column(format_date(datetime.date(year, month, 1), "LLL", locale=formats.locale), "number")
                    for month in range(1, 13)
                ),
            ],
            [
                (
                    programme.label,
                    *(_shown(material, held.get((programme.id, (year, month)), [])) for month in range(1, 13)),
                )
                for programme in scenario.programmes
                if any((programme.id, (year, month)) in held for month in range(1, 13))
            ],
            note=note if year == years[-1] else "",
        )
        for year in years
    )


def class_dates(material: Material) -> Table | None:
    """Return a row for each class with dates, and notes where dates and classes differ in number; None if no class has
    dates.

    Classes for which a programme has no date are counted below, not listed.
    """
    scenario, formats = material.scenario, material.formats
    found = courses(scenario, material.plan)
    rows = [
        (
            scenario.programme[course.programme].label,
            formats.count(course.number) if course.classes else NOTHING,
            course.period,
            formats.days(course.begins, course.ends),
        )
        for course in sorted(found, key=lambda course: course.begins or datetime.date.max)
        if course.dated and course.begins is not None and course.ends is not None
    ]
    notes = differences(scenario, found, formats)
    return (
        table(
            "table-class-dates",
            _("Classes with dates, in order of time"),
            [Column(_("Programme"), "name"), Column(_("Class"), "number"), Column(_("Period")), Column(_("Days"))],
            rows,
            note=" ".join(notes),
        )
        if rows or notes
        else None
    )


def months_of(course: HeldClass) -> list[Month]:
    """Return the months from the first to the last day of a course; none where these are not known."""
    if course.begins is None or course.ends is None:
        return []
    first, last = (day.year * 12 + day.month - 1 for day in (course.begins, course.ends))
    return [(place // 12, place % 12 + 1) for place in range(first, last + 1)]


def _shown(material: Material, found: list[HeldClass]) -> str:
    """Return the number of classes, or of participants where there are none."""
    if not found:
        return NOTHING
    if any(course.classes for course in found):
        return material.formats.count(len(found))
    people = material.formats.count(sum(course.participants for course in found))
    return _("{people} p").format(people=people)
