"""Groups of one to three people, whose whole chances lose much when fractions of people are rounded."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from planner.domain.scenario import Scenario
from planner.model.build import build
from planner.solve.guided import search
from planner.solve.guided.search import guided
from planner.solve.outcome import SearchLimits
from planner.solve.search_run import SearchRun


def few_people(groups: int, seed: int) -> Scenario:
    """Many groups of a list of people: a course that another requires, and JP for few of them."""
    draw = np.random.default_rng(seed)

    def cost(per: str, price: int) -> dict[str, Any]:
        return {"item": "Honorarium", "account": "5.1.02.02.01.0003", "per": per, "price": price}

    def group(number: int) -> dict[str, Any]:
        people = int(draw.integers(1, 4))
        gaps = {f"k{c}": people for c in range(3) if draw.random() < 0.6}
        whose = {"id": f"g{number}", "agency": f"Dinas {number % 5}", "headcount": people}
        return whose | {"max_hours": 30, "uptake": "70%", "gaps": gaps}

    size = {"min": 5, "max": 20}
    return Scenario.model_validate(
        {
            "format": 1,
            "scenario": {"id": "few", "fiscal_year": 2027},
            "periods": ["S1", "S2"],
            "competencies": [{"id": f"k{c}", "kind": "technical"} for c in range(3)],
            "groups": [group(n) for n in range(groups)],
            "programmes": [
                {"id": "a", "hours": 8, "closes": {"k0": 0.4}, "class_size": size, "costs": [cost("class", 2_000_000)]},
                {
                    "id": "b",
                    "hours": 24,
                    "requires": ["a"],
                    "closes": {"k0": 0.9, "k1": 0.5},
                    "class_size": size,
                    "costs": [cost("class", 6_000_000)],
                },
                {"id": "c", "hours": 12, "closes": {"k2": 0.7, "k1": 0.3}, "costs": [cost("participant", 150_000)]},
            ],
            "funds": [{"id": "apbd", "kind": "own", "amount": groups * 300_000}],
        }
    )


@pytest.mark.parametrize("seed", range(3))
def test_people_are_searched_anew_where_rounding_them_lost_much(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "is_large", lambda _model: True)  # small models are searched whole afterwards
    anew, bound = value_and_bound(seed)
    monkeypatch.setattr(search, "LOSSY", 1.0)
    rounded, _ = value_and_bound(seed)
    assert 1.04 * rounded < anew < bound


def value_and_bound(seed: int) -> tuple[float, float]:
    """What the guided search finds, and its bound."""
    run = SearchRun.of(build(few_people(40, seed)), SearchLimits(), lambda _news, _decisions: None)
    found = guided(run, next(goal for goal in run.model.goals if goal.terms))
    assert found is not None
    assert found.value is not None
    assert found.bound is not None
    return found.value, found.bound
