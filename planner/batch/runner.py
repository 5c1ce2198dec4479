"""Batches of points: solved in this process, by worker processes, or on a cluster. A failing point never stops the
batch."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Collection, Generator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import closing
from dataclasses import replace
from typing import Any, Self

from planner.batch.batch import Batch, not_begun
from planner.batch.batch_progress import BatchProgress
from planner.batch.begun import BegunPoints, Early
from planner.batch.cluster import Cluster
from planner.batch.plan_cache import NO_CACHE, PlanCache, key_of, of_scenario, serves
from planner.batch.points import Point, Result, WorkerTask
from planner.batch.worker_pool import LocalWorkers, WorkerPool
from planner.errors import Interrupted, PlannerError
from planner.locale import language_in_force, ngettext
from planner.planning import SearchLimits
from planner.plans.plan import Plan, Status


class BatchCancelled(Interrupted):
    """A batch was cancelled; `finished` are the results of its finished points by name."""

    def __init__(self, finished: Mapping[str, Result], total: int) -> None:
        done = len(finished)
        text = ngettext(
            "Cancelled: {done} of {count} plan is finished.", "Cancelled: {done} of {count} plans are finished.", total
        )
        super().__init__(text.format(done=done, count=total))
        self.finished = dict(finished)
        self.total = total


class BatchRunner:
    """Solves batches of points, at most `jobs` at a time in worker processes; with `jobs` = 0 one by one in this
    process, where only one runner works at a time.

    With the address of a `cluster` the points are solved there. A `pool` is shared with other runners, which may run
    in other threads, and is not ended here. Results come from the `cache` where it has them, and new ones are added.
    `progress` is called in the thread that called `solve`; an exception that it raises ends the batch.

    Use it as a context manager: workers are kept from batch to batch, and an exception ends them at once.
    """

    def __init__(
        self,
        jobs: int = 0,
        progress: Callable[[BatchProgress], None] = lambda _: None,
        *,
        cluster: str | None = None,
        cache: PlanCache = NO_CACHE,
        pool: WorkerPool | None = None,
        seconds: float | None = None,
    ) -> None:
        """`seconds`: time for all batches of this runner; points that are not finished by then have no plan in time."""
        self.jobs = jobs
        self.progress = progress
        self.cache = cache
        self.cached = 0
        """Results in the cache, from this run or an earlier one: a rerun need not solve these points."""
        self.failures: list[Result] = []
        """Results of points that an error leaves undecided."""
        self._wanted: set[str] = set()
        """Questions of all batches, where there is a time for all of them."""
        self._cut: set[str] = set()
        """Those among them that were not finished in this time."""
        self.seconds_each: float | None = None
        """Known time of one plan, for the estimate before the first of a batch is finished [s]."""
        self.levels: dict[str, float] = {}
        """First level of the objective of the best plan by question, larger where better, for all plans without an aim
        that a later run finds again: what an answer stands on."""
        self._ends = None if seconds is None else time.monotonic() + seconds
        self._cluster = cluster
        self._pool = pool
        self._shared = pool is not None
        self._known: dict[str, tuple[SearchLimits, Result]] = {}
        """Results by question: plans that were kept, and with a cache those of this run, even where it is not read."""
        self._begun = BegunPoints()
        self._batches = 0
        self._cancelled: Future[None] = Future()  # a future, so that waiting for results ends with it
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        if self._cluster is not None:
            self._pool = Cluster(self._cluster, self.jobs or None)
        return self

    def __exit__(self, *error: object) -> None:
        self._begun.keep_only(())
        if self._pool is not None and not self._shared:
            self._pool.end(at_once=error[0] is not None)
            self._pool = None

    def begin(self, early: Sequence[Early]) -> None:
        """Begin points before they are asked for, where no result is cached; not where there is a time for all
        batches."""
        wanted = [each for each in early if not self.cache.has(each.point, each.limits)]
        if wanted and self.jobs and self._cluster is None and not self._shared and self._ends is None:
            self._begun.begin(self._workers(), wanted)

    def only(self, names: Collection[str]) -> None:
        """Give up points that were begun early, except those of these names."""
        self._begun.keep_only(names)

    def _workers(self) -> WorkerPool:
        with self._lock:
            self._pool = self._pool or LocalWorkers(self.jobs)
            return self._pool

    @property
    def wanted(self) -> int:
        """Plans that all batches asked for, each counted once; 0 where there is no time for all of them."""
        return len(self._wanted)

    @property
    def unfinished(self) -> int:
        """Those among them that were not finished in the time for all batches."""
        return len(self._cut)

    def cancel(self) -> None:
        """End all batches of this runner, from any thread: `solve` raises BatchCancelled, even when it is called later.

        A point that is solved in this process (`jobs` = 0) is finished first.
        """
        with self._lock:
            if not self._cancelled.done():
                self._cancelled.set_result(None)

    def solve(self, points: Sequence[Point], limits: SearchLimits) -> dict[str, Result]:
        """Return the result of every point by its name, in the order of `points`.

        Raises BatchCancelled after `cancel`, SolverError where the cluster no longer answers.
        """
        began = time.monotonic()
        with self._lock:
            self._batches = batch = self._batches + 1
        if self._ends is not None:
            self._wanted |= {key_of(point, limits) for point in points}
        known = {point.name: result for point in points if (result := self._remembered(point, limits)) is not None}
        stored = {
            point.name: result
            for point in points
            if point.name not in known and (result := self.cache.get(point, limits)) is not None
        }
        found = known | stored
        cached = len(found)

        each = None if self.seconds_each is None else self.seconds_each / max(1, min(self.jobs, len(points)))

        def report() -> None:
            self.progress(BatchProgress(batch, len(found), len(points), cached, time.monotonic() - began, each))

        report()
        for point in points:
            if point.name in stored:
                self._remember(point, limits, stored[point.name])
            if point.name in found:
                self._note(point, limits, found[point.name])
        self._count(cached)
        with closing(self.results([point for point in points if point.name not in found], limits)) as results:
            for point, result in results:
                found[point.name] = result
                if self._cut_short(point, limits, result):
                    self._count(0, result)
                    report()
                    continue
                if self.cache.folder is not None:  # without a cache every request is solved
                    self._remember(point, limits, result)
                self._note(point, limits, result)
                self._count(self.cache.put(point, limits, result), result)
                report()
        if len(found) < len({point.name for point in points}):
            raise BatchCancelled(found, len(points))
        return {point.name: found[point.name] for point in points}

    def within(self, limits: SearchLimits) -> SearchLimits | None:
        """Return the limits of a search that begins now, so that it ends with the time for all; None if it is over."""
        if self._ends is None:
            return limits
        left = self._ends - time.monotonic()
        if left <= 0:
            return None
        return replace(limits, time_limit=left if limits.time_limit is None else min(left, limits.time_limit))

    def _cut_short(self, point: Point, limits: SearchLimits, result: Result) -> bool:
        """Return whether the time for all batches ended the search for a point; its result is then not cached."""
        if self._ends is None or time.monotonic() < self._ends:
            return False
        cut = result.status in (Status.NO_PLAN_IN_TIME, Status.FEASIBLE)
        if cut:
            self._cut.add(key_of(point, limits))
        return cut

    def remember(self, point: Point, limits: SearchLimits, plan: Plan) -> None:
        """Use `plan`, found within `limits`, as the plan of a point as long as this runner lives."""
        self._remember(point, limits, Result(point.name, plan.status, plan))

    def keep(self, point: Point, limits: SearchLimits, plan: Plan) -> None:
        """Use `plan` as the plan of a point from now on, also in later runs: it is better than the one found."""
        result = Result(point.name, plan.status, plan)
        self._remember(point, limits, result)
        self._note(point, limits, result)
        self.cache.put(point, limits, result)

    def _note(self, point: Point, limits: SearchLimits, result: Result) -> None:
        """Note how good the plan of a point is, unless a better one is known."""
        if point.aim is None and result.plan is not None:
            key, level = key_of(point, limits), float(result.plan.rank[0])
            with self._lock:
                self.levels[key] = max(level, self.levels.get(key, level))

    def _remember(self, point: Point, limits: SearchLimits, result: Result) -> None:
        if point.aim is None and result.plan is not None:
            with self._lock:
                self._known[key_of(point, limits)] = limits, result

    def _remembered(self, point: Point, limits: SearchLimits) -> Result | None:
        """Return the result of this runner that answers a point; None where there is none."""
        if point.aim is not None or not self._known:
            return None
        with self._lock:
            found = self._known.get(key_of(point, limits))
        if found is None:
            return None
        within, result = found
        if result.plan is None or not serves(within, result.plan.status == Status.OPTIMAL, limits):
            return None
        if result.plan.scenario_sha256 == point.scenario.sha256:
            return replace(result, name=point.name)
        try:
            plan = of_scenario(point.scenario, result.plan)
        except (PlannerError, LookupError):
            return None
        return None if plan is None else replace(result, name=point.name, plan=plan)

    def _count(self, cached: int, result: Result | None = None) -> None:
        with self._lock:
            self.cached += cached
            if result is not None and result.failed:
                self.failures.append(result)

    def results[T: WorkerTask](self, tasks: Sequence[T], limits: SearchLimits) -> Generator[tuple[T, Any]]:
        """Yield the tasks with their results as they finish; no more of them after `cancel`.

        A task that failed, or for which no time was left, has a Result with its message.
        """
        pool = self._workers() if self.jobs and tasks else self._pool
        if pool is not None:
            begun = self._begun.taken(tasks, limits)
            yield from Batch(pool, tasks, limits, self._cancelled, self.within, begun).results()
            return
        for task in tasks:
            if self._cancelled.done():
                return
            left = self.within(limits)
            yield task, not_begun(task) if left is None else task.done(left, language_in_force())


def processors() -> int:
    """Return the number of processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
