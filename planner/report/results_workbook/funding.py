"""The sheet of funding sources: limit, used and left; payments by programme and by period."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from planner.domain.funds import Fund
from planner.locale import _
from planner.report.material import Material
from planner.report.results_workbook.book import SheetColumn, WorkbookSheet, address, span
from planner.report.results_workbook.rab import BudgetCells
from planner.report.wording import labels
from planner.report.wording.money_left import why_left

NUMBER, NAME, KIND, LIMIT, USED, LEFT, SHARE, OFFERED, GIVEN, WHY = range(10)
"""Columns of the first table."""

MOST_BARS: Final = 30
"""Maximum number of bars in a chart."""
A_HUNDRED_MILLION: Final = 10**8
"""Axes whose values reach this are in millions."""


@dataclass(frozen=True)
class FundingCells:
    """Addresses of the figures of each fund, for other sheets."""

    sheet: WorkbookSheet
    first: int
    last: int

    def used_by(self, kind: str) -> str:
        """Return the formula of what the funds of a kind pay; `kind` is its label."""
        kinds = self.sheet.span(self.first, KIND, self.last)
        used = self.sheet.span(self.first, USED, self.last)
        return f'SUMIF({kinds},"{labels.fund_kind(kind)}",{used})'


def write_funding(sheet: WorkbookSheet, budget: BudgetCells) -> FundingCells:
    """Write the sheet; payments are summed from the budget lines."""
    material = sheet.book.material
    columns = [
        SheetColumn(_("No."), 5, figures=True),
        SheetColumn(_("Fund"), 38),
        SheetColumn(_("Kind"), 18),
        SheetColumn(_("Limit (Rp)"), 18, figures=True),
        SheetColumn(_("Used (Rp)"), 18, figures=True),
        SheetColumn(_("Left (Rp)"), 18, figures=True),
        SheetColumn(_("Used"), 18, figures=True),
        SheetColumn(_("Free seats offered"), 18, figures=True),
        SheetColumn(_("Free seats taken"), 18, figures=True),
        SheetColumn(_("Why it is left"), 44),
    ]
    payers = [fund for fund in material.scenario.funds if material.measures.cost_by_fund[fund.id]]
    sheet.widths(columns, more=max(0, NAME + 1 + len(payers) - WHY))
    head = sheet.opening(_("Funding sources"))
    sheet.head(head, columns)
    sheet.worksheet.freeze_panes(head, NAME + 1)
    first, last = head + 1, head + len(material.scenario.funds)
    for row, fund in enumerate(material.scenario.funds, start=first):
        _fund(sheet, row, row - head, fund, budget)
    _total(sheet, last + 1, (first, last))
    row = _by_programme(sheet, last + 4, payers, budget)
    row = _by_period(sheet, row + 2, payers, budget)
    if material.several_years:
        row = _by_year(sheet, row + 2, budget)
    row = _chart(sheet, row + 2, (first, last))
    sheet.printing(landscape=True, last=(row, max(WHY, NAME + 1 + len(payers))))
    return FundingCells(sheet, first, last)


def _fund(sheet: WorkbookSheet, row: int, number: int, fund: Fund, budget: BudgetCells) -> None:
    measures = sheet.book.material.measures
    spent = measures.cost_by_fund[fund.id]
    sheet.number(row, NUMBER, number)
    sheet.text(row, NAME, fund.label)
    sheet.text(row, KIND, labels.fund_kind(fund.kind))
    sheet.number(row, LIMIT, fund.amount)
    sheet.formula(row, USED, budget.picked(fund=address(row, NUMBER)), spent)
    sheet.formula(row, LEFT, f"{address(row, LIMIT)}-{address(row, USED)}", fund.amount - spent)
    _share(sheet, row, fund.amount, spent)
    sheet.number(row, OFFERED, sum(fund.seats.values()))
    sheet.number(row, GIVEN, measures.seats_by_fund[fund.id])
    sheet.text(row, WHY, why_left(sheet.book.material, fund))


def _share(sheet: WorkbookSheet, row: int, limit: int, spent: int, total: bool = False) -> None:
    """Write used / limit; 0 where there is no limit."""
    words = f"IF({address(row, LIMIT)}>0,{address(row, USED)}/{address(row, LIMIT)},0)"
    share = Fraction(spent, limit) if limit else Fraction(0)
    sheet.formula(row, SHARE, words, share, "total" if total else "plain", share=True)


def _total(sheet: WorkbookSheet, row: int, rows: tuple[int, int]) -> None:
    material = sheet.book.material
    limit, spent = sum(fund.amount for fund in material.scenario.funds), material.plan.total_cost
    sheet.blank(row, (NUMBER, KIND, WHY), "total")
    sheet.text(row, NAME, _("Total"), "total")
    sheet.sum(row, LIMIT, rows, limit)
    sheet.sum(row, USED, rows, spent)
    sheet.sum(row, LEFT, rows, limit - spent)
    _share(sheet, row, limit, spent, total=True)
    sheet.sum(row, OFFERED, rows, sum(sum(fund.seats.values()) for fund in material.scenario.funds))
    sheet.sum(row, GIVEN, rows, sum(material.measures.seats_by_fund.values()))


def _by_programme(sheet: WorkbookSheet, row: int, payers: list[Fund], budget: BudgetCells) -> int:
    """Write the payments of each fund for each programme; return the next row."""
    material = sheet.book.material
    paid = material.measures.cost_by_programme_and_fund
    sheet.free(row, 0, _("Cost by programme, and who pays it"), "section")
    numbers = {fund.id: n for n, fund in enumerate(material.scenario.funds, start=1)}
    programmes = {p: n for n, p in enumerate([*material.scenario.programme, None], start=1)}
    paying = [p for p in programmes if any((p, fund.id) in paid for fund in payers)]

    def label(programme: str | None) -> str:
        return _("Socialization and agreements") if programme is None else material.scenario.programme[programme].label

    def cell(at: int, column: int, programme: str | None, fund: Fund) -> None:
        words = budget.picked(programme=address(at, NUMBER), fund=str(numbers[fund.id]))
        sheet.formula(at, column, words, paid.get((programme, fund.id), 0))

    rows = [(programmes[p], label(p), [paid.get((p, f.id), 0) for f in payers]) for p in paying]
    end = _matrix(sheet, row + 1, _("Programme"), payers, rows)
    for at, programme in enumerate(paying, start=row + 2):
        for column, fund in enumerate(payers, start=NAME + 1):
            cell(at, column, programme, fund)
    return end


def _by_period(sheet: WorkbookSheet, row: int, payers: list[Fund], budget: BudgetCells) -> int:
    """Write the payments of each fund in each period, as planned; return the next row.

    Budget lines are not divided by period, so these amounts do not follow a changed price; the last row states the
    difference.
    """
    material: Material = sheet.book.material
    paid = material.measures.cost_by_fund_and_period
    sheet.free(row, 0, _("Payments by period"), "section")
    rows = [
        (number, period, [paid.get((fund.id, period), 0) for fund in payers])
        for number, period in enumerate(material.scenario.horizon, start=1)
    ]
    end = _matrix(sheet, row + 1, _("Period"), payers, rows)
    last_fund, sums = NAME + len(payers), NAME + len(payers) + 1
    sheet.blank(end, (NUMBER,), "light")
    sheet.text(end, NAME, _("Difference from the budget lines (0 unless prices or coefficients change)"), "light")
    for column, fund in enumerate(payers, start=NAME + 1):
        number = [each.id for each in material.scenario.funds].index(fund.id) + 1
        sheet.formula(end, column, f"{budget.picked(fund=str(number))}-{address(end - 1, column)}", 0, "light")
    sheet.formula(end, sums, f"{budget.total}-{address(end - 1, last_fund + 1)}", 0, "light")
    return end + 1


def _by_year(sheet: WorkbookSheet, row: int, budget: BudgetCells) -> int:
    """Write what each fund has in each year, pays in it and leaves; return the next row."""
    material = sheet.book.material
    sheet.free(row, 0, _("Funding sources by year (Rp)"), "section")
    heads = [
        SheetColumn(_("No."), 5, figures=True),
        SheetColumn(_("Fund"), 38),
        SheetColumn(_("Year"), 18),
        SheetColumn(_("Amount of the year (Rp)"), 18, figures=True),
        SheetColumn(_("Left of earlier years (Rp)"), 18, figures=True),
        SheetColumn(_("Used (Rp)"), 18, figures=True),
        SheetColumn(_("Left (Rp)"), 18, figures=True),
    ]
    year_column, amount, carried, used, left = range(KIND, KIND + 5)
    row += 1
    sheet.head(row, heads)
    for number, fund in enumerate(material.scenario.funds, start=1):
        for of_year in material.measures.years_of_fund(fund):
            row += 1
            sheet.number(row, NUMBER, number)
            sheet.text(row, NAME, fund.label)
            sheet.text(row, year_column, of_year.year)
            paid = budget.picked(fund=str(number), year=of_year.year)
            sheet.formula(row, used, paid, of_year.used)
            if of_year.amount is None or of_year.left is None:
                sheet.text(row, amount, _("amount for the whole plan"))
                sheet.blank(row, (carried, left), "plain")
                continue
            sheet.number(row, amount, of_year.amount)
            before = address(row - 1, left) if fund.carry_over and of_year.year != material.scenario.years[0] else "0"
            sheet.formula(row, carried, before, of_year.carried)
            rest = f"{address(row, amount)}+{address(row, carried)}-{address(row, used)}"
            sheet.formula(row, left, rest, of_year.left)
    return row + 1


def _matrix(
    sheet: WorkbookSheet, head: int, name: str, payers: list[Fund], rows: list[tuple[int, str, list[int]]]
) -> int:
    """Write a table of amounts with a column for each fund and totals of rows and columns; return the next row."""
    material = sheet.book.material
    labels_of_funds = [fund.label for fund in payers]
    heads = [SheetColumn(_("No."), 5, figures=True), SheetColumn(name, 38)]
    sheet.head(head, heads + [SheetColumn(label, 18, figures=True) for label in (*labels_of_funds, _("Total (Rp)"))])
    last_fund, sums = NAME + len(payers), NAME + len(payers) + 1
    first, last = head + 1, head + len(rows)
    for row, (number, label, amounts) in enumerate(rows, start=first):
        sheet.number(row, NUMBER, number)
        sheet.text(row, NAME, label)
        for column, amount in enumerate(amounts, start=NAME + 1):
            sheet.number(row, column, amount)
        if payers:
            sheet.formula(row, sums, f"SUM({span(row, NAME + 1, row, last_fund)})", sum(amounts))
        else:
            sheet.number(row, sums, 0)
    sheet.blank(last + 1, (NUMBER,), "total")
    sheet.text(last + 1, NAME, _("Total"), "total")
    for column, fund in enumerate(payers, start=NAME + 1):
        sheet.sum(last + 1, column, (first, last), material.measures.cost_by_fund[fund.id])
    sheet.sum(last + 1, sums, (first, last), material.plan.total_cost)
    return last + 2


def _chart(sheet: WorkbookSheet, row: int, rows: tuple[int, int]) -> int:
    """Draw the payments of each fund as bars; return the last row that the chart covers."""
    first, last = rows[0], min(rows[1], rows[0] + MOST_BARS - 1)
    bars = last - first + 1
    chart = sheet.book.workbook.add_chart({"type": "bar", "subtype": "stacked"})
    for column, colour in ((USED, "#1F4E79"), (LEFT, "#B8C9DA")):
        chart.add_series(
            {
                "name": [sheet.name, rows[0] - 1, column],
                "categories": [sheet.name, first, NAME, last, NAME],
                "values": [sheet.name, first, column, last, column],
                "fill": {"color": colour},
                "gap": 60,
            }
        )
    in_millions = max(fund.amount for fund in sheet.book.material.scenario.funds) >= A_HUNDRED_MILLION
    title = (
        _("Funding sources: used and left (Rp million)") if in_millions else _("Funding sources: used and left (Rp)")
    )
    chart.set_title({"name": title, "name_font": {"size": 12}})
    chart.set_y_axis({"reverse": True})
    pattern = "#,##0,," if in_millions else "#,##0"
    chart.set_x_axis({"num_format": pattern, "major_gridlines": {"visible": True, "line": {"color": "#DDDDDD"}}})
    chart.set_legend({"position": "bottom"})
    height = 130 + 32 * bars
    chart.set_size({"width": 900, "height": height})
    sheet.worksheet.insert_chart(
        row, NUMBER, chart, {"description": _("One bar per fund: what it pays, and what is left.")}
    )
    return row + height // 18 + 1
