"""The brief search of scenarios with many classes: how long it looks, by size and gap."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from benchmarks.sizes import scenario_of
from planner.solve.guided import brief
from planner.solve.guided.search import GuidedSearch
from planner.solve.levels import solve_levels
from planner.solve.outcome import Ending, SearchLimits

NARROW, WIDE = 0.0001, 0.001
SIZE = 20, 12, 10, 4, 4


@dataclass
class Told:
    """What a brief search looked for."""

    nodes: list[int]
    """The most nodes of each search for classes."""


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Told:
    """Told of searches; no scenario counts as one of few classes."""
    told, real = Told([]), GuidedSearch._plan

    def plan(search: GuidedSearch, upper: Any, nodes: int, *more: Any) -> Any:
        told.nodes.append(nodes)
        return real(search, upper, nodes, *more)

    monkeypatch.setattr(brief, "FEW_CLASSES", 0)
    monkeypatch.setattr(GuidedSearch, "_plan", plan)
    return told


@pytest.mark.parametrize(
    ("gap", "large", "periods", "nodes"),
    [
        (NARROW, False, 1, [5, brief.MORE_NODES]),
        (NARROW, False, 2, [5, brief.MORE_NODES]),
        (WIDE, False, 2, [5]),
        (WIDE, True, 1, [5]),
        (NARROW, True, 2, [5]),
    ],
)
def test_better_classes_than_the_first_are_sought_where_a_narrow_gap_is_asked_for_and_the_model_is_not_large(
    told: Told, gap: float, large: bool, periods: int, nodes: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(brief, "is_large", lambda _: large)
    found = solve_levels(scenario_of(*SIZE, periods), SearchLimits(gap=gap), brief=True)
    assert found.brief
    assert found.ending is Ending.ENOUGH
    assert told.nodes == nodes


def test_a_narrow_gap_in_a_large_model_of_one_period_needs_the_full_search(
    told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(brief, "is_large", lambda _: True)
    asked = SearchLimits(gap=NARROW)
    found = solve_levels(scenario_of(*SIZE), asked, brief=True)
    assert not found.brief
    assert found.ending is not Ending.ENOUGH
    full = solve_levels(scenario_of(*SIZE), asked)
    assert (found.decisions, found.levels) == (full.decisions, full.levels)


def test_the_first_plan_is_near_the_best() -> None:
    for periods in (1, 2):
        scenario = scenario_of(*SIZE, periods)
        soon, full = (solve_levels(scenario, SearchLimits(gap=NARROW), brief=short) for short in (True, False))
        assert full.levels[0].bound is not None
        assert soon.levels[0].value == pytest.approx(full.levels[0].bound, rel=0.001)
