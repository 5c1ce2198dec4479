"""Groups of one agency share their willingness: the program and the oracle agree on the best plan, to the fraction."""

from __future__ import annotations

import pytest

from planner.domain.scenario import Scenario
from planner.errors import InfeasibleError
from planner.planning import plan
from planner.solve.outcome import SearchLimits
from tests.campaign.agencies import of_one_agency
from tests.oracle.brute_force import solve
from tests.sampled import few, sampled, some


def test_there_are_enough_of_them() -> None:
    assert sum(of_one_agency(seed) is not None for seed in some(range(45))) >= few(15)


@pytest.mark.parametrize("seed", sampled(range(45), 5))
def test_the_best_plan_is_the_one_that_the_oracle_finds(seed: int) -> None:
    plain = of_one_agency(seed)
    if plain is None:
        return
    best = solve(plain)
    try:
        found = plan(Scenario.model_validate(plain), SearchLimits(gap=0.0), inline=True).plan
    except InfeasibleError:
        assert best is None
        return
    assert best is not None
    values = [level.value for level in found.objective]
    assert values == list(best.values)[: len(values)]
