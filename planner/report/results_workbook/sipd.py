"""The sheet of budget lines in the columns of SIPD: own funds first, money of partners apart, each with its total.

Volumes and prices follow the sheet of budget lines; amounts are calculated as SIPD does: V x H + V x H x pajak.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import prod
from typing import Final

from planner.locale import _
from planner.plans.budget_lines import BudgetLine
from planner.report.results_workbook import rab
from planner.report.results_workbook.book import SheetColumn, WorkbookSheet, address
from planner.report.results_workbook.rab import BudgetCells
from planner.report.wording import labels
from planner.report.wording.formats import places_of
from planner.report.wording.sipd_line import MOST_VOLUMES, SipdLine, sipd_line
from planner.units.said import decimal_text

ACCOUNT, ITEM, SPECIFICATION, COEFFICIENT, VOLUMES = range(5)
PRICE: Final = VOLUMES + 2 * MOST_VOLUMES
TAX, AMOUNT, FUND, CODES = PRICE + 1, PRICE + 2, PRICE + 3, PRICE + 4
"""Columns of the sheet."""

Lines = Sequence[tuple[BudgetLine, int]]
"""Budget lines, each with its row on the sheet of budget lines."""


def write_sipd(sheet: WorkbookSheet, budget: BudgetCells) -> None:
    """Write the sheet, for the year of the RKA."""
    material = sheet.book.material
    columns = _columns()
    sheet.widths(columns)
    row = sheet.opening(_("Budget lines in the columns of SIPD"))
    lines = [each for each in budget.lines if each[0].year == material.year]
    for kind in ("own", "partner"):
        of_kind = [each for each in lines if material.scenario.fund[each[0].fund].kind == kind]
        sheet.free(row, 0, labels.fund_kind(kind), "section")
        sheet.head(row + 1, columns)
        row = _table(sheet, row + 2, of_kind, budget) + 2
    sheet.printing(landscape=True, last=(row, CODES))


def _columns() -> list[SheetColumn]:
    volumes = [
        column
        for n in range(1, MOST_VOLUMES + 1)
        for column in (SheetColumn(f"vol_{n}", 8, figures=True), SheetColumn(f"sat_{n}", 10))
    ]
    return [
        SheetColumn("kode_akun", 20),
        SheetColumn("nama_standar_harga", 44),
        SheetColumn("spek", 24),
        SheetColumn("koefisien", 26),
        *volumes,
        SheetColumn("harga_satuan", 16, figures=True),
        SheetColumn("pajak", 8, figures=True),
        SheetColumn("total_harga", 18, figures=True),
        SheetColumn("nama_dana", 30),
        SheetColumn("kode_standar_harga", 24),
    ]


def _table(sheet: WorkbookSheet, first: int, lines: Lines, budget: BudgetCells) -> int:
    """Write the lines of one kind of funds and their total; return the row of the total."""
    for row, (line, source) in enumerate(lines, start=first):
        _line(sheet, row, sipd_line(sheet.book.material.scenario, line), source, budget)
    total = first + len(lines)
    sheet.blank(total, (ACCOUNT, SPECIFICATION, *range(COEFFICIENT, AMOUNT), FUND, CODES), "total")
    sheet.text(total, ITEM, _("Total"), "total")
    sheet.sum(total, AMOUNT, (first, total - 1), sum(line.amount for line, _source in lines))
    return total


def _line(sheet: WorkbookSheet, row: int, made: SipdLine, source: int, budget: BudgetCells) -> None:
    """Write one line; the first volume and the price are those of the sheet of budget lines."""
    for column, text in (
        (ACCOUNT, made.account),
        (ITEM, made.item),
        (SPECIFICATION, made.specification),
        (COEFFICIENT, made.coefficient),
        (FUND, made.fund),
        (CODES, made.codes),
    ):
        sheet.text(row, column, text)
    others = prod((number for number, _unit in made.volumes[1:]), start=Fraction(1))
    for n, (number, unit) in enumerate(made.volumes):
        column = VOLUMES + 2 * n
        if n:
            sheet.number(row, column, number, places=places_of(number))
        else:
            units = budget.sheet.cell(source, rab.COEFFICIENT)
            words = units if others == 1 else f"{units}/{decimal_text(others)}"
            sheet.formula(row, column, words, number, places=places_of(number))
        sheet.text(row, column + 1, unit)
    sheet.blank(row, tuple(range(VOLUMES + 2 * len(made.volumes), PRICE)), "plain")
    price = budget.sheet.cell(source, rab.PRICE)
    sheet.formula(row, PRICE, f"ROUND({price}/(1+{decimal_text(made.tax)}),0)" if made.tax else price, made.price)
    sheet.number(row, TAX, made.tax, share=True)
    volume = "*".join(address(row, VOLUMES + 2 * n) for n in range(len(made.volumes)))
    cost = f"{volume}*{address(row, PRICE)}"
    sheet.formula(row, AMOUNT, f"ROUND({cost}+{cost}*{address(row, TAX)},0)", made.amount)
