"""Further passes: what has been checked is not lost, what was stopped stays stopped, and time is given once."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from planner import planning
from planner.check import check_plan
from planner.domain.decisions import Decisions
from planner.domain.scenario import Scenario
from planner.errors import CheckFailed, Interrupted, PlannerError, SolverError
from planner.planning import Limits, plan
from planner.solve.levels import LevelOutcome, Solution
from planner.solve.outcome import Ending
from planner.solve.run import Stopped
from planner.solve.worker import Job
from tests.unit.check.hand import costing, scenario

Patch = pytest.MonkeyPatch

HALVES = Scenario.model_validate(
    scenario(
        programmes=costing("participant", 7),
        funds=[
            {"id": "apbd", "kind": "own", "amount": 100, "max_share": "50%"},
            {"id": "unja", "kind": "partner", "amount": 100, "max_share": "50%"},
        ],
    )
)
"""Each pays half, in whole rupiah: an even number of people can be paid, an odd number cannot."""


def trained(people: int, ending: Ending = Ending.PROVEN, claim: float | None = None) -> Solution:
    """The solution that trains `people`, proven or not, or said to reach `claim`."""
    value = float(people if claim is None else claim)
    levels = tuple(
        LevelOutcome(level, worth, worth, ending == Ending.PROVEN)
        for level, worth in zip(HALVES.objective, (value, 3.5 * value), strict=True)
    )
    return Solution(ending, Decisions({("a", "bimtek", "TW1"): people}), levels, strategy="levels")


class Script:
    """Stands in for the solver: each pass answers the next line, or raises it."""

    def __init__(self, monkeypatch: Patch, *lines: Solution | BaseException) -> None:
        self.lines: Iterator[Solution | BaseException] = iter(lines)
        self.asked: list[tuple[Limits, bool]] = []
        self.delay = 0.0
        monkeypatch.setattr(planning, "solve", self.solve)

    def solve(self, job: Job, *_: Any, **__: Any) -> Solution:
        self.asked.append((job.limits, job.whole_rupiah))
        time.sleep(self.delay)
        line = next(self.lines)
        if isinstance(line, BaseException):
            raise line
        return line


@pytest.mark.parametrize("trouble", [SolverError("!"), trained(3), Solution(Ending.STOPPED), Solution(Ending.FAILED)])
def test_a_checked_plan_is_not_lost_when_a_further_pass_fails(
    monkeypatch: Patch, trouble: Solution | PlannerError
) -> None:
    script = Script(monkeypatch, trained(4, claim=4.5), trouble)
    found = plan(HALVES).plan
    assert found.gaps_closed == 4
    assert [whole for _limits, whole in script.asked] == [False, True]


def test_a_further_pass_that_is_interrupted_leaves_the_checked_plan_and_says_so(monkeypatch: Patch) -> None:
    for best in (None, Decisions({("a", "bimtek", "TW1"): 3})):
        Script(monkeypatch, trained(4, claim=4.5), Stopped(best))
        found = plan(HALVES).plan
        assert found.gaps_closed == 4
        assert found.solver.strategy == "interrupted"


def test_a_further_pass_may_be_better_and_is_not_taken_if_worse(monkeypatch: Patch) -> None:
    Script(monkeypatch, trained(4, claim=4.5), trained(6))
    assert plan(HALVES).plan.gaps_closed == 6
    Script(monkeypatch, trained(4, claim=4.5), trained(2))
    assert plan(HALVES).plan.gaps_closed == 4


def test_no_search_is_begun_after_ctrl_c(monkeypatch: Patch) -> None:
    script = Script(monkeypatch, Stopped(Decisions({("a", "bimtek", "TW1"): 3})))
    with pytest.raises(Interrupted):
        plan(HALVES)
    assert len(script.asked) == 1


def test_the_time_limit_is_for_all_passes_together(monkeypatch: Patch) -> None:
    script = Script(monkeypatch, trained(3), trained(4))
    script.delay = 0.3
    assert plan(HALVES, Limits(time_limit=2.0)).plan.gaps_closed == 4
    first, second = (limits.time_limit for limits, _whole in script.asked)
    assert first == 2.0
    assert second is not None
    assert 1.0 <= second <= 1.7
    script = Script(monkeypatch, trained(3), trained(4))
    plan(HALVES, Limits())
    assert [limits.time_limit for limits, _whole in script.asked] == [None, None]


def refusing(plans: int) -> Callable[..., Any]:
    """A check that refuses the first `plans` plans."""
    left = [plans]

    def check(*arguments: Any) -> Any:
        left[0] -= 1
        verdict = check_plan(*arguments)
        if left[0] >= 0:
            object.__setattr__(verdict, "findings", ("ditolak",))
        return verdict

    return check


def test_a_plan_that_does_not_stand_the_check_goes_to_the_other_engine_and_says_so(monkeypatch: Patch) -> None:
    for solver, other, name in (("highs", "cbc", "CBC"), ("cbc", "highs", "HiGHS")):
        monkeypatch.undo()
        monkeypatch.setattr(planning, "check_plan", refusing(2))
        script = Script(monkeypatch, trained(4), trained(4), trained(6))
        found = plan(HALVES, Limits(solver=solver)).plan
        assert found.gaps_closed == 6
        assert found.solver.name == name
        assert found.solver.strategy == "levels-second-engine"
        assert [(limits.solver, limits.exact) for limits, _whole in script.asked] == [
            (solver, False),
            (solver, True),
            (other, False),
        ]
        assert [limits.time_limit for limits, _whole in script.asked] == [None, 60.0, 60.0]


def test_a_plan_that_does_not_stand_the_check_is_first_sought_with_the_tightest_tolerances(monkeypatch: Patch) -> None:
    monkeypatch.setattr(planning, "check_plan", refusing(1))
    script = Script(monkeypatch, trained(4), trained(6))
    assert plan(HALVES).plan.gaps_closed == 6
    assert [limits.exact for limits, _whole in script.asked] == [False, True]


def test_what_no_engine_plans_rightly_is_the_failure_of_the_first(monkeypatch: Patch) -> None:
    monkeypatch.setattr(planning, "check_plan", refusing(9))
    for second in (trained(6), SolverError("CBC is not installed")):
        Script(monkeypatch, trained(4), trained(4), second)
        with pytest.raises(CheckFailed, match="ditolak"):
            plan(HALVES)
