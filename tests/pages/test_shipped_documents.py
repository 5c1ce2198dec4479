"""No drift: the workbook and the RKA table of each shipped scenario are read again and held against its stored plan."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Final

import pytest

from planner.report.csv_tables import write_tables
from planner.report.gallery import stored
from planner.report.results_workbook import workbook_bytes
from tests.pages.samples import GALLERY, SAMPLES
from tests.unit.report.results_workbook import test_workbook_numbers as numbers
from tests.unit.report.results_workbook import test_workbook_prices as prices
from tests.unit.report.results_workbook.cases import Case
from tests.unit.report.results_workbook.evaluator import Spreadsheet

CHECKS: Final[tuple[Callable[[Case], None], ...]] = (
    numbers.test_every_formula_comes_to_the_value_that_is_stored,
    numbers.test_the_budget_lines_are_those_of_the_plan,
    numbers.test_the_totals_of_the_budget_sheet_are_the_cost_of_the_plan,
    numbers.test_subtotals_of_programmes_accounts_and_funds_are_their_lines,
    numbers.test_funds_are_those_of_the_plan,
    lambda made: numbers.test_who_pays_what_is_the_payments(made, "Cost by programme, and who pays it"),
    lambda made: numbers.test_who_pays_what_is_the_payments(made, "Payments by period"),
    numbers.test_allocations_are_those_of_the_plan,
    numbers.test_classes_are_those_of_the_plan,
    numbers.test_gaps_are_those_of_the_plan,
    numbers.test_rules_are_those_of_the_plan,
    numbers.test_the_summary_shows_the_figures_of_the_plan,
    numbers.test_the_summary_sums_gaps_by_competency,
    numbers.test_the_scenario_is_listed_value_by_value,
    prices.test_each_price_stands_once_and_units_times_price_is_the_cost,
    prices.test_the_form_goes_by_account_fund_and_programme_and_sums_to_the_cost,
)


@pytest.mark.parametrize("sample", SAMPLES)
def test_every_number_of_the_workbook_is_the_stored_plans(sample: str) -> None:
    scenario, plan = stored(GALLERY / sample)
    content = workbook_bytes(scenario, plan, "en")
    made = Case(scenario, plan, content, Spreadsheet(content))
    for check in CHECKS:
        check(made)


@pytest.mark.parametrize("sample", SAMPLES)
def test_the_lines_of_rka_csv_sum_to_the_stored_payments(sample: str, tmp_path: Path) -> None:
    scenario, plan = stored(GALLERY / sample)
    write_tables(scenario, plan, tmp_path)
    with (tmp_path / "rka.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == ["programme", "fund", "account", "item", "coefficient", "unit", "price", "amount"]
    read: dict[tuple[str, str, str], int] = defaultdict(int)
    for row in rows:
        assert Fraction(row["coefficient"]) * int(row["price"]) == int(row["amount"])
        read[row["programme"], row["fund"], row["account"]] += int(row["amount"])
    paid: dict[tuple[str, str, str], int] = defaultdict(int)
    for payment in plan.payments:
        paid[payment.programme or "", payment.fund, payment.account or ""] += payment.amount
    assert read == paid
    assert sum(read.values()) == plan.total_cost
