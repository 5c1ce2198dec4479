"""Groups of one agency share their willingness: the program and the oracle agree on the best plan, to the fraction."""

from __future__ import annotations

import random
from typing import Any

import pytest

from planner.domain.checks.validation import find_problems
from planner.domain.scenario import Scenario
from planner.errors import InfeasibleError
from planner.planning import plan
from planner.solve.outcome import SearchLimits
from tests.oracle.brute_force import count, solve
from tests.oracle.generate import tiny_scenarios

Plain = dict[str, Any]


def of_one_agency(seed: int) -> Plain | None:
    """A tiny scenario whose groups are mostly of one agency, often with gaps counted group by group; None if large."""
    plain, dice = tiny_scenarios(seed), random.Random(f"agency {seed}")
    groups = plain["groups"]
    if len(groups) < 2:
        return None
    for group in groups:
        group |= {"agency": "BPKAD"} if dice.random() < 0.85 else {}
        group["uptake"] = dice.choice(["50%", "34%", "70%", "90%", "75%"])
        if "socialization" in group:
            group["socialization"]["raises_uptake_to"] = "95%"
    if dice.random() < 0.4:
        by = dice.choice(["group", "agency", "competency"])
        plain["objective"] = [{"maximize": "smallest_coverage", "by": by}, {"maximize": "gaps_closed"}]
    if dice.random() < 0.4:
        rule: Plain = {"name": "Kelompok", "measure": "gaps_closed", "where": {"groups": {"id": groups[0]["id"]}}}
        rule[dice.choice(["at_most", "at_least"])] = dice.choice([1, 2, "50%"])
        plain["rules"] = [*plain.get("rules", []), rule | dice.choice([{}, {"soft": {"penalty": 0.5}}])]
    return plain if count(plain) <= 300 and not find_problems(Scenario.model_validate(plain)) else None


SEEDS = [seed for seed in range(45) if of_one_agency(seed)]


def test_there_are_enough_of_them() -> None:
    assert len(SEEDS) >= 15


@pytest.mark.parametrize("seed", SEEDS)
def test_the_best_plan_is_the_one_that_the_oracle_finds(seed: int) -> None:
    plain = of_one_agency(seed)
    assert plain is not None
    best = solve(plain)
    try:
        found = plan(Scenario.model_validate(plain), SearchLimits(gap=0.0), inline=True).plan
    except InfeasibleError:
        assert best is None
        return
    assert best is not None
    values = [level.value for level in found.objective]
    assert values == list(best.values)[: len(values)]
