"""The checker finds consistent forgeries too, in shipped plans and in small ones of every kind."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from planner.check import check_plan
from planner.domain.scenario import Scenario
from planner.scenario_io import read_scenario
from tests.oracle.brute_force import solve
from tests.oracle.generate import tiny_scenarios
from tests.oracle.judge import Judge
from tests.properties.semantic_corruptions import semantic_corruptions
from tests.sampled import sampled

GALLERY = Path(__file__).parents[2] / "reports" / "gallery"


@pytest.mark.parametrize("seed", sampled(range(24), 12))
def test_a_consistent_forgery_of_a_small_plan_passes_only_as_another_plan(seed: int) -> None:
    plain = tiny_scenarios(seed, most_plans=2000)
    scenario = Scenario.model_validate(plain)
    best = solve(plain, scenario.sha256)
    if best is None:
        return
    judge = Judge(plain, scenario.sha256)
    for what, forged in semantic_corruptions(best.plan):
        assert check_plan(scenario, forged).passed == judge.accepts(forged), (seed, what)


@pytest.mark.parametrize("name", ["kudus-2021", "contoh-kecil"])
def test_a_consistent_forgery_of_a_shipped_plan_is_found(name: str) -> None:
    folder = GALLERY / name
    plan: dict[str, Any] = json.loads((folder / "plan.json").read_text(encoding="utf-8"))
    scenario = read_scenario(folder / "scenario.yaml", resolved=True)
    assert check_plan(scenario, plan).passed
    forgeries = list(semantic_corruptions(plan))
    assert forgeries
    assert [what for what, forged in forgeries if check_plan(scenario, forged).passed] == []
