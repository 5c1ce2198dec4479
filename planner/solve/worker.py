"""The solver in a process of its own, so that it can be stopped at any moment and its best plan kept.

`python -m planner.solve.worker` reads one pickled job from standard input, and writes pickled news
and the solution to standard output. When its parent goes away, it ends itself and its solver.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO

from planner.domain.decisions import Decisions
from planner.domain.scenario import Scenario
from planner.solve.infeasible import Explanation, explain
from planner.solve.levels import Solution, solve_levels
from planner.solve.outcome import Limits, Progress


@dataclass(frozen=True)
class Job:
    """What a worker is asked to do: solve a scenario, or explain why it has no plan."""

    scenario: Scenario
    limits: Limits
    whole_rupiah: bool = False
    explain: bool = False


class WorkerDied(RuntimeError):
    """The worker ended without an answer, as when it is killed or runs out of memory."""


class Worker:
    """A running worker, seen from the process that started it. Use it as a context manager."""

    def __init__(self, job: Job) -> None:
        self.best: Decisions | None = None
        """The latest decisions reported: what is kept if the worker is stopped."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "planner.solve.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,  # Ctrl-C goes to the planner alone, and the whole group can be ended
        )
        assert self._process.stdin is not None
        with contextlib.suppress(BrokenPipeError):  # a worker that died at once is found out by `answer`
            pickle.dump(job, self._process.stdin)
            self._process.stdin.flush()

    def __enter__(self) -> Worker:
        return self

    def __exit__(self, *exc: object) -> None:
        self.end()

    def answer(self, news: Callable[[Progress], None]) -> Solution | Explanation:
        """Pass on the news until the answer arrives, and return it. WorkerDied if it never does."""
        assert self._process.stdout is not None
        while True:
            try:
                kind, *content = pickle.load(self._process.stdout)
            except (EOFError, pickle.UnpicklingError):
                code = self._process.wait()
                raise WorkerDied(f"the solver process ended with code {code}") from None
            if kind == "news":
                progress, decisions = content
                if decisions is not None:
                    self.best = decisions
                news(progress)
            elif kind == "failed":
                raise WorkerDied(content[0])
            else:
                answer: Solution | Explanation = content[0]
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


def serve(source: IO[bytes], sink: IO[bytes]) -> None:
    """Do the job read from `source` and write news and solution to `sink`."""
    job: Job = pickle.load(source)
    threading.Thread(target=_end_with_parent, args=(source,), daemon=True).start()

    def send(*message: object) -> None:
        pickle.dump(message, sink)
        sink.flush()

    try:
        answer = do(job, lambda progress, decisions: send("news", progress, decisions))
    except Exception as error:
        send("failed", f"{type(error).__name__}: {error}")
    else:
        send("answer", answer)


def do(job: Job, news: Callable[[Progress, Decisions | None], None]) -> Solution | Explanation:
    """The answer to `job`."""
    if job.explain:
        return explain(job.scenario)
    return solve_levels(job.scenario, job.limits, news, whole_rupiah=job.whole_rupiah)


def _end_with_parent(source: IO[bytes]) -> None:
    """Wait for the end of `source`, which is the end of the parent, and end this process group."""
    with contextlib.suppress(OSError, ValueError):
        source.read()
    os.killpg(os.getpgrp(), signal.SIGKILL)


def main() -> None:
    """Serve on standard input and output; anything that prints goes to standard error instead."""
    sink = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    serve(sys.stdin.buffer, sink)


if __name__ == "__main__":
    main()
