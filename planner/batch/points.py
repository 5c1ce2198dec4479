"""One of many plans to be made, and what it came to."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from typing import Final

from planner import planning
from planner.domain.scenario import Scenario
from planner.errors import CheckFailed, InfeasibleError, Interrupted, NoPlanInTime, PlannerError, SolverError
from planner.locale import speaking
from planner.planning import Aim, Hints, SearchLimits
from planner.plans.plan import Plan, Status
from planner.solve.hints import NO_HINTS

FAILED: Final = (None, Status.SOLVER_FAILED, Status.CHECK_FAILED)
"""Endings that say nothing of a scenario."""

_ONE_AT_A_TIME: Final = threading.Lock()
"""A worker of a cluster may have several threads, and PuLP is not made for that."""


@dataclass(frozen=True)
class Point:
    """A plan to be made: of a scenario, for an aim of its own if there is one. `name` is unique among its batch."""

    name: str
    scenario: Scenario
    hints: Hints = NO_HINTS
    aim: Aim | None = None


@dataclass(frozen=True)
class Result:
    """What a point came to: a checked plan, an answer without one, or a failure with its message; `status` is None
    where it is not known what failed."""

    name: str
    status: Status | None
    plan: Plan | None = None
    message: str = ""
    clashes: tuple[tuple[str, tuple[str | int, ...]], ...] = ()
    """Where the scenario has no plan: the rules and limits that cannot hold together, and their paths."""
    aim_bound: float | None = None
    """Where an aim was sought: the value of it that no plan is below."""
    seconds: float = 0.0

    @property
    def failed(self) -> bool:
        """Whether the work failed, so that nothing is known of the point."""
        return self.status in FAILED


def solve_point(point: Point, limits: SearchLimits, language: str) -> Result:
    """Make the plan of `point` in this process. Whatever goes wrong is the result; nothing but Ctrl-C is raised."""
    began = time.monotonic()

    def result(status: Status | None, message: str = "", **found: object) -> Result:
        return Result(point.name, status, message=message, seconds=time.monotonic() - began, **found)  # type: ignore[arg-type]

    with _ONE_AT_A_TIME, speaking(language):
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
        except BaseException as error:  # also what a library raises beside Exception, such as a panic of its core
            return result(None, f"{type(error).__name__}: {error}")
        if made.plan.solver.interrupted:
            raise KeyboardInterrupt
        return result(made.status, plan=made.plan, aim_bound=made.aim_bound)
