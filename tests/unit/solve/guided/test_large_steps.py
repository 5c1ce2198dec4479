"""Large models: the first relaxation is not presolved, people are rounded in the part that is open, and own money goes
on from the optimum of the gaps."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from planner.model.build import build
from planner.solve import model_size
from planner.solve.engine import RunOptions
from planner.solve.guided.matrix import Matrix, Relaxed
from planner.solve.guided.search import guided
from planner.solve.outcome import Ending, Outcome, SearchLimits
from planner.solve.search_run import SearchRun
from tests.scenarios.builders import large
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


def test_own_money_goes_on_from_the_optimum_of_the_gaps() -> None:
    """Searches within other bounds lie between; the held gaps leave the optimum possible, and few steps lead on."""
    model = build(large(60, 12, 16)[0])
    gaps, money = model.goals[:2]
    run = SearchRun.of(model, SearchLimits(), lambda news, decisions: None)
    matrix = run.matrix()
    assert not matrix.back_to_optimum(), "nothing was solved yet"
    matrix.aim(gaps.terms, gaps.sense)
    most = matrix.relaxed(matrix.lower, matrix.upper, RunOptions(gap=0.0))
    assert isinstance(most, Relaxed)
    from_scratch = steps_of(matrix)
    fewer = np.where(matrix.people, np.floor(matrix.upper / 2), matrix.upper)
    assert isinstance(matrix.relaxed(matrix.lower, fewer, RunOptions(gap=0.0), bounding=False), Relaxed)
    run.hold(gaps, most.value * 0.999, "held")
    matrix.aim(money.terms, money.sense)
    assert matrix.back_to_optimum()
    least = matrix.relaxed(matrix.lower, matrix.upper, RunOptions(gap=0.0), primal=True)
    steps = steps_of(matrix)
    anew = Matrix(model)
    anew.aim(money.terms, money.sense)
    other = anew.relaxed(anew.lower, anew.upper, RunOptions(gap=0.0))
    assert isinstance(least, Relaxed)
    assert isinstance(other, Relaxed)
    assert least.value == pytest.approx(other.value)
    assert least.bound == pytest.approx(other.bound)
    assert steps < from_scratch / 5
    assert steps < steps_of(anew) / 5


def steps_of(matrix: Matrix) -> int:
    """Steps of the simplex method in the last run."""
    return int(matrix._highs.getInfo().simplex_iteration_count)
