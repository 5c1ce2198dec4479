"""What the relaxation of a scenario promises: an estimate within a moment, before any plan is searched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from planner.checked_highs import EngineRefused
from planner.domain.scenario import Scenario
from planner.model.refit import ModelTemplates
from planner.solve.engine import RunOptions
from planner.solve.guided.matrix import Matrix, NotInMatrix, Relaxed


@dataclass(frozen=True)
class Promise:
    """The best point in fractions for weighted gaps closed."""

    value: float
    """Weighted gaps closed, less penalties."""
    weighted: float
    """Weighted gaps closed."""
    closed: float
    """Gaps closed [people]."""


_TEMPLATES: Final = ModelTemplates()
"""The built model of the scenario that is being changed."""


def promised(scenario: Scenario, template: Scenario) -> Promise | None:
    """The relaxation of a scenario like `template`; None where it has no point."""
    model = _TEMPLATES.model(scenario, template)
    goal = next(goal for goal in model.goals if goal.level.goal == "gaps_closed")
    try:
        matrix = Matrix(model)
        matrix.aim(goal.terms, goal.sense)
    except (EngineRefused, NotInMatrix):
        return None
    found = matrix.relaxed(matrix.lower, matrix.upper, RunOptions(gap=0.0))
    if not isinstance(found, Relaxed):
        return None
    point = dict(zip(matrix.places.tolist(), found.point.tolist(), strict=True))
    closed = {variable.id: point.get(variable.id, 0.0) for variable in model.variables.closed.values()}
    weighted = sum(factor * closed.get(variable.id, 0.0) for variable, factor in goal.terms)
    return Promise(found.value * goal.scale, weighted * goal.scale, sum(closed.values()))
