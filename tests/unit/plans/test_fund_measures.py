"""What a fund has and pays in each year: payments count in the year of their period."""

from __future__ import annotations

from typing import Any

import pytest

from planner.domain.scenario import Scenario
from planner.plans.fund_measures import FundYear, left_in_year, years_of_fund

PAID = {("f", "A"): 3, ("f", "B"): 4, ("f", "C"): 5, ("other", "A"): 9}


def scenario(**fund: Any) -> Scenario:
    years = {"A": 2027, "B": 2027, "C": 2028}
    return Scenario.model_validate(
        {
            "format": 1,
            "scenario": {"id": "s", "fiscal_year": 2027},
            "periods": [{"id": period, "year": year} for period, year in years.items()],
            "competencies": [{"id": "c", "kind": "technical"}],
            "groups": [{"id": "g", "headcount": 9, "gaps": {"c": 9}}],
            "programmes": [{"id": "p", "closes": {"c": 1}}],
            "funds": [{"id": "f", "kind": "own"} | fund],
        }
    )


@pytest.mark.parametrize(
    ("fund", "expected"),
    [
        ({"amount": 20}, [FundYear("2027", None, 0, 7, None), FundYear("2028", None, 0, 5, None)]),
        (
            {"amounts": {2027: 10, 2028: 6}},
            [FundYear("2027", 10, 0, 7, 3), FundYear("2028", 6, 0, 5, 1)],
        ),
        (
            {"amounts": {2027: 10, 2028: 6}, "carry_over": True},
            [FundYear("2027", 10, 0, 7, 3), FundYear("2028", 6, 3, 5, 4)],
        ),
    ],
)
def test_payments_count_in_the_year_of_their_period(fund: dict[str, Any], expected: list[FundYear]) -> None:
    found = scenario(**fund)
    assert years_of_fund(found, PAID, found.fund["f"]) == expected


def test_a_year_without_amount_has_nothing_and_a_period_without_payments_costs_nothing() -> None:
    found = scenario(amounts={2027: 10})
    expected = [FundYear("2027", 10, 0, 3, 7), FundYear("2028", 0, 0, 0, 0)]
    assert years_of_fund(found, {("f", "A"): 3}, found.fund["f"]) == expected


@pytest.mark.parametrize(("later", "left"), [(5, 3), (9, 0), (8, 1)])
def test_what_a_fund_may_spend_besides_in_a_year_is_what_all_limits_leave(later: int, left: int) -> None:
    """Rp10 of 2027, and Rp16 in all: what 2028 pays of what is carried over cannot be paid in 2027 too."""
    found = scenario(amounts={2027: 10, 2028: 6}, carry_over=True)
    assert left_in_year(found, PAID | {("f", "C"): later}, found.fund["f"], "2027") == left
