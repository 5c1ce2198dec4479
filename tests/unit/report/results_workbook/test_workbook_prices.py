"""The sheets of unit prices and of the RKA form: laid out as they are needed, live, and equal to the plan."""

from __future__ import annotations

import io
import pickle
from fractions import Fraction
from typing import Any

import openpyxl
import pytest

from planner.report.wording.formats import Formats
from tests.unit.report.results_workbook.agreement import form, prices
from tests.unit.report.results_workbook.cases import NAMES, Case, case
from tests.unit.report.results_workbook.evaluator import Spreadsheet

BLANK = {
    "Government affairs", "Field of government affairs", "Organisational sub-unit", "Programme (budget code)",
    "Activity", "Sub-activity", "SPM", "Type of service", "Allocation 2026", "Allocation 2028",
}  # fmt: skip


@pytest.fixture(params=NAMES)
def made(request: pytest.FixtureRequest) -> Case:
    return case(request.param)


def test_a_changed_price_changes_every_total_to_the_rupiah(made: Case) -> None:
    rows = prices(made.book)
    changed: openpyxl.Workbook = pickle.loads(pickle.dumps(made.book.formulas))
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
        totals = [book.computed(name, row, amount) for row in at]
        if name == "RKA" and len(totals) > 1:
            parts = sum(Fraction(str(each)) for each in totals[:-1])
            assert totals[-1] == parts, "own funds and partner money make the last total"
            totals = totals[-1:]
        assert {*totals} == {expected}, name


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


def test_the_form_has_the_parts_of_an_rka_and_invents_nothing() -> None:
    book = case("by hand").book
    rows = form(book)
    labels = {row[0]: row[1] for row in rows if isinstance(row[0], str)}
    assert rows[0][0] == "WORK PLAN AND BUDGET OF THE AGENCY"
    assert rows[0][5] == "Form RKA-BELANJA SKPD"
    assert rows[1][0].endswith("fiscal year 2027")
    assert {label for label in BLANK if not labels[label]} == BLANK
    assert labels["Organisational unit"] == "BPSDM Provinsi Jambi"
    assert labels["Allocation 2027"] == Formats("en").rupiah(case("by hand").plan.own_cost)
    assert labels["Partner money, outside the RKA"].endswith(Formats("en").rupiah(case("by hand").plan.partner_cost))
    assert rows[2][0] == "A. Own funds, in the RKA"
    assert (rows[2][6], rows[3][6]) == (case("by hand").plan.own_cost, case("by hand").plan.partner_cost), "as numbers"
    assert labels["Place"].startswith("…")
    texts = [str(cell) for row in rows for cell in row if cell is not None]
    for heading in HEADINGS:
        assert any(heading in text for text in texts), heading


HEADINGS = [
    *("Indicator", "Performance measure", "Performance target", "Calculation", "Coefficient", "VAT", "NIP"),
    *("Date of discussion", "Budget team of the regional government (TAPD)", "Signature"),
]


def test_few_groups_are_named_and_many_are_counted() -> None:
    labels = {row[0]: row[1] for row in form(case("by hand").book) if isinstance(row[0], str)}
    trained = {row.group for row in case("by hand").plan.allocations}
    assert labels["Target group"].split("; ") == [g.label for g in case("by hand").scenario.groups if g.id in trained]
    labels = {row[0]: row[1] for row in form(case("moderate").book) if isinstance(row[0], str)}
    assert labels["Target group"] == "30 groups of civil servants in 5 agencies"
    assert labels["Place"].endswith("Merangin; Tanjung Jabung Timur; Batanghari)")
