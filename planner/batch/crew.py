"""Who makes the plans of a batch: this process, a pool of processes, or a cluster. Nothing that befalls one point
stops the others."""

from __future__ import annotations

import os
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass
from typing import Any, Final, Self

from planner.batch.executors import Cluster, Processes, Team, WorkerEnded
from planner.batch.plan_cache import NOTHING_KEPT, Kept
from planner.batch.points import Point, Result, solve_point
from planner.errors import PlannerError
from planner.locale import _, language_in_force
from planner.planning import SearchLimits

MOST_DEATHS: Final = 3
"""Workers that may end on a point before it is recorded as failed: one by the fault of another point, and two more."""

GRACE_SECONDS: Final = 180.0
"""How much longer than its searches a point may take: to begin, to explain that there is no plan, to settle a plan and
to check it [seconds]."""


@dataclass(frozen=True)
class News:
    """How a batch is going."""

    batch: int
    """Which batch of the crew it is, from 1."""
    done: int
    total: int
    kept: int
    """Of those done, the ones that an earlier run has left behind."""
    seconds: float

    @property
    def seconds_left(self) -> float | None:
        """What is left if the other points take as long as those that are done; None while none is."""
        made = self.done - self.kept
        return self.seconds / made * (self.total - self.done) if made else None


class Crew:
    """Makes the plans of batches: `jobs` at a time in processes of their own, or one by one here when it is 0.

    With the address of a `cluster` they are made there. Plans in `kept` are taken from it, and new ones put into it.
    Use it as a context manager; the workers are kept from batch to batch, and end at once when an exception, such as
    that of Ctrl-C, goes through.
    """

    def __init__(
        self,
        jobs: int = 0,
        news: Callable[[News], None] = lambda _: None,
        *,
        cluster: str | None = None,
        kept: Kept = NOTHING_KEPT,
    ) -> None:
        self.jobs = jobs
        self.news = news
        self.kept = kept
        self.safe = 0
        """Points that a rerun would not solve again: they are in `kept`, from this run or an earlier one."""
        self.failures: list[Result] = []
        """Points of which nothing is known, because something failed."""
        self._cluster = cluster
        self._team: Team | None = None
        self._batches = 0

    def __enter__(self) -> Self:
        if self._cluster is not None:
            self._team = Cluster(self._cluster, self.jobs or None)
        return self

    def __exit__(self, *error: object) -> None:
        if self._team is not None:
            self._team.end(at_once=error[0] is not None)
            self._team = None

    def solve(self, points: Sequence[Point], limits: SearchLimits) -> dict[str, Result]:
        """The result of every point by its name, in the order of `points`."""
        began = time.monotonic()
        self._batches += 1
        found = {point.name: result for point in points if (result := self.kept.find(point, limits)) is not None}
        kept = len(found)

        def tell() -> None:
            self.news(News(self._batches, len(found), len(points), kept, time.monotonic() - began))

        tell()
        self.safe += kept
        for point, result in self._results([point for point in points if point.name not in found], limits):
            found[point.name] = result
            self.safe += self.kept.keep(point, limits, result)
            if result.failed:
                self.failures.append(result)
            tell()
        return {point.name: found[point.name] for point in points}

    def _results(self, points: Sequence[Point], limits: SearchLimits) -> Iterable[tuple[Point, Result]]:
        """The points with their results, as they come."""
        if self._team is None and self.jobs and points:
            self._team = Processes(self.jobs)
        if self._team is None:
            return ((point, solve_point(point, limits, language_in_force())) for point in points)
        return _Batch(self._team, points, limits).results()


class _Batch:
    """Points on their way through a team.

    No more are given out than there are places, so that those given out are those that run. When a worker ends, a
    pool breaks, and with it all that runs in it: each of these is then tried alone, so that the one that takes its
    workers with it is known and the others are not blamed.
    """

    def __init__(self, team: Team, points: Sequence[Point], limits: SearchLimits) -> None:
        self.team, self.limits, self.language = team, limits, language_in_force()
        self.waiting, self.suspects = deque(points), deque[Point]()
        self.running: dict[Future[Any], Point] = {}
        self.deaths = Counter[str]()

    def results(self) -> Iterable[tuple[Point, Result]]:
        while self.waiting or self.suspects or self.running:
            yield from self._give_out()
            finished, _running = wait(self.running, self._patience(), FIRST_COMPLETED)
            for future in finished:
                yield from self._of(future)
            if self.running and not finished:
                yield from self._overdue()

    def _give_out(self) -> Iterable[tuple[Point, Result]]:
        """Give points out to free places; those that cannot be given out have failed."""
        while self._next() and len(self.running) < (1 if self.suspects else self.team.places()):
            point = self._next().popleft()
            try:
                self.running[self.team.submit(point, self.limits, self.language)] = point
            except OSError as error:  # no more processes, or no more memory for one
                yield point, _failed(point, f"{type(error).__name__}: {error}")

    def _next(self) -> deque[Point]:
        return self.suspects or self.waiting

    def _of(self, future: Future[Any]) -> Iterable[tuple[Point, Result]]:
        """What a point came to; nothing if it is to be tried again."""
        point = self.running.pop(future)
        try:
            yield point, self.team.result(future)
        except WorkerEnded as ended:
            self.deaths[point.name] += 1
            if ended.again and self.deaths[point.name] < MOST_DEATHS:
                self.suspects.append(point)
            else:
                yield point, _failed(point, _("The process that made this plan ended, as when memory runs out."))
        except PlannerError:  # the whole team is gone
            raise
        except Exception as error:
            yield point, _failed(point, f"{type(error).__name__}: {error}")

    def _patience(self) -> float | None:
        """How long to wait for the next result [seconds]: by then all that run have had the time that their limits
        allow."""
        limit = self.limits.time_limit
        return None if limit is None else limit + GRACE_SECONDS

    def _overdue(self) -> Iterable[tuple[Point, Result]]:
        """Give up all that run, and their workers."""
        self.team.renew()
        given_up, self.running = list(self.running.values()), {}
        for point in given_up:
            yield point, _failed(point, _("The process that made this plan no longer answered."))


def _failed(point: Point, message: str) -> Result:
    return Result(point.name, None, message=message)


def processors() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
