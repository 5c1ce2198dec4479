"""The plan of a similar scenario speeds a search up, and never makes it say anything false."""

from __future__ import annotations

import random

from planner.domain.aim import Aim
from planner.domain.scenario import Scenario
from planner.model.build import build
from planner.solve.aimed import solve_aim
from planner.solve.engine import SearchStrategy
from planner.solve.guided.search import guided
from planner.solve.hints import Hints
from planner.solve.levels import solve_levels
from planner.solve.outcome import SearchLimits
from planner.solve.search_run import SearchRun
from tests.oracle.generate import random_scenarios
from tests.sampled import few, some
from tests.scenarios.changes import with_other_amount

LIMITS = SearchLimits(gap=0.001, strategy=SearchStrategy.GUIDED, polish=False)


def test_a_plan_found_by_a_hint_lies_between_the_best_plan_and_its_bound() -> None:
    hinted = 0
    for seed in some(range(60), 15):
        old = Scenario.model_validate(random_scenarios(seed, (6, 5, 2, 3)))
        start = solve_levels(old, LIMITS).decisions
        new = with_other_amount(old, random.Random(f"amount {seed}"))
        run = SearchRun.of(build(new), LIMITS, lambda news, decisions: None, hint=start)
        goal = run.model.goals[0]
        found = guided(run, goal)
        whole = SearchRun.of(build(new), SearchLimits(gap=0.0), lambda news, decisions: None)
        best = whole.optimise(whole.model.goals[0], gap=0.0, most_nodes=50)
        if found is None or best.value is None:
            continue
        assert found.value is not None
        assert found.bound is not None
        assert run.hinted() is not None
        hinted += 1
        sign = 1 if goal.sense == "max" else -1
        slack = 1e-6 * max(1.0, abs(best.value))
        assert best.bound is None or sign * found.value <= sign * best.bound + slack, seed
        assert sign * best.value <= sign * found.bound + slack, seed
    assert hinted >= few(36, 18)


def test_a_hint_serves_an_aim_whose_model_has_further_variables() -> None:
    """The least amount of a fund for most of the gaps: no more than the plan pays that the search starts from."""
    scenario = Scenario.model_validate(random_scenarios(15, (6, 5, 2, 3)))
    found = solve_levels(scenario, LIMITS)
    goals = [level.level.goal for level in found.levels]
    worth = found.levels[goals.index("gaps_closed")].value
    fund = max(scenario.funds, key=lambda fund: fund.amount)
    aim = Aim(least=fund.id, at_least=0.9 * worth, alone=True)
    cheaper = solve_aim(scenario, LIMITS, aim, lambda news, decisions: None, Hints(start=found.decisions))
    assert cheaper.decisions is not None
    assert cheaper.aim_value is not None
    assert 0 <= cheaper.aim_value <= fund.amount
