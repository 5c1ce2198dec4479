"""Ctrl-C at every stage of planning: a checked plan that says so, or an interruption; never another error."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from planner import planning
from planner.batch.points import Point, solve_point
from planner.check import check_plan
from planner.domain.decisions import Decisions
from planner.domain.scenario import Scenario
from planner.drafting import attempts, drafts, finding, finishing, second_opinions
from planner.errors import CheckFailed, Interrupted
from planner.planning import Aim, Progress, SearchLimits, plan
from planner.plans.plan import Plan, Status
from planner.proof import effort
from planner.solve.answers import Solution
from planner.solve.engine import EngineName
from planner.solve.outcome import Ending, Stage
from planner.solve.run import Stopped
from tests.scenarios.hand import costing, scenario

Patch = pytest.MonkeyPatch

SHORT = Scenario.model_validate(scenario(programmes=costing("participant", 7), funds={"amount": 20}))
"""10 people at Rp7 and Rp20 to spend: 2 can be paid."""

ENGINES = (EngineName.HIGHS, EngineName.CBC)


def interrupted(monkeypatch: Patch, module: object, name: str, times: int = 1) -> list[object]:
    """Press Ctrl-C during the first `times` calls of a function; returns the list of its calls."""
    real: Callable[..., Any] = getattr(module, name)
    calls: list[object] = []

    def pressed(*arguments: Any, **named: Any) -> Any:
        calls.append(arguments)
        if len(calls) <= times:
            raise KeyboardInterrupt
        return real(*arguments, **named)

    monkeypatch.setattr(module, name, pressed)
    return calls


def planned(solver: EngineName = EngineName.HIGHS, **named: Any) -> Plan:
    """The plan that comes out, checked once more."""
    found = plan(SHORT, SearchLimits(solver=solver), inline=True, **named).plan
    assert check_plan(SHORT, found.to_plain()).passed
    return found


@pytest.mark.parametrize("solver", ENGINES)
def test_before_the_first_plan_there_is_none(monkeypatch: Patch, solver: EngineName) -> None:
    def stopped_at_once(*_: object, **__: object) -> Solution:
        raise Stopped(None)

    monkeypatch.setattr(attempts, "solve", stopped_at_once)
    with pytest.raises(Interrupted) as stopped:
        planned(solver)
    assert stopped.value.exit_code == 130


@pytest.mark.parametrize(
    ("solver", "stage"),
    [(EngineName.HIGHS, Stage.GAPS_CLOSED), *((EngineName.CBC, stage) for stage in (Stage.OWN_COST, Stage.TIES))],
)
def test_during_the_search_the_best_plan_so_far_is_kept(solver: EngineName, stage: Stage) -> None:
    """CBC, which reports nothing while it runs, reports the plan of each level that it has finished."""

    def press(news: Progress) -> None:
        if news.stage is stage:
            raise KeyboardInterrupt

    found = planned(solver, progress=press)
    assert (int(found.gaps_closed), found.solver.interrupted) == (2, True)


STAGES = {"settlement": (drafts, "Settlement"), "proof": (attempts, "prove"), "check": (drafts, "check_plan")}


@pytest.mark.parametrize("solver", ENGINES)
@pytest.mark.parametrize(("module", "name"), STAGES.values(), ids=STAGES)
def test_after_the_search_its_plan_is_kept_with_an_exact_bound(
    monkeypatch: Patch, module: object, name: str, solver: EngineName
) -> None:
    interrupted(monkeypatch, module, name)
    found = planned(solver)
    assert (int(found.gaps_closed), found.solver.interrupted) == (2, True)
    assert found.objective[0].exact_bound == 2.0


@pytest.mark.parametrize("name", ["Settlement", "check_plan"])
def test_a_second_ctrl_c_ends_it_at_once(monkeypatch: Patch, name: str) -> None:
    interrupted(monkeypatch, drafts, name, times=2)
    with pytest.raises(KeyboardInterrupt):
        planned()


def test_a_second_ctrl_c_during_the_proof_leaves_the_plan_without_a_bound(monkeypatch: Patch) -> None:
    interrupted(monkeypatch, attempts, "prove", times=2)
    found = planned()
    assert (int(found.gaps_closed), found.status, found.solver.interrupted) == (2, Status.FEASIBLE, True)


def test_during_the_bound_of_an_aim_the_plan_says_that_it_was_interrupted(monkeypatch: Patch) -> None:
    interrupted(monkeypatch, finishing, "aim_bound")
    answer = plan(SHORT, SearchLimits(), inline=True, aim=Aim(least="apbd"))
    assert answer.plan.solver.interrupted
    assert answer.aim_bound is None


BETWEEN = [
    (finding, "soon_proven"),
    (finding, "bettered"),
    (second_opinions, "enough"),
    (planning, "confirmed"),
    (planning, "tidied"),
    (finishing, "in_fewest_classes"),
    (finishing, "gathered"),
    (planning, "finished"),
    (finishing, "with_its_end"),
]
"""Steps between a search and its checked plan that are no stage of their own."""


@pytest.mark.parametrize(("module", "name"), BETWEEN, ids=[name for _module, name in BETWEEN])
def test_between_the_stages_after_the_search_its_plan_is_kept(monkeypatch: Patch, module: object, name: str) -> None:
    if name == "soon_proven":
        found_soon = Solution(Ending.PROVEN, two_people(), brief=True)
        monkeypatch.setattr(attempts, "solve", lambda *_, **__: found_soon)
    calls = interrupted(monkeypatch, module, name)
    found = planned()
    assert calls
    assert (int(found.gaps_closed), found.solver.interrupted) == (2, True)


def two_people() -> Decisions:
    return Decisions({("a", "bimtek", "TW1"): 2})


def test_during_the_second_search_its_better_plan_is_kept(monkeypatch: Patch) -> None:
    monkeypatch.setattr(effort, "WORK", 0)
    answers: list[Solution | Stopped] = [
        Solution(Ending.PROVEN, Decisions({("a", "bimtek", "TW1"): 1})),
        Stopped(two_people()),
    ]

    def solve(*_: object, **__: object) -> Solution:
        answer = answers.pop(0)
        if isinstance(answer, Stopped):
            raise answer
        return answer

    monkeypatch.setattr(attempts, "solve", solve)
    monkeypatch.setattr(second_opinions, "solve", solve)
    found = planned()
    assert (int(found.gaps_closed), found.solver.interrupted) == (2, True)


def test_no_other_engine_is_asked_where_the_check_refuses_a_plan_after_ctrl_c(monkeypatch: Patch) -> None:
    asked: list[object] = []

    def solve(*arguments: object, **_: object) -> Solution:
        asked.append(arguments)
        raise Stopped(two_people())

    def refuse(*_: object, **__: object) -> object:
        raise CheckFailed("ditolak")

    monkeypatch.setattr(attempts, "solve", solve)
    monkeypatch.setattr(finishing, "checked", refuse)
    with pytest.raises(Interrupted):
        planned()
    assert len(asked) == 1


def test_in_the_retry_after_a_failed_check_it_is_an_interruption(monkeypatch: Patch) -> None:
    """Also where the plan of the retry fails the check too."""
    asked: list[object] = []

    def solve(*arguments: object, **_: object) -> Solution:
        asked.append(arguments)
        if len(asked) > 1:
            raise Stopped(two_people())
        return Solution(Ending.PROVEN, two_people())

    def refuse(*_: object, **__: object) -> object:
        raise CheckFailed("ditolak")

    monkeypatch.setattr(attempts, "solve", solve)
    monkeypatch.setattr(finishing, "checked", refuse)
    with pytest.raises(Interrupted):
        planned()
    assert len(asked) == 2


@pytest.mark.parametrize(("module", "name"), STAGES.values(), ids=STAGES)
def test_a_batch_in_this_process_ends_whatever_its_point_was_doing(
    monkeypatch: Patch, module: object, name: str
) -> None:
    interrupted(monkeypatch, module, name)
    with pytest.raises(KeyboardInterrupt):
        solve_point(Point("titik", SHORT), SearchLimits(), "id")


def test_a_batch_in_this_process_ends_where_its_point_has_no_plan_yet(monkeypatch: Patch) -> None:
    def stopped(*_: object, **__: object) -> Solution:
        raise Stopped(None)

    monkeypatch.setattr(attempts, "solve", stopped)
    with pytest.raises(KeyboardInterrupt):
        solve_point(Point("titik", SHORT), SearchLimits(), "id")
