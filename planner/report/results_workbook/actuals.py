"""The sheet of what has happened: plan, actual and rest by programme, fund and account; rules broken; changes."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from planner.locale import _
from planner.plans.realisation import MoneyProgress
from planner.report.results_workbook.book import SheetColumn, WorkbookSheet, address
from planner.report.views.actuals import REASONS, figures

NAME, PLANNED, UNTIL_NOW, PAID, SHARE, REST, TOTAL = range(7)


def write_actuals(sheet: WorkbookSheet) -> None:
    """Write the sheet; absorption and totals are formulas."""
    material = sheet.book.material
    scenario, found = material.scenario, figures(material)
    columns = [
        SheetColumn(_("Programme"), 52),
        SheetColumn(_("First plan"), 18, figures=True),
        SheetColumn(_("Planned until now"), 18, figures=True),
        SheetColumn(_("Paid until now"), 18, figures=True),
        SheetColumn(_("Absorption"), 12, figures=True),
        SheetColumn(_("Rest"), 18, figures=True),
        SheetColumn(_("Paid and rest"), 18, figures=True),
    ]
    sheet.widths(columns)
    row = sheet.opening(_("What has happened until the end of {period}").format(period=scenario.facts.over[-1]))
    programmes = [
        (scenario.programme[r.key].label if r.key else _("Socialization and agreements"), r) for r in found.programmes
    ]
    funds = [(scenario.fund[r.key].label, r) for r in found.funds]
    accounts = [(r.key or _("no account code"), r) for r in found.accounts]
    parts = ((_("Programme"), programmes), (_("Fund"), funds), (_("Account"), accounts))
    for label, rows in parts:
        row = _money(sheet, row, [SheetColumn(label, 52), *columns[1:]], rows) + 2
    row = _training(sheet, row)
    broken = material.broken_by_facts
    sheet.free(row, 0, _("Rules that what has happened breaks"), "section")
    for finding in broken:
        row += 1
        sheet.prose(row, TOTAL, finding.sentence, 154)
    if not broken:
        row += 1
        sheet.free(row, 0, _("Nothing that has happened breaks a rule of the plan."))
    _changes(sheet, row + 2)
    sheet.printing(landscape=True, head=3)


def _money(
    sheet: WorkbookSheet, row: int, columns: Sequence[SheetColumn], rows: Sequence[tuple[str, MoneyProgress]]
) -> int:
    """Write one table with its total; return the last row."""
    sheet.head(row, columns)
    first = row + 1
    for row, (label, progress) in enumerate(rows, start=first):
        sheet.text(row, NAME, label)
        for column, amount in ((PLANNED, progress.planned), (UNTIL_NOW, progress.planned_until_now)):
            if amount is None:
                sheet.text(row, column, "")
            else:
                sheet.number(row, column, amount)
        sheet.number(row, PAID, progress.actual)
        _share(sheet, row, progress.absorption)
        sheet.number(row, REST, progress.rest)
        sheet.formula(row, TOTAL, f"{address(row, PAID)}+{address(row, REST)}", progress.total)
    last, total = first + len(rows) - 1, first + len(rows)
    sheet.text(total, NAME, _("Total"), "total")
    for column, name in ((PLANNED, "planned"), (UNTIL_NOW, "planned_until_now"), (PAID, "actual"), (REST, "rest")):
        sheet.sum(total, column, (first, last), sum(getattr(progress, name) or 0 for _label, progress in rows))
    sheet.blank(total, (SHARE,), "total")
    sheet.sum(total, TOTAL, (first, last), sum(progress.total for _label, progress in rows))
    return total


def _share(sheet: WorkbookSheet, row: int, share: Fraction | None) -> None:
    if share is None:
        sheet.text(row, SHARE, "")
    else:
        sheet.formula(row, SHARE, f"{address(row, PAID)}/{address(row, UNTIL_NOW)}", share, share=True)


def _training(sheet: WorkbookSheet, row: int) -> int:
    """Write participants and classes by programme; return the next free row."""
    material = sheet.book.material
    labels = (
        *(_("Programme"), _("Participants planned until now"), _("Participants until now")),
        *(
            _("Participants in the rest"),
            _("Classes planned until now"),
            _("Classes until now"),
            _("Classes in the rest"),
        ),
    )
    sheet.head(row, [SheetColumn(label, 18, figures=bool(at)) for at, label in enumerate(labels)])
    for found in figures(material).training:
        row += 1
        sheet.text(row, NAME, material.scenario.programme[found.programme].label)
        figures_of = (found.planned, found.actual, found.rest, found.classes_planned, found.classes_actual)
        for column, number in enumerate((*figures_of, found.classes_rest), start=1):
            if number is None:
                sheet.text(row, column, "")
            else:
                sheet.number(row, column, number)
    return row + 2


def _changes(sheet: WorkbookSheet, row: int) -> None:
    """Write what changes in the rest against the first plan, and why."""
    material = sheet.book.material
    rows = figures(material).changes
    if not rows:
        return
    labels = (
        *(_("Programme"), _("Classes, first plan"), _("Classes, new")),
        *(_("Participants, first plan"), _("Participants, new"), _("Why")),
    )
    sheet.head(row, [SheetColumn(label, 18, figures=0 < at < len(labels) - 1) for at, label in enumerate(labels)])
    for change in rows:
        row += 1
        sheet.text(row, 0, material.scenario.programme[change.programme].label)
        before_after = (change.classes_before, change.classes, change.participants_before, change.participants)
        for column, number in enumerate(before_after, start=1):
            sheet.number(row, column, number)
        sheet.text(row, 5, "; ".join(_(REASONS[reason]) for reason in change.reasons))
