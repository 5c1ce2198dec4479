"""Runs the solver in a process of its own, so that it can be stopped at any moment and its best plan kept.

This is the side of the process that asks; `worker_process` is the other. A worker may be started before its job is
known: it loads the engines meanwhile.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

from planner.errors import PlannerError
from planner.locale import _, language_in_force

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


ROOT: Final = str(Path(__file__).parents[2])
"""The folder that contains this package."""

START: Final = (
    "import sys; root = sys.argv[1]; root in sys.path or sys.path.insert(0, root);"
    "from planner.lean import set_up_process; set_up_process();"
    "from planner.solve.worker_process import main; main()"
)
"""The program of a worker: this package and no other, and nothing from the working folder of the planner."""


class WorkerDied(RuntimeError):
    """The worker ended without an answer, as when it is killed or memory runs out."""


class Worker:
    """A running worker, seen from the process that started it. Use it as a context manager: it ends with the block."""

    def __init__(self, job: Job | None = None) -> None:
        self.best: Decisions | None = None
        """The latest decisions reported: the plan that is kept if the worker is stopped."""
        self.given = False
        """Whether the worker has a job."""
        self._ended = False
        self._folder = _folder()
        places = {} if self._folder is None else dict.fromkeys(("TMPDIR", "TMP", "TEMP"), self._folder)
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", START, ROOT, self._folder or ""],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, **places},
            start_new_session=True,  # Ctrl-C goes to the planner alone, and the whole group can be ended
        )
        if job is not None:
            self.give(job)

    def give(self, job: Job) -> None:
        """Send the worker its job; it takes one only."""
        assert self._process.stdin is not None
        self.given = True
        try:
            pickle.dump(Order(job, language_in_force()), self._process.stdin)
            self._process.stdin.flush()
        except BrokenPipeError:
            pass  # `answer` finds out that the worker has died
        except BaseException:
            self.end()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.end()

    def answer(self, progress: Callable[[Progress], None]) -> Answer:
        """Pass on the progress until the answer arrives, and return it.

        Raises WorkerDied where no answer comes, and the PlannerError that the worker met.
        """
        assert self._process.stdout is not None
        while True:
            try:
                message: News | Answered | Declined | Broke = pickle.load(self._process.stdout)
            except (EOFError, pickle.UnpicklingError):
                raise WorkerDied(_ending(self._process.wait())) from None
            match message:
                case News():
                    if message.decisions is not None:
                        self.best = message.decisions
                    progress(message.progress)
                case Answered():
                    return message.answer
                case Declined():
                    raise message.error
                case Broke():
                    raise WorkerDied(message.reason)

    def end(self) -> None:
        """End the worker and whatever solver it started, now."""
        if self._ended:  # its process group may belong to others by now
            return
        self._ended = True
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()
        self._process.wait()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)


def _folder() -> str | None:
    """Make a folder for the files that a solver writes; None where that fails, for HiGHS needs none."""
    try:
        return tempfile.mkdtemp(prefix="planner-")
    except OSError:
        return None


def _ending(code: int) -> str:
    """Say how a worker ended that gave no answer."""
    if code < 0:
        return _("its process was ended by signal {number}, as happens when memory runs out.").format(number=-code)
    return _("its process ended with code {code} and without an answer.").format(code=code)
