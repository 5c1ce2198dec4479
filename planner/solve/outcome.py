"""What a solver's run came to. Nothing is read from a solver but through these records."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

TOLERANCE: Final = 1e-5
"""Relative difference that a solver's tolerances (1e-6 for a row, 1e-5 for a whole number) may make."""


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


def believed(outcome: Outcome, size: int, sense: Literal["max", "min"]) -> Outcome:
    """What of an engine's answer may be used: the gate that every outcome passes, whatever engine gave it.

    An engine that broke or found no plan leaves no point behind. A point needs a finite number for each of `size`
    variables and a finite value. A bound that is no number, or that the value has passed, bounds nothing; and
    without a point and a bound nothing is proven.
    """
    if outcome.ending in (Ending.INFEASIBLE, Ending.FAILED):
        return Outcome(outcome.ending, message=outcome.message)
    ending, point, value, bound = outcome.ending, outcome.point, outcome.value, outcome.bound
    if bound is not None and not math.isfinite(bound):
        bound = None
    if point is None:
        if ending == Ending.PROVEN:
            return Outcome(Ending.FAILED, message=outcome.message or "called proven without a point")
        return Outcome(ending, bound=bound, message=outcome.message)
    if value is None or not math.isfinite(value) or len(point) != size or not np.all(np.isfinite(point)):
        return Outcome(Ending.FAILED, message="a point that is not made of numbers")
    if bound is not None and passed(value, bound, sense):
        bound = None
    if bound is None and ending == Ending.PROVEN:
        ending = Ending.STOPPED
    return Outcome(ending, point, value, bound, outcome.message)


def passed(value: float, bound: float, sense: Literal["max", "min"]) -> bool:
    """Whether `value` lies beyond `bound` by more than a solver's tolerances explain: then the bound is wrong."""
    beyond = value - bound if sense == "max" else bound - value
    return beyond > TOLERANCE * max(1.0, abs(value))


@dataclass(frozen=True)
class Limits:
    """How far a solve should go.

    gap: relative distance to the bound at which a plan counts as optimal;
    time_limit: seconds for the whole solve, None for no limit; solver: "highs" or "cbc", or "highs-plain", which is
    HiGHS without presolve;
    polish: search on for the levels below gaps closed and prove them as far as a short search goes. Without it they
    are only made as good as the classes chosen allow, and people are seated no better than the gap needs: enough for
    one of many plans that are compared.
    """

    gap: float = 0.0001
    time_limit: float | None = None
    solver: str = "highs"
    polish: bool = True


@dataclass(frozen=True)
class Progress:
    """News of a running solve: best and bound of the level in hand, in the scenario's units; None if unknown.

    `goal` is the level's goal; "ties" while equally good plans are told apart; after the search "proof" and
    "second_search".
    """

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
