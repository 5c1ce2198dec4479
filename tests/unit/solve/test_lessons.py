"""What nobody could attend is known before a search spends the rest of its time on such plans."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from planner.attendance.finder import can_be_attended
from planner.attendance.learning import learnt_from
from planner.domain.decisions import Decisions
from planner.domain.scenario import Scenario
from planner.drafting import attempts
from planner.drafting.attempts import Attempts
from planner.solve import model_size
from planner.solve.answers import Solution
from planner.solve.job import Job
from planner.solve.levels import solve_levels
from planner.solve.outcome import Ending, Progress, SearchLimits
from tests.scenarios.hand import scenario

Plain = dict[str, Any]

GROUPS: list[Plain] = [
    {"id": f"g{n}", "headcount": 2, "max_hours": 40, "gaps": {"a": 2, "b": 1 + n % 2, "c": 2}} for n in range(6)
]
LIST = Scenario.model_validate(
    scenario(
        competencies=[{"id": c, "kind": "technical", "weight": w} for c, w in zip("abc", (2, 3, 1), strict=True)],
        groups=GROUPS,
        programmes=[
            {"id": "basic", "closes": {"a": 0.4}, "hours": 8, "class_size": {"min": 2, "max": 7}},
            {"id": "next", "closes": {"a": 0.9, "b": 0.5}, "hours": 24, "requires": ["basic"]},
            {"id": "other", "closes": {"c": 0.7}, "hours": 12},
        ],
        periods=["TW1", "TW2"],
    )
)
"""Of 40 JP nobody can take all three, of which the sum of hours and the longest courses say nothing."""


@pytest.fixture
def many_people(monkeypatch: pytest.MonkeyPatch) -> None:
    """Treat the list as one of thousands of people."""
    monkeypatch.setattr(model_size, "SMALL", 0)
    monkeypatch.setattr(model_size, "MANY", 0)
    monkeypatch.setattr("planner.solve.search_stages._enough", lambda *_, **__: False)
    monkeypatch.setattr("planner.solve.guided.search.GuidedSearch._proven", lambda *_: False)


@pytest.mark.usefixtures("many_people")
def test_a_search_begins_again_with_what_its_first_plan_teaches() -> None:
    heard: list[Progress] = []
    found = solve_levels(LIST, SearchLimits(), lambda progress, _: heard.append(progress), learn=learnt_from)
    assert found.learnt is not None
    assert found.decisions is not None
    assert can_be_attended(LIST, found.decisions)
    assert found.attended is not None
    assert can_be_attended(LIST, found.attended)
    plain = solve_levels(LIST, SearchLimits()).decisions
    assert plain is not None
    assert not can_be_attended(LIST, plain), "else the list shows nothing"
    whole = solve_levels(LIST, SearchLimits(), learnt=found.learnt)
    assert found.levels[0].value == pytest.approx(whole.levels[0].value)


@pytest.mark.usefixtures("many_people")
def test_it_does_so_too_where_a_brief_search_finds_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("planner.solve.levels.briefly", lambda *_: None)
    found = solve_levels(LIST, SearchLimits(), learn=learnt_from, brief=True)
    assert found.learnt is not None
    assert not found.brief
    assert found.decisions is not None
    assert can_be_attended(LIST, found.decisions)


@pytest.mark.usefixtures("many_people")
def test_where_no_time_is_left_for_another_search_the_plan_is_to_be_mended(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(range(0, 10**6, 10))
    asked: list[Decisions] = []

    def learn(*known: Any) -> Any:
        asked.append(known[1])
        return learnt_from(*known)

    monkeypatch.setattr("planner.solve.levels.time.monotonic", lambda: float(next(clock)))
    monkeypatch.setattr("planner.solve.search_run.SearchRun.left", lambda _: None)
    found = solve_levels(LIST, SearchLimits(time_limit=100), learn=learn)
    assert asked == [found.decisions]
    assert found.ending is Ending.STOPPED


def test_a_plan_that_people_can_attend_stands_where_a_later_one_cannot_be_mended(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seats = {(g["id"], p, "TW1"): 2 for g in GROUPS[:1] for p in ("basic", "next", "other")}
    unattended = Decisions(seats)
    attended = Decisions({seat: n for seat, n in seats.items() if seat[1] == "other"})
    found = Solution(Ending.STOPPED, unattended, attended=attended)
    monkeypatch.setattr(attempts, "solve", lambda *_, **__: found)
    monkeypatch.setattr(attempts, "mend", lambda *_, **__: None)
    trying = Attempts(Job(LIST, SearchLimits(time_limit=100)), inline=True)
    trying.began -= 60
    assert trying.solution(trying.job) == replace(found, decisions=attended, first=attended)
