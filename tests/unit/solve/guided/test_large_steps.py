"""Large models: the first relaxation is not presolved, and people are rounded in the part that is open."""

from __future__ import annotations

from typing import Any

import pytest

from planner.model.build import build
from planner.solve import model_size
from planner.solve.guided.matrix import Matrix
from planner.solve.guided.search import guided
from planner.solve.outcome import Ending, Outcome, SearchLimits
from planner.solve.search_run import SearchRun
from tests.scenarios.hand import costing, read, scenario

PLAIN = scenario(
    groups=[{"id": name, "headcount": 10, "gaps": {"keu": 7}} for name in "abc"],
    programmes=[
        {"id": "p", "closes": {"keu": 0.9}, "class_size": {"min": 5, "max": 8}, **costing("participant", 300_000)}
    ],
    funds={"amount": 4_000_000},
)


def found(monkeypatch: pytest.MonkeyPatch, large: bool) -> tuple[float | None, list[str]]:
    """Search gaps closed in a model that counts as large or not; return the value and what was seen of the steps."""
    monkeypatch.setattr(model_size, "SMALL", -1)
    monkeypatch.setattr(model_size, "LARGE", -1 if large else 1000)
    seen: list[str] = []
    relaxed, apart = Matrix.relaxed, Matrix.searched_apart

    def relaxing(matrix: Matrix, *of: Any, presolved: bool = True, **more: Any) -> Any:
        seen.append("presolved" if presolved else "as it is")
        return relaxed(matrix, *of, presolved=presolved, **more)

    def searching(matrix: Matrix, *of: Any) -> Outcome:
        seen.append("apart")
        return apart(matrix, *of)

    monkeypatch.setattr(Matrix, "relaxed", relaxing)
    monkeypatch.setattr(Matrix, "searched_apart", searching)
    run = SearchRun.of(build(read(PLAIN)), SearchLimits(), lambda news, decisions: None)
    outcome = guided(run, run.model.goals[0])
    assert outcome is not None
    return outcome.value, seen


def test_a_large_model_is_searched_by_other_steps_to_the_same_value(monkeypatch: pytest.MonkeyPatch) -> None:
    value, steps = found(monkeypatch, large=True)
    assert steps[0] == "as it is"
    assert "apart" in steps
    assert steps.count("as it is") == 1, "later relaxations may have to begin anew"
    with monkeypatch.context() as small:
        other, steps = found(small, large=False)
    assert set(steps) == {"presolved"}
    assert value == pytest.approx(other)


def test_rounding_looks_for_points_beside_where_the_open_part_gives_none(monkeypatch: pytest.MonkeyPatch) -> None:

    monkeypatch.setattr(Matrix, "searched_apart", lambda *_: Outcome(Ending.STOPPED))
    value, _steps = found(monkeypatch, large=True)
    with monkeypatch.context() as small:
        assert found(small, large=False)[0] == pytest.approx(value)
