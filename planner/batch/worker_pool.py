"""Worker processes on this machine, each for one point at a time.

A pool may be shared by several batches in several threads. It changes nothing in the process that uses it. A worker
that dies or is ended affects only its own point.
"""

from __future__ import annotations

import pickle
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Protocol

from planner.batch.points import WorkerTask
from planner.batch.worker import ERROR
from planner.planning import SearchLimits
from planner.processes.child_process import ChildProcess


class WorkerLost(Exception):
    """A worker ended before it had solved its point, for example because it was killed or memory ran out."""

    def __init__(self, *, retry: bool) -> None:
        super().__init__("worker lost")
        self.retry = retry
        """Whether the point may be given to another worker."""


class RemoteError(Exception):
    """A worker could not read its order, or could not send the result; the text says why."""


class WorkerPool(Protocol):
    """Workers that solve points at the same time; all methods may be called from any thread."""

    def places(self) -> int:
        """Return the number of points solved at a time. Raises SolverError where no worker is left."""

    def submit(self, task: WorkerTask, limits: SearchLimits, language: str) -> Future[Any]:
        """Begin to do `task`; the outcome is read by `result`."""

    def result(self, future: Future[Any]) -> Any:
        """Return the outcome of a finished future. Raises WorkerLost where there is none, SolverError where no worker
        is left."""

    def seconds(self, future: Future[Any]) -> float:
        """Return the time that a worker has spent on the point [s]; 0 while the point waits for one."""

    def stop(self, future: Future[Any]) -> None:
        """Give up an unfinished point, and end its worker where it has one."""

    def end(self, *, at_once: bool) -> None:
        """End all workers: when their points are finished, or now."""


class LocalWorkers:
    """At most `jobs` worker processes, started when they are needed and kept for further points."""

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs
        self._threads = ThreadPoolExecutor(jobs, "planner-worker")  # each waits for one worker
        self._lock = threading.Lock()
        self._idle: list[ChildProcess] = []
        self._orders: dict[Future[Any], _Order] = {}
        self._given: set[_Order] = set()
        """Orders from before they are given to a thread: Ctrl-C may come between that and their future."""
        self._closed = False

    def places(self) -> int:
        return self._jobs

    def submit(self, task: WorkerTask, limits: SearchLimits, language: str) -> Future[Any]:
        order = _Order(pickle.dumps((task, limits, language)))
        with self._lock:
            self._given.add(order)
        future = self._threads.submit(self._solve, order)
        with self._lock:
            self._orders[future] = order
        future.add_done_callback(self._forget)
        return future

    def result(self, future: Future[Any]) -> Any:
        return future.result()

    def seconds(self, future: Future[Any]) -> float:
        with self._lock:
            order = self._orders.get(future)
        return 0.0 if order is None or order.began is None else time.monotonic() - order.began

    def stop(self, future: Future[Any]) -> None:
        with self._lock:
            order = self._orders.get(future)
        if not future.cancel() and order is not None:
            order.stop()

    def end(self, *, at_once: bool) -> None:
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
            orders = list(self._given) if at_once else []
        for order in orders:
            order.stop()
        for worker in idle:
            worker.kill()
        self._threads.shutdown(wait=True, cancel_futures=at_once)
        for worker in idle:
            worker.end()

    def _forget(self, future: Future[Any]) -> None:
        with self._lock:
            order = self._orders.pop(future, None)
            if order is not None:
                self._given.discard(order)

    def _solve(self, order: _Order) -> Any:
        """Have a worker solve the task of `order`; a worker that fails is not used again."""
        worker = self._take()
        try:
            order.start(worker)
            found = _ask(worker, order.content)
        except RemoteError:
            self._put_back(worker)
            raise
        except BaseException:
            worker.end()
            raise
        self._put_back(worker)
        return found

    def _take(self) -> ChildProcess:
        """Return an idle worker, or else a new one. Raises OSError where no process can be started."""
        while True:
            with self._lock:
                worker = self._idle.pop() if self._idle else None
            if worker is None:
                return ChildProcess("planner.batch.worker")
            if not worker.has_ended():
                return worker
            worker.end()

    def _put_back(self, worker: ChildProcess) -> None:
        with self._lock:
            keep = not self._closed
            if keep:
                self._idle.append(worker)
        if not keep:
            worker.end()


class _Order:
    """A task on its way to a worker."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.began: float | None = None
        self._lock = threading.Lock()
        self._worker: ChildProcess | None = None
        self._stopped = False

    def start(self, worker: ChildProcess) -> None:
        """Note that `worker` has started; raises WorkerLost where the point was given up before."""
        with self._lock:
            if self._stopped:
                raise WorkerLost(retry=False)
            self._worker, self.began = worker, time.monotonic()

    def stop(self) -> None:
        with self._lock:
            self._stopped = True
            if self._worker is not None:
                self._worker.kill()


def _ask(worker: ChildProcess, order: bytes) -> Any:
    """Send an order and wait for the result. Raises WorkerLost where the process ends first."""
    try:
        worker.send(order)
        kind, content = pickle.loads(worker.receive())
    except (OSError, EOFError):
        raise WorkerLost(retry=True) from None
    if kind == ERROR:
        raise RemoteError(content)
    return content
