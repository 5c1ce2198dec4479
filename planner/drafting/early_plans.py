"""Checked plans while the search goes on: the first as soon as there is one, then each better one."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from fractions import Fraction
from typing import Final, Self

from planner.domain.decisions import Decisions
from planner.domain.scenario import Scenario
from planner.drafting.drafts import checked, drafted
from planner.errors import CheckFailed
from planner.plans.plan import Plan, SolverRun
from planner.processes.threads import started
from planner.solve.engines import solver_version
from planner.solve.outcome import PlanStrategy, SearchLimits

REST: Final = 4
"""Pause after a plan, as a multiple of the time that its payments and its check took: the search has priority."""

SOON: Final = 1.0
"""No early plan is made before this time: a search that ends sooner shows its own plan [s]."""

Hear = Callable[[Plan], None]


class EarlyPlans:
    """Makes checked plans of what a search has found so far, in a thread beside it, and calls `hear` with each better
    one.

    With `hear` None it makes none. Use it as a context manager: `hear` is not called after the block. These plans have
    no bound. Decisions that cannot be paid, or whose plan the check refuses, are left out; the search goes on, and its
    final plan is made and checked independently.
    """

    def __init__(self, scenario: Scenario, limits: SearchLimits, hear: Hear | None) -> None:
        self._scenario, self._limits, self._hear = scenario, limits, hear
        self._began = time.monotonic()
        self._changing = threading.Condition()
        self._found: Decisions | None = None
        self._over = False
        self._best: tuple[Fraction, ...] | None = None
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.end()
        if self._thread is not None:
            with suppress(KeyboardInterrupt):  # whoever interrupts this wait has the plan of the search
                self._thread.join()

    def consider(self, decisions: Decisions) -> None:
        """Make a plan of these decisions next, instead of any that are still waiting; not of those that train nobody.

        A search of whole people may begin with an empty plan, which says nothing and delays the first that does.
        """
        with self._changing:
            if self._over or self._hear is None or not decisions.participants:
                return
            self._found = decisions
            if self._thread is None:
                self._thread = started(self._work, "early-plans")
            self._changing.notify()

    def end(self) -> None:
        """Make no more plans: the search has ended."""
        with self._changing:
            self._over, self._found = True, None
            self._changing.notify()

    def _work(self) -> None:
        with self._changing:
            self._changing.wait_for(lambda: self._over, self._began + SOON - time.monotonic())
        while (decisions := self._next()) is not None:
            began = time.monotonic()
            self._consider(decisions)
            with self._changing:
                self._changing.wait_for(lambda: self._over, REST * (time.monotonic() - began))

    def _next(self) -> Decisions | None:
        """Wait for decisions; None once the search has ended."""
        with self._changing:
            self._changing.wait_for(lambda: self._over or self._found is not None)
            found, self._found = self._found, None
            return found

    def _consider(self, decisions: Decisions) -> None:
        draft = drafted(self._scenario, decisions)
        if draft is None or (self._best is not None and draft.rank <= self._best):
            return
        run = SolverRun(*solver_version(self._limits.solver), None, PlanStrategy.INTERRUPTED, interrupted=True)
        try:
            made = checked(self._scenario, draft, {}, self._limits.gap, run).plan
        except CheckFailed:
            return
        with self._changing:
            if not self._over and self._hear is not None:
                self._best = draft.rank
                self._hear(made)
