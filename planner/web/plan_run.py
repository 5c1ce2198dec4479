"""The planning of one scenario in the background: where it stands, what it has found, and who asked for it."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from planner.errors import PlannerError
from planner.solve.outcome import Progress, SearchLimits
from planner.web.acting import NOBODY, Actor

if TYPE_CHECKING:
    from planner.batch.going_on import Gain
    from planner.batch.runner import BatchRunner
    from planner.plans.plan import Plan
    from planner.scenario_io import LoadedScenario
    from planner.solve.worker import Worker


class State(Enum):
    """Where a run stands."""

    WAITING = "waiting"
    SEARCHING = "searching"
    WRITING = "writing"
    DONE = "done"
    STOPPED = "stopped"
    """Stopped by a user, with the best plan kept if there was one."""
    IMPOSSIBLE = "impossible"
    """No plan keeps all hard rules."""
    FAILED = "failed"

    @property
    def is_over(self) -> bool:
        return self not in (State.WAITING, State.SEARCHING, State.WRITING)


@dataclass
class PlanRun:
    """The planning of one scenario as it stood when it was asked for."""

    name: str
    """Name of the scenario file."""
    loaded: LoadedScenario
    language: str
    state: State = State.WAITING
    progress: Progress | None = None
    points: list[tuple[float, float, float | None]] = field(default_factory=list)
    """(seconds, best, bound) of the search of gaps closed."""
    error: PlannerError | None = None
    early: Plan | None = None
    """The best checked plan so far, while the search goes on."""
    has_plan: bool = False
    """Whether its plan is kept."""
    better_before: bool = False
    """Whether the plan stored before is better than the one it was stopped with, and stays the plan of the scenario."""
    version: int = 0
    """Grows with each change, so that a page knows whether there is news."""
    started: float | None = None
    """When its search began, by the monotonic clock [s]."""
    ended: float | None = None
    stopping: bool = False
    """Whether a user has asked for its end."""
    worker: Worker | None = None
    runner: BatchRunner | None = None
    """Who plans its parts, where it is planned agency by agency."""
    by: Actor = NOBODY
    """Who has asked for it."""
    first: str = ""
    """Folder of results of the first plan, where this one is of what was left of it."""
    known: Plan | None = None
    """A plan from which the search begins: of the same scenario by another name, or its own where it `goes_on`."""
    goes_on: SearchLimits | None = None
    """How far the search goes on from the plan that the scenario has; None where it is planned anew."""
    begun: Plan | None = None
    """The plan from which the search goes on, which the page of the scenario shows already."""
    gain: Gain | None = None
    """What came of it, where it has gone on."""
    gaps: tuple[float, float] = (0.0, 0.0)
    """Relative gaps of the plan that it went on from and of that which it ended with [0-1]."""
    ticket: str = ""
    """By which it is known in the list of what is awaited."""

    @property
    def scenario_id(self) -> str:
        return self.loaded.scenario.id

    @property
    def waits(self) -> bool:
        """Whether it waits for its turn, and nobody has cancelled it."""
        return self.state is State.WAITING and not self.stopping

    @property
    def has_begun(self) -> bool:
        return self.state is not State.WAITING

    @property
    def seconds(self) -> float:
        """How long it has taken so far [s]."""
        return 0.0 if self.started is None else (self.ended or time.monotonic()) - self.started
