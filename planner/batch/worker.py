"""The program of a worker process: it does the tasks that its parent sends, one at a time.

Orders and replies are pickles inside the messages, so that one that cannot be read does not affect the others.
"""

from __future__ import annotations

import pickle
from typing import Final

from planner.batch.points import done
from planner.errors import how_it_broke
from planner.processes.child_process import ParentProcess, step_back

RESULT: Final = "result"
ERROR: Final = "error"
"""The two kinds of replies: the result of a task, or the text of an error."""


def main() -> None:
    """Serve until the parent ends, and this process with it."""
    step_back()
    parent = ParentProcess()
    while True:
        parent.send(_reply(parent.receive()))


def _reply(order: bytes) -> bytes:
    """Do the task of `order`; an order that cannot be read, or a result that cannot be sent, is an error."""
    try:
        task, limits, language = pickle.loads(order)
        return pickle.dumps((RESULT, done(task, limits, language)))
    except Exception as error:
        return pickle.dumps((ERROR, how_it_broke(error)))
