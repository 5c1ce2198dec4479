"""Plans of two years against every plan tried: amounts that lapse or carry over, prices that grow."""

from __future__ import annotations

import json

import pytest

from planner.check import check_plan
from planner.domain.scenario import Scenario
from planner.errors import InfeasibleError
from planner.planning import plan
from planner.plans.plan import Status
from planner.solve.engine import EngineName
from planner.solve.outcome import SearchLimits
from tests.oracle.brute_force import solve
from tests.oracle.generate_years import random_years, scenarios_of_years
from tests.oracle.judge import accepts

EXACT = SearchLimits(gap=0.0)


def test_plans_of_years_are_the_best_there_are(more: bool) -> None:
    kinds = dict.fromkeys(("lapse", "carry", "grow", "by year", "released"), 0)
    for seed in range(1500 if more else 40):
        plain = scenarios_of_years(seed, 600)
        scenario = Scenario.model_validate(plain)
        best = solve(plain, scenario.sha256)
        try:
            found = plan(scenario, EXACT, inline=True).plan
        except InfeasibleError:
            assert best is None, seed
            continue
        assert best is not None, seed
        assert tuple(level.value for level in found.objective) == best.values[: len(found.objective)], seed
        assert found.status == Status.OPTIMAL, seed
        assert accepts(plain, json.loads(found.to_json()), scenario.sha256), seed
        assert not check_plan(scenario, best.plan).findings, seed
        kinds["lapse"] += any(f.amounts and not f.carry_over for f in scenario.funds)
        kinds["carry"] += any(f.carry_over for f in scenario.funds)
        kinds["grow"] += scenario.price_growth > 0
        kinds["by year"] += "'by': 'year'" in str(plain)
        kinds["released"] += any(f.amounts and f.releases for f in scenario.funds)
    assert min(kinds.values()) > 0, kinds


@pytest.mark.parametrize("seed", [0, 1, *(pytest.param(n, marks=pytest.mark.more) for n in range(2, 40))])
def test_both_engines_agree_on_larger_plans_of_years(seed: int) -> None:
    scenario = Scenario.model_validate(random_years(seed, (3, 3, 2, 2)))
    try:
        best = plan(scenario, EXACT, inline=True).plan
    except InfeasibleError:
        with pytest.raises(InfeasibleError):
            plan(scenario, SearchLimits(gap=1e-9, solver=EngineName.CBC), inline=True)
        return
    other = plan(scenario, SearchLimits(gap=1e-9, solver=EngineName.CBC), inline=True).plan
    reached, again = (float(found.objective[0].value) for found in (best, other))
    assert abs(reached - again) <= 1e-6 * max(1.0, reached)
