"""Provinces of thousands of small groups: a search ends with the columns that matter, and leaves the proof time."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from planner.domain.scenario import Scenario
from planner.drafting import attempts
from planner.drafting.attempts import reserve
from planner.model.build import build
from planner.solve import model_size, search_stages
from planner.solve.guided import search as guided_search
from planner.solve.guided.matrix import Matrix
from planner.solve.guided.open_part import Mask, Values
from planner.solve.guided.search import guided
from planner.solve.outcome import Ending, Outcome, SearchLimits
from planner.solve.search_run import SearchRun
from planner.solve.search_stages import search

COURSES = {"a": {"k0": 0.6, "k1": 0.9}, "b": {"k1": 0.75, "k2": 0.9}, "c": {"k0": 0.75, "k2": 0.6}}


def province(groups: int = 300, seed: int = 7) -> Scenario:
    """Small groups with several gaps each, three courses in two periods, and money for a third of the people."""
    draw = np.random.default_rng(seed)
    people = []
    for number in range(groups):
        size = int(draw.integers(1, 9))
        gaps = {f"k{c}": size for c in range(3) if draw.random() < 0.5}
        agency = f"Dinas {number % 40:02d}"
        people.append({"id": f"g{number}", "agency": agency, "headcount": size, "gaps": gaps, "uptake": "90%"})
    courses = [
        {
            "id": name,
            "hours": 8,
            "closes": closes,
            "class_size": {"min": 15, "max": 30},
            "costs": [
                {
                    "item": "Konsumsi",
                    "account": "5.1.02.02.01.0003",
                    "per": "participant",
                    "price": 250_000 + 40_000 * n,
                },
                {
                    "item": "Narasumber",
                    "account": "5.1.02.02.01.0003",
                    "per": "class",
                    "price": 3_000_000 + 1_000_000 * n,
                },
            ],
        }
        for n, (name, closes) in enumerate(COURSES.items())
    ]
    return Scenario.model_validate(
        {
            "format": 1,
            "scenario": {"id": "province", "fiscal_year": 2027},
            "periods": ["S1", "S2"],
            "competencies": [{"id": f"k{c}", "kind": "technical"} for c in range(3)],
            "groups": people,
            "programmes": courses,
            "funds": [{"id": "apbd", "kind": "own", "amount": groups * 500_000}],
        }
    )


def searches(monkeypatch: pytest.MonkeyPatch, groups: int = 300, gap: float = 0.0001) -> tuple[Outcome, int]:
    """The guided plan of a province, and how many searches were of all columns with classes whole."""
    run = SearchRun.of(build(province(groups)), SearchLimits(gap=gap), lambda news, decisions: None)
    matrix, every = run.matrix(), 0
    real = Matrix.searched

    def searched(self: Matrix, lower: Values, upper: Values, whole: Mask, options: Any) -> Outcome:
        nonlocal every
        every += upper is matrix.upper and whole is matrix.design
        return real(self, lower, upper, whole, options)

    monkeypatch.setattr(Matrix, "searched", searched)
    found = guided(run, run.model.goals[0])
    assert found is not None
    return found, every


def test_a_vast_model_with_little_open_is_never_searched_on_all_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    """One class is 2% of what these few people close: so much may be open here."""
    monkeypatch.setattr(model_size, "VAST", -1)
    monkeypatch.setattr(guided_search, "NEAR_ENOUGH", 0.02)
    found, every = searches(monkeypatch)
    assert found.value is not None
    assert found.bound is not None
    assert found.value < found.bound <= found.value * 1.02
    assert not every


def test_a_smaller_gap_than_the_default_is_searched_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model_size, "VAST", -1)
    monkeypatch.setattr(guided_search, "NEAR_ENOUGH", 0.02)
    assert searches(monkeypatch, groups=100, gap=0.00001)[1]


def test_a_large_model_with_little_open_is_not_searched_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """The whole model would be searched to the time limit; the levels below follow, as the exact proof does."""
    monkeypatch.setattr(model_size, "LARGE", -1)
    run = SearchRun.of(build(province(120)), SearchLimits(), lambda news, decisions: None)
    goal, asked = run.model.goals[0], list[object]()

    def near(run: SearchRun, goal: Any) -> Outcome:
        return Outcome(Ending.STOPPED, np.zeros(len(run.model.problem.variables())), 10_000.0, 10_009.0)

    monkeypatch.setattr(search_stages, "guided", near)
    monkeypatch.setattr(SearchRun, "optimise", lambda self, goal, **options: asked.append(options))
    found = search(run, goal)
    assert (found.ending, found.value, found.bound) == (Ending.ENOUGH, 10_000.0, 10_009.0)
    assert not asked


def test_the_proof_of_a_huge_scenario_has_a_share_of_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten seconds were reserved, whatever the size: not enough for the first relaxation of 5,000 groups."""
    scenario = province(10)
    assert reserve(scenario, 600.0) == attempts.RESERVE_SECONDS
    monkeypatch.setattr(attempts, "is_huge", lambda scenario: True)
    assert reserve(scenario, 600.0) == pytest.approx(150.0)
