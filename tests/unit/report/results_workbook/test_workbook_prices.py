"""The sheets of unit prices and of the RKA form: laid out as they are needed, live, and equal to the plan."""

from __future__ import annotations

import io
from collections import defaultdict
from fractions import Fraction
from typing import Any

import openpyxl
import pytest

from planner.domain.scenario import Scenario
from planner.plans.budget_lines import BudgetLine, budget_lines
from planner.report.wording.formats import Formats
from tests.unit.report.results_workbook.cases import NAMES, Case, case
from tests.unit.report.results_workbook.evaluator import Spreadsheet

BLANK = {
    "Government affairs", "Field of government affairs", "Organisational sub-unit", "Programme (budget code)",
    "Activity", "Sub-activity", "SPM", "Type of service", "Allocation 2026", "Allocation 2028",
}  # fmt: skip


@pytest.fixture(params=NAMES)
def made(request: pytest.FixtureRequest) -> Case:
    return case(request.param)


def prices(book: Spreadsheet) -> list[list[Any]]:
    rows = [list(row) for row in book.shown["Unit prices"].iter_rows(min_row=5, values_only=True)]
    return [row for row in rows if isinstance(row[0], int)]


def test_each_price_stands_once_and_units_times_price_is_the_cost(made: Case) -> None:
    lines, rows = budget_lines(made.scenario, made.plan), prices(made.book)
    assert sum(row[6] for row in rows) == made.plan.total_cost
    assert len({(row[1], row[2], row[3], row[4]) for row in rows}) == len(rows)
    assert all(Fraction(repr(row[5])) * row[4] == row[6] for row in rows)
    paid: dict[tuple[str | None, int], int] = defaultdict(int)
    for line in lines:
        paid[line.account, line.unit_price] += line.amount
    shown: dict[tuple[str | None, int], int] = defaultdict(int)
    for row in rows:
        shown[None if row[1] == "no account code" else row[1], row[4]] += row[6]
    assert shown == paid


def test_a_changed_price_changes_every_total_to_the_rupiah(made: Case) -> None:
    rows = prices(made.book)
    changed = openpyxl.load_workbook(io.BytesIO(made.content))
    sheet: Any = changed["Unit prices"]
    expected = Fraction(0)
    for number, row in enumerate(rows):
        price = row[4] + 1_000 * (number + 1)
        sheet.cell(5 + number, 5).value = price
        expected += price * Fraction(repr(row[5]))
    file = io.BytesIO()
    changed.save(file)
    book = Spreadsheet(file.getvalue())
    figures = {str(row[0].value): row[3] for row in book.formulas["Summary"].iter_rows()}

    def summary(label: str) -> Any:
        return book.computed("Summary", int(figures[label].row or 0), 4)

    assert summary("Total cost (Rp)") == expected
    assert summary("Paid by own funds (Rp)") + summary("Paid by partners (Rp)") == expected
    assert summary("Units x unit prices less budget lines (Rp): must be 0") == 0
    for name, words, amount in (("Budget lines", 2, 6), ("RKA", 2, 7), ("Unit prices", 3, 7)):
        sheet = book.formulas[name]
        at = [row for row in range(1, sheet.max_row + 1) if str(sheet.cell(row, words).value).startswith("Total")]
        assert {book.computed(name, row, amount) for row in at} == {expected}, name


def test_prices_and_coefficients_that_may_be_changed_are_numbers_and_no_formulas() -> None:
    book = case("by hand").book
    for row in range(5, 5 + len(prices(book))):
        assert book.formulas["Unit prices"].cell(row, 5).data_type == "n"
    lines: Any = book.formulas["Budget lines"]
    of_lines = [row for row in lines.iter_rows(min_row=5) if isinstance(row[7].value, int)]
    assert {row[2].data_type for row in of_lines} == {"n"}
    taken = [row[4] for row in of_lines if str(row[3].value) != "lump sum"]
    assert {cell.data_type for cell in taken} == {"f"}
    assert all(str(cell.value).startswith("='Unit prices'!") for cell in taken)
    rests = [row[4].data_type for row in of_lines if str(row[3].value) == "lump sum"]
    assert rests == ["n", "f"], "the last part makes up whole units"


def form(book: Spreadsheet) -> list[list[Any]]:
    return [list(row) for row in book.shown["RKA"].iter_rows(max_col=7, values_only=True)]


def test_the_form_has_the_parts_of_an_rka_and_invents_nothing() -> None:
    book = case("by hand").book
    rows = form(book)
    labels = {row[0]: row[1] for row in rows if isinstance(row[0], str)}
    assert rows[0][0] == "WORK PLAN AND BUDGET OF THE AGENCY"
    assert rows[0][5] == "Form RKA-BELANJA SKPD"
    assert rows[1][0].endswith("fiscal year 2027")
    assert {label for label in BLANK if not labels[label]} == BLANK
    assert labels["Organisational unit"] == "BPSDM Provinsi Jambi"
    assert labels["Allocation 2027"] == Formats("en").rupiah(case("by hand").plan.total_cost)
    assert labels["Place"].startswith("…")
    texts = [str(cell) for row in rows for cell in row if cell is not None]
    for heading in HEADINGS:
        assert any(heading in text for text in texts), heading


HEADINGS = [
    *("Indicator", "Performance measure", "Performance target", "Calculation", "Coefficient", "VAT", "NIP"),
    *("Date of discussion", "Budget team of the regional government (TAPD)", "Signature"),
]


def test_the_form_goes_by_account_fund_and_programme_and_sums_to_the_cost(made: Case) -> None:
    lines = budget_lines(made.scenario, made.plan)
    start = next(n for n, row in enumerate(form(made.book)) if row[2] == "Coefficient") + 1
    rows = form(made.book)[start:]
    end = next(n for n, row in enumerate(rows) if row[1] == "Total")
    assert rows[end][6] == made.plan.total_cost
    assert [row[6] for row in rows[end + 1 : end + 3]] == [made.plan.own_cost, made.plan.partner_cost]
    read: list[tuple[Any, ...]] = []
    sums: dict[int, int] = {}
    account = fund = programme = None
    for row in rows[:end]:
        name = str(row[1])
        if row[0]:
            account, rank = row[0], 0
        elif name.startswith("[ # ]"):
            fund, rank = name.removeprefix("[ # ] Funding source: "), 1
        elif name.startswith("[ - ]"):
            programme, rank = name.removeprefix("[ - ] "), 2
        else:
            read.append((account, fund, programme, Fraction(repr(row[2])), row[4], row[6]))
            continue
        sums[rank] = sums.get(rank, 0) + row[6]
    assert sorted(map(str, read)) == sorted(str(_row_of(made.scenario, line)) for line in lines)
    assert all(total == made.plan.total_cost for total in sums.values())


def _row_of(built: Scenario, line: BudgetLine) -> tuple[Any, ...]:
    programme = built.programme[line.programme].label if line.programme else "Socialization and agreements"
    account = line.account or "no account code"
    return (account, built.fund[line.fund].label, programme, line.coefficient, line.price, line.amount)


def test_few_groups_are_named_and_many_are_counted() -> None:
    labels = {row[0]: row[1] for row in form(case("by hand").book) if isinstance(row[0], str)}
    trained = {row.group for row in case("by hand").plan.allocations}
    assert labels["Target group"].split("; ") == [g.label for g in case("by hand").scenario.groups if g.id in trained]
    labels = {row[0]: row[1] for row in form(case("moderate").book) if isinstance(row[0], str)}
    assert labels["Target group"] == "30 groups of civil servants in 5 agencies"
    assert labels["Place"].endswith("Muaro Jambi; Tanjung Jabung Timur; Kota Jambi)")
