"""A second opinion: the same scenario searched by an engine that searches differently, in a process of its own.

It shares no start and no bound with the first search, and counts only once it is complete.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Final, Self

from planner.domain.aim import Aim
from planner.domain.objectives import gaps_come_first, levels_of
from planner.domain.scenario import Scenario
from planner.errors import NoPlanInTime, PlannerError, SolverError
from planner.locale import _
from planner.solve.answers import Solution
from planner.solve.engine import EngineName, SearchStrategy
from planner.solve.engines import ENGINES
from planner.solve.job import Job
from planner.solve.outcome import DEFAULT_GAP, Ending, PlanStrategy, Progress, SearchLimits
from planner.solve.run import solve
from planner.solve.worker import Worker, WorkerDied

TINY: Final = 30
"""Seats up to which the exact optimum is found quickly, even for plans that are only compared."""

LARGE: Final = 300
HUGE: Final = 5000
"""A second search is probably needed for more than LARGE and at most HUGE seats: smaller scenarios are nearly always
proven without it, and for larger ones the proof confirms the bound of the search itself."""


def probably_needed(scenario: Scenario) -> bool:
    """Return whether a second search will probably be needed, so that it may start at once."""
    return LARGE < _seats(scenario) <= HUGE


def is_hard_to_prove(scenario: Scenario) -> bool:
    """Return whether proving the plan to the gap asked for will probably take longer than finding it."""
    return _seats(scenario) > LARGE


def is_tiny(scenario: Scenario) -> bool:
    """Return whether the exact optimum of the scenario is found quickly."""
    return _seats(scenario) <= TINY


def is_huge(scenario: Scenario) -> bool:
    """Return whether the scenario is too large for a second search beside the first."""
    return _seats(scenario) > HUGE


def may_be_brief(scenario: Scenario, limits: SearchLimits, aim: Aim | None) -> bool:
    """Return whether a brief search is tried first: where the exact proof of its plan will probably be enough.

    Not in tiny scenarios, whose exact optimum is found quickly, nor for plans that are only compared or nearest to an
    aim, which have searches of their own.
    """
    usual = limits.polish and limits.gap >= DEFAULT_GAP and limits.strategy is SearchStrategy.AUTO
    if not usual or limits.solver is not EngineName.HIGHS or aim is not None:
        return False
    return gaps_come_first(scenario) and not is_tiny(scenario)


def _seats(scenario: Scenario) -> int:
    """Return the number of seats, counted only as far as the thresholds here need."""
    periods = (
        len(scenario.periods_of(programme))
        for programme in scenario.programmes
        for group in scenario.groups_in(programme.for_)
        if scenario.need(group, programme)
    )
    seats = 0
    for more in periods:
        seats += more
        if seats > HUGE:
            break
    return seats


def may_be_confirmed(job: Job) -> bool:
    """Return whether a second search may confirm the plan of `job`.

    Not for a plan for an aim, nor for one that is only compared where a proof is hard: its exact bound is enough for
    the comparison, and a second search would take several times as long as everything else.
    """
    return job.aim is None and (job.limits.polish or not is_hard_to_prove(job.scenario))


def second_engine(job: Job) -> EngineName:
    """Return the engine that confirms a plan of the engine of `job`."""
    return ENGINES[job.limits.solver].second


def second_job(job: Job) -> Job:
    """Return the job of the second opinion: only the levels that must be proven, without hints."""
    levels = levels_of(job.scenario)
    last = [level.goal for level in levels].index("gaps_closed")
    limits = replace(job.limits, solver=second_engine(job), polish=False)
    return Job(job.scenario.changed(objective=levels[: last + 1]), limits, learnt=job.learnt.sure)


def found_otherwise(job: Job, progress: Callable[[Progress], None], *, inline: bool = False) -> Solution | None:
    """Return what other engines find for a job that its own engine called impossible; None where one of them agrees.

    Raises NoPlanInTime where they neither find a plan nor confirm that there is none, and as `solve` does.
    """
    engine = ENGINES[job.limits.solver]
    for name in dict.fromkeys((engine.second, engine.substitute)):
        try:
            found = solve(replace(job, limits=replace(job.limits, solver=name)), progress, inline=inline)
        except SolverError:
            continue
        if found.decisions is not None:
            return Solution(Ending.STOPPED, found.decisions, strategy=PlanStrategy.SECOND_LOOK)
        if found.ending is Ending.INFEASIBLE:
            return None
    raise NoPlanInTime(_("One search found that there is no plan; the others neither found a plan nor confirmed this."))


class SecondOpinion:
    """A search that runs beside another. Use it as a context manager: it ends with the block."""

    def __init__(self, job: Job) -> None:
        self.solution: Solution | None = None
        """The solution, once the search has ended; None if it found none."""
        self._worker = Worker(second_job(job))
        self._thread = threading.Thread(target=self._listen, daemon=True)
        try:
            self._thread.start()
        except BaseException:
            self._worker.end()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self._worker.end()

    def _listen(self) -> None:
        try:
            answer = self._worker.answer(lambda _: None)
        except (
            WorkerDied,
            PlannerError,
            OSError,
            ValueError,
        ):  # the last two occur where the worker is ended meanwhile
            return
        if isinstance(answer, Solution):
            self.solution = answer

    def wait(self, seconds: float | None) -> Solution | None:
        """Wait up to `seconds` for the solution; None if there is none by then."""
        self._thread.join(seconds)
        return self.solution
