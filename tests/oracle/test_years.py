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
from tests.oracle.facts import best_of_rest
from tests.oracle.generate_year_rules import with_years_rule, with_years_rule_and_facts
from tests.oracle.generate_years import random_years, scenarios_of_years
from tests.oracle.judge import accepts
from tests.sampled import sampled

EXACT = SearchLimits(gap=0.0)


def test_plans_of_years_are_the_best_there_are(more: bool) -> None:
    kinds = dict.fromkeys(("lapse", "carry", "grow", "by year", "released"), 0)
    for seed in range(1500 if more else 15):
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


def test_rules_about_the_gaps_closed_in_some_years_give_the_best_plans_there_are(more: bool) -> None:
    kinds = dict.fromkeys(("asked", "capped", "soft", "same", "of a group", "in the end", "shared", "new gaps"), 0)
    for seed in range(1500 if more else 15):
        plain = with_years_rule(seed, 300)
        scenario = Scenario.model_validate(plain)
        best = solve(plain, scenario.sha256)
        try:
            found = plan(scenario, EXACT, inline=True).plan
        except InfeasibleError:
            assert best is None, seed
            continue
        assert best is not None, seed
        assert tuple(level.value for level in found.objective) == best.values[: len(found.objective)], seed
        assert accepts(plain, json.loads(found.to_json()), scenario.sha256), seed
        assert not check_plan(scenario, best.plan).findings, seed
        for rule in scenario.rules:
            if rule.measure == "gaps_closed" and rule.where.years:
                kinds["asked"] += rule.at_least is not None
                kinds["capped"] += rule.at_most is not None
                kinds["soft"] += rule.soft is not None
                kinds["same"] += rule.of_years is not None
                kinds["of a group"] += rule.where.groups is not None or rule.per == "group"
                kinds["in the end"] += scenario.years[-1] in rule.where.years
                kinds["shared"] += len({group.agency for group in scenario.groups}) < len(scenario.groups)
                kinds["new gaps"] += any(group.new_gaps for group in scenario.groups)
    assert min(kinds.values()) > 0, kinds


def test_rules_about_years_of_which_a_part_has_happened(more: bool) -> None:
    planned = 0
    for seed in range(1500 if more else 15):
        plain = with_years_rule_and_facts(seed, 100)
        if plain is None:
            continue
        best = best_of_rest(plain)
        try:
            found = plan(Scenario.model_validate(plain), EXACT, inline=True).plan
        except InfeasibleError:
            assert best is None, seed
            continue
        assert best is not None, seed
        assert tuple(level.value for level in found.objective) == best[1][: len(found.objective)], seed
        planned += 1
    assert planned > 5


UNENDING = {18}
"""CBC finds the best plan or a slightly worse one, and searches on for more than a quarter of an hour."""


@pytest.mark.parametrize("seed", sampled(range(40), 40))
def test_both_engines_agree_on_larger_plans_of_years(seed: int) -> None:
    scenario = Scenario.model_validate(random_years(seed, (3, 3, 2, 2)))
    try:
        best = plan(scenario, EXACT, inline=True).plan
    except InfeasibleError:
        with pytest.raises(InfeasibleError):
            plan(scenario, SearchLimits(gap=1e-9, solver=EngineName.CBC), inline=True)
        return
    seconds = 15 if seed in UNENDING else None
    other = plan(scenario, SearchLimits(gap=1e-9, time_limit=seconds, solver=EngineName.CBC), inline=True).plan
    reached, again = (float(found.objective[0].value) for found in (best, other))
    assert again <= reached + 1e-6 * max(1.0, reached)
    assert again >= reached - 1e-6 * max(1.0, reached) or seed in UNENDING
