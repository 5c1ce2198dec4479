"""The sheets of RKA forms by activity (sub kegiatan): what own funds pay, and the money of partners apart.

The main table has the levels of the accounts, accounts, funds, programmes and lines; sums are formulas on the rows
below, and lines on the sheet of budget lines.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from planner.locale import _
from planner.plans.budget_lines import BudgetLine
from planner.plans.rka_rows import RkaRow, rka_rows
from planner.report.results_workbook import rab, rka
from planner.report.results_workbook.book import Tone, WorkbookSheet, address
from planner.report.results_workbook.rab import BudgetCells
from planner.report.results_workbook.rka import ACCOUNT, AMOUNT, COEFFICIENT, ITEM, PRICE, TAX, UNIT
from planner.report.views import rka_form
from planner.report.views.plan_part import PlanPart
from planner.report.wording.account_names import account_name
from planner.report.wording.sipd_line import sipd_line
from planner.units.said import decimal_text

TONES: Final[dict[str, Tone]] = {"level": "strong", "fund": "medium", "programme": "light"}


def write_form(sheet: WorkbookSheet, form: PlanPart, budget: BudgetCells) -> None:
    """Write the form of one activity."""
    partners = form.paid_by("partner")
    sheet.widths(rka.columns())
    row = rka.opening(sheet)
    row = rka.labels_block(sheet, row + 2, [*rka_form.entries(form)])
    row = rka.indicators_table(sheet, row + 2, [*rka_form.form_indicators(form)])
    heads = (row + 2, row + 3)
    rka.table_head(sheet, heads)
    row = _table(sheet, heads[1] + 1, form.paid_by("own"), budget)
    if partners:
        sheet.free(row + 1, ACCOUNT, _("Paid by partners, outside this form"), "section")
        row = _table(sheet, row + 2, partners, budget)
    row = rka.closing(sheet, row)
    sheet.printing(landscape=True, head=heads, last=(row, AMOUNT))


def _table(sheet: WorkbookSheet, first: int, lines: Sequence[BudgetLine], budget: BudgetCells) -> int:
    """Write the rows of some lines and their total; return the next row."""
    source = {id(line): row for line, row in budget.lines}
    rows = rka_rows(lines, [*sheet.book.material.scenario.fund])
    parts = {part for row in rows for part in row.parts}
    for n, row in enumerate(rows):
        if row.line is None:
            _head(sheet, first + n, row, first)
        else:
            _line(sheet, first + n, row.line, source[id(row.line)], budget)
    end = first + len(rows)
    top = [first + n for n in range(len(rows)) if n not in parts]
    sheet.text(end, ACCOUNT, "", "total")
    sheet.merged(end, (ITEM, TAX), _("Total"), "text", "total")
    sheet.formula(end, AMOUNT, rka.added(top), sum(line.amount for line in lines), "total", places=2)
    return end + 1


def _head(sheet: WorkbookSheet, at: int, row: RkaRow, first: int) -> None:
    """Write a row that sums others."""
    scenario = sheet.book.material.scenario
    code, words = "", ""
    if row.kind == "level":
        code, words = row.key or _("no account code"), account_name(row.key or "")
    elif row.kind == "fund":
        words = _("[ # ] Funding source: {fund}").format(fund=scenario.fund[row.key or ""].label)
    else:
        words = _("[ - ] {item}").format(item=rab.programme_label(sheet.book.material, row.key))
    tone = TONES[row.kind]
    sheet.text(at, ACCOUNT, code, tone)
    sheet.merged(at, (ITEM, TAX), words, "text", tone)
    sheet.formula(at, AMOUNT, rka.added([first + part for part in row.parts]), row.amount, tone, places=2)


def _line(sheet: WorkbookSheet, at: int, line: BudgetLine, source: int, budget: BudgetCells) -> None:
    """Write one line: volumes as SIPD writes them, price before tax, tax, and amount."""
    made = sipd_line(sheet.book.material.scenario, line)
    there = budget.sheet
    sheet.text(at, ACCOUNT, "")
    sheet.text(at, ITEM, made.description)
    sheet.text(at, COEFFICIENT, made.coefficient)
    sheet.text(at, UNIT, made.volumes[-1][1])
    price = there.cell(source, rab.PRICE)
    words = f"ROUND({price}/(1+{decimal_text(made.tax)}),0)" if made.tax else price
    sheet.formula(at, PRICE, words, made.price, places=2)
    sheet.number(at, TAX, made.tax, share=True)
    volume, tax = there.cell(source, rab.COEFFICIENT), address(at, TAX)
    cost = f"{volume}*{address(at, PRICE)}"
    sheet.formula(at, AMOUNT, f"ROUND({cost}+{cost}*{tax},0)", made.amount, places=2)
