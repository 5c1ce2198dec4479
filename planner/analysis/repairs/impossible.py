"""Whether a scenario has a plan at all, and what clashes where it has none."""

from __future__ import annotations

from collections.abc import Callable

from planner import planning
from planner.domain.scenario import Scenario
from planner.errors import InfeasibleError
from planner.planning import Aim, Progress, SearchLimits


def without_a_plan(
    scenario: Scenario, limits: SearchLimits, progress: Callable[[Progress], None]
) -> InfeasibleError | None:
    """Return the error with the limits that clash; None if a plan exists."""
    try:
        planning.plan(scenario, limits, progress=progress, aim=Aim(alone=True), validated=True)
        return None
    except InfeasibleError:
        pass
    try:
        planning.plan(scenario, limits, progress=progress, validated=True)
    except InfeasibleError as error:
        return error
    return None
