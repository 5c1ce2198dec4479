"""The process of a worker: it answers one job.

It gets a pickled order and sends pickled messages, of which the last is the answer.
"""

from __future__ import annotations

import os
import pickle
import sys

from planner.errors import PlannerError, how_it_broke
from planner.locale import use_language
from planner.processes.child_process import ParentProcess, step_back
from planner.solve.answering import answer
from planner.solve.worker import Answered, Broke, Declined, News, Order


def serve(parent: ParentProcess) -> None:
    """Do the job that `parent` sends, and send progress and answer."""
    order: Order = pickle.loads(parent.receive())
    use_language(order.language)

    def send(message: News | Answered | Declined | Broke) -> None:
        parent.send(pickle.dumps(message))

    try:
        found = answer(order.job, lambda progress, decisions: send(News(progress, decisions)))
    except PlannerError as error:
        send(Declined(error))
    except Exception as error:
        send(Broke(how_it_broke(error)))
    else:
        send(Answered(found))


def main() -> None:
    """Serve, then end the process at once, so that memory of a large model is freed while others go on."""
    step_back()
    serve(ParentProcess())
    sys.stderr.flush()
    os._exit(0)  # the thread that listens to the parent cannot be joined
