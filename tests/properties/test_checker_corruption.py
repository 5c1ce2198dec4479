"""The checker finds every corruption of a valid plan, and agrees with a second opinion about all of them."""

from __future__ import annotations

from typing import Any

import pytest

from planner.check import check_plan
from planner.domain.scenario import Scenario
from tests.oracle.brute_force import solve
from tests.oracle.corrupt import corruptions, ids_of
from tests.oracle.generate import tiny_scenarios
from tests.oracle.judge import Judge
from tests.sampled import sampled

BATCH = 5
DECISIONS = ("allocations", "classes", "socialized", "seats", "payments", "attendance")


def other_decisions(plan: dict[str, Any], corrupted: dict[str, Any]) -> bool:
    """Whether the corruption decides something else, which may be a plan too; figures may not differ by themselves."""
    return any(plan[table] != corrupted[table] for table in DECISIONS)


def claims_less(plan: dict[str, Any], corrupted: dict[str, Any]) -> bool:
    """Whether all that changes is that the plan claims less of itself, or orders the gaps of a group in another way."""
    if corrupted["status"] == "feasible" or corrupted["tolerance"] > plan["tolerance"]:
        return True
    levels, others = plan["objective"], corrupted["objective"]
    if levels != others:
        below = [level["goal"] for level in levels].index("gaps_closed") + 1
        return bool(others == levels[:-1] or others[:below] == levels[:below])
    rows, reordered = plan["closings"], corrupted["closings"]
    return rows != reordered and sorted(map(repr, rows)) == sorted(map(repr, reordered))


@pytest.mark.parametrize("batch", sampled(range(12), 4))
def test_every_corruption_of_a_valid_plan_is_found(batch: int) -> None:
    for seed in range(batch * BATCH, batch * BATCH + BATCH):
        plain = tiny_scenarios(seed, most_plans=2000)
        scenario = Scenario.model_validate(plain)
        best = solve(plain, scenario.sha256)
        if best is None:
            continue
        verdict = check_plan(scenario, best.plan)
        assert verdict.passed, (seed, verdict.findings)
        judge = Judge(plain, scenario.sha256)
        for what, corrupted in corruptions(best.plan, ids_of(plain)):
            verdict = check_plan(scenario, corrupted)
            assert verdict.passed == second_opinion(judge, corrupted), (seed, what, verdict.findings)
            if verdict.passed:
                assert other_decisions(best.plan, corrupted) or claims_less(best.plan, corrupted), (seed, what)


def second_opinion(judge: Judge, plan: dict[str, Any]) -> bool:
    """The judge's; values that it cannot even read are no plan."""
    try:
        return judge.accepts(plan)
    except (TypeError, ValueError):
        return False
