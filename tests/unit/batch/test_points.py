"""A point that is interrupted has no result: a plan kept from a search that was stopped is not the plan asked for."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from planner import planning
from planner.batch.plan_cache import PlanCache
from planner.batch.points import Point, solve_point
from planner.batch.runner import BatchRunner
from planner.errors import Interrupted
from planner.planning import Answer, SearchLimits
from tests.scenarios import builders

POINT = Point("titik", builders.scenario())


def _stopped(*_: Any, **__: Any) -> Answer:
    made = builders.plan()
    return Answer(replace(made, solver=replace(made.solver, interrupted=True)))


def _stopped_without_a_plan(*_: Any, **__: Any) -> Answer:
    raise Interrupted("stopped before there was a plan")


@pytest.mark.parametrize("plan", [_stopped, _stopped_without_a_plan])
def test_ctrl_c_while_a_point_is_solved_here_ends_the_batch_and_stores_nothing(
    plan: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    monkeypatch.setattr(planning, "plan", plan)
    with pytest.raises(KeyboardInterrupt):
        solve_point(POINT, SearchLimits(), "id")
    runner = BatchRunner(cache=PlanCache(tmp_path))
    with pytest.raises(KeyboardInterrupt):
        runner.solve([POINT], SearchLimits())
    assert (runner.cached, list(tmp_path.iterdir())) == (0, [])
