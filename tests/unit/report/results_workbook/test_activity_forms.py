"""RKA forms by activity (sub kegiatan): one sheet each, own money alone, sums that a spreadsheet recomputes."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from typing import Any

from planner.domain.scenario import Scenario
from planner.plans.budget_lines import BudgetLine, budget_lines
from planner.plans.plan import Plan
from planner.plans.rka_rows import rka_rows
from planner.report.results_workbook import workbook_bytes
from tests.scenarios.builders import SMALL, plan, scenario
from tests.unit.report.results_workbook.evaluator import Spreadsheet

TECHNICAL, LEADERSHIP = "5.04.02.1.01.0003", "5.04.02.1.02.0007"

SIGNING = [{"role": "Kepala BPSDM", "name": "Dr. Uji", "nip": "196801011990031002"}, {"role": "Kepala Bidang"}]


@cache
def made() -> tuple[Scenario, Plan, Spreadsheet]:
    programmes = [dict(programme) for programme in SMALL["programmes"]]
    for programme in programmes:
        programme["activity"] = TECHNICAL
    activities = [
        {"code": TECHNICAL, "name": "Kompetensi Teknis", "indicator": "Jumlah ASN terlatih", "target_unit": "orang"},
        {"code": LEADERSHIP, "name": "Kepemimpinan"},
    ]
    identity = {"document_place": "Jambi", "document_date": "30 November 2026", "signatories": SIGNING}
    built = scenario(programmes=programmes, activities=activities, scenario=identity)
    found = plan(built)
    return built, found, Spreadsheet(workbook_bytes(built, found, "en"))


def form(code: str = TECHNICAL) -> list[list[Any]]:
    return [list(row) for row in made()[2].shown[f"RKA {code}"].iter_rows(max_col=7, values_only=True)]


def mine(own: bool) -> list[BudgetLine]:
    built, found, _book = made()
    return [
        line for line in budget_lines(built, found) if line.programme is not None and built.fund[line.fund].own == own
    ]


def test_an_activity_that_pays_for_nothing_has_no_form() -> None:
    names = list(made()[2].shown)
    assert [name for name in names if name.startswith("RKA")] == ["RKA", f"RKA {TECHNICAL}"]


def test_the_form_says_what_the_activity_is_and_what_own_funds_pay() -> None:
    labels = {row[0]: row[1] for row in form() if row[0]}
    assert labels["Sub-activity"] == f"{TECHNICAL} Kompetensi Teknis"
    assert labels["Programme (budget code)"] == "5.04.02"
    assert labels["Activity"] == "5.04.02.1.01"
    cost = f"Rp{sum(line.amount for line in mine(True)):,}"
    assert labels["Allocation 2027"] == cost
    assert labels["Funding sources (RKA)"] == f"APBD Provinsi Jambi {cost}"
    indicators = {(row[0], row[1]): row[2] for row in form() if row[0] in {"Input", "Output", "Outcome"}}
    assert indicators["Input", "Funds needed"] == cost
    assert indicators["Output", "Jumlah ASN terlatih"] == "147 orang (participations)"


def test_own_funds_are_summed_and_partners_stand_apart() -> None:
    totals = [row[6] for row in form() if row[1] == "Total"]
    assert totals == [sum(line.amount for line in mine(own)) for own in (True, False)]
    rows = form()
    apart = next(n for n, row in enumerate(rows) if row[0] == "Paid by partners, outside this form")
    funds = [row[1] for row in rows[:apart] if str(row[1]).startswith("[ # ]")]
    assert set(funds) == {"[ # ] Funding source: APBD Provinsi Jambi"}


def test_every_level_of_the_accounts_sums_to_the_total_and_names_are_not_invented() -> None:
    rows = form()
    end = next(n for n, row in enumerate(rows) if row[1] == "Total")
    codes = {row[0]: row for row in rows[:end] if str(row[0]).startswith("5") and row[6] is not None}
    assert codes["5"][6] == codes["5.1"][6] == codes["5.1.02"][6] == rows[end][6]
    assert codes["5.1.02.02.12"][1].startswith("Belanja Kursus/Pelatihan, Sosialisasi")
    assert codes["5.1"][1] == "\u2026" * 8
    for depth in range(2, 6):
        level = [row[6] for code, row in codes.items() if code.count(".") == depth]
        assert sum(level) == rows[end][6]


def test_a_spreadsheet_computes_each_figure_of_the_form_to_the_rupiah() -> None:
    book, count = made()[2], 0
    for place in book.cells_with_formulas():
        if str(place[0]).startswith("RKA 5"):
            stored = book.stored(*place)
            assert book.computed(*place) == Fraction(repr(stored)), place
            count += 1
    assert count > 20


def test_volumes_are_written_as_people_times_days() -> None:
    lines = {row[1]: row[2] for row in form() if not row[0] and row[2]}
    assert lines["Konsumsi"] == "110 Person x 3 Day"


def test_each_line_is_once_in_the_table_and_each_row_sums_its_parts() -> None:
    built, found, _book = made()
    lines = budget_lines(built, found)
    rows = rka_rows(lines, [*built.fund])
    assert sorted(id(row.line) for row in rows if row.line) == sorted(map(id, lines))
    for row in rows:
        if row.line is None:
            assert row.amount == sum(rows[part].amount for part in row.parts)
    parts = {part for row in rows for part in row.parts}
    assert sum(row.amount for n, row in enumerate(rows) if n not in parts) == found.total_cost


def test_who_signs_where_and_when_is_on_every_sheet_to_be_signed() -> None:
    for sheet in ("Budget lines", "RKA", f"RKA {TECHNICAL}"):
        rows = list(made()[2].shown[sheet].iter_rows(values_only=True))
        at = next(n for n, row in enumerate(rows) if row[4] == "Jambi, 30 November 2026")
        assert (rows[at + 2][1], rows[at + 2][4]) == ("Kepala BPSDM", "Kepala Bidang")
        assert rows[at + 6][1] == "Dr. Uji"
        assert rows[at + 8][1] == "NIP 19680101 199003 1 002"
