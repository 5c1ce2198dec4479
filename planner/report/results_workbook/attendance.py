"""The sheet of attendance: what one person attends, how many people do, and who reaches the target of JP."""

from __future__ import annotations

from fractions import Fraction

from planner.locale import _
from planner.report.results_workbook.book import SheetColumn, WorkbookSheet
from planner.report.wording.formats import places_of


def write_attendance(sheet: WorkbookSheet) -> None:
    """Write a row for each pattern, and below it a row for each year and group with those who reach the target."""
    material = sheet.book.material
    scenario, plan = material.scenario, material.plan
    columns = [
        SheetColumn(_("Group"), 36),
        SheetColumn(_("Agency"), 24),
        SheetColumn(_("Each of them attends"), 80),
        SheetColumn(_("People"), 10, figures=True),
        SheetColumn(_("JP each"), 10, figures=True),
    ]
    sheet.widths(columns)
    head = sheet.opening(_("Attendance: what one person can attend, and how many do"))
    sheet.head(head, columns)
    sheet.worksheet.freeze_panes(head + 1, 1)
    first, last = head + 1, head + len(plan.attendance)
    if plan.attendance:
        sheet.worksheet.autofilter(head, 0, last, len(columns) - 1)
    places = max((places_of(p.hours) for p in scenario.programmes), default=0)
    for at, row in enumerate(plan.attendance, start=first):
        group = scenario.group[row.group]
        sheet.text(at, 0, group.label)
        sheet.text(at, 1, group.agency or "")
        sheet.text(at, 2, "; ".join(f"{scenario.programme[p].label} ({t})" for p, t in row.programmes))
        sheet.number(at, 3, row.people)
        sheet.number(at, 4, sum((scenario.programme[p].hours for p, _t in row.programmes), Fraction(0)), places=places)
    sheet.text(last + 1, 0, _("Total"), "total")
    sheet.blank(last + 1, (1, 2, 4), "total")
    sheet.sum(last + 1, 3, (first, last), sum(row.people for row in plan.attendance))
    if plan.hours_target:
        _write_targets(sheet, last + 4)
    sheet.printing(landscape=True, head=head)


def _write_targets(sheet: WorkbookSheet, head: int) -> None:
    material = sheet.book.material
    title = _("Civil servants who reach the target of {target} JP in a year")
    target = material.formats.count(material.scenario.scenario.hours_target or 0)
    sheet.free(head - 1, 0, title.format(target=target), "note")
    columns = [
        SheetColumn(_("Group"), 36),
        SheetColumn(_("Agency"), 24),
        SheetColumn(_("Year"), 80),
        SheetColumn(_("Civil servants"), 10, figures=True),
        SheetColumn(_("Reach the target"), 10, figures=True),
    ]
    sheet.head(head, columns)
    for at, row in enumerate(material.plan.hours_target, start=head + 1):
        group = material.scenario.group[row.group]
        sheet.text(at, 0, group.label)
        sheet.text(at, 1, group.agency or "")
        sheet.text(at, 2, "" if row.year is None else str(row.year))
        sheet.number(at, 3, row.people)
        sheet.number(at, 4, row.reached)
    first, last = head + 1, head + len(material.plan.hours_target)
    sheet.text(last + 1, 0, _("Total"), "total")
    sheet.blank(last + 1, (1, 2), "total")
    sheet.sum(last + 1, 3, (first, last), sum(row.people for row in material.plan.hours_target))
    sheet.sum(last + 1, 4, (first, last), sum(row.reached for row in material.plan.hours_target))
