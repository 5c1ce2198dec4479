"""Solve a scenario, explain why it has no plan, or find what to commit: in a worker process, or in this one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from planner.domain.decisions import Decisions
from planner.errors import PlannerError, SolverError
from planner.locale import _
from planner.solve.answers import Committed, Explanation, Solution
from planner.solve.outcome import Progress
from planner.solve.worker import Job, Worker, WorkerDied, do


class Stopped(Exception):
    """The user stopped the work; `best` are the best decisions so far, if any."""

    def __init__(self, best: Decisions | None) -> None:
        super().__init__("stopped")
        self.best = best


def solve(job: Job, progress: Callable[[Progress], None], *, inline: bool = False) -> Solution:
    """The solution that `job` asks for. Stopped on KeyboardInterrupt; SolverError when the worker dies without an
    answer."""
    answer = _done(job, progress, inline)
    assert isinstance(answer, Solution)
    return answer


def why_infeasible(job: Job, *, inline: bool = False) -> Explanation:
    """What clashes in a scenario without a plan, after a second look. Stopped and SolverError as for `solve`."""
    answer = _done(replace(job, explain=True), lambda _: None, inline)
    assert isinstance(answer, Explanation)
    return answer


def commit(job: Job, *, inline: bool = False) -> Committed:
    """The classes to commit for the cases of `job`. KeyboardInterrupt goes through; SolverError as for `solve`."""
    try:
        answer = _done(job, lambda _: None, inline)
    except Stopped:
        raise KeyboardInterrupt from None
    assert isinstance(answer, Committed)
    return answer


def _done(job: Job, progress: Callable[[Progress], None], inline: bool) -> Solution | Explanation | Committed:
    if inline:
        return _here(job, progress)
    worker: Worker | None = None
    try:
        with Worker(job) as worker:
            return worker.answer(progress)
    except KeyboardInterrupt:
        raise Stopped(worker.best if worker else None) from None
    except WorkerDied as died:
        raise SolverError(_("The solver stopped unexpectedly: {reason}").format(reason=died)) from None


def _here(job: Job, progress: Callable[[Progress], None]) -> Solution | Explanation | Committed:
    """The answer to `job` in this process; SolverError where an engine breaks. What `progress` raises is passed on."""
    raised: list[BaseException] = []

    def hear(news: Progress, decisions: Decisions | None) -> None:
        try:
            progress(news)
        except BaseException as error:
            raised.append(error)
            raise

    try:
        return do(job, hear)
    except PlannerError:
        raise
    except Exception as error:
        if raised:
            raise raised[0] from None
        reason = f"{type(error).__name__}: {error}"
        raise SolverError(_("The solver stopped unexpectedly: {reason}").format(reason=reason)) from error
