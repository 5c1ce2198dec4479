"""The second search, which confirms what the proof leaves open: when it runs, how long, and what follows from it."""

from __future__ import annotations

import time
from contextlib import ExitStack
from dataclasses import replace
from typing import Final, Self

from planner.drafting.attempts import Attempts
from planner.drafting.claims import Known, agreed, enough
from planner.drafting.drafts import Draft
from planner.drafting.levels_below import bettered
from planner.errors import PlannerError
from planner.solve.answers import Solution
from planner.solve.outcome import Ending, Stage
from planner.solve.run import Stopped, solve
from planner.solve.second import SecondOpinion, may_be_confirmed, probably_needed, second_job

SECOND_SEARCH_SECONDS: Final = 5.0
"""Least time limit of a second search that begins after the first [s]."""


def may_be_asked(attempts: Attempts) -> bool:
    """Return whether a plan may be confirmed by a second search; never after Ctrl-C."""
    return not attempts.stopped and may_be_confirmed(attempts.job)


class SecondSearch:
    """The second search of a job, if it is begun. Use it as a context manager: it ends with the block."""

    def __init__(self, attempts: Attempts) -> None:
        self._attempts = attempts
        self._ends = ExitStack()
        self.running: SecondOpinion | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self._ends.close()

    def begin(self) -> None:
        """Start the second search now, beside the first, where it will probably be needed."""
        attempts = self._attempts
        if may_be_asked(attempts) and not attempts.inline and probably_needed(attempts.job.scenario):
            self.running = self._ends.enter_context(SecondOpinion(attempts.job))


def confirmed(
    attempts: Attempts, solution: Solution, best: Draft, second: SecondOpinion | None
) -> tuple[Draft, Known, Solution | None]:
    """Ask a second engine where the proof leaves `best` open; return the best draft, what is known, and its opinion."""
    scenario, gap = attempts.job.scenario, attempts.job.limits.gap
    confirmable = solution.ending is not Ending.ENOUGH  # else a second search would not end either
    known, opinion = attempts.proven.of(scenario, best.values), None
    if confirmable and may_be_asked(attempts) and not enough(best, known, gap):
        opinion = second_opinion(attempts, second)
    if opinion is not None and opinion.decisions is not None:
        best = bettered(attempts, best, opinion.decisions)
        known = agreed(scenario, best, known, gap, solution, opinion)
    return best, known, opinion


def second_opinion(attempts: Attempts, running: SecondOpinion | None) -> Solution | None:
    """Wait for the second search that is running, or run one now, with twice the time of the first.

    Return None where it finds nothing; where it is stopped, its best plan.
    """
    left, seconds = attempts.left(), time.monotonic() - attempts.began
    try:
        attempts.report(Stage.SECOND_SEARCH)
        if running is not None:
            return running.wait(left)
        job, most = second_job(attempts.job), max(SECOND_SEARCH_SECONDS, 2 * seconds)
        limits = replace(job.limits, time_limit=most if left is None else min(left, most))
        return solve(replace(job, limits=limits), attempts.steady, inline=attempts.inline)
    except Stopped as stopped:
        attempts.stopped = True
        return None if stopped.best is None else Solution(Ending.STOPPED, stopped.best)
    except KeyboardInterrupt:
        attempts.stopped = True
    except PlannerError:
        pass
    return None
