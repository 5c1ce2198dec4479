"""Runs the solver in a process of its own, so that it can be stopped at any moment and its best plan kept.

This is the side that gives the job; `worker_process` is the other. A worker may be started before its job is known, to
load the engines in the meantime.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from planner.errors import PlannerError
from planner.locale import language_in_force
from planner.processes.child_process import ChildProcess

if TYPE_CHECKING:
    from planner.domain.decisions import Decisions
    from planner.solve.job import Answer, Job
    from planner.solve.outcome import Progress


@dataclass(frozen=True)
class Order:
    """A job, and the language of its messages."""

    job: Job
    language: str


@dataclass(frozen=True)
class News:
    """Message of a worker: its progress and, where there is a better plan, its decisions."""

    progress: Progress
    decisions: Decisions | None


@dataclass(frozen=True)
class Answered:
    """Last message of a worker: the answer."""

    answer: Answer


@dataclass(frozen=True)
class Declined:
    """Last message of a worker: an error for the user."""

    error: PlannerError


@dataclass(frozen=True)
class Broke:
    """Last message of a worker: an unexpected error."""

    reason: str


class WorkerDied(RuntimeError):
    """The worker ended without an answer, for example because it was killed or memory ran out."""


class Worker:
    """A running worker, seen from the process that started it. Use it as a context manager: it ends with the block."""

    def __init__(self, job: Job | None = None) -> None:
        self.best: Decisions | None = None
        """The latest decisions reported: the plan that is kept if the worker is stopped."""
        self.given = False
        """Whether the worker has a job."""
        self._child = ChildProcess("planner.solve.worker_process")
        if job is not None:
            self.give(job)

    def give(self, job: Job) -> None:
        """Send the worker its job; each worker takes one."""
        self.given = True
        try:
            self._child.send(pickle.dumps(Order(job, language_in_force())))
        except BrokenPipeError:
            pass  # `answer` reports that the worker has died
        except BaseException:
            self.end()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.end()

    def answer(
        self, progress: Callable[[Progress], None], found: Callable[[Decisions], None] = lambda _: None
    ) -> Answer:
        """Pass on the progress, and the decisions `found`, until the answer arrives, and return it.

        Raises WorkerDied where no answer comes, and the PlannerError that the worker met.
        """
        while True:
            try:
                message: News | Answered | Declined | Broke = pickle.loads(self._child.receive())
            except EOFError:
                raise WorkerDied(self._child.ending()) from None
            match message:
                case News():
                    if message.decisions is not None:
                        self.best = message.decisions
                        found(message.decisions)
                    progress(message.progress)
                case Answered():
                    return message.answer
                case Declined():
                    raise message.error
                case Broke():
                    raise WorkerDied(message.reason)

    def end(self) -> None:
        """End the worker and whatever solver it started, now."""
        self._child.end()
