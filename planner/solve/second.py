"""A second opinion: the same scenario searched by an engine that works differently, in a process of its own.

It shares no start and no bound with the first, and is listened to when it is done.
"""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import Final, Self

from planner.domain.objectives import levels_of
from planner.errors import PlannerError
from planner.solve.answers import Solution
from planner.solve.worker import Job, Worker, WorkerDied

OTHER: Final = {"highs": "highs-plain", "highs-plain": "highs", "cbc": "highs"}
"""Who is asked besides an engine: HiGHS with and without presolve, and HiGHS besides CBC."""


def second_job(job: Job) -> Job:
    """The job of the second opinion: only the levels that must be proven, and nothing known beforehand."""
    levels = levels_of(job.scenario)
    last = [level.goal for level in levels].index("gaps_closed")
    limits = replace(job.limits, solver=OTHER[job.limits.solver], polish=False)
    return Job(job.scenario.changed(objective=levels[: last + 1]), limits)


class SecondOpinion:
    """A search that goes on beside another. Use it as a context manager: it ends with the block."""

    def __init__(self, job: Job) -> None:
        self.solver = OTHER[job.limits.solver]
        self.solution: Solution | None = None
        """What it came to, once it is `ready`; None where it came to nothing."""
        self._worker = Worker(second_job(job))
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self._worker.end()

    def _listen(self) -> None:
        try:
            answer = self._worker.answer(lambda _: None)
        except (WorkerDied, PlannerError, OSError, ValueError):  # the last two where the worker is ended meanwhile
            return
        if isinstance(answer, Solution):
            self.solution = answer

    @property
    def ready(self) -> bool:
        """Whether it has come to an end."""
        return not self._thread.is_alive()

    def wait(self, seconds: float | None) -> Solution | None:
        """Its solution; None where it comes to none within so many seconds."""
        self._thread.join(seconds)
        return self.solution
