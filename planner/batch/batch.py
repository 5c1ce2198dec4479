"""One batch in a pool: which points run, which are tried again, and which are given up."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from math import inf
from typing import Any, Final

from planner.batch.points import Result, WorkerTask
from planner.batch.worker_pool import RemoteError, WorkerLost, WorkerPool
from planner.errors import PlannerError, how_it_broke
from planner.locale import _, language_in_force
from planner.planning import SearchLimits
from planner.plans.plan import Status

MAX_LOST_WORKERS: Final = 3
"""Workers lost on a point after which it has failed."""

OVERHEAD_SECONDS: Final = 180.0
"""Time that a point may take beyond its time limit, to start, explain infeasibility, settle and check [s]."""

LISTEN: Final = 1.0
"""Longest wait for results [s]. Python raises KeyboardInterrupt between two steps of its own: Ctrl-C that comes right
before a wait is noticed at the end of it."""


class Batch[T: WorkerTask]:
    """Tasks of a batch in a pool.

    Only as many are submitted as there are places. A point whose worker is lost is tried again when no other point of
    the batch runs: it then has the memory of the machine to itself.
    """

    def __init__(
        self,
        pool: WorkerPool,
        tasks: Sequence[T],
        limits: SearchLimits,
        cancelled: Future[None],
        within: Callable[[SearchLimits], SearchLimits | None] = lambda limits: limits,
        running: dict[Future[Any], T] | None = None,
    ) -> None:
        self.within, self.running = within, running or {}
        self.pool, self.limits, self.language, self.cancelled = pool, limits, language_in_force(), cancelled
        names = {task.name for task in self.running.values()}
        self.waiting, self.retries = deque(task for task in tasks if task.name not in names), deque[T]()
        self.lost_workers = Counter[str]()

    def results(self) -> Iterator[tuple[T, Any]]:
        try:
            while (self.waiting or self.retries or self.running) and not self.cancelled.done():
                yield from self._submit()
                if not self.running:
                    continue
                awaited: list[Future[Any]] = [*self.running, self.cancelled]
                finished, _pending = wait(awaited, min(LISTEN, self._until_overdue()), FIRST_COMPLETED)
                for future in self.running.keys() & finished:
                    yield from self._finished(future)
                yield from self._overdue()
        finally:
            for future in self.running:
                self.pool.stop(future)

    def _submit(self) -> Iterator[tuple[T, Any]]:
        """Submit points to free places; yield those that cannot be sent as failed."""
        while self._next() and len(self.running) < (1 if self.retries else self.pool.places()):
            point = self._next().popleft()
            limits = self.within(self.limits)
            if limits is None:
                yield point, not_begun(point)
                continue
            try:
                self.running[self.pool.submit(point, limits, self.language)] = point
            except PlannerError:  # no worker is left
                raise
            except Exception as error:
                yield point, failed(point, error)

    def _next(self) -> deque[T]:
        return self.retries or self.waiting

    def _finished(self, future: Future[Any]) -> Iterator[tuple[T, Any]]:
        """Yield the result of a finished future; nothing if its point is to be tried again."""
        point = self.running.pop(future)
        try:
            result = self.pool.result(future)
        except WorkerLost as lost:
            self.lost_workers[point.name] += 1
            if lost.retry and self.lost_workers[point.name] < MAX_LOST_WORKERS:
                self.retries.append(point)
                return
            message = _("The process that made this plan ended, as when memory runs out.")
            result = Result(point.name, Status.WORKER_LOST, message=message)
        except PlannerError:  # no worker is left
            raise
        except Exception as error:
            result = failed(point, error)
        yield point, result

    def _time_limit(self) -> float | None:
        """Return the time after which a worker counts as not answering [s]."""
        limit = self.limits.time_limit
        return None if limit is None else limit + OVERHEAD_SECONDS

    def _until_overdue(self) -> float:
        """Return the time until the first running point is overdue [s]; infinite without a limit."""
        limit = self._time_limit()
        return inf if limit is None else max(0.0, limit - max(map(self.pool.seconds, self.running)))

    def _overdue(self) -> Iterator[tuple[T, Any]]:
        """Give up the points whose workers no longer answer; yield them as failed."""
        limit = self._time_limit()
        if limit is None:
            return
        for future in [f for f in self.running if not f.done() and self.pool.seconds(f) >= limit]:
            self.pool.stop(future)
            point = self.running.pop(future)
            message = _("The process that made this plan no longer answered.")
            yield point, Result(point.name, Status.NO_ANSWER, message=message)


def not_begun(task: WorkerTask) -> Result:
    """Return the result of a point for which no time was left."""
    message = _("The time limit of the command was over before this plan was begun.")
    return Result(task.name, Status.NO_PLAN_IN_TIME, message=message)


def failed(task: WorkerTask, error: Exception) -> Result:
    """Return the result of a point at which something broke."""
    message = str(error) if isinstance(error, RemoteError) else how_it_broke(error)
    return Result(task.name, None, message=message)
