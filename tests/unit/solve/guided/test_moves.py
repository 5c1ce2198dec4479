"""From the classes of a known plan single steps lead to better ones, for more money and for less."""

from __future__ import annotations

import random
from functools import partial

import numpy as np
import pytest

from planner.attendance.learning import learnt_from
from planner.domain.scenario import Scenario
from planner.model.build import build
from planner.solve.engine import RunOptions
from planner.solve.guided.matrix import Relaxed
from planner.solve.guided.moves import DesignMoves
from planner.solve.guided.near import near
from planner.solve.outcome import SearchLimits
from planner.solve.search_run import SearchRun
from planner.solve.warm import WarmModel
from tests.oracle.generate import random_scenarios
from tests.sampled import few, some
from tests.scenarios.changes import with_other_amount
from tests.scenarios.hand import costing, read, scenario

LIMITS = SearchLimits(gap=0.001, polish=False)
CLASS = 1_000_000


def of_classes(affordable: int) -> Scenario:
    """Classes of ten people each for three groups of twenty; money pays for so many of the six."""
    return read(
        scenario(
            competencies=[{"id": c, "kind": "technical"} for c in "xyz"],
            groups=[{"id": f"group-{c}", "headcount": 20, "gaps": {c: 20}} for c in "xyz"],
            programmes=[
                {"id": f"course-{c}", "closes": {c: 1}, "class_size": {"min": 5, "max": 10}, **costing("class", CLASS)}
                for c in "xyz"
            ],
            funds={"amount": affordable * CLASS},
        )
    )


def search_of(scenario: Scenario) -> SearchRun:
    return SearchRun.of(build(scenario), LIMITS, lambda news, decisions: None)


@pytest.mark.parametrize(("before", "after"), [(2, 4), (4, 3), (5, 1), (3, 6)])
def test_classes_of_a_known_plan_are_moved_to_those_that_other_money_pays_for(before: int, after: int) -> None:
    """Without any search for classes: ten people are trained for each class that can be paid."""
    known = search_of(of_classes(before))
    assert known.optimise(known.model.goals[0]).point is not None
    assert known.point is not None
    warm = WarmModel(of_classes(before), known.reader.decisions(known.point), LIMITS, learnt_from)
    found = warm.near(of_classes(after), LIMITS, 10.0 * after)
    assert found is not None
    assert sum(found.classes.values()) == after
    assert sum(found.participants.values()) == 10 * after
    assert warm.near(of_classes(after), LIMITS, 10.0 * after + 1) is None


def test_designs_are_whole_and_none_is_worth_more_than_the_relaxation_or_less_than_where_it_began() -> None:
    moved = 0
    for seed in some(range(60), 15):
        old = Scenario.model_validate(random_scenarios(seed, (6, 5, 2, 3)))
        start = search_of(old)
        goal = start.model.goals[0]
        if start.optimise(goal, gap=0.01, most_nodes=20).point is None or start.point is None:
            continue
        run = search_of(with_other_amount(old, random.Random(f"moves {seed}")))
        run = SearchRun.of(run.model, LIMITS, lambda news, decisions: None, hint=start.reader.decisions(start.point))
        goal, matrix, known = run.model.goals[0], run.matrix(), run.hinted()
        matrix.aim(goal.terms, goal.sense)
        assert known is not None
        relaxed = partial(matrix.relaxed, options=RunOptions(gap=0.0))
        root = relaxed(matrix.lower, matrix.upper)
        if not isinstance(root, Relaxed):
            continue
        values = np.clip(np.rint(known[matrix.places]), matrix.lower, matrix.upper)
        given = matrix.design & np.isfinite(values)
        moves = DesignMoves(matrix, given, relaxed)
        first = moves.at(values)
        sign = 1 if goal.sense == "max" else -1
        found = moves.towards(values, first, root.value, abs(root.value))
        if found is None:
            continue
        slack = 1e-6 * max(1.0, abs(root.value))
        assert sign * found.best.value <= sign * root.value + slack, seed
        assert first is None or sign * found.best.value >= sign * first.best.value - slack, seed
        assert np.all(found.values[given] == np.rint(found.values[given])), seed
        assert np.all(np.abs(found.best.point - found.values)[given] < 1e-6), seed
        moved += first is None or found is not first
    assert moved >= few(6, 6)


def test_nothing_is_found_near_a_plan_that_is_not_known() -> None:
    run = search_of(of_classes(2))
    assert near(run, run.model.goals[0], 10.0, 10.0, hopeless=9.0) is None
