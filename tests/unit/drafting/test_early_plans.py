"""Checked plans while the search goes on: each better than the one before, none after its end."""

from __future__ import annotations

import threading

import pytest

from planner import planning
from planner.check import check_plan
from planner.domain.decisions import Decisions
from planner.domain.scenario import Scenario
from planner.drafting import drafts, early_plans
from planner.drafting.early_plans import EarlyPlans
from planner.errors import CheckFailed
from planner.plans.plan import Plan, Status
from planner.solve.outcome import SearchLimits
from tests.oracle.generate import random_scenarios
from tests.rules.small import costing, small
from tests.unit.solve.processes import until

PLAIN = small(programmes=costing("participant", 3), funds={"amount": 17})
SCENARIO = Scenario.model_validate(PLAIN)
GROUP, PROGRAMME, PERIOD = (SCENARIO.groups[0].id, SCENARIO.programmes[0].id, next(iter(SCENARIO.place_of_period)))


def people(number: int) -> Decisions:
    return Decisions(participants={(GROUP, PROGRAMME, PERIOD): number})


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[Plan]:
    monkeypatch.setattr(early_plans, "REST", 0)
    monkeypatch.setattr(early_plans, "SOON", 0)
    return []


def considered(told: list[Plan], *numbers: int) -> list[int]:
    """Have so many people considered, one after another; return how many each plan that was told has."""
    looked_at: list[Decisions] = []

    class Watched(EarlyPlans):
        def _consider(self, decisions: Decisions) -> None:
            super()._consider(decisions)
            looked_at.append(decisions)

    with Watched(SCENARIO, SearchLimits(), told.append) as plans:
        for number in numbers:
            plans.consider(people(number))
            assert until(lambda: looked_at[-1:] == [people(number)])  # noqa: B023
    return [row.participants for plan in told for row in plan.allocations]


def test_each_better_plan_is_told_and_checked_and_nothing_is_claimed_of_it(told: list[Plan]) -> None:
    assert considered(told, 2, 1, 4, 4, 5) == [2, 4, 5]
    for plan in told:
        assert check_plan(SCENARIO, plan.to_plain()).passed
        assert plan.status is Status.FEASIBLE
        assert plan.solver.interrupted


def test_what_cannot_be_paid_or_counted_is_left_out(told: list[Plan]) -> None:
    assert considered(told, 6, -1, 3) == [3]


def test_no_early_plan_is_made_of_decisions_that_train_nobody(told: list[Plan]) -> None:
    with EarlyPlans(SCENARIO, SearchLimits(), told.append) as plans:
        plans.consider(Decisions())
        plans.consider(people(2))
        assert until(lambda: bool(told))
    assert [row.participants for plan in told for row in plan.allocations] == [2]
    assert len(told) == 1


def test_what_our_check_refuses_is_left_out(told: list[Plan], monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_of: object) -> None:
        raise CheckFailed("refused")

    with monkeypatch.context() as patch:
        patch.setattr(early_plans, "checked", refused)
        assert considered(told, 5) == []
    assert considered(told, 4) == [4]


def test_nothing_is_told_once_the_search_has_ended(told: list[Plan], monkeypatch: pytest.MonkeyPatch) -> None:
    begun, go_on = threading.Event(), threading.Event()
    checked = drafts.checked

    def slow(*of: object) -> object:
        begun.set()
        assert go_on.wait(30)
        return checked(*of)  # type: ignore[arg-type]

    monkeypatch.setattr(early_plans, "checked", slow)
    with EarlyPlans(SCENARIO, SearchLimits(), told.append) as plans:
        plans.consider(people(3))
        assert begun.wait(30)
        plans.end()
        plans.consider(people(5))
        go_on.set()
    assert told == []


def test_the_search_goes_first_the_next_plan_waits_for_several_times_what_the_last_took(
    told: list[Plan], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(early_plans, "REST", 1e6)
    with EarlyPlans(SCENARIO, SearchLimits(), told.append) as plans:
        plans.consider(people(2))
        assert until(lambda: bool(told))
        plans.consider(people(3))
    assert len(told) == 1


def test_what_ends_soon_shows_its_own_plan_alone(told: list[Plan], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(early_plans, "SOON", 1e6)
    with EarlyPlans(SCENARIO, SearchLimits(), told.append) as plans:
        plans.consider(people(2))
    assert told == []


def test_who_does_not_listen_starts_no_thread() -> None:
    with EarlyPlans(SCENARIO, SearchLimits(), None) as plans:
        plans.consider(people(2))
        assert not any(thread.name == "early-plans" for thread in threading.enumerate())


def test_a_search_tells_plans_that_are_no_better_than_its_own(
    told: list[Plan], monkeypatch: pytest.MonkeyPatch
) -> None:
    end = EarlyPlans.end

    def patient(plans: EarlyPlans) -> None:
        assert until(lambda: bool(told)), "what the search has found is told, however soon it ends"
        end(plans)

    monkeypatch.setattr(EarlyPlans, "end", patient)
    scenario = Scenario.model_validate(random_scenarios(13, (20, 10, 4, 3)))
    found = planning.plan(scenario, SearchLimits(gap=0.05), early=told.append).plan
    values = [plan.weighted_gaps_closed for plan in told]
    if not any(not rule.hard for rule in scenario.rules):
        assert values == sorted(values)
        assert values[-1] <= found.weighted_gaps_closed
    for plan in told:
        assert check_plan(scenario, plan.to_plain()).passed
    assert not any(thread.name == "early-plans" for thread in threading.enumerate())
