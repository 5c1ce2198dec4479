"""What a solver's run came to. Nothing is read from a solver but through these records."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray


class Ending(StrEnum):
    """Why a run ended."""

    PROVEN = "proven"
    """The point meets the proven bound within the gap asked for."""
    STOPPED = "stopped"
    """Time was up, or the user stopped it; there may be a point."""
    INFEASIBLE = "infeasible"
    """The engine says that no point exists."""
    FAILED = "failed"
    """The engine broke, or its answer cannot be used."""


@dataclass(frozen=True)
class Outcome:
    """One run of an engine on one level.

    `point` has a value per variable of the problem, by its id, only if the engine vouches for it;
    `bound` is the proven limit of the level's terms, None if there is none; both in solver units.
    """

    ending: Ending
    point: NDArray[np.float64] | None = None
    value: float | None = None
    bound: float | None = None
    message: str = ""


@dataclass(frozen=True)
class Limits:
    """How far a solve should go.

    gap: relative distance to the proven bound at which a plan counts as optimal;
    time_limit: seconds for the whole solve, None for no limit; solver: "highs" or "cbc".
    """

    gap: float = 0.0001
    time_limit: float | None = None
    solver: str = "highs"


@dataclass(frozen=True)
class Progress:
    """News of a running solve. `goal` is a level's goal, or "ties" while equally good plans are told apart: best and bound of the level in hand, in the scenario's units; None if unknown."""

    goal: str
    best: float | None
    bound: float | None
    seconds: float

    @property
    def gap(self) -> float | None:
        """|bound - best| / max(1, |best|), None while one of them is unknown."""
        if self.best is None or self.bound is None:
            return None
        return abs(self.bound - self.best) / max(1.0, abs(self.best))
