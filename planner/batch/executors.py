"""Where the plans of a batch are made: in processes of this machine, or on a Dask cluster. Both are Executors."""

from __future__ import annotations

import logging
import multiprocessing
import os
import pickle
import shutil
import signal
import tempfile
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager, suppress
from multiprocessing.context import SpawnContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Final, Protocol

from planner.batch.points import Point, Result, solve_point
from planner.batch.settling_in import settle_in
from planner.errors import InputError, Problem, SolverError
from planner.locale import _
from planner.planning import SearchLimits
from planner.version import VERSION

CONNECT_SECONDS: Final = 5.0
"""How long a cluster has to answer, and then to show a worker [seconds]."""

CLOSE_SECONDS: Final = 1.0
"""How long parting from a cluster may take [seconds]."""


class Team(Protocol):
    """Workers behind an Executor, who can be had anew when some have been lost."""

    def places(self) -> int:
        """How many points they work at at a time. SolverError where nobody is left."""

    def submit(self, point: Point, limits: SearchLimits, language: str) -> Future[Any]:
        """Have `point` solved; `result` tells what the future came to."""

    def result(self, future: Future[Any]) -> Result:
        """What a finished future came to. WorkerEnded where there is none; SolverError where nobody
        is left."""

    def renew(self) -> None:
        """End all workers, whatever they do, and have others."""

    def end(self, *, at_once: bool) -> None:
        """End all workers: when they are idle, or at once."""


class WorkerEnded(Exception):
    """A worker ended while it had the point, as when it is killed or memory runs out."""

    def __init__(self, *, again: bool) -> None:
        super().__init__("worker ended")
        self.again = again
        """Whether another should have the point, who has not had it yet."""


class _Remembering(SpawnContext):
    """Starts processes by spawning, and remembers them."""

    def __init__(self) -> None:
        self.started: list[BaseProcess] = []

    def Process(self, *arguments: Any, **named: Any) -> BaseProcess:  # type: ignore[override]
        process = multiprocessing.get_context("spawn").Process(*arguments, **named)
        self.started.append(process)
        return process


class Processes:
    """A pool of spawned processes, each the head of a process group, so that its solver can be ended with it.

    Results come through files: a process that is killed while it writes to the pipe which all of them share would
    leave half a message there, for which the pool would wait for ever.
    """

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs
        self._open()

    def _open(self) -> None:
        self._broken = False
        self._folder = tempfile.mkdtemp(prefix="planner-")
        self._context = _Remembering()
        self._pool = ProcessPoolExecutor(self._jobs, self._context, initializer=settle_in, initargs=(self._folder,))

    def places(self) -> int:
        return self._jobs

    def submit(self, point: Point, limits: SearchLimits, language: str) -> Future[Any]:
        with _ctrl_c_for_this_process_alone():  # others are started here
            try:
                return self._pool.submit(_solve_to_file, point, limits, language)
            except BrokenExecutor:  # a worker ended while it had nothing to do
                self.renew()
                return self._pool.submit(_solve_to_file, point, limits, language)

    def result(self, future: Future[Any]) -> Result:
        try:
            file = Path(future.result())
            found: Result = pickle.loads(file.read_bytes())
        except BrokenExecutor:
            self._broken = True
            raise WorkerEnded(again=True) from None
        except FileNotFoundError:  # it went with the folder of a pool that broke just after
            raise WorkerEnded(again=True) from None
        file.unlink()
        return found

    def renew(self) -> None:
        self.end(at_once=True)
        self._open()

    def end(self, *, at_once: bool) -> None:
        if at_once or self._broken:  # a worker that was killed may have left its solver behind
            for process in self._context.started:
                if process.pid is not None:
                    process.kill()  # also where it is not yet the head of a group
                    with suppress(ProcessLookupError, PermissionError):
                        os.killpg(process.pid, signal.SIGKILL)
        self._pool.shutdown(wait=not at_once, cancel_futures=True)
        shutil.rmtree(self._folder, ignore_errors=True)


@contextmanager
def _ctrl_c_for_this_process_alone() -> Iterator[None]:
    """Processes that are started within a `with` block never hear Ctrl-C; this one hears it afterwards."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _solve_to_file(point: Point, limits: SearchLimits, language: str) -> str:
    """Solve `point`, and name the file that the result is in."""
    result = solve_point(point, limits, language)
    handle, name = tempfile.mkstemp(suffix=".result")
    with os.fdopen(handle, "wb") as file:
        pickle.dump(result, file)
    return name


class Cluster:
    """A Dask cluster, reached through the Executor of its client (the extra `cluster`)."""

    def __init__(self, address: str, jobs: int | None = None) -> None:
        """Work at `jobs` points at a time, or at as many as there are workers.

        InputError where Dask is not installed, the cluster does not answer, or its workers cannot do this work.
        """
        try:
            from distributed import Client, KilledWorker
        except ImportError:
            message = _("A cluster needs the package Dask, which is not installed.")
            raise InputError([Problem(message, _("Install it with: pip install 'planner[cluster]'"))]) from None
        for name in ("distributed", "distributed.client"):  # what goes wrong is said by us
            logging.getLogger(name).setLevel(logging.CRITICAL)
        self._address, self._jobs, self._killed = address, jobs, KilledWorker
        try:
            self._client: Any = Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
        except Exception as error:  # also what comes of a server that speaks another language
            reason = (str(error) or type(error).__name__).splitlines()[0]
            raise self._refused(_("the cluster does not answer ({reason}).").format(reason=reason)) from None
        try:
            self._greet()
        except BaseException:
            self._client.close(timeout=CLOSE_SECONDS)
            raise
        self._executor: Executor = self._client.get_executor(pure=False)

    def _greet(self) -> None:
        """InputError unless there are workers, with the same planner as here."""
        try:
            self._client.wait_for_workers(1, timeout=CONNECT_SECONDS)
        except TimeoutError:
            remedy = _("Start some with: dask worker {address} --nthreads 1").format(address=self._address)
            raise self._refused(_("the cluster has no workers."), remedy) from None
        remedy = _("Install the same version of planner on all machines.")
        try:
            versions = set(self._client.run(_version).values())
        except Exception as error:
            message = _("the workers of the cluster cannot load planner ({reason}).").format(reason=error)
            raise self._refused(message, remedy) from None
        if versions != {VERSION}:
            message = _("workers of the cluster have another version of planner: {versions}.")
            raise self._refused(message.format(versions=", ".join(sorted(versions))), remedy)

    def _refused(self, message: str, remedy: str = "") -> InputError:
        return InputError([Problem(message, remedy, file=self._address)])

    def _gone(self) -> SolverError:
        return SolverError(_("The cluster at {address} no longer answers.").format(address=self._address))

    def places(self) -> int:
        """One for each worker process, for a process makes one plan at a time; no more than asked for."""
        try:
            workers = max(1, len(self._client.nthreads()))
        except (OSError, ValueError):
            raise self._gone() from None
        return workers if self._jobs is None else min(workers, self._jobs)

    def submit(self, point: Point, limits: SearchLimits, language: str) -> Future[Any]:
        if self._client.status != "running":
            raise self._gone()
        return self._executor.submit(solve_point, point, limits, language)

    def result(self, future: Future[Any]) -> Result:
        try:
            found: Result = future.result()
        except CancelledError:
            raise self._gone() from None
        except self._killed:  # the scheduler has given the point to others before it gave up
            raise WorkerEnded(again=False) from None
        return found

    def renew(self) -> None:
        self._executor.shutdown(wait=False)
        self._executor = self._client.get_executor(pure=False)

    def end(self, *, at_once: bool) -> None:
        with suppress(Exception):  # of a cluster that is gone
            self._executor.shutdown(wait=False)
        with suppress(Exception):
            self._client.close(timeout=CLOSE_SECONDS)


def _version() -> str:
    """The version of planner on a worker."""
    return VERSION
