"""A solver that breaks when it has found a plan loses nothing: the plan is checked and kept, and that is said."""

from __future__ import annotations

from typing import Any

import pytest

from planner import planning
from planner.batch.points import Point, solve_point
from planner.check import check_plan
from planner.domain.decisions import Decisions
from planner.domain.scenario import Scenario
from planner.drafting import attempts, second_opinions
from planner.errors import SolverError
from planner.planning import SearchLimits, plan
from planner.plans.plan import Plan, Status
from planner.proof import effort
from planner.solve.job import Job
from tests.scenarios.hand import costing, scenario

TWO_CAN_BE_TRAINED = Scenario.model_validate(
    scenario(programmes={"closes": {"keu": 1}, **costing("participant", 7)}, funds={"amount": 20})
)


def of(people: int) -> Decisions:
    return Decisions({("a", "bimtek", "TW1"): people} if people else {})


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """Every search breaks after it has found a plan for so many people; the exact proof searches nothing."""

    def solve(job: Job, *_: Any, **__: Any) -> Any:
        raise SolverError("pecah: memori habis", request.param)

    monkeypatch.setattr(attempts, "solve", solve)
    monkeypatch.setattr(second_opinions, "solve", solve)
    monkeypatch.setattr(planning, "may_be_brief", lambda *_: False)
    monkeypatch.setattr(effort, "WORK", 0)


@pytest.mark.parametrize("broken", [of(1)], indirect=True, ids=["one"])
def test_the_best_plan_is_kept_and_how_the_solver_broke_is_said(broken: None) -> None:
    found = plan(TWO_CAN_BE_TRAINED, SearchLimits(gap=0.0))
    assert found.plan.gaps_closed == 1
    assert found.status is Status.FEASIBLE
    assert found.broke == "pecah: memori habis"
    plain = found.plan.to_plain()
    assert plain["solver"]["failed"] is True
    assert "interrupted" not in plain["solver"]
    assert check_plan(TWO_CAN_BE_TRAINED, plain).passed
    assert Plan.from_plain(plain).solver.failed


def test_a_plan_that_is_proven_all_the_same_is_like_any_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attempts, "solve", _breaking_with(of(2)))
    monkeypatch.setattr(planning, "may_be_brief", lambda *_: False)
    found = plan(TWO_CAN_BE_TRAINED)
    assert found.status is Status.OPTIMAL
    assert found.broke == ""


def _breaking_with(best: Decisions | None) -> Any:
    def solve(job: Job, *_: Any, **__: Any) -> Any:
        raise SolverError("pecah", best)

    return solve


def test_without_a_plan_it_is_an_error_as_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attempts, "solve", _breaking_with(None))
    with pytest.raises(SolverError, match="pecah"):
        plan(TWO_CAN_BE_TRAINED)


@pytest.mark.parametrize("broken", [of(1)], indirect=True, ids=["one"])
def test_a_point_of_a_batch_keeps_its_own_state(broken: None) -> None:
    result = solve_point(Point("titik", TWO_CAN_BE_TRAINED), SearchLimits(gap=0.0), "id")
    assert (result.status, result.plan, result.message) == (Status.SOLVER_FAILED, None, "pecah: memori habis")
