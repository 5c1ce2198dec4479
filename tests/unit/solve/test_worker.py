"""The solver's process: it can be stopped and killed at any moment, and nothing of it stays behind."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from planner.domain.scenario import Scenario
from planner.drafting.attempts import Attempts
from planner.errors import SolverError
from planner.locale import speaking
from planner.planning import SearchLimits, plan
from planner.processes.child_process import ChildProcess
from planner.solve import run
from planner.solve.engine import EngineName
from planner.solve.job import Job
from planner.solve.worker import Declined, Order, Worker
from tests.oracle.generate import random_scenarios
from tests.scenarios.hand import costing, scenario
from tests.unit.solve.processes import children, members, until

ROOT = Path(__file__).parents[3]

LONG = Scenario.model_validate(random_scenarios(13, (30, 15, 4, 4)))
"""Too hard to be proven within the tests, and soon planned somehow."""

SHORT = Scenario.model_validate(scenario(programmes=costing("participant", 3), funds={"amount": 17}))


class Watched(Worker):
    """A worker that is remembered, so that a test can kill it."""

    started: list[Watched] = []  # noqa: RUF012 - one list for all, by design

    def __init__(self, job: Job | None = None) -> None:
        super().__init__(job)
        self.started.append(self)

    @property
    def process(self) -> int:
        return self._child.pid

    @property
    def folder(self) -> Path:
        assert self._child.folder is not None
        return self._child.folder


@pytest.fixture
def workers(monkeypatch: pytest.MonkeyPatch) -> list[Watched]:
    monkeypatch.setattr(run, "Worker", Watched)
    Watched.started.clear()
    return Watched.started


def test_a_worker_that_is_killed_amid_its_search_leaves_its_best_plan_and_says_so(
    workers: list[Watched], monkeypatch: pytest.MonkeyPatch
) -> None:
    def kill(news: object) -> None:
        if workers[0].best is not None and members(workers[0].process):
            os.kill(workers[0].process, signal.SIGKILL)
            monkeypatch.setattr(Attempts, "left", lambda _attempts: 0.0)  # no long proof of what is left, nor a search

    with speaking("en"):
        found = plan(LONG, SearchLimits(gap=0.0), progress=kill)
    assert found.plan.solver.failed
    assert "signal 9, as happens when memory runs out" in found.broke
    assert not members(workers[0].process)
    assert not workers[0].folder.exists()


def test_a_worker_that_is_ended_takes_its_solver_and_its_files_along() -> None:
    busy = Watched(Job(LONG, SearchLimits(gap=0.0, solver=EngineName.CBC)))
    with busy:
        assert until(lambda: len(members(busy.process)) > 1), "CBC has not started"
        assert until(lambda: any(busy.folder.iterdir())), "CBC works in the worker's folder"
    assert not members(busy.process)
    assert not busy.folder.exists()


def test_killing_the_cbc_of_a_worker_is_a_solver_error(workers: list[Watched]) -> None:
    def kill() -> None:
        assert until(lambda: bool(workers) and len(members(workers[0].process)) > 1)
        for process in children(workers[0].process):
            os.kill(process, signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    with pytest.raises(SolverError) as raised:
        plan(LONG, SearchLimits(gap=0.0, solver=EngineName.CBC))
    killer.join()
    assert raised.value.exit_code == 6
    assert not members(workers[0].process)


PARENT = """
import pickle, sys
from planner.processes.lean import set_up_process
set_up_process()
from planner.planning import SearchLimits, plan
plan(pickle.load(sys.stdin.buffer), SearchLimits(gap=0.0, solver=sys.argv[1]))
"""


def test_a_worker_whose_parent_is_killed_goes_too_with_its_solver_and_files(tmp_path: Path) -> None:
    environment = {**os.environ, "TMPDIR": str(tmp_path), "TMP": str(tmp_path), "PYTHONPATH": str(ROOT)}
    pickled = tmp_path / "scenario"
    pickled.write_bytes(pickle.dumps(LONG))
    parents = []
    for solver in ("highs", "cbc"):
        with pickled.open("rb") as source:
            parents.append(subprocess.Popen([sys.executable, "-c", PARENT, solver], env=environment, stdin=source))
    groups: list[int] = []
    try:
        for parent in parents:
            # the search and its second opinion
            assert until(lambda one=parent: len(children(one.pid)) == 2), "a worker has not started"  # type: ignore[misc]
            groups += children(parent.pid)
        assert until(lambda: any(len(members(group)) > 1 for group in groups)), "CBC has not started"
        assert len(list(tmp_path.glob("planner-*"))) == 4
    finally:
        for parent in parents:
            parent.kill()
            parent.wait()
    assert until(lambda: not any(members(group) for group in groups))
    assert not list(tmp_path.glob("planner-*"))


def test_two_at_once_each_from_a_thread_of_its_own() -> None:
    before = os.fstat(1)
    small = [
        Scenario.model_validate(scenario(programmes=costing("participant", price), funds={"amount": 17}))
        for price in (2, 3)
    ]
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(lambda one: plan(one).plan, small))
    assert [one.weighted_gaps_closed for one in found] == [8, 5]
    after = os.fstat(1)
    assert (after.st_dev, after.st_ino) == (before.st_dev, before.st_ino), "standard output goes where it went"


def test_an_interrupted_search_keeps_its_best_plan(workers: list[Watched]) -> None:
    def stop(news: object) -> None:
        if workers[0].best is not None and workers[0].best.participants:
            raise KeyboardInterrupt

    found = plan(LONG, SearchLimits(gap=0.0), progress=stop).plan
    assert found.weighted_gaps_closed > 0
    assert (found.status.value, found.solver.interrupted) == ("feasible", True)
    assert found.bound >= found.weighted_gaps_closed
    assert not members(workers[0].process)


def test_a_worker_is_told_the_language_of_the_one_who_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Order] = []
    monkeypatch.setattr(ChildProcess, "send", lambda _, message: told.append(pickle.loads(message)))
    for language in ("id", "en"):
        with speaking(language), Worker(Job(SHORT, SearchLimits())):
            assert told[-1].language == language


def test_an_error_of_the_planner_crosses_from_the_worker_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ChildProcess, "receive", lambda _: pickle.dumps(Declined(SolverError("begitulah"))))
    with Worker(Job(SHORT, SearchLimits())) as busy, pytest.raises(SolverError, match="begitulah"):
        busy.answer(lambda _: None)


def test_a_worker_depends_on_nothing_around_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither on modules in the folder it is started in, nor on a place for files."""

    def full(prefix: str) -> str:
        raise OSError(28, "No space left on device")

    for name in ("planner", "pulp", "numpy", "random", "highspy"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit(99)\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(tempfile, "mkdtemp", full)
    assert plan(SHORT).plan.weighted_gaps_closed == 5


def test_a_worker_that_was_started_ahead_takes_the_first_job_and_no_other(workers: list[Watched]) -> None:
    with Watched() as ahead:
        for _again in range(2):
            assert plan(SHORT, ahead=ahead).plan.weighted_gaps_closed == 5
    assert len(workers) == 2, "the second job had a worker of its own"


def test_a_worker_that_gets_no_job_leaves_nothing_behind() -> None:
    with Watched() as ahead:
        assert ahead.folder.exists()
    assert not members(ahead.process)
    assert not ahead.folder.exists()


def test_a_worker_started_by_a_parent_that_ends_before_it_has_a_job_goes_too(tmp_path: Path) -> None:
    environment = {**os.environ, "TMPDIR": str(tmp_path), "PYTHONPATH": str(ROOT)}
    code = "import os; from planner.solve.worker import Worker; print(Worker()._child.pid, flush=True); os._exit(0)"
    started = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert until(lambda: not members(int(started.stdout)))
    assert until(lambda: not list(tmp_path.glob("planner-*")))
