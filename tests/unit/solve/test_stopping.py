"""A search that runs out of time in the middle of its steps keeps the plan it has."""

from __future__ import annotations

import pytest

from planner.domain.scenario import Scenario
from planner.model.build import Model
from planner.solve import model_size
from planner.solve.engine import RunOptions
from planner.solve.highs import Highs
from planner.solve.outcome import Ending, Outcome, SearchLimits
from tests.oracle.generate import random_scenarios
from tests.scenarios import builders
from tests.unit.solve.fake_engine import planned, replace_highs

SCENARIOS = [builders.scenario(), *(Scenario.model_validate(random_scenarios(n, (4, 3, 3, 3))) for n in (1, 2))]


def with_fractions(model: Model) -> bool:
    """Whether the model is relaxed: some people, or periods, need not be whole."""
    return any(variable.cat == "Continuous" for variable in model.variables.participants.values())


@pytest.mark.parametrize("scenario", SCENARIOS, ids=["contoh", "acak-1", "acak-2"])
def test_time_that_runs_out_in_a_relaxed_step_leaves_a_plan(
    monkeypatch: pytest.MonkeyPatch, scenario: Scenario
) -> None:
    over: list[bool] = []

    def run(model: Model, options: RunOptions) -> Outcome:
        if over or with_fractions(model):
            over.append(True)
            return Outcome(Ending.STOPPED)
        return Highs().run(model, options)

    replace_highs(monkeypatch, run)
    monkeypatch.setattr(model_size, "SMALL", 10**6)
    found = planned(scenario, SearchLimits(time_limit=60))
    assert over
    assert found.weighted_gaps_closed > 0
