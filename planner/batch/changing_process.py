"""A scenario that is being changed, held by a process of its own, which a server can use from any thread.

The process does one thing at a time, always the latest request: work for an earlier change is given up.
"""

from __future__ import annotations

import pickle
import threading
from collections import deque
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final, Literal, Self

from planner.batch.changing import GAP, Changing, Estimate, Superseded
from planner.batch.worker_pool import RemoteError, WorkerLost
from planner.domain.scenario import Scenario
from planner.drafting.drafts import Answer
from planner.errors import PlannerError, how_it_broke
from planner.locale import language_in_force, speaking
from planner.plans.plan import Plan
from planner.processes.child_process import ChildProcess, ParentProcess

MODULE: Final = "planner.batch.changing_process"


@dataclass(frozen=True)
class Ask:
    """A request to the process: start, answer, estimate, or cancel."""

    what: Literal["begin", "answer", "estimate", "nothing"]
    language: str
    scenario: Scenario | None = None
    plan: Plan | None = None
    gap: float | None = None


class ChangingProcess:
    """Asks a process that holds a `Changing`. Use it as a context manager, or `end` it.

    Every method may be called from any thread. Each request supersedes earlier ones that are not yet answered; these
    raise Superseded in their threads. Raises WorkerLost where the process has ended; then start another.
    """

    def __init__(self, scenario: Scenario, plan: Plan | None = None, *, gap: float = GAP) -> None:
        """Start from the `plan` of `scenario`, or else have one made to within `gap`; does not wait for it."""
        self._lock = threading.Lock()
        self._asked: deque[Future[Any]] = deque()
        self._ended = False
        self._child = ChildProcess(MODULE)
        try:
            threading.Thread(target=self._listen, name="changing", daemon=True).start()
        except BaseException:
            self._child.end()
            raise
        self._begun = self._ask(Ask("begin", language_in_force(), scenario, plan, gap))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.end()

    def begun(self) -> Plan:
        """Wait for the plan from which all answers begin; raises what `planning.plan` raises where there is none."""
        plan: Plan = self._begun.result()
        return plan

    def answer(self, changed: Scenario, gap: float | None = None) -> Answer:
        """Return the checked plan of `changed` with its bound, to within `gap`. Raises as `Changing.answer` does."""
        found: Answer = self._ask(Ask("answer", language_in_force(), changed, gap=gap)).result()
        return found

    def estimate(self, changed: Scenario) -> Estimate | None:
        """Return what a plan of `changed` will probably close: a quick estimate, to be marked as one."""
        found: Estimate | None = self._ask(Ask("estimate", language_in_force(), changed)).result()
        return found

    def cancel(self) -> None:
        """Give up requests that are not yet answered."""
        self._ask(Ask("nothing", language_in_force()))

    def end(self) -> None:
        """End the process now."""
        self._child.end()

    def _ask(self, ask: Ask) -> Future[Any]:
        asked: Future[Any] = Future()
        with self._lock:
            try:
                if self._ended:
                    raise BrokenPipeError
                self._child.send(pickle.dumps(ask))
                self._asked.append(asked)
            except (OSError, ValueError):  # the process has ended, or its pipe is closed
                asked.set_exception(WorkerLost(retry=True))
        return asked

    def _listen(self) -> None:
        """Hand each reply to the one who asked, in order, until the process ends."""
        with suppress(EOFError, OSError, ValueError):
            while True:
                found, error = pickle.loads(self._child.receive())
                with self._lock:
                    asked = self._asked.popleft()
                if error is None:
                    asked.set_result(found)
                else:
                    asked.set_exception(error)
        with self._lock:
            self._ended = True
            while self._asked:
                self._asked.popleft().set_exception(WorkerLost(retry=True))


def main() -> None:
    """Answer what the parent asks, until it ends."""
    parent, changing = ParentProcess(), list[Changing]()
    while True:
        ask: Ask = pickle.loads(parent.receive())
        found: Plan | Answer | Estimate | None = None
        error: Exception | None = None
        with speaking(ask.language):
            try:
                found = _answered(ask, changing, parent)
            except (PlannerError, Superseded) as known:
                error = known
            except Exception as unknown:
                error = RemoteError(how_it_broke(unknown))
        parent.send(pickle.dumps((found, error)))


def _answered(ask: Ask, changing: list[Changing], parent: ParentProcess) -> Plan | Answer | Estimate | None:
    if ask.what == "nothing" or ask.scenario is None:
        return None
    if ask.what == "begin":
        changing[:] = [Changing(ask.scenario, ask.plan, gap=ask.gap or GAP)]
        return changing[0].plan
    if parent.waits:
        raise Superseded
    if not changing:
        raise RemoteError("no plan to begin from")
    if ask.what == "estimate":
        return changing[0].estimate(ask.scenario)
    return changing[0].answer(ask.scenario, ask.gap, stopped=lambda: parent.waits)
