"""One of many plans to be made, and what it came to."""

from __future__ import annotations

import time
from dataclasses import dataclass

from planner import planning
from planner.domain.scenario import Scenario
from planner.errors import InfeasibleError, PlannerError, SolverError
from planner.locale import speaking
from planner.plan.plan import Plan, Status
from planner.planning import Aim, Hints, Limits
from planner.solve.hints import NO_HINTS


@dataclass(frozen=True)
class Point:
    """A plan to be made: of a scenario, for an aim of its own if there is one. `name` is unique among its batch."""

    name: str
    scenario: Scenario
    hints: Hints = NO_HINTS
    aim: Aim | None = None


@dataclass(frozen=True)
class Result:
    """What a point came to: a checked plan, an answer without one, or a failure (`status` None) with its message."""

    name: str
    status: Status | None
    plan: Plan | None = None
    message: str = ""
    clashes: tuple[tuple[str, tuple[str | int, ...]], ...] = ()
    """Where the scenario has no plan: the rules and limits that cannot hold together, and their paths."""
    seconds: float = 0.0


def solve_point(point: Point, limits: Limits, language: str) -> Result:
    """Make the plan of `point` in this process. Whatever goes wrong is the result; nothing is raised."""
    began = time.monotonic()

    def result(status: Status | None, message: str = "", **found: object) -> Result:
        return Result(point.name, status, message=message, seconds=time.monotonic() - began, **found)  # type: ignore[arg-type]

    with speaking(language):
        try:
            made = planning.plan(point.scenario, limits, inline=True, hints=point.hints, aim=point.aim).plan
        except InfeasibleError as error:
            return result(Status.INFEASIBLE, str(error), clashes=error.clashes)
        except SolverError as error:
            return result(Status.NO_PLAN_IN_TIME, str(error))
        except PlannerError as error:
            return result(None, str(error))
        except Exception as error:  # a failed point is recorded and never stops the batch
            return result(None, f"{type(error).__name__}: {error}")
        return result(made.status, plan=made)
