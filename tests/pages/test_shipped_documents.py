"""No drift: the workbook and the RKA table of each shipped scenario are read again and held against its stored plan."""

from __future__ import annotations

import csv
from collections import defaultdict
from fractions import Fraction
from pathlib import Path

import pytest

from planner.report.csv_tables import write_tables
from planner.report.results_workbook import workbook_bytes
from planner.spreadsheets.text_cells import DATA
from tests.pages.samples import SAMPLES, kept
from tests.sampled import sampled
from tests.unit.report.results_workbook.agreement import CHECKS
from tests.unit.report.results_workbook.cases import Case
from tests.unit.report.results_workbook.evaluator import Spreadsheet


@pytest.mark.parametrize("sample", sampled(SAMPLES, 4))
def test_every_number_of_the_workbook_is_the_stored_plans(sample: str) -> None:
    scenario, plan = kept(sample)
    content = workbook_bytes(scenario, plan, "en")
    made = Case(scenario, plan, content, Spreadsheet(content))
    for check in CHECKS.values():
        check(made)


@pytest.mark.parametrize("sample", SAMPLES)
def test_the_lines_of_rka_csv_sum_to_the_stored_payments(sample: str, tmp_path: Path) -> None:
    scenario, plan = kept(sample)
    write_tables(scenario, plan, tmp_path)
    with (tmp_path / DATA / "rka.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    columns = ["programme", "fund", "account", "item", "coefficient", "unit", "price", "amount"]
    years = ["year"] * (len(scenario.years) > 1)
    assert list(rows[0]) == [*columns, "price_before_tax", "tax", "volume", "price_code", *years]
    read: dict[tuple[str, str, str], int] = defaultdict(int)
    for row in rows:
        assert Fraction(row["coefficient"]) * int(row["price"]) == int(row["amount"])
        read[row["programme"], row["fund"], row["account"]] += int(row["amount"])
    paid: dict[tuple[str, str, str], int] = defaultdict(int)
    for payment in plan.payments:
        paid[payment.programme or "", payment.fund, payment.account or ""] += payment.amount
    assert read == paid
    assert sum(read.values()) == plan.total_cost
