"""What each changed input brings: steps that add exactly to the difference, in the order of the file."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from planner.analysis.comparison import causes as causes_module
from planner.analysis.comparison.causes import MOST_STEPS, Causes, causes
from planner.analysis.sweep.grid import state_of
from planner.batch.points import Result
from planner.batch.runner import BatchRunner
from planner.domain.scenario import Scenario
from planner.errors import InfeasibleError
from planner.planning import plan
from planner.plans.comparison import Difference, differences, with_differences
from planner.plans.plan import Status
from tests.sampled import few, some
from tests.scenarios.builders import scenario as small
from tests.scenarios.workshop import workshop
from tests.unit.analysis.plans import EXACT, assert_passes, inquiry, most_gaps, tiny_ones

Change = Callable[[dict[str, Any]], None]


def changed(base: Scenario, *changes: Change) -> Scenario:
    plain = _lists(base.to_plain())
    plain["scenario"]["id"] = "lain"
    for change in changes:
        change(plain)
    return Scenario.model_validate(plain)


def _lists(value: Any) -> Any:
    """A copy that can be edited."""
    if isinstance(value, dict):
        return {key: _lists(part) for key, part in value.items()}
    return [_lists(part) for part in value] if isinstance(value, list | tuple) else value


def explained(base: Scenario, other: Scenario, order: Callable[[Difference], tuple[int, ...]] | None = None) -> Causes:
    answer = causes(inquiry(base), other, plan(other, EXACT, inline=True, validated=True).plan, order)
    assert_adds_up(answer)
    return answer


def assert_adds_up(answer: Causes) -> None:
    before, after = answer.before, answer.after
    assert sum(cause.gaps for cause in answer.causes) == after.gaps_closed - before.gaps_closed
    assert sum(cause.weighted for cause in answer.causes) == after.weighted_gaps_closed - before.weighted_gaps_closed
    assert sum(cause.total_cost for cause in answer.causes) == after.total_cost - before.total_cost
    assert sum(cause.own_cost for cause in answer.causes) == after.own_cost - before.own_cost
    if answer.causes:
        assert answer.causes[-1].plan is after
    told = [d.path for cause in answer.causes for d in cause.changes]
    assert sorted(told) == sorted(d.path for d in differences(answer.base, answer.other))


def amount(value: int) -> Change:
    return lambda plain: plain["funds"][0].update(amount=value)


def price(programme: int, value: int) -> Change:
    return lambda plain: plain["programmes"][programme]["costs"][0].update(price=value)


def paths(answer: Causes) -> list[list[str]]:
    return [[d.path for d in cause.changes] for cause in answer.causes]


def test_two_overrides_by_hand() -> None:
    """Rp110 closes 18. With small classes for Rp50 it closes 14; with Rp50 of money after that 4, for Rp50."""
    answer = explained(workshop(110), changed(workshop(110), amount(50), price(1, 50)))
    assert paths(answer) == [["programmes.kecil.costs.Kelas.price"], ["funds.apbd.amount"]]
    assert [[c.gaps, c.total_cost] for c in answer.causes] == [[-4, 0], [-10, -60]]


def test_the_order_is_that_of_the_file() -> None:
    def money_first(difference: Difference) -> tuple[int, ...]:
        return (difference.steps[0] != "funds",)

    answer = explained(workshop(110), changed(workshop(110), amount(50), price(1, 50)), money_first)
    assert paths(answer) == [["funds.apbd.amount"], ["programmes.kecil.costs.Kelas.price"]]
    assert [[c.gaps, c.total_cost] for c in answer.causes] == [[-10, -60], [-4, 0]]


def test_a_step_without_a_plan_is_taken_together_with_the_next() -> None:
    """The large class becomes too dear for the rule that asks for it, until there is more money."""
    rules = [{"name": "Wajib", "measure": "classes", "where": {"programmes": {"id": "besar"}}, "at_least": 1}]
    base = workshop(110, rules=rules)
    answer = explained(base, changed(base, price(0, 200), amount(200)))
    assert paths(answer) == [["programmes.besar.costs.Kelas.price", "funds.apbd.amount"]]
    (together,) = answer.causes[0].merged
    assert together.reason == "infeasible"
    assert [d.path for d in together.change] == ["programmes.besar.costs.Kelas.price"]
    assert "Wajib" in together.message


def test_a_step_that_is_no_scenario_is_taken_together_with_the_next() -> None:
    """A programme is removed before the fund that pays for it alone: meanwhile the fund names nothing that exists."""
    funds = [
        {"id": "apbd", "kind": "own", "amount": 110},
        {"id": "mitra", "kind": "partner", "amount": 5, "pays": {"programmes": {"id": "kecil"}}},
    ]

    def removed(plain: dict[str, Any]) -> None:
        del plain["programmes"][1], plain["funds"][1]

    base = workshop(0, funds=funds)
    answer = explained(base, changed(base, removed))
    assert paths(answer) == [["programmes.kecil", "funds.mitra"]]
    assert [together.reason for together in answer.causes[0].merged] == ["invalid"]


@pytest.mark.parametrize("status", [None, Status.SOLVER_FAILED, Status.NO_PLAN_IN_TIME, Status.WORKER_LOST])
def test_a_step_without_a_plan_says_how_its_point_ended(status: Status | None, monkeypatch: pytest.MonkeyPatch) -> None:
    base = workshop(110)
    other = changed(base, amount(50), price(1, 50))
    asked = inquiry(base)
    after = plan(other, EXACT, inline=True, validated=True).plan
    monkeypatch.setattr(causes_module, "_best", lambda *_: None)
    monkeypatch.setattr(BatchRunner, "solve", lambda _self, points, _: {p.name: Result(p.name, status) for p in points})
    (cause,) = causes(asked, other, after).causes
    assert [merged.reason for merged in cause.merged] == [state_of(None, status)]


def test_one_change_is_the_whole_difference_and_needs_no_further_plan() -> None:
    asked = inquiry(workshop(110))
    other = changed(workshop(110), amount(60))
    after = plan(other, EXACT, inline=True, validated=True).plan
    object.__setattr__(asked.runner, "solve", pytest.fail)
    (cause,) = causes(asked, other, after).causes
    assert [cause.gaps, cause.total_cost] == [-8, -50]
    assert cause.certain


def test_changes_that_no_plan_depends_on_have_no_step_of_their_own() -> None:
    def renamed(plain: dict[str, Any]) -> None:
        plain["funds"][0] |= {"name": "Anggaran", "chance": "50%"}
        plain["scenario"]["hours_target"] = 20

    answer = explained(workshop(110), changed(workshop(110), renamed, amount(60), price(1, 26)))
    assert len(answer.causes) == 2
    assert {d.path for d in answer.causes[0].changes} >= {"funds.apbd.name", "funds.apbd.chance"}
    only = explained(workshop(110), changed(workshop(110), renamed))
    assert [cause.gaps for cause in only.causes] == [0]


def test_equal_inputs_have_no_causes() -> None:
    assert explained(workshop(110), changed(workshop(110))).causes == ()


def test_many_differences_are_taken_together_by_record() -> None:
    def all_gaps(plain: dict[str, Any]) -> None:
        for n, group in enumerate(plain["groups"]):
            group["gaps"] = {c: value - 1 for c, value in group["gaps"].items()}
            group["headcount"] += n

    groups = [{"id": f"g{n}", "headcount": 9, "gaps": {"a": 2, "b": 2}} for n in range(MOST_STEPS // 2 - 1)]
    base = workshop(110, groups=groups)
    answer = explained(base, changed(base, all_gaps, amount(80)))
    assert answer.grouped
    assert len(answer.causes) == MOST_STEPS // 2
    assert {d.steps[:2] for d in answer.causes[1].changes} == {("groups", "g1")}


def test_every_difference_applied_is_the_other_scenario_and_none_is_the_base() -> None:
    base = small()
    other = changed(
        base, amount(7), price(0, 1), lambda plain: plain["groups"].pop(), lambda plain: plain["rules"].pop()
    )
    old, new = base.to_plain(), other.to_plain()
    assert Scenario.model_validate(with_differences(old, new, lambda steps: True)).sha256 == other.sha256
    nothing = Scenario.model_validate(with_differences(old, new, lambda steps: False))
    assert nothing.to_plain() | {"scenario": 0} == old | {"scenario": 0}


def test_effects_are_those_of_solving_each_step_anew() -> None:
    """Tiny scenarios: less money, then another price; the plan between them is the best there is."""
    told = 0
    for plain, asked in tiny_ones(some(range(12), 2)):
        between = copy.deepcopy(plain)
        between["funds"][0]["amount"] = between["funds"][0]["amount"] // 2
        after = copy.deepcopy(between)
        after["groups"][0]["uptake"] = "50%"
        after["scenario"]["id"] = "lain"
        other = Scenario.model_validate(after)
        if other.groups[0].socialization or len(differences(asked.scenario, other)) != 2:
            continue
        try:
            best = plan(other, EXACT, inline=True, validated=True).plan
        except InfeasibleError:
            continue
        answer = causes(asked, other, best, lambda difference: (difference.steps[0] != "funds",))
        assert_adds_up(answer)
        if len(answer.causes) == 2:
            middle = answer.causes[0].plan
            assert middle.gaps_level.value == most_gaps(between)
            assert answer.causes[0].certain
            told += 1
    assert told > few(3, 2)


def test_an_effect_smaller_than_what_is_proven_is_not_called_certain() -> None:
    """4 gaps fewer after a change; but if up to 5 more had been possible there, the change might as well add one."""
    answer = explained(workshop(110), changed(workshop(110), amount(50), price(1, 50)))
    assert [cause.certain for cause in answer.causes] == [True, True]
    asked, other = inquiry(workshop(110)), changed(workshop(110), price(1, 50))
    after = plan(other, EXACT, inline=True, validated=True).plan
    first, *below = after.objective
    for bound, certain in ((14.0, True), (17.9, True), (19.0, False), (None, False)):
        loose = replace(after, objective=(replace(first, bound=bound), *below))
        (cause,) = causes(asked, other, loose).causes
        assert cause.certain is certain


def test_the_plan_between_is_checked_as_one_of_its_own_scenario() -> None:
    answer = explained(workshop(110), changed(workshop(110), amount(50), price(1, 50)))
    between = changed(workshop(110), price(1, 50))
    between = between.changed(scenario=workshop(110).scenario)
    assert_passes(between, answer.causes[0].plan)
    assert answer.causes[0].weighted == Fraction(-4)
