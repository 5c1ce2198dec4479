"""The sheet of the RKA form in the layout of SIPD, filled in from the plan, blank where the planner decides.

What own funds pay stands first, partner money apart below it, each with its total. Both tables are grouped by
account, funding source and programme. Its figures are formulas on the sheet of budget
lines, so that both change together.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Final

from planner.locale import _
from planner.plans.budget_lines import BudgetLine
from planner.report.material import Material
from planner.report.results_workbook import rab
from planner.report.results_workbook.book import SheetColumn, Tone, WorkbookSheet, address
from planner.report.results_workbook.rab import BudgetCells
from planner.report.views import rka_form
from planner.report.views.plan_part import PlanPart
from planner.report.wording.budget_lines import calculation, item_text, unit_text
from planner.report.wording.formats import places_of
from planner.units.said import decimal_text

ACCOUNT, ITEM, COEFFICIENT, UNIT, PRICE, TAX, AMOUNT = range(7)
"""Columns of the form."""

TEAM: Final = 5
"""Number of lines for the members of the budget team."""
REMARKS: Final = 3
"""Number of lines for remarks of the discussion."""

Lines = Sequence[tuple[BudgetLine, int]]
"""Budget lines, each with its row on the sheet of budget lines."""


def write_rka(sheet: WorkbookSheet, budget: BudgetCells) -> None:
    """Write the sheet."""
    whole = PlanPart(sheet.book.material)
    sheet.widths(columns())
    row = opening(sheet)
    amounts = row + 1
    if whole.partner_cost:
        row += 2
        for at, words in enumerate((_("A. Own funds, in the RKA"), _("B. Partner money, outside the RKA"))):
            sheet.merged(amounts + at, (ACCOUNT, TAX), words)
    row = labels_block(sheet, row + 2, [*rka_form.entries(whole)])
    row = indicators_table(sheet, row + 2, [*rka_form.form_indicators(whole)])
    heads = (row + 2, row + 3)
    table_head(sheet, heads)
    main = _Table(sheet, budget)
    row = main.written(heads[1] + 1, bool(whole.partner_cost))
    for at, (total, amount) in enumerate(zip(main.totals, (whole.own_cost, whole.partner_cost), strict=False)):
        sheet.formula(amounts + at, AMOUNT, address(total, AMOUNT), amount, places=2)
    row = closing(sheet, _notes(sheet, row, bool(whole.partner_cost)))
    sheet.printing(landscape=True, head=heads, last=(row, AMOUNT))


def closing(sheet: WorkbookSheet, row: int) -> int:
    """Write signature, discussion and budget team; return the last row."""
    row = rab.signature(sheet, row + 1, AMOUNT)
    row = _discussion(sheet, row + 2)
    return _team(sheet, row + 2)


def columns() -> list[SheetColumn]:
    return [
        SheetColumn(_("Account code"), 24),
        SheetColumn(_("Description"), 60),
        SheetColumn(_("Coefficient"), 12, figures=True),
        SheetColumn(_("Unit"), 12),
        SheetColumn(_("Price (Rp)"), 18, figures=True),
        SheetColumn(_("VAT"), 8, figures=True),
        SheetColumn(_("Amount (Rp)"), 21, figures=True),
    ]


def opening(sheet: WorkbookSheet) -> int:
    """Write title, government and year, and the box with the name of the form; return the last row."""
    year = rka_form.year_shown(sheet.book.material)
    sheet.merged(0, (ACCOUNT, PRICE), rka_form.title(), "form")
    sheet.merged(0, (TAX, AMOUNT), rka_form.box(), "box")
    words = _("Government of {name} · fiscal year {year}")
    sheet.merged(1, (ACCOUNT, PRICE), words.format(name="." * 40, year=year or "." * 12), "form")
    sheet.worksheet.set_row(0, 36)
    return 1


def labels_block(sheet: WorkbookSheet, first: int, entries: Sequence[rka_form.Entry]) -> int:
    """Write the label block; return the last row."""
    for row, entry in enumerate(entries, start=first):
        sheet.text(row, ACCOUNT, entry.label, "medium")
        sheet.merged(row, (ITEM, AMOUNT), entry.value, "text" if entry.value else "ruled")
    return first + len(entries) - 1


def indicators_table(sheet: WorkbookSheet, head: int, indicators: Sequence[rka_form.Indicator]) -> int:
    """Write the performance table; return the last row."""
    sheet.merged(head, (ACCOUNT, ACCOUNT), _("Indicator"), "head middle")
    sheet.merged(head, (ITEM, ITEM), _("Performance measure"), "head middle")
    sheet.merged(head, (COEFFICIENT, AMOUNT), _("Performance target"), "head middle")
    for row, each in enumerate(indicators, start=head + 1):
        sheet.text(row, ACCOUNT, each.indicator)
        sheet.text(row, ITEM, each.measure)
        sheet.merged(row, (COEFFICIENT, AMOUNT), each.target)
    return head + len(indicators)


def table_head(sheet: WorkbookSheet, heads: tuple[int, int]) -> None:
    """Write the two rows of heads of the main table."""
    upper, lower = heads
    look = sheet.book.look("head middle")
    for at, column in enumerate(columns()):
        if COEFFICIENT <= at <= TAX:
            sheet.merged(lower, (at, at), column.label, "head middle")
        else:
            sheet.worksheet.merge_range(upper, at, lower, at, column.label, look)
    sheet.merged(upper, (COEFFICIENT, TAX), _("Calculation"), "head middle")


class _Table:
    """Writes the main table row by row."""

    def __init__(self, sheet: WorkbookSheet, budget: BudgetCells) -> None:
        self.sheet = sheet
        self.budget = budget
        self.material: Material = sheet.book.material
        self.scenario = self.material.scenario
        self.fund_rank = {fund.id: n for n, fund in enumerate(self.scenario.funds)}
        self.year = {"year": self.material.year} if self.material.several_years else {}
        self.totals: list[int] = []
        """Rows of the totals of own funds and of partners, where both are written apart."""

    def written(self, row: int, apart: bool) -> int:
        """Write what own funds pay and, `apart` below it, what partners pay, each with its total; return the next
        row."""
        of_year = (each for each in self.budget.lines if each[0].year == self.material.year)
        lines = sorted(of_year, key=lambda each: (each[0].account is None, each[0].account or ""))
        if not apart:
            return self._of(row, lines, _("Total")) + 1
        for own, head, words in (
            (True, _("A. Own funds, in the RKA"), _("Total of own funds")),
            (False, _("B. Partner money, outside the RKA"), _("Total of partner money")),
        ):
            self.sheet.merged(row, (ACCOUNT, AMOUNT), head, "head middle")
            mine = [each for each in lines if self.scenario.fund[each[0].fund].own == own]
            row = self._of(row + 1, mine, words)
            self.totals.append(row)
            row += 1
        self._head(row, "total", "", _("Total, with partner money"), added(self.totals), _sum(lines))
        return row + 1

    def _of(self, row: int, lines: Lines, words: str) -> int:
        """Write the accounts of some lines and their total; return the row of the total."""
        sums = []
        for account, of in groupby(lines, key=lambda each: each[0].account):
            sums.append(row)
            row = self._account(row, account, [*of])
        self._head(row, "total", "", words, added(sums), _sum(lines))
        return row

    def _account(self, row: int, account: str | None, lines: Lines) -> int:
        """Write an account with its total, then its funds."""
        names = rab.items_of(self.material, [line for line, _row in lines])
        below, sums = row + 1, []
        by_fund = sorted(lines, key=lambda each: self.fund_rank[each[0].fund])
        for fund, of in groupby(by_fund, key=lambda each: each[0].fund):
            sums.append(below)
            below = self._fund(below, account, fund, [*of])
        self._head(row, "strong", account or _("no account code"), names, added(sums), _sum(lines))
        return below

    def _fund(self, row: int, account: str | None, fund: str, lines: Lines) -> int:
        """Write a funding source with its total, then its programmes."""
        below = row + 1
        for programme, of in groupby(lines, key=lambda each: each[0].programme):
            below = self._programme(below, programme, [*of])
        words = _("[ # ] Funding source: {fund}").format(fund=self.scenario.fund[fund].label)
        number = str(self.budget.account_number[account])
        paid = self.budget.picked(account=number, fund=str(self.fund_rank[fund] + 1), **self.year)
        self._head(row, "medium", "", words, paid, _sum(lines))
        return below

    def _programme(self, row: int, programme: str | None, lines: Lines) -> int:
        """Write a programme with its total, then its lines."""
        words = _("[ - ] {item}").format(item=rab.programme_label(self.material, programme))
        first, last = row + 1, row + len(lines)
        self._row(row, "light", "", words)
        self.sheet.sum(row, AMOUNT, (first, last), _sum(lines), "light", places=2)
        for at, (line, source) in enumerate(lines, start=first):
            self._line(at, line, source)
        return last + 1

    def _line(self, row: int, line: BudgetLine, source: int) -> None:
        """Write one line; its figures refer to the sheet of budget lines."""
        sheet = self.sheet
        how = calculation(self.scenario, line, self.material.formats, tax=False)
        name = item_text(self.scenario, line)
        sheet.text(row, ACCOUNT, "")
        sheet.text(row, ITEM, f"{name} ({how})" if how else name)
        sheet.text(row, UNIT, unit_text(line))
        taxed = bool(line.tax) and not line.rest
        sheet.text(row, TAX, self.material.formats.given_share(line.tax) if taxed else "")
        there = self.budget.sheet
        places = places_of(line.coefficient)
        sheet.formula(row, COEFFICIENT, there.cell(source, rab.COEFFICIENT), line.coefficient, places=places)
        price = there.cell(source, rab.PRICE)
        if taxed:
            price = f"ROUND({price}/(1+{decimal_text(line.tax)}),0)"
        sheet.formula(row, PRICE, price, line.net_price, places=2)
        sheet.formula(row, AMOUNT, there.cell(source, rab.AMOUNT), line.amount, places=2)

    def _head(self, row: int, tone: Tone, code: str, words: str, formula: str, amount: int) -> None:
        """Write a row with a total."""
        self._row(row, tone, code, words)
        self.sheet.formula(row, AMOUNT, formula, amount, tone, places=2)

    def _row(self, row: int, tone: Tone, code: str, words: str) -> None:
        self.sheet.text(row, ACCOUNT, code, tone)
        self.sheet.merged(row, (ITEM, TAX), words, "text", tone)


def _sum(lines: Lines) -> int:
    return sum(line.amount for line, _row in lines)


def added(rows: Sequence[int]) -> str:
    """Return the formula that adds the amounts of some rows; 0 where there are none."""
    return "+".join(address(row, AMOUNT) for row in rows) or "0"


def _notes(sheet: WorkbookSheet, row: int, partners: bool) -> int:
    """Write what to check before copying; return the next row."""
    for note in (
        _("Dotted lines are for you to fill in; codes of programme, activity and sub-activity are not in a scenario."),
        _("Decide for each funding source [ # ] of a partner whether it belongs into this RKA.") if partners else "",
        _("Prices are those of the scenario, without the tax that it names; amounts include that tax."),
    ):
        if note:
            sheet.free(row, ACCOUNT, note)
            row += 1
    return row


def _discussion(sheet: WorkbookSheet, row: int) -> int:
    """Write lines for date and remarks of the discussion; return the last row."""
    sheet.text(row, ACCOUNT, _("Date of discussion"), "medium")
    sheet.merged(row, (ITEM, AMOUNT), "", "ruled")
    sheet.text(row + 1, ACCOUNT, _("Remarks"), "medium")
    for number in range(1, REMARKS + 1):
        sheet.merged(row + number, (ITEM, AMOUNT), f"{number}.", "ruled")
    return row + REMARKS


def _team(sheet: WorkbookSheet, row: int) -> int:
    """Write lines for the signatures of the budget team; return the last row."""
    sheet.merged(row, (ACCOUNT, AMOUNT), _("Budget team of the regional government (TAPD)"), "head middle")
    parts = ((ACCOUNT, ACCOUNT), (ITEM, ITEM), (COEFFICIENT, UNIT), (PRICE, TAX), (AMOUNT, AMOUNT))
    words = (_("No."), _("Name"), "NIP", _("Position"), _("Signature"))
    for (first, last), text in zip(parts, words, strict=True):
        sheet.merged(row + 1, (first, last), text, "head middle")
    for number in range(1, TEAM + 1):
        at = row + 1 + number
        sheet.number(at, ACCOUNT, number)
        for first, last in parts[1:]:
            sheet.merged(at, (first, last), "")
        sheet.worksheet.set_row(at, 24)
    return row + 1 + TEAM
