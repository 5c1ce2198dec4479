"""HiGHS without presolve: a second opinion that shares no reductions with the first."""

from __future__ import annotations

from typing import Any, Final

from planner.model.build import Model
from planner.solve import highs
from planner.solve.outcome import Outcome

IN_STAGES: Final = highs.IN_STAGES
DIGITS: Final = highs.DIGITS


def run(model: Model, **options: Any) -> Outcome:
    """Optimise as `highs.run` does, but for presolve."""
    return highs.run(model, presolve=False, **options)
