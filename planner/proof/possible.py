"""Whether there is any plan at all, decided in whole numbers."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from planner.domain.scenario import Scenario
from planner.proof.formulation import formulate
from planner.proof.node import Outcome
from planner.proof.search import Search

WORK: Final = 300_000
"""Branches looked into, times coefficients of the model."""

MOST_NODES: Final = 500
LEAST_NODES: Final = 20
"""Branches looked into in the smallest models; and so few that it is not worth beginning."""


def possible(scenario: Scenario, seconds: float | None = None) -> bool | None:
    """Whether some plan keeps all hard rules; None where this size or the time leave it open.

    Yes means a point in whole numbers that keeps every row over whole columns; no is proven.
    """
    model = formulate(scenario).model
    nodes = min(MOST_NODES, WORK // max(1, model.size[2]))
    if nodes < LEAST_NODES:
        return None
    search = Search(model, (), lambda point: Fraction(0) if model.keeps(point) else None, Fraction(1), settles=False)
    if search.root(seconds) is None:
        return False
    ended = search.run(nodes=nodes, seconds=seconds)
    if search.best is not None:
        return True
    return False if ended == Outcome.DONE and search.bound is None else None
