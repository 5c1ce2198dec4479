"""A worker without a process, so that no test of a command waits until one has begun."""

from __future__ import annotations

from collections.abc import Callable
from typing import Self

from planner.domain.decisions import Decisions
from planner.errors import PlannerError
from planner.solve import answering
from planner.solve.job import Answer, Job
from planner.solve.outcome import Progress
from planner.solve.worker import Worker, WorkerDied


class WorkerHere(Worker):
    """Stands in for a worker: it answers its job when it is asked for the answer, and has no process."""

    def __init__(self, job: Job | None = None) -> None:
        self.best = None
        self.job = job
        self.given = job is not None

    def give(self, job: Job) -> None:
        self.job, self.given = job, True

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        pass

    def answer(
        self, progress: Callable[[Progress], None], found: Callable[[Decisions], None] = lambda _: None
    ) -> Answer:
        listener: list[Exception] = []

        def hear(news: Progress, decisions: Decisions | None) -> None:
            if decisions is not None:
                self.best = decisions
                found(decisions)
            try:
                progress(news)
            except Exception as error:
                listener.append(error)
                raise

        assert self.job is not None
        try:
            return answering.answer(self.job, hear)
        except PlannerError:
            raise
        except Exception as error:
            if error in listener:
                raise
            # whatever else an engine raises is told by a worker's process as its end
            raise WorkerDied(f"{type(error).__name__}: {error}") from error
