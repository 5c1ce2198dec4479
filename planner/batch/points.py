"""One point of a batch: a plan to be made, and its result; and what any task of a worker is."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, Protocol

from planner import planning
from planner.batch.same_plans import canonical
from planner.domain.scenario import Scenario
from planner.errors import (
    NO_MEMORY,
    CheckFailed,
    InfeasibleError,
    Interrupted,
    NoPlanInTime,
    PlannerError,
    SolverError,
    kind_and_words,
    wants_memory,
)
from planner.locale import _, speaking
from planner.planning import Aim, Hints, SearchLimits
from planner.plans.plan import Plan, Status
from planner.solve.hints import NO_HINTS

FAILED: Final = (None, Status.SOLVER_FAILED, Status.CHECK_FAILED, Status.WORKER_LOST, Status.NO_ANSWER)
"""Statuses of points that leave their scenario undecided."""

ONE_AT_A_TIME: Final = threading.Lock()
"""Held while a point is solved in this process, which silences standard output, and PuLP is not safe in several
threads. Worker processes solve one point at a time; a server solves only in worker processes."""


class WorkerTask(Protocol):
    """The task of a worker: a point, or a part of a plan. `name` is unique within its batch."""

    @property
    def name(self) -> str:
        """What it is called among the results."""

    def done(self, limits: SearchLimits, language: str) -> Any:
        """Do the task in this process, and return its result."""


def done(task: WorkerTask, limits: SearchLimits, language: str) -> Any:
    """Do `task` in this process: what a cluster is asked to run."""
    return task.done(limits, language)


@dataclass(frozen=True)
class Point:
    """A plan to be made of a scenario, for an aim of its own if there is one. `name` is unique within its batch."""

    name: str
    scenario: Scenario
    hints: Hints = NO_HINTS
    aim: Aim | None = None

    @cached_property
    def asked(self) -> str:
        """Hash that is equal for all scenarios with the same plans."""
        return canonical(self.scenario).sha256

    def done(self, limits: SearchLimits, language: str) -> Result:
        """Return the result of the point, made in this process."""
        return solve_point(self, limits, language)


@dataclass(frozen=True)
class Result:
    """The result of a point: a checked plan, an answer without a plan, or a failure with its message.

    `status` is None for an unexpected error, which is a defect of the planner.
    """

    name: str
    status: Status | None
    plan: Plan | None = None
    message: str = ""
    clashes: tuple[tuple[str, tuple[str | int, ...]], ...] = ()
    """For an infeasible scenario: the rules and limits that cannot hold together, and their paths."""
    aim_bound: float | None = None
    """With an aim: the value that no plan is below."""
    seconds: float = 0.0

    @property
    def failed(self) -> bool:
        """Whether an error leaves the point undecided."""
        return self.status in FAILED


def solve_point(point: Point, limits: SearchLimits, language: str) -> Result:
    """Make the plan of `point` in this process. Every error becomes a result; only KeyboardInterrupt and SystemExit are
    raised, even where an interrupted search still has a plan, since that is not the plan asked for."""
    began = time.monotonic()

    def result(status: Status | None, message: str = "", **found: Any) -> Result:
        return Result(point.name, status, message=message, seconds=time.monotonic() - began, **found)

    with ONE_AT_A_TIME, speaking(language):
        try:
            made = planning.plan(point.scenario, limits, inline=True, hints=point.hints, aim=point.aim, validated=True)
        except (KeyboardInterrupt, SystemExit):
            raise
        except Interrupted:
            raise KeyboardInterrupt from None
        except InfeasibleError as error:
            return result(Status.INFEASIBLE, str(error), clashes=error.clashes)
        except NoPlanInTime as error:
            return result(Status.NO_PLAN_IN_TIME, str(error))
        except SolverError as error:
            return result(Status.SOLVER_FAILED, str(error))
        except CheckFailed as error:
            return result(Status.CHECK_FAILED, str(error))
        except PlannerError as error:
            return result(None, str(error))
        except (
            BaseException
        ) as error:  # some libraries raise other things than Exception, such as a panic of a Rust core
            return result(None, _(NO_MEMORY) if wants_memory(error) else kind_and_words(error))
        if made.plan.solver.interrupted:
            raise KeyboardInterrupt
        if made.broke:
            return result(Status.SOLVER_FAILED, made.broke)
        return result(made.status, plan=made.plan, aim_bound=made.aim_bound)
