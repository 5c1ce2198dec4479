"""The process of a worker: it answers one job.

It reads a pickled order from standard input and writes pickled messages to standard output. When its parent goes away,
it ends itself and its solver, and leaves no files behind.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import shutil
import signal
import sys
import threading
from typing import IO

from planner.errors import PlannerError
from planner.locale import use_language
from planner.solve.answering import answer
from planner.solve.worker import Answered, Broke, Declined, News, Order


def serve(source: IO[bytes], sink: IO[bytes], folder: str) -> None:
    """Do the job read from `source` and write progress and answer to `sink`; solvers write their files to `folder`."""
    try:
        order: Order = pickle.load(source)
    except (EOFError, pickle.UnpicklingError):  # the parent ended, or needed no worker
        shutil.rmtree(folder, ignore_errors=True)
        return
    use_language(order.language)
    threading.Thread(target=_end_with_parent, args=(source, folder), daemon=True).start()

    def send(message: News | Answered | Declined | Broke) -> None:
        pickle.dump(message, sink)
        sink.flush()

    try:
        found = answer(order.job, lambda progress, decisions: send(News(progress, decisions)))
    except PlannerError as error:
        send(Declined(error))
    except Exception as error:
        send(Broke(f"{type(error).__name__}: {error}"))
    else:
        send(Answered(found))


def _end_with_parent(source: IO[bytes], folder: str) -> None:
    """Wait for the end of `source`, which is the end of the parent, and end this process group."""
    with contextlib.suppress(OSError, ValueError):
        source.read()
    if folder:
        shutil.rmtree(folder, ignore_errors=True)
    os.killpg(os.getpgrp(), signal.SIGKILL)


def main() -> None:
    """Serve on standard input and output; whatever prints goes to standard error instead.

    The process ends at once when it is done: the thread that waits for the end of the parent cannot be joined.
    """
    sink = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    serve(sys.stdin.buffer, sink, sys.argv[2])
    sys.stderr.flush()
    os._exit(0)
