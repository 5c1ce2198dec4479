"""The result of a solver's run. Nothing is read from a solver except through these records."""

from __future__ import annotations

import math
import sys
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final, Literal

from planner.errors import InputError, Problem
from planner.locale import _
from planner.solve.engine import EngineName, SearchStrategy
from planner.units.said import shortened
from planner.units.tolerance import SOLVER_TOLERANCE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


ARITHMETIC: Final = 1e-9
"""Relative difference that floating-point arithmetic may make."""


class Ending(StrEnum):
    """Why a run ended."""

    PROVEN = "proven"
    """The point meets the proven bound within the gap asked for."""
    ENOUGH = "enough"
    """The gap is larger than asked for, but too small for a further search to pay: see `search_stages`."""
    STOPPED = "stopped"
    """Time was up, or the user stopped it; there may be a point."""
    INFEASIBLE = "infeasible"
    """The engine states that no point exists."""
    FAILED = "failed"
    """The engine broke, or its answer cannot be used."""


@dataclass(frozen=True)
class Outcome:
    """One run of an engine on one level.

    `point` has a value per variable of the problem, by its id, only where the engine states a usable one;
    `bound` is the proven limit of the level's terms, None if there is none; both in solver units.
    """

    ending: Ending
    point: NDArray[np.float64] | None = None
    value: float | None = None
    bound: float | None = None
    message: str = ""
    nodes: int = 0
    """Search nodes of the run, as far as the engine counts them."""


def certified(value: float | None, bound: float | None, gap: float) -> bool:
    """Return whether `bound` proves `value` to within the relative gap."""
    if value is None or bound is None:
        return False
    return abs(bound - value) <= max(gap, ARITHMETIC) * max(1.0, abs(value))


def better(sense: Literal["max", "min"], *outcomes: Outcome | None) -> Outcome | None:
    """Return the first outcome with the best value; None if none has one."""
    sign = 1.0 if sense == "max" else -1.0
    valued = [outcome for outcome in outcomes if outcome is not None and outcome.value is not None]
    return max(valued, key=lambda outcome: sign * (outcome.value or 0.0), default=None)


def tightest(sense: Literal["max", "min"], *bounds: float | None) -> float | None:
    """Return the tightest of bounds that all hold for every plan; None where there is none."""
    known = [bound for bound in bounds if bound is not None]
    return (min if sense == "max" else max)(known, default=None)


def believed(outcome: Outcome, size: int, sense: Literal["max", "min"]) -> Outcome:
    """Keep the usable part of an engine's answer; every outcome passes through here, whatever the engine.

    An engine that failed or found the model infeasible has no point. A point needs a finite number for each of `size`
    variables and a finite value. A bound that is not a number, or that the value exceeds, is dropped; and without a
    point and a bound nothing is proven.
    """
    import numpy as np

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
    return Outcome(ending, point, value, bound, outcome.message, outcome.nodes)


def passed(value: float, bound: float, sense: Literal["max", "min"]) -> bool:
    """Return whether `value` exceeds `bound` by more than a solver's tolerances explain, so that the bound is wrong."""
    beyond = value - bound if sense == "max" else bound - value
    return beyond > SOLVER_TOLERANCE * max(1.0, abs(value))


class PlanStrategy(StrEnum):
    """How the decisions of a plan were found, as plan.json stores it."""

    LEVELS = "levels"
    """Level by level of the objective."""
    AIM = "aim"
    """For an aim of its own, then the levels."""
    SECOND_LOOK = "second-look"
    """By another engine, where the first one called the scenario infeasible."""
    INTERRUPTED = ""
    """The best plan so far when the user stopped the search: no name of a search, as the field `interrupted` says
    it."""
    BLOCKS = "blocks"
    """Agency by agency, with prices for what they share."""
    ADOPTED = "adopted"
    """Not searched: the decisions were given."""


class Stage(StrEnum):
    """What a search is working on: a level of the objective, by its goal, or a step after the levels."""

    GAPS_CLOSED = "gaps_closed"
    SMALLEST_COVERAGE = "smallest_coverage"
    OWN_COST = "own_cost"
    TOTAL_COST = "total_cost"
    TIES = "ties"
    """Choosing among equally good plans."""
    PROOF = "proof"
    """Confirming the plan in exact arithmetic."""
    SECOND_SEARCH = "second_search"
    """Searching again with another engine."""


DEFAULT_GAP: Final = 0.0001


@dataclass(frozen=True)
class SearchLimits:
    """How far a search goes."""

    gap: float = DEFAULT_GAP
    """Relative distance between plan and bound at which the plan counts as optimal."""
    time_limit: float | None = None
    """Time for the whole search [s]; None for no limit."""
    solver: EngineName = EngineName.HIGHS
    strategy: SearchStrategy = SearchStrategy.AUTO
    polish: bool = True
    """Whether to search on for the levels below gaps closed and to prove them as far as a short search can. Without it,
    they are only as good as the chosen classes allow, and people are seated only as well as the gap requires: enough
    for one of many plans that are compared."""

    def ensure_valid(self) -> None:
        """Raise InputError with every invalid value; programs may give any."""
        found = []
        if not is_finite_number(self.gap) or not 0 <= self.gap <= 1:
            found.append(Problem(_("gap must be a number between 0 and 1, not {value}.").format(value=_said(self.gap))))
        if self.time_limit is not None and (not is_finite_number(self.time_limit) or self.time_limit <= 0):
            message = _("time_limit must be a positive number of seconds or None, not {value}.")
            found.append(Problem(message.format(value=_said(self.time_limit))))
        if self.solver not in list(EngineName):
            message = _("no solver is called {value}; choose one of {names}.")
            found.append(Problem(message.format(value=_said(self.solver), names=", ".join(EngineName))))
        if self.strategy not in list(SearchStrategy):
            message = _("no strategy is called {value}; choose one of {names}.")
            found.append(Problem(message.format(value=_said(self.strategy), names=", ".join(SearchStrategy))))
        if not isinstance(self.polish, bool):
            found.append(Problem(_("polish must be True or False, not {value}.").format(value=_said(self.polish))))
        if found:
            raise InputError(found)


def valid_limits(given: SearchLimits | None) -> SearchLimits:
    """Return the limits that a program gave, or the defaults.

    Raises TypeError where they are not SearchLimits, InputError with every invalid value in them.
    """
    if given is None:
        return SearchLimits()
    if not isinstance(given, SearchLimits):
        raise TypeError(f"expected SearchLimits, not {type(given).__name__}; for example SearchLimits(time_limit=60)")
    given.ensure_valid()
    return given


def is_finite_number(value: object) -> bool:
    """Return whether a value is a number that a float can hold; NaN and infinity are none."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return abs(value) <= sys.float_info.max  # a whole number may be larger than any float; NaN is not below


def _said(value: object) -> str:
    """Return a value as a program wrote it; a very long number in words."""
    return shortened(value) if isinstance(value, int) and not isinstance(value, bool) else repr(value)


@dataclass(frozen=True)
class Progress:
    """Progress of a running search.

    best, bound: value and bound of the level being searched, in the scenario's units; None if unknown.
    seconds: time since the search began [s].
    """

    stage: Stage
    best: float | None
    bound: float | None
    seconds: float

    @property
    def gap(self) -> float | None:
        """|bound - best| / max(1, |best|); None while one of them is unknown."""
        if self.best is None or self.bound is None:
            return None
        return abs(self.bound - self.best) / max(1.0, abs(self.best))
