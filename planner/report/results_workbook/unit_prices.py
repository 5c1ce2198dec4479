"""The sheet of unit prices: every price of the plan once, with the number of units paid.

The budget lines take their prices from here, so one changed price changes every amount and total of the workbook.
Planners compare this list with the standard prices (SSH, SBU).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import Final

from planner.locale import _
from planner.plans.budget_lines import BudgetLine
from planner.report.results_workbook.book import SheetColumn, WorkbookSheet, address
from planner.report.wording.budget_lines import item_text, listed_text, unit_text
from planner.report.wording.formats import places_of

NUMBER, ACCOUNT, ITEM, UNIT, PRICE, UNITS, AMOUNT, USED_BY, CODES = range(9)
"""Columns of the sheet."""

HEAD: Final = 3
"""The row of the headings."""

MOST_PROGRAMMES: Final = 4
"""Maximum number of programmes named beside a price."""

PriceKey = tuple[str | None, str, str, int]
"""(account, item, unit, price): lines with the same key share one price."""


@dataclass(frozen=True)
class PriceCells:
    """Addresses of the prices, for the budget lines."""

    sheet: WorkbookSheet
    lines: Mapping[PriceKey, Sequence[BudgetLine]]
    """The lines of each price, in the order of the rows."""
    first: int

    @cached_property
    def number(self) -> dict[PriceKey, int]:
        """The number of each price, from 1."""
        return {key: n for n, key in enumerate(self.lines, start=1)}

    def number_of(self, line: BudgetLine) -> int:
        return self.number[price_key(self.sheet, line)]

    def of(self, line: BudgetLine) -> str:
        """Return the address of the price of a line; for a lump sum, that of the unit that it is part of."""
        return self.sheet.cell(self.first + self.number_of(line) - 1, PRICE)

    @property
    def total(self) -> str:
        """Return the address of the total over all prices, which is the cost of the plan."""
        return self.sheet.cell(self.first + len(self.lines), AMOUNT)


def price_key(sheet: WorkbookSheet, line: BudgetLine) -> PriceKey:
    whole = replace(line, rest=False)
    return (line.account, item_text(sheet.book.material.scenario, whole), unit_text(whole), line.unit_price)


def price_cells(sheet: WorkbookSheet, lines: Sequence[BudgetLine]) -> PriceCells:
    """Return a row for each price, by account and item; the sheet itself is written after the budget lines."""
    by_key: dict[PriceKey, list[BudgetLine]] = {}
    for line in lines:
        by_key.setdefault(price_key(sheet, line), []).append(line)
    ordered = sorted(by_key, key=lambda key: (key[0] is None, key[0] or "", key[1], key[3]))
    return PriceCells(sheet, {key: by_key[key] for key in ordered}, HEAD + 1)


def write_unit_prices(prices: PriceCells, picked_units: Callable[[str], str]) -> None:
    """Write the sheet: units x price; `picked_units` gives the formula of the units at the price of a number."""
    sheet = prices.sheet
    columns = [
        SheetColumn(_("No."), 6),
        SheetColumn(_("Account code"), 20),
        SheetColumn(_("Description"), 44),
        SheetColumn(_("Unit"), 12),
        SheetColumn(_("Unit price (Rp)"), 16, figures=True),
        SheetColumn(_("Units"), 12, figures=True),
        SheetColumn(_("Amount (Rp)"), 19, figures=True),
        SheetColumn(_("Used by"), 52),
        SheetColumn(_("Code in the price list"), 34),
    ]
    sheet.widths(columns)
    sheet.opening(_("Unit prices"))
    sheet.head(HEAD, columns)
    sheet.worksheet.freeze_panes(HEAD + 1, ITEM + 1)
    for row, (key, lines) in enumerate(prices.lines.items(), start=prices.first):
        _price(sheet, row, key, lines, picked_units(address(row, NUMBER)))
    last = HEAD + len(prices.lines)
    if prices.lines:
        sheet.worksheet.autofilter(HEAD, 0, last, CODES)
    sheet.blank(last + 1, range(CODES + 1), "total")
    sheet.text(last + 1, ITEM, _("Total"), "total")
    sheet.sum(last + 1, AMOUNT, (prices.first, last), sheet.book.material.plan.total_cost)
    notes = (
        _("Change a blue price, and budget lines, RKA, funding and summary follow."),
        _("Compare each price with the standard prices of your region, which are upper limits in planning."),
    )
    for row, note in enumerate(notes, start=last + 3):
        sheet.free(row, NUMBER, note)
    sheet.printing(landscape=True, head=HEAD)


def _price(sheet: WorkbookSheet, row: int, key: PriceKey, lines: Sequence[BudgetLine], whole_units: str) -> None:
    account, item, unit, price = key
    amount = sum(line.amount for line in lines)
    units, in_rests = (Fraction(paid, price) for paid in (amount, sum(line.amount for line in lines if line.rest)))
    sheet.number(row, NUMBER, row - HEAD)
    sheet.text(row, ACCOUNT, account or _("no account code"))
    sheet.text(row, ITEM, item)
    sheet.text(row, UNIT, unit)
    sheet.number(row, PRICE, price, given=True)
    more = f"+{in_rests.numerator}" + (f"/{in_rests.denominator}" if in_rests.denominator > 1 else "")
    sheet.formula(row, UNITS, whole_units + (more if in_rests else ""), units, places=places_of(units))
    product = f"{address(row, UNITS)}*{address(row, PRICE)}"
    sheet.formula(row, AMOUNT, product if units.denominator == 1 else f"ROUND({product},0)", amount)
    sheet.text(row, USED_BY, _used_by(sheet, lines))
    listed = dict.fromkeys(entry for line in lines for entry in line.listed)
    sheet.text(row, CODES, listed_text([*listed], sheet.book.material.formats))


def _used_by(sheet: WorkbookSheet, lines: Sequence[BudgetLine]) -> str:
    """Return the programmes that pay the price: the first ones by name, then how many more."""
    material = sheet.book.material
    ids = dict.fromkeys(line.programme for line in lines)
    names = [material.scenario.programme[id].label if id else _("Socialization and agreements") for id in ids]
    if len(names) > MOST_PROGRAMMES:
        more = _("and {number} more").format(number=material.formats.count(len(names) - MOST_PROGRAMMES + 1))
        names = [*names[: MOST_PROGRAMMES - 1], more]
    return "; ".join(names)
