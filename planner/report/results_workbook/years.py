"""The sheet of years: each gap by the end of each year, existing, new, closed and still open."""

from __future__ import annotations

from planner.locale import _
from planner.report.results_workbook.book import SheetColumn, WorkbookSheet
from planner.report.results_workbook.gaps import coverage, left

YEAR, GROUP, AGENCY, COMPETENCY, NEED, NEW, CLOSED, LEFT, COVERAGE = range(9)


def write_years(sheet: WorkbookSheet) -> None:
    """Write the sheet: rows by year, group and competency."""
    material = sheet.book.material
    columns = [
        SheetColumn(_("Year"), 9),
        SheetColumn(_("Group"), 36),
        SheetColumn(_("Agency"), 24),
        SheetColumn(_("Competency"), 34),
        SheetColumn(_("Existing"), 11, figures=True),
        SheetColumn(_("of them new"), 11, figures=True),
        SheetColumn(_("Closed (expected)"), 11, figures=True),
        SheetColumn(_("Still open (expected)"), 11, figures=True),
        SheetColumn(_("Coverage"), 10, figures=True),
    ]
    sheet.widths(columns)
    head = sheet.opening(_("Gaps by the end of each year"))
    sheet.head(head, columns)
    sheet.worksheet.freeze_panes(head + 1, GROUP + 1)
    row = head
    for year in material.measures.years:
        first = row + 1
        for (g, c), gaps in year.by(lambda closing: (closing.group, closing.competency)).items():
            row += 1
            group = material.scenario.group[g]
            words = (year.year, group.label, group.agency or "", material.scenario.competency[c].label)
            for column, text in enumerate(words):
                sheet.text(row, column, text)
            sheet.number(row, NEED, gaps.need)
            sheet.number(row, NEW, gaps.new)
            sheet.number(row, CLOSED, gaps.closed, places=material.gap_places)
            left(sheet, row, NEED, CLOSED, gaps.left)
            coverage(sheet, row, NEED, CLOSED, gaps.need, gaps.closed)
        total, rows, row = year.total, (first, row), row + 1
        sheet.text(row, YEAR, year.year, "total")
        sheet.text(row, GROUP, _("Total"), "total")
        sheet.blank(row, (AGENCY, COMPETENCY), "total")
        sheet.sum(row, NEED, rows, total.need)
        sheet.sum(row, NEW, rows, total.new)
        sheet.sum(row, CLOSED, rows, total.closed, places=material.gap_places, rounded=True)
        sheet.sum(row, LEFT, rows, total.left, places=material.gap_places, rounded=True)
        coverage(sheet, row, NEED, CLOSED, total.need, total.closed, total=True)
    sheet.printing(landscape=True, head=head)
