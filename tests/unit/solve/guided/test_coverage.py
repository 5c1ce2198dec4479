"""The smallest coverage as the first level of plans that are only compared: its gap, and the level below it."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.sizes import plain_scenario
from planner.domain.scenario import Scenario
from planner.model.build import build
from planner.solve.guided import search
from planner.solve.guided.search import GuidedSearch, guided
from planner.solve.outcome import SearchLimits
from planner.solve.search_run import SearchRun

GAP = 0.01


def run_of_fair(polish: bool = False) -> SearchRun:
    """A search for the largest coverage of every group, then for gaps closed."""
    plain = plain_scenario(16, 8, 6, 3, 4, 2)
    goals = [{"maximize": "smallest_coverage", "by": "group"}, {"maximize": "gaps_closed"}]
    scenario = Scenario.model_validate({**plain, "objective": goals})
    limits = SearchLimits(gap=GAP, polish=polish)
    return SearchRun.of(build(scenario), limits, lambda news, decisions: None)


def test_the_gap_of_a_coverage_is_one_of_all_as_claims_measure_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """A coverage of 25% to within 1% is 24 to 26%, not 24.75 to 25.25%."""
    monkeypatch.setattr(search, "is_small", lambda _model: False)
    for polish in (False, True):
        run = run_of_fair(polish)
        coverage = run.model.goals[0]
        found = guided(run, coverage)
        assert found is not None
        assert found.value is not None
        value = found.value * coverage.scale
        assert 0.01 < value < 0.9
        times = 1.0 if polish else pytest.approx(1 / value, rel=0.2)
        assert run.limits.gap / GAP == times


def test_a_gap_relative_to_many_gaps_closed_stays_as_it_is() -> None:
    run = run_of_fair()
    run.measure_gap(run.model.goals[1], 900.0)
    assert run.limits.gap == GAP


def test_where_no_people_fit_into_the_best_classes_those_between_are_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(*_: Any, **_named: Any) -> None:
        """No people fit."""

    monkeypatch.setattr(search, "is_small", lambda _model: False)
    run = run_of_fair()
    coverage, gaps = run.model.goals[:2]
    found = guided(run, coverage)
    assert found is not None
    assert found.value is not None
    assert run.point is not None
    run.hold(coverage, found.value, "held")
    before = sum(factor * run.point[variable.id] for variable, factor in gaps.terms)
    for name in ("_plan", "_by_hint", "_at_once"):
        monkeypatch.setattr(GuidedSearch, name, nobody)
    between = guided(run, gaps)
    assert between is not None
    assert between.value is not None
    assert between.value > before
    kept = sum(factor * run.point[variable.id] for variable, factor in coverage.terms)
    assert kept >= found.value - 1e-4
