"""An item that is due per participant in part, and once or per class in part: each part is paid by itself."""

from __future__ import annotations

from typing import Any

import pytest

from planner.check import check_plan
from planner.domain.scenario import Scenario
from planner.planning import plan
from planner.plans.budget_lines import budget_lines
from planner.plans.plan import Status
from planner.solve.outcome import SearchLimits


def scenario(**changes: Any) -> Scenario:
    """Ten people in classes of five; meals at Rp50 each, and Rp300 once, or for each class, of the same account."""
    costs = [
        {"item": "Konsumsi", "account": "5.1.02.01.01.0001", "per": "participant", "price": 50},
        {"item": "Konsumsi", "account": "5.1.02.01.01.0001", "per": changes.pop("fixed", "programme"), "price": 300},
    ]
    plain = {
        "format": 1,
        "scenario": {"id": "s", "fiscal_year": 2027},
        "competencies": [{"id": "k", "kind": "technical"}],
        "groups": [{"id": "g", "headcount": 10, "gaps": {"k": 10}}],
        "programmes": [{"id": "p", "closes": {"k": 1}, "class_size": {"min": 1, "max": 5}, "costs": costs}],
        "funds": [
            {"id": "apbd", "kind": "own", "amount": 10_000},
            {"id": "mitra", "kind": "partner", "amount": 10_000, "pays": {"items": {"per": "participant"}}},
        ],
    }
    return Scenario.model_validate(plain | changes)


@pytest.mark.parametrize(("fixed", "own"), [("programme", 300), ("class", 600)])
def test_the_part_per_participant_and_the_fixed_part_are_paid_apart(fixed: str, own: int) -> None:
    read = scenario(fixed=fixed)
    found = plan(read, SearchLimits(gap=0.0), inline=True).plan

    assert found.status == Status.OPTIMAL
    assert check_plan(read, found.to_plain()).findings == ()
    paid = {(row.fund, row.group): row.amount for row in found.payments}
    assert paid == {("apbd", None): own, ("mitra", "g"): 500}
    assert {(line.basis, line.amount) for line in budget_lines(read, found)} == {("participant", 500), (fixed, own)}


def test_a_rule_about_one_part_does_not_count_the_other() -> None:
    where = {"items": {"per": "participant"}}
    read = scenario(rules=[{"name": "r", "measure": "cost", "where": where, "at_most": 250}])
    found = plan(read, SearchLimits(gap=0.0), inline=True).plan

    assert check_plan(read, found.to_plain()).findings == ()
    assert sum(row.amount for row in found.payments if row.group) == 250
    assert sum(row.amount for row in found.payments) == 550
