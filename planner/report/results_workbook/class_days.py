"""The sheet of the calendar: each class with its days, or the days between which it is held."""

from __future__ import annotations

import datetime

from planner.locale import _
from planner.plans.courses import courses, undated_periods
from planner.report.icalendar_file import missing_days
from planner.report.results_workbook.book import SheetColumn, WorkbookSheet
from planner.report.wording.class_dates import differences
from planner.report.wording.formats import NOTHING

NUMBER, OF, PERIOD, FIRST, LAST, FIXED, PEOPLE = range(1, 8)


def write_class_days(sheet: WorkbookSheet) -> None:
    """Write the sheet: one row a class; what is missing stands below."""
    material = sheet.book.material
    scenario = material.scenario
    found = courses(scenario, material.plan)
    columns = [
        SheetColumn(_("Programme"), 46),
        SheetColumn(_("Class"), 9, figures=True),
        SheetColumn(_("of"), 9, figures=True),
        SheetColumn(_("Period"), 12),
        SheetColumn(_("First day"), 20),
        SheetColumn(_("Last day"), 20),
        SheetColumn(_("Days"), 16),
        SheetColumn(_("Participants who start in the period"), 16, figures=True),
    ]
    sheet.widths(columns)
    head = sheet.opening(_("Calendar of classes: on which days each is held, or between which"))
    sheet.head(head, columns)
    sheet.worksheet.freeze_panes(head + 1, 1)

    def day(value: datetime.date | None) -> str:
        return NOTHING if value is None else material.formats.date(value)

    for row, course in enumerate(found, start=head + 1):
        sheet.text(row, 0, scenario.programme[course.programme].label)
        if course.classes:
            sheet.number(row, NUMBER, course.number)
            sheet.number(row, OF, course.of)
        else:
            sheet.text(row, NUMBER, NOTHING)
            sheet.text(row, OF, NOTHING)
        sheet.text(row, PERIOD, course.period)
        sheet.text(row, FIRST, day(course.begins))
        sheet.text(row, LAST, day(course.ends))
        sheet.text(row, FIXED, NOTHING if course.begins is None else _("fixed") if course.dated else _("period"))
        sheet.number(row, PEOPLE, course.participants)
    missing = undated_periods(scenario, found)
    notes = [missing_days(missing).message] if missing else []
    for row, note in enumerate([*notes, *differences(scenario, found, material.formats)], start=head + len(found) + 2):
        sheet.free(row, 0, note)
    sheet.printing(landscape=True, head=head)
