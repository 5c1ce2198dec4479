"""The solver in a process of its own, so that it can be stopped at any moment and its best plan kept.

The process reads one pickled order from standard input, and writes pickled news and the solution to
standard output. When its parent goes away, it ends itself and its solver, and leaves no files behind.
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
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from planner.domain.aim import Aim
from planner.domain.decisions import Decisions
from planner.domain.funding_case import FundingCase
from planner.domain.scenario import Scenario
from planner.errors import PlannerError
from planner.locale import _, language_in_force, use_language
from planner.solve.answers import Committed, Explanation, Solution
from planner.solve.hints import NO_HINTS, Hints
from planner.solve.outcome import Limits, Progress


@dataclass(frozen=True)
class Job:
    """What a worker is asked to do: solve a scenario, for an aim of its own if there is one, or explain why it has
    no plan, or find the classes to commit before it is known which of some cases it will be."""

    scenario: Scenario
    limits: Limits
    explain: bool = False
    proven: bool = False
    """Whether it is proven that there is no plan, so that an explanation need not look for one."""
    hints: Hints = NO_HINTS
    aim: Aim | None = None
    cases: tuple[FundingCase, ...] = ()


@dataclass(frozen=True)
class Order:
    """A job, the language to speak of it, and the folder for the files of solvers that need some."""

    job: Job
    language: str
    folder: str | None


ROOT: Final = str(Path(__file__).parents[2])
"""The folder that this package was imported from."""

START: Final = (
    "import sys; root = sys.argv[1]; root in sys.path or sys.path.insert(0, root);"
    "from planner.lean import without_unused; without_unused();"
    "from planner.solve.worker import main; main()"
)
"""What a worker runs: this package and no other, and nothing from the folder the planner happens to work in."""


class WorkerDied(RuntimeError):
    """The worker ended without an answer, as when it is killed or runs out of memory."""


class Worker:
    """A running worker, seen from the process that started it. Use it as a context manager."""

    def __init__(self, job: Job) -> None:
        self.best: Decisions | None = None
        """The latest decisions reported: what is kept if the worker is stopped."""
        self._folder = _folder()
        places = {} if self._folder is None else dict.fromkeys(("TMPDIR", "TMP", "TEMP"), self._folder)
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", START, ROOT],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, **places},
            start_new_session=True,  # Ctrl-C goes to the planner alone, and the whole group can be ended
        )
        assert self._process.stdin is not None
        try:
            pickle.dump(Order(job, language_in_force(), self._folder), self._process.stdin)
            self._process.stdin.flush()
        except BrokenPipeError:
            pass  # a worker that died at once is found out by `answer`
        except BaseException:
            self.end()
            raise

    def __enter__(self) -> Worker:
        return self

    def __exit__(self, *exc: object) -> None:
        self.end()

    def answer(self, news: Callable[[Progress], None]) -> Solution | Explanation | Committed:
        """Pass on the news until the answer arrives, and return it.

        WorkerDied if it never does; a PlannerError that the worker met is raised here.
        """
        assert self._process.stdout is not None
        while True:
            try:
                kind, *content = pickle.load(self._process.stdout)
            except (EOFError, pickle.UnpicklingError):
                raise WorkerDied(_ending(self._process.wait())) from None
            if kind == "news":
                progress, decisions = content
                if decisions is not None:
                    self.best = decisions
                news(progress)
            elif kind == "failed":
                raise WorkerDied(content[0])
            elif kind == "refused":
                raise content[0]
            else:
                answer: Solution | Explanation | Committed = content[0]
                return answer

    def end(self) -> None:
        """End the worker and whatever solver it started, now."""
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
    """A new folder for the files that a solver writes; None where none can be made, for HiGHS needs none."""
    try:
        return tempfile.mkdtemp(prefix="planner-")
    except OSError:
        return None


def _ending(code: int) -> str:
    """How a worker ended that gave no answer."""
    if code < 0:
        return _("its process was ended by signal {number}, as happens when memory runs out.").format(number=-code)
    return _("its process ended with code {code} and without an answer.").format(code=code)


def serve(source: IO[bytes], sink: IO[bytes]) -> None:
    """Do the job read from `source` and write news and solution to `sink`."""
    try:
        order: Order = pickle.load(source)
    except (EOFError, pickle.UnpicklingError):
        return  # the parent went away before it had said what to do
    use_language(order.language)
    threading.Thread(target=_end_with_parent, args=(source, order.folder), daemon=True).start()

    def send(*message: object) -> None:
        pickle.dump(message, sink)
        sink.flush()

    try:
        answer = do(order.job, lambda progress, decisions: send("news", progress, decisions))
    except PlannerError as error:
        send("refused", error)
    except Exception as error:
        send("failed", f"{type(error).__name__}: {error}")
    else:
        send("answer", answer)


def do(job: Job, news: Callable[[Progress, Decisions | None], None]) -> Solution | Explanation | Committed:
    """Answer `job`. The engines are loaded here: a process that only starts workers does without them."""
    from planner.solve.aimed import solve_aim
    from planner.solve.commitment import solve_commitment
    from planner.solve.infeasible import explain
    from planner.solve.levels import solve_levels

    if job.explain:
        return explain(job.scenario, job.limits, proven=job.proven)
    if job.cases:
        return solve_commitment(job.scenario, job.cases, job.limits, news, job.hints.start)
    if job.aim is not None:
        return solve_aim(job.scenario, job.limits, job.aim, news, job.hints)
    return solve_levels(job.scenario, job.limits, news, hints=job.hints)


def _end_with_parent(source: IO[bytes], folder: str | None) -> None:
    """Wait for the end of `source`, which is the end of the parent, and end this process group."""
    with contextlib.suppress(OSError, ValueError):
        source.read()
    if folder is not None:
        shutil.rmtree(folder, ignore_errors=True)
    os.killpg(os.getpgrp(), signal.SIGKILL)


def main() -> None:
    """Serve on standard input and output; anything that prints goes to standard error instead.

    The process ends at once when it is done: the thread that waits for the end of the parent cannot be joined.
    """
    sink = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    serve(sys.stdin.buffer, sink)
    sys.stderr.flush()
    os._exit(0)
