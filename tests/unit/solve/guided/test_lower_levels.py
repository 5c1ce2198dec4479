"""A level below gaps closed is not left far from its bound because of the classes chosen for the level above."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from planner.model.build import build
from planner.solve import model_size
from planner.solve.guided.search import reseated
from planner.solve.outcome import Ending, SearchLimits
from planner.solve.search_run import SearchRun
from planner.solve.search_stages import polish
from tests.scenarios.hand import costing, read, scenario

DEAR, CHEAP = 3_000_000, 1_000_000


def programme(name: str, price: int) -> dict[str, Any]:
    return {"id": name, "closes": {"keu": 1}, "class_size": {"min": 5, "max": 10}, **costing("class", price)}


def dear_plan() -> SearchRun:
    """A search whose best point closes every gap with dear classes, where cheap ones close as many."""
    plain = scenario(
        groups=[{"id": name, "headcount": 10, "gaps": {"keu": 10}} for name in "abc"],
        programmes=[programme("dear", DEAR), programme("cheap", CHEAP)],
        funds={"amount": 10 * DEAR},
    )
    run = SearchRun.of(build(read(plain)), SearchLimits(), lambda news, decisions: None)
    gaps, own = run.model.goals[:2]
    assert own.level.goal == "own_cost"
    assert run.optimise(gaps).value == pytest.approx(30 / gaps.scale)
    run.hold(gaps, 30 / gaps.scale, "gaps")
    dearest = run.optimise(replace(own, sense="max")).value
    assert dearest is not None
    assert dearest * own.scale >= 3 * DEAR
    return run


def test_another_design_is_sought_where_the_bound_leaves_much_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model_size, "SMALL", -1)
    run = dear_plan()
    own = run.model.goals[1]
    found = polish(run, own)
    assert found.value is not None
    assert found.value * own.scale == pytest.approx(3 * CHEAP)
    assert run.point is not None
    assert {programme for programme, _ in run.reader.decisions(run.point).classes} == {"cheap"}


def test_plans_that_are_only_compared_keep_their_classes_and_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model_size, "SMALL", -1)
    run = dear_plan()
    run.limits = replace(run.limits, polish=False)
    own = run.model.goals[1]
    found = reseated(run, own)
    assert found is not None
    assert found.value is not None
    assert found.bound is not None
    assert found.ending is not Ending.PROVEN
    assert found.bound * own.scale <= 3 * CHEAP * 1.000001 < found.value * own.scale
