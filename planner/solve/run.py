"""Solve a scenario, or explain why it has no plan: in a worker process, or in this one."""

from __future__ import annotations

from collections.abc import Callable

from planner.domain.decisions import Decisions
from planner.domain.scenario import Scenario
from planner.errors import SolverError
from planner.locale import _
from planner.solve.infeasible import Explanation
from planner.solve.levels import Solution
from planner.solve.outcome import Limits, Progress
from planner.solve.worker import Job, Worker, WorkerDied, do


class Stopped(Exception):
    """The user stopped the work; `best` are the best decisions so far, if any."""

    def __init__(self, best: Decisions | None) -> None:
        super().__init__("stopped")
        self.best = best


def solve(
    scenario: Scenario,
    limits: Limits,
    progress: Callable[[Progress], None],
    *,
    inline: bool = False,
    whole_rupiah: bool = False,
) -> Solution:
    """The solution of `scenario`. Stopped on KeyboardInterrupt; SolverError when the worker dies without an answer."""
    answer = _done(Job(scenario, limits, whole_rupiah=whole_rupiah), progress, inline)
    assert isinstance(answer, Solution)
    return answer


def why_infeasible(scenario: Scenario, limits: Limits, *, inline: bool = False) -> Explanation:
    """What clashes in a scenario without a plan, after a second look. Stopped and SolverError as for `solve`."""
    answer = _done(Job(scenario, limits, explain=True), lambda _: None, inline)
    assert isinstance(answer, Explanation)
    return answer


def _done(job: Job, progress: Callable[[Progress], None], inline: bool) -> Solution | Explanation:
    if inline:
        return do(job, lambda news, _: progress(news))
    with Worker(job) as worker:
        try:
            return worker.answer(progress)
        except KeyboardInterrupt:
            raise Stopped(worker.best) from None
        except WorkerDied as died:
            raise SolverError(_("The solver stopped unexpectedly: {reason}").format(reason=died)) from None
