"""A search that goes on from a stored plan ends with nothing worse, whatever the search itself finds."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from planner import planning
from planner.batch.going_on import Gain, GoingOn
from planner.domain.decisions import Decisions
from planner.domain.scenario import Scenario
from planner.drafting.drafts import Answer
from planner.errors import CheckFailed, NoPlanInTime
from planner.planning import SearchLimits, plan
from planner.plans.plan import Plan, Status
from planner.scenario_io import read_scenario
from planner.solve.hints import Hints
from planner.store.stored_plan import read_stored

SHIPPED = Path(__file__).parents[3] / "scenarios"
ROUGH = SearchLimits(gap=0.9, polish=False)


@pytest.fixture(scope="module")
def small() -> Scenario:
    return read_scenario(SHIPPED / "contoh-kecil.yaml")


@pytest.fixture(scope="module")
def best(small: Scenario) -> Plan:
    return plan(small, inline=True).plan


@pytest.fixture(scope="module")
def less(small: Scenario, best: Plan) -> Plan:
    """A plan that closes less, with a bound far away, as of a search that was stopped early."""
    poorer = small.changed(
        funds=tuple(fund.model_copy(update={"amount": fund.amount // 2}) if fund.own else fund for fund in small.funds)
    )
    worse = GoingOn.of(small, plan(poorer, inline=True).plan).plan
    row = replace(worse.objective[0], bound=35.0, exact_bound=35.0)
    return stored(replace(worse, objective=(row, *worse.objective[1:]), status=Status.FEASIBLE, tolerance=0.001))


def stored(made: Plan) -> Plan:
    """The plan as it is read from its plan.json."""
    return Plan.from_plain(made.to_plain())


def test_a_better_plan_takes_the_place_of_the_one_it_began_from(small: Scenario, best: Plan, less: Plan) -> None:
    begun: list[Hints] = []

    def search(hints: Hints) -> Answer:
        begun.append(hints)
        return plan(small, hints=hints, inline=True)

    gained = GoingOn.of(small, less).search(search)
    assert gained.gain is Gain.BETTER
    assert gained.answer.plan.rank == best.rank
    assert begun[0].start == less.decisions(small)
    assert begun[0].bound is None, "anybody may have written into a file what is proven"


def test_a_worse_one_does_not(small: Scenario, best: Plan, less: Plan) -> None:
    begun = stored(best)
    gained = GoingOn.of(small, begun).search(lambda _hints: Answer(less))
    assert gained.gain is Gain.NOTHING
    assert stored(gained.answer.plan) == begun


def test_an_equally_good_one_with_a_larger_tolerance_does_not(small: Scenario, best: Plan) -> None:
    begun = stored(best)
    gained = GoingOn.of(small, begun).search(lambda _hints: Answer(replace(best, tolerance=0.05)))
    assert gained.gain is Gain.NOTHING
    assert stored(gained.answer.plan) == begun


def test_the_same_bounds_with_a_smaller_tolerance_leave_no_less_open(small: Scenario, best: Plan) -> None:
    begun = stored(replace(best, tolerance=0.05))
    gained = GoingOn.of(small, begun).search(lambda _hints: Answer(replace(best, tolerance=0.0)))
    assert gained.gain is Gain.NOTHING
    assert stored(gained.answer.plan) == begun


def test_a_nearer_bound_is_kept_with_the_same_plan(small: Scenario, best: Plan) -> None:
    row = replace(best.objective[0], bound=30.0, exact_bound=30.0)
    far = stored(replace(best, objective=(row, *best.objective[1:]), status=Status.FEASIBLE, bound=30.0))
    gained = GoingOn.of(small, far).search(lambda _hints: Answer(best))
    assert gained.gain is Gain.NEARER
    assert gained.answer.plan.rank == best.rank
    assert gained.answer.plan.status is Status.OPTIMAL


def test_what_a_search_has_proven_is_said_of_the_plan_before_though_its_own_is_worse(
    small: Scenario, best: Plan, less: Plan
) -> None:
    """As where a search ends within the gap asked for, a little below the plan that it began from."""
    row = replace(best.objective[0], bound=30.0, exact_bound=30.0)
    far = stored(replace(best, objective=(row, *best.objective[1:]), status=Status.FEASIBLE, bound=30.0))
    proven = replace(less.objective[0], bound=20.25, exact_bound=20.25)
    worse = replace(less, objective=(proven, *less.objective[1:]), bound=20.25)
    gained = GoingOn.of(small, far).search(lambda _hints: Answer(worse))
    assert gained.gain is Gain.NEARER
    assert gained.answer.plan.rank == best.rank
    assert gained.answer.plan.objective[0].exact_bound == 20.25


def test_a_bound_that_the_plan_before_has_passed_is_a_defect_that_is_told(
    small: Scenario, best: Plan, less: Plan
) -> None:
    begun = stored(best)
    false = replace(less.objective[0], bound=20.0, exact_bound=20.0)
    worse = replace(less, objective=(false, *less.objective[1:]), bound=20.0)
    with pytest.raises(CheckFailed):
        GoingOn.of(small, begun).search(lambda _hints: Answer(worse))


def test_a_better_plan_says_what_its_own_search_has_proven(small: Scenario, best: Plan, less: Plan) -> None:
    row = replace(best.objective[0], bound=39.0, exact_bound=39.0)
    open_ = replace(best, objective=(row, *best.objective[1:]), status=Status.FEASIBLE)
    gained = GoingOn.of(small, less).search(lambda _hints: Answer(open_))
    assert gained.gain is Gain.BETTER
    assert gained.answer.plan == open_


def test_a_bound_written_into_the_file_makes_no_plan_proven(small: Scenario, best: Plan, less: Plan) -> None:
    """A plan of half the money that says it is the best: its bound limits no search, and the new plan is honest."""
    worth = float(less.objective[0].value)
    forged = replace(less.objective[0], bound=worth, exact_bound=worth)
    begun = stored(replace(less, objective=(forged, *less.objective[1:]), bound=worth, status=Status.OPTIMAL))
    gained = GoingOn.of(small, begun).search(lambda hints: plan(small, hints=hints, inline=True))
    assert gained.gain is Gain.BETTER
    assert gained.answer.plan.rank == best.rank
    assert gained.answer.plan.bounds == best.bounds


def test_a_plan_that_passes_its_own_bound_is_refused(small: Scenario, best: Plan) -> None:
    row = replace(best.objective[0], bound=1.0, exact_bound=1.0)
    with pytest.raises(CheckFailed):
        GoingOn.of(small, stored(replace(best, objective=(row, *best.objective[1:]))))


def test_without_a_plan_in_time_there_is_the_one_before(small: Scenario, best: Plan) -> None:
    def search(_hints: Hints) -> Answer:
        raise NoPlanInTime("late")

    begun = stored(best)
    gained = GoingOn.of(small, begun).search(search)
    assert gained.gain is Gain.NOTHING
    assert stored(gained.answer.plan) == begun


@pytest.mark.parametrize("changed", [{"planner_version": "0.0"}, {"scenario_sha256": "0" * 64}])
def test_bounds_of_another_version_or_scenario_are_not_said_again(
    small: Scenario, best: Plan, changed: dict[str, Any]
) -> None:
    assert GoingOn.of(small, stored(best)).plan.bounds[0].exact is not None
    assert GoingOn.of(small, replace(stored(best), **changed)).plan.bounds[0].exact is None


def test_a_plan_that_breaks_the_rules_of_the_scenario_is_refused(small: Scenario, best: Plan) -> None:
    poor = small.changed(funds=tuple(fund.model_copy(update={"amount": fund.amount // 2}) for fund in small.funds))
    with pytest.raises(CheckFailed):
        GoingOn.of(poor, stored(best))
    fewer = small.changed(programmes=small.programmes[:1])
    with pytest.raises(CheckFailed):
        GoingOn.of(fewer, stored(best))


def test_a_plan_stopped_early_is_searched_to_the_end(small: Scenario, best: Plan, less: Plan) -> None:
    stopped = replace(less, solver=replace(less.solver, interrupted=True))
    gained = GoingOn.of(small, stopped).search(lambda hints: plan(small, ROUGH, hints=hints, inline=True))
    assert not gained.interrupted
    assert gained.answer.plan.rank >= less.rank


@pytest.mark.parametrize("name", ["contoh-kecil-perubahan", "kudus-2021"])
def test_a_stored_plan_that_is_found_again_stays_as_it_is(name: str) -> None:
    """Also one of what was left after facts, whose payments of the past stand."""
    kept = read_stored(SHIPPED.parent / "reports" / "gallery" / name)
    going_on = GoingOn.of(kept.scenario, kept.plan())
    gained = going_on.search(lambda hints: Answer(planning.adopt(kept.scenario, hints.start or Decisions())))
    assert gained.gain is Gain.NOTHING
    assert gained.answer.plan.to_plain() == kept.data
