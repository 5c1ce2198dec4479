"""A search block by block that goes on from a plan: it is taken apart, and only what leaves much open is planned
again."""

from __future__ import annotations

from dataclasses import replace
from math import floor
from typing import Any

import pytest

from planner.batch.runner import BatchRunner
from planner.domain.decisions import Decisions
from planner.domain.scenario import Scenario
from planner.drafting.drafts import Answer
from planner.nation.merging import with_classes
from planner.nation.planning import Apart
from planner.nation.taken_apart import taken_apart
from planner.nation.tasks import PlanTask
from tests.unit.nation.small import LIMITS, apart, small

SCENARIOS = {
    "money and classes": small(),
    "a cap of all": small(rules=[{"name": "semua", "measure": "participants", "at_most": 32_000}]),
}


@pytest.fixture(scope="module", params=SCENARIOS)
def made(request: pytest.FixtureRequest) -> tuple[Scenario, Apart, Answer]:
    scenario = SCENARIOS[request.param]
    under_way = apart(scenario)
    return scenario, under_way, under_way.answer()


class _Watched(BatchRunner):
    """A runner that notes which blocks it plans."""

    def __init__(self) -> None:
        super().__init__()
        self.planned: list[str] = []

    def results(self, tasks: Any, limits: Any) -> Any:
        self.planned += [task.name for task in tasks if isinstance(task, PlanTask)]
        return super().results(tasks, limits)


def gone_on(scenario: Scenario, start: Decisions, gap: float = LIMITS.gap) -> tuple[Answer, list[str]]:
    """What a search from `start` ends with, and the blocks that it planned, in their order."""
    runner = _Watched()
    under_way = replace(apart(scenario, runner=runner), limits=replace(LIMITS, gap=gap), start=start)
    return under_way.answer(), runner.planned


def test_a_plan_taken_apart_is_the_same_plan_again(made: tuple[Scenario, Apart, Answer]) -> None:
    scenario, under_way, answer = made
    decisions = answer.plan.decisions(scenario)
    begun = taken_apart(under_way.centre, under_way.scenarios, decisions)
    assert begun is not None
    assert begun.planned.keys() == under_way.blocks.keys()
    assert sum(each.value for each in begun.planned.values()) == answer.plan.gaps_level.value
    together = with_classes(under_way.centre, begun.planned.values())
    assert together is not None
    assert (together[0].participants, together[0].classes) == (decisions.participants, decisions.classes)
    assert sum(row.amount for row in together[1]) == answer.plan.total_cost


def test_what_blocks_have_and_what_is_left_is_no_more_than_there_is(made: tuple[Scenario, Apart, Answer]) -> None:
    scenario, under_way, answer = made
    begun = taken_apart(under_way.centre, under_way.scenarios, answer.plan.decisions(scenario))
    assert begun is not None
    shares = begun.shares({name: dict.fromkeys(begun.rest, 1) for name in begun.planned})
    for shared, amount in under_way.centre.amounts.items():
        given = [each.get(shared, 0) for each in shares.values()]
        assert sum(given) <= floor(amount)
        assert all(part >= begun.uses[name].get(shared, 0) for name, part in zip(shares, given, strict=True))
        if begun.rest[shared]:
            assert sum(given) == sum(each.get(shared, 0) for each in begun.uses.values()) + begun.rest[shared]


def test_near_enough_already_no_block_is_planned_again(made: tuple[Scenario, Apart, Answer]) -> None:
    scenario, _under_way, answer = made
    found, planned = gone_on(scenario, answer.plan.decisions(scenario), gap=answer.plan.relative_gap + 0.01)
    assert planned == []
    assert found.plan.gaps_level.value == answer.plan.gaps_level.value
    assert found.plan.rank >= answer.plan.rank


def test_it_begins_with_the_block_that_leaves_most_open(made: tuple[Scenario, Apart, Answer]) -> None:
    scenario, under_way, answer = made
    whole = answer.plan.decisions(scenario)
    poor = max(under_way.planned.values(), key=lambda each: each.value).name
    groups = {group.id for group in under_way.blocks[poor].groups}
    left = {seat: n for seat, n in whole.participants.items() if seat[0] not in groups}
    held = {p for _g, p, _t in left}
    start = Decisions(left, {key: n for key, n in whole.classes.items() if key[0] in held})
    begun = taken_apart(under_way.centre, under_way.scenarios, start)
    assert begun is not None
    found, planned = gone_on(scenario, start)
    assert planned[0] == poor
    assert found.plan.gaps_level.value > begun.draft.values[0]


def test_a_finer_gap_ends_with_nothing_worse(made: tuple[Scenario, Apart, Answer]) -> None:
    scenario, _under_way, answer = made
    found, planned = gone_on(scenario, answer.plan.decisions(scenario), gap=0.0001)
    assert planned
    assert found.plan.rank >= answer.plan.rank


def test_a_plan_of_another_scenario_is_not_begun_from(made: tuple[Scenario, Apart, Answer]) -> None:
    scenario, under_way, _answer = made
    strange = Decisions({("nobody", scenario.programmes[0].id, scenario.horizon[0]): 1})
    assert taken_apart(under_way.centre, under_way.scenarios, strange) is None
