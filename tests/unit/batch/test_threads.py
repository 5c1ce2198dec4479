"""Batches in threads of a server: several at once, cancelled from outside, and nothing changed for other threads."""

from __future__ import annotations

import gc
import logging
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from planner.analysis.scenarios.variants import with_amounts
from planner.batch.batch_progress import BatchProgress
from planner.batch.plan_cache import PlanCache
from planner.batch.points import Point, Result
from planner.batch.runner import BatchCancelled, BatchRunner
from planner.batch.worker_pool import LocalWorkers
from planner.domain.scenario import Scenario
from planner.locale import speaking
from planner.planning import SearchLimits
from planner.plans.plan import Status
from tests.scenarios import builders
from tests.unit.analysis.slow_question import HARD
from tests.unit.solve.processes import leaders, until

ROOT = Path(__file__).parents[3]
SMALL = builders.scenario()
FUND = SMALL.funds[0]
POINTS = [Point(str(part), with_amounts(SMALL, {FUND.id: FUND.amount * part // 4})) for part in range(5)]
SLOW = [Point(f"lambat-{number}", Scenario.model_validate(HARD)) for number in range(2)]
LIMITS = SearchLimits(time_limit=60)


@pytest.fixture(scope="module")
def pool() -> Iterator[LocalWorkers]:
    made = LocalWorkers(2)
    yield made
    made.end(at_once=True)


def statuses(results: dict[str, Result]) -> set[Status | None]:
    return {result.status for result in results.values()}


def test_several_batches_in_several_threads_share_a_pool(pool: LocalWorkers) -> None:
    def ask(number: int) -> dict[str, Result]:
        with BatchRunner(pool=pool) as runner:
            return runner.solve(POINTS[number:], LIMITS)

    with ThreadPoolExecutor(3) as threads:
        answers = list(threads.map(ask, range(3)))
    assert [list(answer) for answer in answers] == [list("01234")[number:] for number in range(3)]
    assert all(statuses(answer) == {Status.OPTIMAL} for answer in answers)


def test_one_runner_may_be_asked_from_several_threads(pool: LocalWorkers, tmp_path: Path) -> None:
    numbers: set[int] = set()
    runner = BatchRunner(pool=pool, cache=PlanCache(tmp_path), progress=lambda progress: numbers.add(progress.batch))
    with ThreadPoolExecutor(2) as threads:
        answers = list(threads.map(lambda _: runner.solve(POINTS, LIMITS), range(2)))
    assert all(list(answer) == list("01234") for answer in answers)
    assert numbers == {1, 2}
    assert runner.cached == 2 * len(POINTS)


def test_a_worker_that_is_killed_costs_the_other_batch_nothing(pool: LocalWorkers) -> None:
    def kill_one(progress: BatchProgress) -> None:
        if progress.done == 1:
            os.kill(leaders(os.getpid())[0], signal.SIGKILL)

    def ask(progress: Callable[[BatchProgress], None]) -> dict[str, Result]:
        return BatchRunner(pool=pool, progress=progress).solve(POINTS, LIMITS)

    with ThreadPoolExecutor(2) as threads:
        answers = list(threads.map(ask, (kill_one, lambda _: None)))
    assert [statuses(answer) for answer in answers] == [{Status.OPTIMAL}] * 2


def test_a_batch_that_is_cancelled_keeps_what_is_finished_and_says_so(pool: LocalWorkers, tmp_path: Path) -> None:
    heard: list[threading.Thread] = []

    def hear(progress: BatchProgress) -> None:
        heard.append(threading.current_thread())
        if progress.done == 2:
            threading.Timer(0.2, runner.cancel).start()

    runner = BatchRunner(pool=pool, cache=PlanCache(tmp_path), progress=hear)

    def ask() -> None:
        with speaking("en"):
            runner.solve([*POINTS[:2], *SLOW], LIMITS)

    with ThreadPoolExecutor(1) as threads:
        began = time.monotonic()
        with pytest.raises(BatchCancelled, match="2 of 4 plans are finished") as cancelled:
            threads.submit(ask).result()
    assert time.monotonic() - began < 40, "the slow points are not finished first"
    assert set(cancelled.value.finished) == {"0", "1"}
    assert cancelled.value.exit_code == 130
    assert len(set(heard)) == 1, "progress is told in the thread that asks"
    assert len(list(tmp_path.iterdir())) == runner.cached == 2
    again = BatchRunner(pool=pool, cache=PlanCache(tmp_path)).solve(POINTS[:2], LIMITS)
    assert statuses(again) == {Status.OPTIMAL}, "the pool goes on with other batches"


@pytest.mark.parametrize("jobs", [0, 1])
def test_a_runner_that_was_cancelled_begins_nothing(jobs: int) -> None:
    with BatchRunner(jobs) as runner:
        runner.cancel()
        runner.cancel()
        with pytest.raises(BatchCancelled) as cancelled:
            runner.solve(POINTS, LIMITS)
    assert cancelled.value.finished == {}


def test_in_this_process_the_point_in_progress_is_finished_first() -> None:
    runner = BatchRunner(progress=lambda progress: runner.cancel() if progress.done == 1 else None)
    with pytest.raises(BatchCancelled) as cancelled:
        runner.solve(POINTS, LIMITS)
    assert set(cancelled.value.finished) == {"0"}


def _state() -> dict[str, Any]:
    """What other threads of the process would notice."""
    return {
        "signals": signal.pthread_sigmask(signal.SIG_BLOCK, set()),
        "handlers": [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGCHLD)],
        "environment": dict(os.environ),
        "temporary": tempfile.tempdir,
        "streams": (sys.stdin, sys.stdout, sys.stderr),
        "output": [(os.fstat(number).st_dev, os.fstat(number).st_ino) for number in (1, 2)],
        "collector": (gc.isenabled(), gc.get_threshold(), gc.get_freeze_count()),
        "logging": (logging.root.level, logging.root.manager.disable),
        "folder": os.getcwd(),
        "modules": "ortools" in sys.modules,
    }


def test_other_threads_notice_nothing_of_a_batch() -> None:
    before, seen, done = _state(), list[dict[str, Any]](), threading.Event()

    def ask() -> None:
        with BatchRunner(2) as runner:
            runner.solve(POINTS, LIMITS)
        done.set()

    thread = threading.Thread(target=ask)
    thread.start()
    while not done.wait(0.01):
        seen.append(_state())
    thread.join()
    assert seen
    assert all(state == before for state in seen)


def test_a_program_without_a_guarded_main_module_may_ask(tmp_path: Path) -> None:
    program = tmp_path / "server.py"
    program.write_text(
        "from planner.processes.lean import set_up_process\n"
        "set_up_process()\n"
        "from planner.batch.points import Point\n"
        "from planner.batch.runner import BatchRunner\n"
        "from planner.planning import SearchLimits\n"
        "from tests.scenarios import builders\n"
        "with BatchRunner(1) as runner:\n"
        "    print(runner.solve([Point('a', builders.scenario())], SearchLimits())['a'].status.value)\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    told = subprocess.run([sys.executable, program], env=environment, capture_output=True, text=True, check=True)
    assert (told.stdout, told.stderr) == ("optimal\n", "")


def test_workers_end_with_a_pool_that_is_never_ended(tmp_path: Path) -> None:
    program = (
        "import os\n"
        "from planner.processes.lean import set_up_process\n"
        "set_up_process()\n"
        "from planner.batch.points import Point\n"
        "from planner.batch.runner import BatchRunner\n"
        "from planner.planning import SearchLimits\n"
        "from tests.scenarios import builders\n"
        "runner = BatchRunner(1)\n"
        "runner.solve([Point('a', builders.scenario())], SearchLimits())\n"
        "print(runner._pool._idle[0].pid)\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path)}
    told = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)
    assert until(lambda: not Path(f"/proc/{int(told.stdout)}/cwd").exists())
    assert until(lambda: list(tmp_path.iterdir()) == []), "nor are files left"
