"""The workbook of a plan of several years: formulas hold, the RKA is that of one year, funds are shown by year."""

from __future__ import annotations

import pytest

from planner.planning import plan
from planner.report.results_workbook import workbook_bytes
from tests.scenarios.three_years import three_years
from tests.unit.report.results_workbook.agreement import formulas_give_the_stored_values
from tests.unit.report.results_workbook.cases import Case
from tests.unit.report.results_workbook.evaluator import Spreadsheet


@pytest.fixture(scope="module", params=["", "2028", "2029"])
def made(request: pytest.FixtureRequest) -> tuple[str, Case]:
    scenario = three_years()
    found = plan(scenario, inline=True).plan
    content = workbook_bytes(scenario, found, "en", year=request.param)
    return request.param, Case(scenario, found, content, Spreadsheet(content))


def test_every_formula_gives_the_value_that_is_stored(made: tuple[str, Case]) -> None:
    formulas_give_the_stored_values(made[1])


def test_the_rka_sums_to_the_cost_of_its_year(made: tuple[str, Case]) -> None:
    year, case = made
    rows = list(case.book.shown["RKA"].iter_rows(values_only=True))
    totals = [row[6] for row in rows if str(row[1]).startswith("Total")]
    assert totals == {"": [6_000_000], "2028": [19_300_000, 6_000_000, 25_300_000], "2029": [0]}[year]
    assert any(f"fiscal year {year or 2027}" in str(row[0]) for row in rows[:2])


def test_budget_lines_and_funds_are_shown_by_year(made: tuple[str, Case]) -> None:
    lines = list(made[1].book.shown["Budget lines"].iter_rows(values_only=True))
    years = {row[1]: row[5] for row in lines if row[1] in {f"Fiscal year {year}" for year in (2027, 2028, 2029)}}
    assert years == {"Fiscal year 2027": 6_000_000, "Fiscal year 2028": 25_300_000, "Fiscal year 2029": 0}
    funds = list(made[1].book.shown["Funding"].iter_rows(values_only=True))
    assert [row[3:7] for row in funds if row[1] == "APBD" and row[2] == "2028"] == [
        (20_000_000, 0, 19_300_000, 700_000)
    ]
