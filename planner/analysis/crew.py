"""Who makes the plans of a batch: this process, or a pool of processes."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from typing import Self

from planner.analysis.points import Point, Result, solve_point
from planner.locale import language_in_force
from planner.planning import Limits


@dataclass(frozen=True)
class News:
    """How a batch is going."""

    done: int
    total: int
    seconds: float
    latest: Result

    @property
    def seconds_left(self) -> float:
        """What is left if the other points take as long as those that are done."""
        return self.seconds / self.done * (self.total - self.done)


class Crew:
    """Makes the plans of batches: `jobs` at a time in processes of their own, or one by one here when it is 0.

    Use it as a context manager; the processes are kept from batch to batch.
    """

    def __init__(self, jobs: int = 0, news: Callable[[News], None] = lambda _: None) -> None:
        self.jobs = jobs
        self.news = news
        self._executor: Executor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        if self._executor is not None:
            self._executor.shutdown(wait=error[0] is None, cancel_futures=True)
            self._executor = None

    def solve(self, points: Sequence[Point], limits: Limits) -> dict[str, Result]:
        """The result of every point by its name, in the order of `points`."""
        began = time.monotonic()
        found: dict[str, Result] = {}

        def keep(result: Result) -> None:
            found[result.name] = result
            self.news(News(len(found), len(points), time.monotonic() - began, result))

        if not self.jobs:
            for point in points:
                keep(solve_point(point, limits, language_in_force()))
        else:
            if self._executor is None:
                self._executor = ProcessPoolExecutor(
                    self.jobs, multiprocessing.get_context("spawn"), initializer=_leave_stopping_to_parent
                )
            language = language_in_force()
            futures = [self._executor.submit(solve_point, point, limits, language) for point in points]
            for future in as_completed(futures):
                keep(future.result())
        return {point.name: found[point.name] for point in points}


def processors() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _leave_stopping_to_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
