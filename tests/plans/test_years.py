"""A plan of three years whose outcome is worked out by hand, and what is shown of it year by year."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

import pytest

from planner.domain.scenario import Scenario
from planner.locale import speaking
from planner.planning import plan
from planner.plans.budget_lines import budget_lines
from planner.plans.fund_measures import FundYear
from planner.plans.measures import Measures
from planner.plans.plan import Plan, Status
from planner.report import render_report
from planner.report.material import Material
from planner.report.views.duties import duties
from planner.report.views.heading import Heading
from planner.report.wording.formats import NOTHING, Formats
from tests.pages.markup import read
from tests.scenarios.three_years import three_years

MILLION = 10**6


@cache
def made() -> tuple[Scenario, Plan]:
    scenario = three_years()
    answer = plan(scenario, inline=True)
    assert answer.status == Status.OPTIMAL
    return scenario, answer.plan


def test_the_plan_of_three_years_is_that_by_hand() -> None:
    scenario, found = made()
    taught = {(row.programme, row.period): row.participants for row in found.allocations}
    assert taught == {("elearning-arsip", "awal"): 15, ("bimtek-keuangan", "tengah"): 13}
    assert found.gaps_closed == Fraction(194, 10)
    assert (found.total_cost, found.own_cost) == (31_300_000, 25_300_000)
    measures = Measures(scenario, found)
    assert measures.cost_by_year == {"2027": 6 * MILLION, "2028": 25_300_000, "2029": 0}
    assert measures.years_of_fund(scenario.fund["apbd"]) == [
        FundYear("2027", 6 * MILLION, 0, 6 * MILLION, 0),
        FundYear("2028", 20 * MILLION, 0, 19_300_000, 700_000),
        FundYear("2029", 3 * MILLION, 0, 0, 3 * MILLION),
    ]
    # 15 people of e-learning with 10 JP in 2027 and 13 with 24 JP in 2028: 462 JP for 50 people in three years
    assert measures.hours_per_person == Fraction(462, 150)


def test_what_is_left_is_carried_over_where_it_may_be() -> None:
    # with Rp5 million in 2029, e-learning waits until then: 3.63 + 15 x 0.242 = 7.26, of which 2.26 are left of 2028.
    # So 2028 has 26 - 2.26 = 23.74: the class for 5 beside the campus, and 18.74 for 17 people at 1.1: 17 x 80% = 13.6
    scenario = three_years("funds.apbd.carry_over=true", "funds.apbd.amounts.2029=5 juta")
    found = plan(scenario, inline=True).plan
    assert found.gaps_closed == Fraction(226, 10)
    assert Measures(scenario, found).years_of_fund(scenario.fund["apbd"]) == [
        FundYear("2027", 6 * MILLION, 0, 0, 6 * MILLION),
        FundYear("2028", 20 * MILLION, 6 * MILLION, 23_700_000, 2_300_000),
        FundYear("2029", 5 * MILLION, 2_300_000, 7_260_000, 40_000),
    ]


def test_budget_lines_are_of_one_year_at_its_prices() -> None:
    lines = budget_lines(*made())
    priced = {(line.item, line.year): (line.coefficient, line.price) for line in lines if not line.rest}
    assert priced["Biaya peserta", "2028"] == (Fraction(13), 1_100_000)
    assert priced["Pendampingan peserta", "2027"] == (Fraction(15), 200_000)
    assert sum(line.amount for line in lines if line.year == "2028") == 25_300_000


@pytest.mark.parametrize(
    ("year", "there", "not_there"),
    [("", "Pendampingan peserta", "Biaya peserta"), ("2028", "Biaya peserta", "Pendampingan peserta")],
)
def test_the_report_has_the_budget_lines_of_one_year_and_the_funds_of_all(
    year: str, there: str, not_there: str
) -> None:
    page = read(render_report(*made(), language="en", year=year))
    lines = [table for table in page.all("table") if table.attributes["id"].startswith("rka-")]
    rows = [cell.text for table in lines for row in table.all("tr") for cell in row.cells()]
    assert any(there in text for text in rows)
    assert not any(not_there in text for text in rows)
    (by_year,) = [table for table in page.all("table") if table.attributes["id"] == "table-funds-by-year"]
    texts = [[cell.text for cell in row.cells()] for row in by_year.all("tr")]
    assert ["APBD", "2028", "20.000.000", NOTHING, "19.300.000", "700.000", "lapses"] in [
        [text.replace(",", ".") for text in row] for row in texts
    ]


def test_the_legal_floor_is_stated_for_each_year() -> None:
    with speaking("en"):
        found = duties(Material(*made(), Formats("en")), Heading("duties", 1, "")).duties
    floors = [duty for duty in found if "floor" in duty.title]
    # 1% of 600 million is 6 million, all of which are spent in 2027; 1% of 3 billion is 30 million, of 19.3 spent
    assert [(duty.title[-4:], duty.met) for duty in floors] == [("2027", True), ("2028", False)]
    assert "10,700,000" in " ".join(floors[1].sentences)
