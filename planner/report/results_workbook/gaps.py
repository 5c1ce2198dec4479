"""The sheet of competency gaps: needed, closed and left open by group and competency, with the reasons."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from planner.locale import _
from planner.plans.causes import OpenGap
from planner.plans.plan_rows import Closing
from planner.report.results_workbook.book import SheetColumn, WorkbookSheet, address
from planner.report.views.cause_words import reason_words
from planner.report.wording import labels

KEY, GROUP, AGENCY, LOCATION, COMPETENCY, KIND, NEED, CLOSED, LEFT, COVERAGE, REASON = range(11)
"""Columns; the key is the number of the competency, by which formulas pick rows."""


@dataclass(frozen=True)
class GapCells:
    """Addresses of the gaps, for other sheets."""

    sheet: WorkbookSheet
    first: int
    last: int

    def total(self, column: int) -> str:
        """Return the address of the total of a column."""
        return self.sheet.cell(self.last + 1, column)

    def of_competency(self, key: str, column: int) -> str:
        """Return the formula that sums a column over the rows of one competency, whose number is at `key`."""
        keys, values = (self.sheet.span(self.first, c, max(self.first, self.last)) for c in (KEY, column))
        return f"SUMIF({keys},{key},{values})"


def write_gaps(sheet: WorkbookSheet) -> GapCells:
    """Write the sheet."""
    material = sheet.book.material
    columns = [
        SheetColumn(_("Competency no."), 11, figures=True),
        SheetColumn(_("Group"), 36),
        SheetColumn(_("Agency"), 24),
        SheetColumn(_("Location"), 16),
        SheetColumn(_("Competency"), 34),
        SheetColumn(_("Kind"), 14),
        SheetColumn(_("Needed"), 11, figures=True),
        SheetColumn(_("Closed (expected)"), 11, figures=True),
        SheetColumn(_("Left open (expected)"), 11, figures=True),
        SheetColumn(_("Coverage"), 10, figures=True),
        SheetColumn(_("Reason"), 46),
    ]
    sheet.widths(columns)
    head = sheet.opening(_("Competency gaps: needed, closed and left open"))
    sheet.head(head, columns)
    sheet.worksheet.freeze_panes(head + 1, GROUP + 1)
    rows = material.plan.closings
    first, last = head + 1, head + len(rows)
    if rows:
        sheet.worksheet.autofilter(head, 0, last, REASON)
    numbers = {c: n for n, c in enumerate(material.scenario.competency, start=1)}
    reasons = {(gap.group, gap.competency): gap for gap in material.open_gaps.rows}
    for row, closing in enumerate(rows, start=first):
        _row(sheet, row, numbers[closing.competency], closing, reasons.get((closing.group, closing.competency)))
    plan, places = material.plan, material.gap_places
    sheet.text(last + 1, KEY, "", "total")
    sheet.text(last + 1, GROUP, _("Total"), "total")
    sheet.blank(last + 1, (AGENCY, LOCATION, COMPETENCY, KIND, REASON), "total")
    sheet.sum(last + 1, NEED, (first, last), plan.total_need)
    sheet.sum(last + 1, CLOSED, (first, last), plan.gaps_closed, places=places, rounded=True)
    sheet.sum(last + 1, LEFT, (first, last), plan.total_need - plan.gaps_closed, places=places, rounded=True)
    coverage(sheet, last + 1, NEED, CLOSED, plan.total_need, plan.gaps_closed, total=True)
    sheet.printing(landscape=True, head=head)
    return GapCells(sheet, first, last)


def _row(sheet: WorkbookSheet, row: int, number: int, closing: Closing, gap: OpenGap | None) -> None:
    material = sheet.book.material
    group = material.scenario.group[closing.group]
    competency = material.scenario.competency[closing.competency]
    sheet.number(row, KEY, number, "faint")
    words = (group.label, group.agency or "", group.location or "", competency.label)
    for column, text in enumerate((*words, labels.competency_kind(competency.kind)), start=GROUP):
        sheet.text(row, column, text)
    sheet.number(row, NEED, closing.need)
    sheet.number(row, CLOSED, closing.closed, places=material.gap_places)
    left(sheet, row, NEED, CLOSED, closing.need - closing.closed)
    coverage(sheet, row, NEED, CLOSED, closing.need, closing.closed)
    sheet.text(row, REASON, _reason(sheet, gap))


def _reason(sheet: WorkbookSheet, gap: OpenGap | None) -> str:
    """Return why the gap stays open, the larger part first; empty where nothing is left open."""
    if gap is None:
        return ""
    material = sheet.book.material
    parts = ((reason_words(material, reasons), gaps) for reasons, gaps in gap.parts.items())
    shown = sorted(parts, key=lambda part: -part[1])
    if len(shown) == 1:
        return shown[0][0]
    return "; ".join(f"{words}: {sheet.book.material.gaps(gaps)}" for words, gaps in shown)


def left(sheet: WorkbookSheet, row: int, need: int, closed: int, value: Fraction) -> None:
    """Write the column after `closed`: needed - closed."""
    words = f"ROUND({address(row, need)}-{address(row, closed)},6)"
    sheet.formula(row, closed + 1, words, value, places=sheet.book.material.gap_places)


def coverage(
    sheet: WorkbookSheet, row: int, need: int, closed: int, needed: int, done: Fraction, total: bool = False
) -> None:
    """Write the second column after `closed`: closed / needed; 1 where nothing is needed, as in the report."""
    words = f"IF({address(row, need)}>0,{address(row, closed)}/{address(row, need)},1)"
    share = done / needed if needed else Fraction(1)
    sheet.formula(row, closed + 2, words, share, "total" if total else "plain", share=True)
