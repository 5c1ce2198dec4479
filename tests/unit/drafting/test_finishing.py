"""A plan that is not proven says why its search ended: by itself, or because its time was up."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from planner.check import check_plan
from planner.domain.aim import Aim
from planner.drafting.drafts import Answer
from planner.drafting.finishing import _aim_bound, with_its_end
from planner.plans.plan import Plan, SolverRun, Status
from tests.scenarios.builders import plan, scenario


def ended(left: float | None, limit: float | None = 300.0, **changes: Any) -> SolverRun:
    built = scenario()
    made = replace(plan(built), **({"status": Status.FEASIBLE} | changes))
    attempts: Any = SimpleNamespace(
        job=SimpleNamespace(scenario=built, limits=SimpleNamespace(time_limit=limit)), left=lambda: left
    )
    return with_its_end(attempts, Answer(made)).plan.solver


@pytest.mark.parametrize(
    ("left", "limit", "late"), [(230.0, 300.0, False), (10.5, 300.0, True), (0.0, 300.0, True), (None, None, False)]
)
def test_a_search_with_time_left_has_ended_by_itself(left: float | None, limit: float | None, late: bool) -> None:
    run = ended(left, limit)
    assert (run.late, run.exhausted) == (late, not late)


def test_a_plan_that_is_proven_or_was_stopped_does_not_say_it() -> None:
    for changes in ({"status": Status.OPTIMAL}, {"solver": SolverRun("HiGHS", "1", None, "", interrupted=True)}):
        run = ended(0.0, **changes)
        assert (run.late, run.exhausted) == (False, False)


def test_why_it_ended_is_stored_and_passes_the_check() -> None:
    built = scenario()
    before = plan(built)
    told = replace(before, solver=replace(before.solver, exhausted=True))
    assert Plan.from_plain(told.to_plain()).solver.exhausted
    assert "exhausted" not in before.to_plain()["solver"]
    findings = [finding for finding in check_plan(built, told.to_plain()).findings if "exhausted" in str(finding)]
    assert findings == []


def test_an_aim_is_bounded_even_where_time_is_up() -> None:
    aim = Aim(own_cost=True, at_least=1.0)
    solved: Any = SimpleNamespace(aim_value=None)
    bounds = []
    for left in (None, 0.0):
        job = SimpleNamespace(scenario=scenario(), limits=SimpleNamespace(gap=0.0001), aim=aim)
        attempts: Any = SimpleNamespace(job=job, stopped=False, left=lambda left=left: left)
        bounds.append(_aim_bound(attempts, solved))
    assert bounds[0] is not None
    assert bounds[1] is not None
    assert 0 < bounds[1] <= bounds[0]
