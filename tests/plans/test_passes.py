"""Further attempts: what has been checked is not lost, what was stopped stays stopped, and time is given once."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from planner.check import check_plan
from planner.domain.decisions import Decisions
from planner.domain.scenario import Scenario
from planner.drafting import attempts, drafts, second_opinions
from planner.errors import CheckFailed, InfeasibleError, Interrupted, SolverError
from planner.planning import SearchLimits, plan
from planner.plans.claim import Claim
from planner.plans.plan import Status
from planner.proof import effort
from planner.solve.answers import LevelOutcome, Solution
from planner.solve.engine import EngineName
from planner.solve.job import Job
from planner.solve.outcome import Ending
from planner.solve.run import Stopped
from tests.scenarios.hand import costing, scenario

Patch = pytest.MonkeyPatch

SHORT = Scenario.model_validate(scenario(programmes=costing("participant", 7), funds={"amount": 20}))
"""10 people at Rp7 and Rp20 to spend: 2 can be paid, a third is Rp1 short."""


def trained(people: int, ending: Ending = Ending.PROVEN) -> Solution:
    """The solution that trains `people`, proven to be best by the word of an engine, or not."""
    levels = tuple(
        LevelOutcome(level, value, value, ending)
        for level, value in zip(SHORT.objective, (float(people), 7.0 * people), strict=True)
    )
    return Solution(ending, Decisions({("a", "bimtek", "TW1"): people}), levels)


class Script:
    """Stands in for the solver: each pass answers the next line, or raises it."""

    def __init__(self, monkeypatch: Patch, *lines: Solution | BaseException) -> None:
        self.lines: Iterator[Solution | BaseException] = iter(lines)
        self.asked: list[Job] = []
        self.delay = 0.0
        monkeypatch.setattr(attempts, "solve", self.solve)
        monkeypatch.setattr(second_opinions, "solve", self.solve)

    def solve(self, job: Job, *_: Any, **__: Any) -> Solution:
        self.asked.append(job)
        time.sleep(self.delay)
        line = next(self.lines)
        if isinstance(line, BaseException):
            raise line
        return line


@pytest.fixture
def no_search(monkeypatch: Patch) -> None:
    """The exact search is left out, as it is of models that are too large for it."""
    monkeypatch.setattr(effort, "WORK", 0)


@pytest.mark.parametrize(
    ("polish", "last", "drafts_made"), [(True, 2, [2, 1]), (False, 2, [2]), (False, 3, [3, 1]), (True, 3, [3, 1])]
)
def test_the_plan_before_the_lower_levels_is_drafted_where_it_may_be_needed(
    monkeypatch: Patch, polish: bool, last: int, drafts_made: list[int]
) -> None:
    """Always for a plan that is shown; for one that is only compared where the last cannot be paid."""
    made: list[int] = []

    def drafted(scenario: Scenario, found: Decisions) -> drafts.Draft | None:
        made.append(sum(found.participants.values()))
        return drafts.drafted(scenario, found)

    monkeypatch.setattr(attempts, "drafted", drafted)
    job = Job(SHORT, SearchLimits(polish=polish))
    solution = replace(trained(last), first=trained(1).decisions)
    best = attempts.Attempts(job).draft(solution)
    assert made == drafts_made
    assert best.values[0] == (2 if last == 2 else 1)


@pytest.mark.parametrize("people", [0, 1, 2, 3])
def test_the_exact_search_finds_the_plan_that_the_engine_missed_or_cannot_pay(monkeypatch: Patch, people: int) -> None:
    script = Script(monkeypatch, trained(people))
    found = plan(SHORT).plan
    assert found.gaps_closed == 2
    assert found.total_cost == 14
    assert (found.status, found.claim, found.bound) == (Status.OPTIMAL, Claim.PROVEN, 2.0)
    assert len(script.asked) == 1, "no engine is asked again"


@pytest.mark.usefixtures("no_search")
def test_what_cannot_be_paid_is_sought_again_with_money_kept_back_and_then_by_another_engine(
    monkeypatch: Patch,
) -> None:
    script = Script(monkeypatch, trained(3), trained(3), SolverError("!"), trained(1), SolverError("!"))
    found = plan(SHORT).plan
    assert found.gaps_closed == 1
    assert found.status == Status.FEASIBLE
    assert found.bound == 2.0, "the relaxation's bound"
    assert [job.limits.solver for job in script.asked] == ["highs", "highs", "highs", "highs-plain", "highs-plain"]
    assert [job.scenario.funds[0].amount for job in script.asked] == [20, 0, 0, 20, 20], "the last is a second opinion"


@pytest.mark.usefixtures("no_search")
def test_a_second_search_begins_where_the_proof_leaves_the_plan_open(monkeypatch: Patch) -> None:
    for second, expected in (
        (trained(2), (2.0, Claim.PROVEN, 2.0)),
        (trained(1), (1.0, Claim.AGREED, 1.0)),
        (Solution(Ending.FAILED), (1.0, Claim.CLAIMED, 2.0)),
        (Stopped(None), (1.0, Claim.CLAIMED, 2.0)),
    ):
        script = Script(monkeypatch, trained(1), second)
        found = plan(SHORT, inline=True).plan
        assert (float(found.gaps_closed), found.claim, found.bound) == expected
        assert found.objective[0].exact_bound == 2.0, "what is agreed does not hide what is confirmed"
        assert [job.limits.solver for job in script.asked] == ["highs", "highs-plain"]
        assert found.solver.interrupted is isinstance(second, Stopped)


@pytest.mark.usefixtures("no_search")
def test_where_less_than_one_gap_is_open_no_second_search_begins(monkeypatch: Patch) -> None:
    script = Script(monkeypatch, trained(1, Ending.ENOUGH))
    found = plan(SHORT).plan
    assert (found.status, found.claim, found.bound) == (Status.FEASIBLE, Claim.CLAIMED, 2.0)
    assert len(script.asked) == 1


@pytest.mark.usefixtures("no_search")
def test_where_nothing_can_be_paid_there_is_no_plan_rather_than_a_wrong_one(monkeypatch: Patch) -> None:
    Script(monkeypatch, *[trained(3)] * 4)
    with pytest.raises(SolverError, match="rupiah"):
        plan(SHORT)


def test_a_rule_one_rupiah_above_the_only_fund_is_named_with_it(monkeypatch: Patch) -> None:
    amount = 2_098_763_900
    people = {"id": "a", "headcount": 3000, "gaps": {"keu": 3000}}
    rule = {"name": "Serapan", "measure": "cost", "at_least": amount + 1}
    made = scenario(
        groups=[people], programmes=costing("participant", 1_234_567), funds={"amount": amount}, rules=[rule]
    )
    with pytest.raises(InfeasibleError, match="Serapan") as raised:
        plan(Scenario.model_validate(made))
    assert raised.value.exit_code == 3
    assert ("funds", "apbd", "amount") in raised.value.limits


def test_no_search_is_begun_after_ctrl_c(monkeypatch: Patch) -> None:
    script = Script(monkeypatch, Stopped(Decisions({("a", "bimtek", "TW1"): 3})))
    with pytest.raises(Interrupted):
        plan(SHORT)
    assert len(script.asked) == 1


def test_an_interrupted_plan_is_kept_with_the_bound_that_is_known(monkeypatch: Patch) -> None:
    Script(monkeypatch, Stopped(Decisions({("a", "bimtek", "TW1"): 1})))
    found = plan(SHORT).plan
    assert found.gaps_closed == 1
    assert found.solver.interrupted
    assert (found.status, found.bound) == (Status.FEASIBLE, 2.0)


@pytest.mark.usefixtures("no_search")
def test_the_time_limit_is_for_all_passes_together(monkeypatch: Patch) -> None:
    script = Script(monkeypatch, trained(3), trained(2))
    script.delay = 0.3
    assert plan(SHORT, SearchLimits(time_limit=2.0)).plan.gaps_closed == 2
    first, second = (job.limits.time_limit for job in script.asked)
    assert first is not None
    assert second is not None
    assert 1.6 <= first <= 1.7, "a seventh is left for proof, levels below and payments"
    assert 1.0 <= second <= 1.6
    script = Script(monkeypatch, trained(3), trained(2))
    plan(SHORT, SearchLimits())
    assert [job.limits.time_limit for job in script.asked] == [None, None]


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


def test_a_plan_that_does_not_stand_the_check_goes_to_the_other_engine(monkeypatch: Patch) -> None:
    for solver, other in ((EngineName.HIGHS, EngineName.HIGHS_PLAIN), (EngineName.CBC, EngineName.HIGHS)):
        monkeypatch.undo()
        monkeypatch.setattr(drafts, "check_plan", refusing(1))
        script = Script(monkeypatch, trained(2), trained(2))
        assert plan(SHORT, SearchLimits(solver=solver)).plan.gaps_closed == 2
        assert [job.limits.solver for job in script.asked] == [solver, other]


def test_what_no_engine_plans_rightly_is_the_failure_of_the_first(monkeypatch: Patch) -> None:
    monkeypatch.setattr(drafts, "check_plan", refusing(9))
    for second in (trained(2), SolverError("CBC is not installed")):
        Script(monkeypatch, trained(2), second)
        with pytest.raises(CheckFailed, match="ditolak"):
            plan(SHORT)


def test_ctrl_c_in_the_second_try_is_an_interruption_and_no_failure_of_the_check(monkeypatch: Patch) -> None:
    monkeypatch.setattr(drafts, "check_plan", refusing(1))
    Script(monkeypatch, trained(2), Stopped(None))
    with pytest.raises(Interrupted) as stopped:
        plan(SHORT)
    assert stopped.value.exit_code == 130


def test_the_clock_of_the_progress_goes_on_when_the_search_begins_again(monkeypatch: Patch) -> None:
    monkeypatch.setattr(drafts, "check_plan", refusing(1))
    heard: list[float] = []
    plan(SHORT, SearchLimits(), progress=lambda news: heard.append(news.seconds), inline=True)
    assert len(heard) > 2
    assert heard == sorted(heard)
