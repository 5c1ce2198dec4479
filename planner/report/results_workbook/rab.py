"""The sheet of budget lines (RAB): each programme by account, fund and item, with totals as formulas, as in an RKA."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import batched, groupby
from typing import Final

from planner.locale import _
from planner.plans.budget_lines import BudgetLine, account_totals
from planner.plans.measures import summed
from planner.report.material import Material
from planner.report.results_workbook.book import SheetColumn, Tone, WorkbookSheet, address
from planner.report.results_workbook.unit_prices import PriceCells
from planner.report.views.signatures import signatories
from planner.report.wording.budget_lines import calculation, item_text, unit_text
from planner.report.wording.formats import places_of

ACCOUNT: Final = 0
ITEM: Final = 1
COEFFICIENT: Final = 2
UNIT: Final = 3
PRICE: Final = 4
AMOUNT: Final = 5
REMARK: Final = 6
PROGRAMME_KEY: Final = 7
ACCOUNT_KEY: Final = 8
FUND_KEY: Final = 9
PRICE_KEY: Final = 10
YEAR_KEY: Final = 11
"""Columns of the sheet. The keys are numbers by which formulas pick lines: names could be mistaken for conditions. The
column of the year is there where the plan has several."""

MOST_ITEMS: Final = 6
"""Maximum number of items named beside the total of an account."""


@dataclass(frozen=True)
class BudgetCells:
    """Addresses of the budget lines, for other sheets."""

    sheet: WorkbookSheet
    lines: tuple[tuple[BudgetLine, int], ...]
    """Each line with its row."""
    account_number: Mapping[str | None, int]
    """The number of each account, by which formulas select its lines."""
    first: int
    last: int
    total_row: int

    @property
    def total(self) -> str:
        """Return the address of the total of all lines."""
        return self.sheet.cell(self.total_row, AMOUNT)

    def picked(self, **keys: str) -> str:
        """Return the formula that sums the lines of a `programme`, an `account`, a `fund` or a `year`, given as number
        or address."""
        columns = {"programme": PROGRAMME_KEY, "account": ACCOUNT_KEY, "fund": FUND_KEY, "year": YEAR_KEY}
        conditions = ",".join(f"{self._span(columns[name])},{key}" for name, key in keys.items())
        return f"SUMIFS({self._span(AMOUNT)},{conditions})"

    def units(self, price: str) -> str:
        """Return the formula that sums the coefficients at a price, whose number is at `price`; lump sums are not
        counted."""
        return f"SUMIFS({self._span(COEFFICIENT)},{self._span(PRICE_KEY)},{price})"

    def _span(self, column: int) -> str:
        return self.sheet.span(self.first, column, self.last)


def write_budget(sheet: WorkbookSheet, lines: Sequence[BudgetLine], prices: PriceCells) -> BudgetCells:
    """Write the sheet, with prices from the sheet of unit prices; return the addresses of its figures."""
    return _Writing(sheet, lines, prices).written()


class _Writing:
    """Writes the sheet row by row."""

    def __init__(self, sheet: WorkbookSheet, lines: Sequence[BudgetLine], prices: PriceCells) -> None:
        self.sheet = sheet
        self.prices = prices
        self.material: Material = sheet.book.material
        self.scenario = self.material.scenario
        self.lines = lines
        self.programme_number = {key: n for n, key in enumerate([*self.scenario.programme, None], start=1)}
        self.fund_number = {key: n for n, key in enumerate(self.scenario.fund, start=1)}
        self.accounts = account_totals(self.lines)
        self.account_number = {key: n for n, key in enumerate(self.accounts, start=1)}
        self.programme_rows: dict[str | None, int] = {}
        self.line_rows: list[int] = []
        self.rests: dict[tuple[object, ...], list[BudgetLine]] = {}
        for line in lines:
            if line.rest:
                self.rests.setdefault(line.cost, []).append(line)
        self.rest_rows: dict[tuple[object, ...], list[int]] = {}

    def written(self) -> BudgetCells:
        columns = self._columns()
        sheet = self.sheet
        sheet.widths(columns)
        head = sheet.opening(_("Budget lines (RAB)"))
        sheet.head(head, columns, faint_from=PROGRAMME_KEY)
        sheet.worksheet.outline_settings(symbols_below=False)
        sheet.worksheet.freeze_panes(head + 1, ITEM + 1)
        first = row = head + 1
        for programme, lines in groupby(self.lines, key=lambda line: line.programme):
            row = self._programme(row, programme, [*lines])
        last = max(row - 1, first)
        if row > first:
            sheet.worksheet.autofilter(head, 0, last, len(columns) - 1)
        rows = tuple(zip(self.lines, self.line_rows, strict=True))
        cells = BudgetCells(sheet, rows, self.account_number, first, last, max(row, first + 1))
        end = self._recapitulations(cells)
        end = signature(sheet, end + 1, REMARK)
        sheet.printing(landscape=True, head=head, last=(end, REMARK))
        return cells

    def _columns(self) -> list[SheetColumn]:
        year = [SheetColumn(_("Year"), 7)] if self.material.several_years else []
        return [
            SheetColumn(_("Account code"), 22),
            SheetColumn(_("Description"), 52),
            SheetColumn(_("Coefficient"), 11, figures=True),
            SheetColumn(_("Unit"), 12),
            SheetColumn(_("Price (Rp)"), 15, figures=True),
            SheetColumn(_("Amount (Rp)"), 18, figures=True),
            SheetColumn(_("Remark"), 34),
            SheetColumn(_("Programme no."), 7),
            SheetColumn(_("Account no."), 7),
            SheetColumn(_("Fund no."), 7),
            SheetColumn(_("Price no."), 7),
            *year,
        ]

    def _programme(self, row: int, programme: str | None, lines: list[BudgetLine]) -> int:
        """Write the rows of a programme: its total, then its accounts; return the next row."""
        self.programme_rows[programme] = row
        sums, below = [], row + 1
        for account, group in groupby(lines, key=lambda line: line.account):
            sums.append(below)
            below = self._account(below, account, [*group])
        self._heading(
            row, "strong", "", programme_label(self.material, programme), sums, sum(line.amount for line in lines)
        )
        return below

    def _account(self, row: int, account: str | None, lines: list[BudgetLine]) -> int:
        """Write the rows of an account: its total, then its funds."""
        sums, below = [], row + 1
        for fund, group in groupby(lines, key=lambda line: line.fund):
            sums.append(below)
            below = self._fund(below, fund, [*group])
        label = items_of(self.material, lines)
        self._heading(row, "medium", self._code(account), label, sums, sum(line.amount for line in lines), level=1)
        return below

    def _fund(self, row: int, fund: str, lines: list[BudgetLine]) -> int:
        """Write the rows of a fund: its total, then its lines."""
        words = _("[ # ] Funding source: {fund}").format(fund=self.scenario.fund[fund].label)
        first, last = row + 1, row + len(lines)
        self._row(row, "light", "", words)
        self.sheet.sum(row, AMOUNT, (first, last), sum(line.amount for line in lines), "light")
        self.sheet.level(row, 2)
        for number, line in enumerate(lines, start=first):
            self._line(number, line)
        return last + 1

    def _line(self, row: int, line: BudgetLine) -> None:
        sheet = self.sheet
        sheet.text(row, ACCOUNT, self._code(line.account))
        sheet.text(row, ITEM, item_of_year(self.material, line))
        places = places_of(line.coefficient)
        whole = line.coefficient.denominator == 1
        coefficient = int(line.coefficient) if whole else line.coefficient
        sheet.number(row, COEFFICIENT, coefficient, places=places, given=not line.rest)
        sheet.text(row, UNIT, unit_text(line))
        self._price(row, line)
        product = f"{address(row, COEFFICIENT)}*{address(row, PRICE)}"
        sheet.formula(row, AMOUNT, product if whole else f"ROUND({product},0)", line.amount)
        sheet.text(row, REMARK, calculation(self.scenario, line, self.material.formats))
        sheet.number(row, PROGRAMME_KEY, self.programme_number[line.programme], "faint")
        sheet.number(row, ACCOUNT_KEY, self.account_number[line.account], "faint")
        sheet.number(row, FUND_KEY, self.fund_number[line.fund], "faint")
        sheet.number(row, PRICE_KEY, 0 if line.rest else self.prices.number_of(line), "faint")
        if self.material.several_years:
            sheet.number(row, YEAR_KEY, int(line.year), "faint")
        sheet.level(row, 3)
        self.line_rows.append(row)

    def _price(self, row: int, line: BudgetLine) -> None:
        """Write the unit price; of several lump sums for one cost, the last is the difference to whole units."""
        price = self.prices.of(line)
        if not line.rest:
            self.sheet.formula(row, PRICE, price, line.price)
            return
        rests, earlier = self.rests[line.cost], self.rest_rows.setdefault(line.cost, [])
        if len(earlier) < len(rests) - 1:
            self.sheet.number(row, PRICE, line.price, given=True)
        else:
            units = Fraction(sum(rest.amount for rest in rests), line.unit_price)
            product = f"{units.numerator}*{price}"
            whole = product if units.denominator == 1 else f"ROUND({product}/{units.denominator},0)"
            words = "-".join([whole, *(address(other, PRICE) for other in earlier)])
            self.sheet.formula(row, PRICE, words, line.price)
        earlier.append(row)

    def _row(self, row: int, tone: Tone, code: str, label: str) -> None:
        """Write a row that is no line: code and label; the amount follows."""
        self.sheet.blank(row, (COEFFICIENT, UNIT, PRICE, AMOUNT, REMARK), tone)
        self.sheet.text(row, ACCOUNT, code, tone)
        self.sheet.text(row, ITEM, label, tone)

    def _heading(
        self, row: int, tone: Tone, code: str, label: str, sums: list[int], amount: int, level: int = 0
    ) -> None:
        """Write a row with the total of its parts below."""
        self._row(row, tone, code, label)
        self.sheet.formula(row, AMOUNT, "+".join(address(part, AMOUNT) for part in sums), amount, tone)
        if level:
            self.sheet.level(row, level)

    def _recapitulations(self, cells: BudgetCells) -> int:
        """Write the total, the totals of programmes, and those of accounts for the RKA form; return the next row."""
        sheet, total = self.sheet, self.material.plan.total_cost
        row = cells.total_row + 2
        sheet.free(row, 0, _("Recapitulation by programme"), "section")
        first = row + 1
        sums = summed(self.lines, lambda line: line.programme, lambda line: line.amount)
        for row, (programme, above) in enumerate(self.programme_rows.items(), start=first):
            self._row(row, "plain", "", programme_label(self.material, programme))
            sheet.formula(row, AMOUNT, address(above, AMOUNT), sums[programme])
        programmes = (first, row)
        row = self._total(row + 1, _("Total of the programmes"), programmes)
        sheet.free(row + 1, 0, _("Recapitulation by account code"), "section")
        row = first = row + 2
        for row, (account, amount) in enumerate(self.accounts.items(), start=first):
            of_account = [line for line in self.lines if line.account == account]
            self._row(row, "plain", self._code(account), items_of(self.material, of_account))
            sheet.number(row, ACCOUNT_KEY, self.account_number[account], "faint")
            sheet.formula(row, AMOUNT, cells.picked(account=address(row, ACCOUNT_KEY)), amount)
        accounts = (first, row if self.accounts else first - 1)
        row = self._total(accounts[1] + 1, _("Total of the accounts"), accounts)
        if self.material.several_years:
            row = self._by_year(row, cells)
        self._row(cells.total_row, "total", "", _("Total cost"))
        sheet.sum(cells.total_row, AMOUNT, programmes, total)
        return row

    def _by_year(self, row: int, cells: BudgetCells) -> int:
        """Write the total of each year; return the next row."""
        self.sheet.free(row + 1, 0, _("Recapitulation by year"), "section")
        row = first = row + 2
        for row, (year, amount) in enumerate(self.material.measures.cost_by_year.items(), start=first):
            self._row(row, "plain", "", _("Fiscal year {year}").format(year=year))
            self.sheet.number(row, YEAR_KEY, int(year), "faint")
            self.sheet.formula(row, AMOUNT, cells.picked(year=address(row, YEAR_KEY)), amount)
        return self._total(row + 1, _("Total of the years"), (first, row))

    def _total(self, row: int, label: str, rows: tuple[int, int]) -> int:
        self._row(row, "total", "", label)
        self.sheet.sum(row, AMOUNT, rows, self.material.plan.total_cost)
        return row + 1

    def _code(self, account: str | None) -> str:
        return account or _("no account code")


def items_of(material: Material, lines: Sequence[BudgetLine]) -> str:
    """Return the items of an account, each once; at most the first few."""
    names = [*dict.fromkeys(_item(material, line) for line in lines)]
    if len(names) > MOST_ITEMS:
        more = _("and {number} more").format(number=material.formats.count(len(names) - MOST_ITEMS))
        names = [*names[:MOST_ITEMS], more]
    return "; ".join(names)


def _item(material: Material, line: BudgetLine) -> str:
    if line.basis == "socialization":
        return _("Socialization")
    return item_text(material.scenario, replace(line, rest=False))


def item_of_year(material: Material, line: BudgetLine) -> str:
    """Return the item of a line, with its year where the plan has several."""
    name = item_text(material.scenario, line)
    return f"{name} ({line.year})" if material.several_years else name


def programme_label(material: Material, programme: str | None) -> str:
    return _("Socialization and agreements") if programme is None else material.scenario.programme[programme].label


def signature(sheet: WorkbookSheet, row: int, last: int) -> int:
    """Write those who sign, two beside each other, the last at the right, as far as the column `last`; return the last
    row."""
    for pair in batched(signatories(sheet.book.material), 2):
        for each, columns in zip(reversed(pair), ((PRICE, last), (ITEM, ITEM)), strict=False):
            lines = (each.place, each.capacity, each.office, "", "", "", each.name, each.rank, each.number)
            for at, text in enumerate(lines, start=row):
                if text:
                    sheet.merged(at, columns, text, "prose")
        row += len(lines) + 1
    return row - 2
