"""A runner solves a batch in worker processes: whatever goes wrong with one point is its result and stops no other."""

from __future__ import annotations

import os
import pickle
import signal
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Any, cast

import pytest

from planner import planning
from planner.analysis.scenarios.variants import at_least_people, with_amounts, with_rules
from planner.batch.batch import LISTEN, Batch
from planner.batch.batch_progress import BatchProgress
from planner.batch.points import Point, Result, solve_point
from planner.batch.runner import BatchRunner
from planner.batch.worker_pool import LocalWorkers
from planner.domain.scenario import Scenario
from planner.errors import CheckFailed, NoPlanInTime, SolverError
from planner.locale import speaking
from planner.planning import SearchLimits
from planner.plans.plan import Status
from planner.processes.child_process import ChildProcess
from tests.scenarios import builders
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
def shared() -> Iterator[BatchRunner]:
    with BatchRunner(2) as made:
        yield made


@pytest.fixture
def runner(shared: BatchRunner) -> BatchRunner:
    """The runner of all these tests; its workers need some time to begin."""
    shared.progress = lambda _: None
    return shared


def workers() -> list[int]:
    """Process ids of the workers."""
    return leaders(os.getpid())


def statuses(results: dict[str, Result]) -> dict[str, Status | None]:
    return {name: result.status for name, result in results.items()}


def test_plans_made_elsewhere_are_those_made_here_in_the_order_asked_for(runner: BatchRunner) -> None:
    here = BatchRunner().solve([*POINTS, IMPOSSIBLE], LIMITS)
    there = runner.solve([*POINTS, IMPOSSIBLE], LIMITS)
    assert list(there) == list(here) == ["0", "1", "2", "3", "4", "mustahil"]
    for name, result in here.items():
        assert (there[name].status, there[name].clashes) == (result.status, result.clashes)
        if result.plan is not None and there[name].plan is not None:
            assert there[name].plan.decisions(SMALL) == result.plan.decisions(SMALL)  # type: ignore[union-attr]
    assert there["mustahil"].clashes


def test_the_one_that_ends_first_is_not_the_first_result(runner: BatchRunner) -> None:
    results = runner.solve([SLOW, *POINTS], SearchLimits(time_limit=0.5))
    assert list(results) == ["lambat", "0", "1", "2", "3", "4"]


def test_messages_are_made_in_the_language_in_force(runner: BatchRunner) -> None:
    with speaking("en"):
        told = runner.solve([IMPOSSIBLE], LIMITS)["mustahil"]
    assert "Change at least one of them." in told.message


def test_a_worker_killed_in_the_middle_costs_no_point(runner: BatchRunner) -> None:
    killed: list[int] = []

    def kill_one(news: BatchProgress) -> None:
        if news.done == 2 and not killed:
            killed.append(workers()[0])
            os.kill(killed[0], signal.SIGKILL)

    runner.progress = kill_one
    results = runner.solve(POINTS, LIMITS)
    again = runner.solve(POINTS[:1], LIMITS)
    assert killed
    assert set(statuses({**results, **again}).values()) == {Status.OPTIMAL}


def test_a_worker_killed_in_the_middle_of_a_search_has_its_point_searched_again(
    runner: BatchRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    submit = LocalWorkers.submit
    killed: list[int] = []

    def submit_and_kill(pool: LocalWorkers, point: Point, *rest: Any) -> Any:
        future = submit(pool, point, *rest)
        if point is SLOW and not killed:
            killed.extend(workers())
            for worker in killed:
                os.kill(worker, signal.SIGKILL)
        return future

    monkeypatch.setattr(LocalWorkers, "submit", submit_and_kill)
    results = runner.solve([POINTS[0], SLOW, *POINTS[1:]], SearchLimits(time_limit=0.5))
    assert killed
    assert not any(result.failed for result in results.values())


def test_a_point_whose_workers_are_killed_twice_is_solved_all_the_same(
    runner: BatchRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    submit = LocalWorkers.submit
    tries: list[str] = []

    def submit_and_kill(pool: LocalWorkers, point: Point, *rest: Any) -> Any:
        future = submit(pool, point, *rest)
        if point is SLOW:
            tries.append(point.name)
            if len(tries) <= 2:
                assert until(lambda: pool.seconds(future) > 0)
                for worker in workers():
                    os.kill(worker, signal.SIGKILL)
        return future

    monkeypatch.setattr(LocalWorkers, "submit", submit_and_kill)
    results = runner.solve([SLOW, *POINTS[:2]], SearchLimits(time_limit=0.5))
    assert len(tries) == 3
    assert not any(result.failed for result in results.values())


def test_ctrl_c_while_a_point_is_handed_over_stops_its_search(monkeypatch: pytest.MonkeyPatch) -> None:
    """It came between the queue and the future; the end then waited for a search of minutes."""
    submit = ThreadPoolExecutor.submit
    orders: list[Any] = []

    def interrupted(threads: ThreadPoolExecutor, work: Any, order: Any) -> Any:
        orders.append(order)
        submit(threads, work, order)
        assert until(lambda: order.began is not None)
        raise KeyboardInterrupt

    def ask() -> None:
        with BatchRunner(1) as runner:
            runner.solve([SLOW], LIMITS)

    monkeypatch.setattr(ThreadPoolExecutor, "submit", interrupted)
    with pytest.raises(KeyboardInterrupt):
        ask()
    assert [order._stopped for order in orders] == [True]


@pytest.mark.parametrize("limits", [SearchLimits(), LIMITS])
def test_no_wait_for_results_is_long(limits: SearchLimits, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C right before a wait without an end is not noticed in it."""
    waits: list[float | None] = []

    def noted(futures: Any, timeout: float | None, *rest: Any) -> Any:
        waits.append(timeout)
        return wait(futures, timeout, *rest)

    monkeypatch.setattr("planner.batch.batch.wait", noted)
    with BatchRunner(1) as runner:
        runner.solve(POINTS[:1], limits)
    assert waits
    assert all(each is not None and each <= LISTEN for each in waits)


def test_a_result_that_is_cut_short_is_made_again(runner: BatchRunner, monkeypatch: pytest.MonkeyPatch) -> None:
    receive = ChildProcess.receive
    lost: list[bytes] = []

    def lose_the_first(worker: ChildProcess) -> bytes:
        content = receive(worker)
        if not lost:
            lost.append(content)
            raise EOFError
        return content

    monkeypatch.setattr(ChildProcess, "receive", lose_the_first)
    assert set(statuses(runner.solve(POINTS, LIMITS)).values()) == {Status.OPTIMAL}
    assert lost


def test_a_point_that_takes_its_workers_with_it_fails_and_no_other(runner: BatchRunner) -> None:
    deadly = Deadly("maut", SMALL)
    with speaking("en"):
        results = runner.solve([POINTS[0], deadly, *POINTS[1:]], LIMITS)
    assert results["maut"].status == Status.WORKER_LOST
    assert "ended" in results["maut"].message
    assert set(statuses({k: v for k, v in results.items() if k != "maut"}).values()) == {Status.OPTIMAL}


def test_a_worker_killed_between_two_batches_costs_nothing(runner: BatchRunner) -> None:
    runner.solve(POINTS[:2], LIMITS)
    for worker in workers():
        os.kill(worker, signal.SIGKILL)
    assert set(statuses(runner.solve(POINTS, LIMITS)).values()) == {Status.OPTIMAL}


def test_a_point_that_cannot_be_sent_fails_alone(runner: BatchRunner) -> None:
    results = runner.solve([Unspeakable("bisu", SMALL), *POINTS[:2]], LIMITS)
    assert statuses(results) == {"bisu": None, "0": Status.OPTIMAL, "1": Status.OPTIMAL}
    assert "cannot be sent" in results["bisu"].message


def test_a_worker_that_no_longer_answers_does_not_hold_up_the_batch(
    runner: BatchRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped: list[int] = []

    def stop_one(news: BatchProgress) -> None:
        if news.done == 2 and not stopped:
            stopped.append(workers()[0])
            os.kill(stopped[0], signal.SIGSTOP)

    def limit(batch: Batch[Any]) -> float | None:
        return 1.0 if stopped else None

    monkeypatch.setattr(Batch, "_time_limit", limit)
    runner.progress = stop_one
    with speaking("en"):
        results = runner.solve(POINTS, LIMITS)
    assert list(results) == ["0", "1", "2", "3", "4"]
    unanswered = [result for result in results.values() if result.status == Status.NO_ANSWER]
    assert unanswered
    assert all("no longer answered" in result.message for result in unanswered)
    assert until(lambda: stopped[0] not in workers()), "it has been ended"


def test_the_time_for_a_point_follows_from_its_limits() -> None:
    pool = LocalWorkers(1)
    try:
        limits = [SearchLimits(time_limit=seconds) for seconds in (10.0, 300.0, None)]
        batches = [Batch[Any](pool, [], each, Future()) for each in limits]
    finally:
        pool.end(at_once=True)
    assert [batch._time_limit() for batch in batches] == [10 + 180, 300 + 180, None]


def test_no_process_can_be_started_and_the_points_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> Any:
        raise BlockingIOError("Resource temporarily unavailable")

    with BatchRunner(2) as runner:
        monkeypatch.setattr("planner.processes.child_process.subprocess.Popen", refuse)
        results = runner.solve(POINTS, LIMITS)
    assert statuses(results) == dict.fromkeys("01234")
    assert "unavailable" in results["0"].message


def test_nothing_is_left_behind_and_nothing_is_printed(capfd: pytest.CaptureFixture[str]) -> None:
    before = set(workers())
    with BatchRunner(2) as runner:
        runner.solve(POINTS, LIMITS)
        assert set(workers()) > before
        folders = [worker.folder for worker in cast(LocalWorkers, runner._pool)._idle if worker.folder is not None]
        assert len(folders) == 2
        assert all(folder.is_dir() for folder in folders)
    assert not any(folder.exists() for folder in folders)
    assert until(lambda: set(workers()) <= before)
    assert capfd.readouterr() == ("", "")


def test_an_exception_ends_the_workers_in_the_middle_of_a_search() -> None:
    def stop(news: BatchProgress) -> None:
        if news.done:
            raise KeyboardInterrupt

    before = set(workers())
    with pytest.raises(KeyboardInterrupt), BatchRunner(2, stop) as runner:
        runner.solve([POINTS[0], SLOW], LIMITS)
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
