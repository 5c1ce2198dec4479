"""Decides in exact arithmetic whether a scenario has any plan."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from planner.domain.scenario import Scenario
from planner.proof.formulation import formulate
from planner.proof.node import SearchEnding
from planner.proof.search import Search

WORK: Final = 300_000
"""Most search nodes, times coefficients of the model."""

MOST_NODES: Final = 500
LEAST_NODES: Final = 20
"""Most search nodes in the smallest models; and with fewer allowed, no search begins."""


def possible(scenario: Scenario, seconds: float | None = None) -> bool | None:
    """Decide whether some plan keeps all hard rules; None where size or time leave it open.

    True means a whole point that keeps every row over whole columns; False is proven.
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
    return False if ended == SearchEnding.DONE and search.bound is None else None
