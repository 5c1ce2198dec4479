"""A crew makes the plans of a batch in processes: whatever befalls one of them is recorded, and stops nothing."""

from __future__ import annotations

import os
import pickle
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from planner import planning
from planner.analysis.scenarios.variants import at_least_people, with_amounts, with_rules
from planner.batch import crew as crew_module
from planner.batch import executors
from planner.batch.crew import Crew, News
from planner.batch.points import Point, Result, solve_point
from planner.domain.scenario import Scenario
from planner.errors import CheckFailed, NoPlanInTime, SolverError
from planner.locale import speaking
from planner.planning import SearchLimits
from planner.plans.plan import Status
from tests import builders
from tests.unit.analysis.slow_question import HARD
from tests.unit.solve.processes import leaders, until

SMALL = builders.scenario()
FUND = SMALL.funds[0]
POINTS = [Point(str(part), with_amounts(SMALL, {FUND.id: FUND.amount * part // 4})) for part in range(5)]
IMPOSSIBLE = Point(
    "mustahil", with_rules(SMALL, at_least_people("terlalu banyak", SMALL.groups[0].id, SMALL.programmes[0].id, 10**6))
)
SLOW = Point("lambat", Scenario.model_validate(HARD))
LIMITS = SearchLimits(time_limit=60)


class Deadly(Point):
    """A point that takes the process with it, in which it is to be solved."""

    def __reduce__(self) -> tuple[Any, ...]:
        return _die_elsewhere, (os.getpid(),)


def _die_elsewhere(home: int) -> None:
    if os.getpid() != home:
        os.kill(os.getpid(), signal.SIGKILL)


class Unspeakable(Point):
    """A point that cannot be sent to another process."""

    def __reduce__(self) -> tuple[Any, ...]:
        raise pickle.PicklingError("cannot be sent")


@pytest.fixture(scope="module")
def shared() -> Iterator[Crew]:
    with Crew(2) as made:
        yield made


@pytest.fixture
def crew(shared: Crew) -> Crew:
    """The crew of all these tests; its workers need some time to begin."""
    shared.news = lambda _: None
    return shared


def workers() -> list[int]:
    """Process ids of the workers."""
    return leaders(os.getpid())


def statuses(results: dict[str, Result]) -> dict[str, Status | None]:
    return {name: result.status for name, result in results.items()}


def test_plans_made_elsewhere_are_those_made_here_in_the_order_asked_for(crew: Crew) -> None:
    here = Crew().solve([*POINTS, IMPOSSIBLE], LIMITS)
    there = crew.solve([*POINTS, IMPOSSIBLE], LIMITS)
    assert list(there) == list(here) == ["0", "1", "2", "3", "4", "mustahil"]
    for name, result in here.items():
        assert (there[name].status, there[name].clashes) == (result.status, result.clashes)
        if result.plan is not None and there[name].plan is not None:
            assert there[name].plan.decisions(SMALL) == result.plan.decisions(SMALL)  # type: ignore[union-attr]
    assert there["mustahil"].clashes


def test_the_one_that_ends_first_is_not_the_first_result(crew: Crew) -> None:
    results = crew.solve([SLOW, *POINTS], SearchLimits(time_limit=1))
    assert list(results) == ["lambat", "0", "1", "2", "3", "4"]


def test_messages_are_made_in_the_language_in_force(crew: Crew) -> None:
    with speaking("en"):
        told = crew.solve([IMPOSSIBLE], LIMITS)["mustahil"]
    assert "Change at least one of them." in told.message


def test_a_worker_killed_in_the_middle_costs_no_point(crew: Crew) -> None:
    killed: list[int] = []

    def kill_one(news: News) -> None:
        if news.done == 2 and not killed:
            killed.append(workers()[0])
            os.kill(killed[0], signal.SIGKILL)

    crew.news = kill_one
    results = crew.solve(POINTS, LIMITS)
    again = crew.solve(POINTS[:1], LIMITS)
    assert killed
    assert set(statuses({**results, **again}).values()) == {Status.OPTIMAL}


def test_a_worker_killed_in_the_middle_of_a_search_has_its_point_searched_again(
    crew: Crew, monkeypatch: pytest.MonkeyPatch
) -> None:
    submit = executors.Processes.submit
    killed: list[int] = []

    def submit_and_kill(team: executors.Processes, point: Point, *rest: Any) -> Any:
        future = submit(team, point, *rest)
        if point is SLOW and not killed:
            killed.extend(workers())
            for worker in killed:
                os.kill(worker, signal.SIGKILL)
        return future

    monkeypatch.setattr(executors.Processes, "submit", submit_and_kill)
    results = crew.solve([POINTS[0], SLOW, *POINTS[1:]], SearchLimits(time_limit=2))
    assert killed
    assert None not in statuses(results).values()


def test_a_point_whose_workers_are_killed_twice_is_solved_all_the_same(
    crew: Crew, monkeypatch: pytest.MonkeyPatch
) -> None:
    submit = executors.Processes.submit
    tries: list[str] = []

    def submit_and_kill(team: executors.Processes, point: Point, *rest: Any) -> Any:
        future = submit(team, point, *rest)
        if point is SLOW:
            tries.append(point.name)
            if len(tries) <= 2:
                for worker in team._context.started:
                    worker.kill()
        return future

    monkeypatch.setattr(executors.Processes, "submit", submit_and_kill)
    results = crew.solve([SLOW, *POINTS[:2]], SearchLimits(time_limit=1))
    assert len(tries) == 3
    assert None not in statuses(results).values()


def test_a_result_that_went_with_its_pool_is_made_again(crew: Crew, monkeypatch: pytest.MonkeyPatch) -> None:
    result = executors.Processes.result
    lost: list[str] = []

    def lose_the_first(team: executors.Processes, future: Any) -> Result:
        if not lost:
            lost.append(future.result())
            Path(lost[0]).unlink()
        return result(team, future)

    monkeypatch.setattr(executors.Processes, "result", lose_the_first)
    assert set(statuses(crew.solve(POINTS, LIMITS)).values()) == {Status.OPTIMAL}
    assert lost


def test_a_point_that_takes_its_workers_with_it_fails_and_no_other(crew: Crew) -> None:
    deadly = Deadly("maut", SMALL)
    with speaking("en"):
        results = crew.solve([POINTS[0], deadly, *POINTS[1:]], LIMITS)
    assert results["maut"].status is None
    assert "ended" in results["maut"].message
    assert set(statuses({k: v for k, v in results.items() if k != "maut"}).values()) == {Status.OPTIMAL}


def test_a_worker_killed_between_two_batches_costs_nothing(crew: Crew) -> None:
    crew.solve(POINTS[:2], LIMITS)
    for worker in workers():
        os.kill(worker, signal.SIGKILL)
    assert set(statuses(crew.solve(POINTS, LIMITS)).values()) == {Status.OPTIMAL}


def test_a_point_that_cannot_be_sent_fails_alone(crew: Crew) -> None:
    results = crew.solve([Unspeakable("bisu", SMALL), *POINTS[:2]], LIMITS)
    assert statuses(results) == {"bisu": None, "0": Status.OPTIMAL, "1": Status.OPTIMAL}
    assert "cannot be sent" in results["bisu"].message


def test_a_worker_that_no_longer_answers_does_not_hold_up_the_batch(
    crew: Crew, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped: list[int] = []

    def stop_one(news: News) -> None:
        if news.done == 2 and not stopped:
            stopped.append(workers()[0])
            os.kill(stopped[0], signal.SIGSTOP)

    def patience(batch: crew_module._Batch) -> float | None:
        return 1.0 if stopped else None

    monkeypatch.setattr(crew_module._Batch, "_patience", patience)
    crew.news = stop_one
    with speaking("en"):
        results = crew.solve(POINTS, LIMITS)
    assert list(results) == ["0", "1", "2", "3", "4"]
    assert any("no longer answered" in result.message for result in results.values())
    assert until(lambda: stopped[0] not in workers()), "it has been ended"


def test_the_time_for_a_point_follows_from_its_limits() -> None:
    team = executors.Processes(1)
    try:
        patience = [crew_module._Batch(team, [], SearchLimits(time_limit=n))._patience() for n in (10.0, 300.0, None)]
    finally:
        team.end(at_once=True)
    assert patience == [10 + 180, 300 + 180, None]


def test_no_process_can_be_started_and_the_points_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> Any:
        raise BlockingIOError("Resource temporarily unavailable")

    monkeypatch.setattr(executors.Processes, "submit", refuse)
    with Crew(2) as crew:
        results = crew.solve(POINTS, LIMITS)
    assert statuses(results) == dict.fromkeys("01234")
    assert "unavailable" in results["0"].message


def test_nothing_is_left_behind_and_nothing_is_printed(capfd: pytest.CaptureFixture[str]) -> None:
    before = set(workers())
    with Crew(2) as crew:
        crew.solve(POINTS, LIMITS)
        assert set(workers()) > before
        folder = Path(crew._team._folder)  # type: ignore[union-attr]
        assert folder.is_dir()
    assert not folder.exists()
    assert until(lambda: set(workers()) <= before)
    assert capfd.readouterr() == ("", "")


def test_an_exception_ends_the_workers_in_the_middle_of_a_search() -> None:
    def stop(news: News) -> None:
        if news.done:
            raise KeyboardInterrupt

    before = set(workers())
    with pytest.raises(KeyboardInterrupt), Crew(2, stop) as crew:
        crew.solve([POINTS[0], SLOW], LIMITS)
    assert until(lambda: set(workers()) <= before)


class Panic(BaseException):
    """As a library raises that is not written in Python."""


FAILURES = {
    CheckFailed("refused"): Status.CHECK_FAILED,
    NoPlanInTime("no time"): Status.NO_PLAN_IN_TIME,
    SolverError("broke"): Status.SOLVER_FAILED,
    MemoryError(): None,
    RecursionError("too deep"): None,
    Panic("panicked"): None,
}


@pytest.mark.parametrize("error", FAILURES, ids=lambda error: type(error).__name__)
def test_whatever_goes_wrong_with_a_point_is_its_result(error: BaseException, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(planning, "plan", fail)
    result = solve_point(POINTS[0], LIMITS, "id")
    assert (result.status, result.plan) == (FAILURES[error], None)
    assert str(error) in result.message
    assert result.message


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit])
def test_ctrl_c_is_no_result(error: type[BaseException], monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(planning, "plan", stop)
    with pytest.raises(error):
        solve_point(POINTS[0], LIMITS, "id")
