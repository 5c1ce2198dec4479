"""The years that a rule about gaps closed adds and takes off, and the need that its shares are of."""

from __future__ import annotations

import pytest

from planner.domain.rule_years import ends_counted, year_of_need
from planner.domain.rules import Rule
from planner.domain.scenario import Scenario
from tests.scenarios.hand import scenario


def rule(*years: int, **more: object) -> Rule:
    where = {"years": list(years)} if years else {}
    return Rule.model_validate({"name": "Tahun", "measure": "gaps_closed", "at_least": "10%", "where": where, **more})


@pytest.mark.parametrize(
    ("years", "ends"),
    [
        ((), [(None, 1)]),
        ((2027, 2028, 2029, 2030), [(None, 1)]),
        ((2027,), [("2027", 1)]),
        ((2028,), [("2027", -1), ("2028", 1)]),
        ((2029, 2028), [("2027", -1), ("2029", 1)]),
        ((2030,), [("2029", -1), (None, 1)]),
        ((2027, 2029), [("2027", 1), ("2028", -1), ("2029", 1)]),
    ],
)
def test_each_run_of_years_is_what_closes_by_its_end_less_what_closed_before(
    years: tuple[int, ...], ends: list[tuple[str | None, int]]
) -> None:
    four = scenario(periods=[{"id": f"T{year}", "year": year} for year in range(2027, 2031)])
    assert ends_counted(Scenario.model_validate(four), rule(*years)) == ends


def test_a_share_of_the_same_years_is_of_the_need_by_the_end_of_the_last() -> None:
    assert year_of_need(rule(2027, 2028)) is None
    assert year_of_need(rule(2028, 2027, of_years="same")) == "2028"
    assert year_of_need(rule()) is None
