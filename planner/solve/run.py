"""Searches a plan, explains why there is none, or finds what to commit: in a worker process, or in this one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from planner.domain.decisions import Decisions
from planner.errors import PlannerError, SolverError, how_it_broke
from planner.locale import _
from planner.solve.answers import Committed, Explanation, Solution
from planner.solve.job import Answer, Job
from planner.solve.outcome import Progress
from planner.solve.worker import Worker, WorkerDied

Found = Callable[[Decisions], None]
"""Called with better decisions while a worker searches on."""


class Stopped(Exception):
    """The user stopped the search; `best` is the best plan so far, if any."""

    def __init__(self, best: Decisions | None) -> None:
        super().__init__("stopped")
        self.best = best


def solve(
    job: Job,
    progress: Callable[[Progress], None],
    *,
    inline: bool = False,
    ahead: Worker | None = None,
    found: Found = lambda _: None,
) -> Solution:
    """Search the solution that `job` asks for, in the worker started `ahead` if there is one.

    `found` is called with better decisions during the search. Raises Stopped on KeyboardInterrupt, and SolverError
    where the worker ends without an answer, both with the best decisions so far.
    """
    answer = _answer(job, progress, inline, ahead, found)
    assert isinstance(answer, Solution)
    return answer


def why_infeasible(job: Job, *, inline: bool = False) -> Explanation:
    """Explain what clashes in a scenario without a plan, after a second look. Raises as `solve` does."""
    answer = _answer(replace(job, explain=True), lambda _: None, inline)
    assert isinstance(answer, Explanation)
    return answer


def commit(job: Job, *, inline: bool = False) -> Committed:
    """Find the classes to commit for the cases of `job`. Raises KeyboardInterrupt, and SolverError as `solve` does."""
    try:
        answer = _answer(job, lambda _: None, inline)
    except Stopped:
        raise KeyboardInterrupt from None
    assert isinstance(answer, Committed)
    return answer


def _answer(
    job: Job,
    progress: Callable[[Progress], None],
    inline: bool,
    ahead: Worker | None = None,
    found: Found = lambda _: None,
) -> Answer:
    if inline:
        return _answer_here(job, progress)
    worker = ahead if ahead is not None and not ahead.given else None
    try:
        with worker or Worker() as worker:
            worker.give(job)
            return worker.answer(progress, found)
    except KeyboardInterrupt:
        raise Stopped(worker.best if worker else None) from None
    except WorkerDied as died:
        raise _broke(died, worker.best if worker else None) from None


def _answer_here(job: Job, progress: Callable[[Progress], None]) -> Answer:
    """Answer `job` in this process. Raises what `progress` raises, and otherwise as `_answer` does."""
    from planner.solve.answering import answer  # loads the engines

    raised: list[BaseException] = []
    best: list[Decisions] = []

    def hear(news: Progress, decisions: Decisions | None) -> None:
        if decisions is not None:
            best[:] = [decisions]
        try:
            progress(news)
        except BaseException as error:
            raised.append(error)
            raise

    try:
        return answer(job, hear)
    except PlannerError:
        raise
    except (Exception, KeyboardInterrupt) as error:
        cause = raised[0] if raised else error
        if isinstance(cause, KeyboardInterrupt):
            raise Stopped(best[0] if best else None) from None
        if raised:
            raise cause from None
        raise _broke(how_it_broke(error), best[0] if best else None) from error


def _broke(reason: object, best: Decisions | None) -> SolverError:
    return SolverError(_("The solver stopped unexpectedly: {reason}").format(reason=reason), best)
