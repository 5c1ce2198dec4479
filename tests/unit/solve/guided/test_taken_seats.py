"""Ties of large models: people move to earlier periods, and how many of a group take a programme stays."""

from __future__ import annotations

from typing import Any

import pytest

from planner.model.build import build
from planner.solve import model_size
from planner.solve.guided.matrix import Matrix
from planner.solve.levels import settle_ties
from planner.solve.outcome import SearchLimits
from planner.solve.search_run import SearchRun
from tests.scenarios.hand import costing, read, scenario

PERIODS = ["TW1", "TW2"]


def late_plan(periods: list[str]) -> SearchRun:
    """A search whose best point closes every gap as late as possible, in a model that counts as large."""
    course: dict[str, Any] = {"closes": {"keu": 1}, "class_size": {"min": 5, "max": 30}}
    plain = scenario(
        groups=[{"id": name, "headcount": 10, "gaps": {"keu": 10}} for name in "ab"],
        programmes=[{"id": "p", **course, **costing("participant", 1_000)}, {"id": "q", **course}],
        funds={"amount": 1_000_000},
    )
    run = SearchRun.of(build(read({**plain, "periods": periods})), SearchLimits(), lambda news, decisions: None)
    gaps = run.model.goals[0]
    v = run.model.variables
    v.classes["p", periods[0]].lowBound = 1  # a class in each period, which ties keep
    v.classes["p", periods[-1]].lowBound = 1
    for seat, x in v.participants.items():
        if seat[1] == "q":
            x.upBound = 0
        elif seat[2] != periods[-1]:
            x.upBound = 3
    assert run.optimise(gaps).value == pytest.approx(20 / gaps.scale)
    run.hold(gaps, 20 / gaps.scale, "gaps")
    for seat, x in v.participants.items():
        x.upBound = 0 if seat[1] == "q" else 10
    return run


@pytest.fixture(autouse=True)
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model_size, "SMALL", -1)
    monkeypatch.setattr(model_size, "LARGE", -1)


def test_people_move_to_the_first_period_within_their_classes() -> None:
    run = late_plan(PERIODS)
    assert run.point is not None
    before = run.reader.decisions(run.point)
    settle_ties(run)
    assert run.point is not None
    after = run.reader.decisions(run.point)
    assert after.classes == before.classes
    early = sum(number for (_, _, period), number in after.participants.items() if period == "TW1")
    assert early == 15, "at least five stay, since the second class needs them"
    for group in "ab":
        assert sum(n for (g, _, _), n in after.participants.items() if g == group) == 10


def test_ties_take_no_relaxation_of_all_seats(monkeypatch: pytest.MonkeyPatch) -> None:
    run = late_plan(PERIODS)
    monkeypatch.setattr(Matrix, "relaxed", lambda *_, **__: pytest.fail("a relaxation"))
    settle_ties(run)


def test_nothing_is_searched_where_there_is_one_period(monkeypatch: pytest.MonkeyPatch) -> None:
    run = late_plan(["TW1"])
    monkeypatch.setattr(Matrix, "searched_apart", lambda *_, **__: pytest.fail("a search"))
    monkeypatch.setattr(Matrix, "relaxed", lambda *_, **__: pytest.fail("a relaxation"))
    before = run.point
    settle_ties(run)
    assert run.point is before
