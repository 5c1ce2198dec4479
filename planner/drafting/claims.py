"""The bounds of the levels of a plan: those confirmed by a proof, and those on which two searches agree."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import isfinite
from typing import Final

from planner.domain.objectives import Level, gaps_come_first, levels_of, measured_by
from planner.domain.scenario import Scenario
from planner.drafting.drafts import Draft
from planner.plans.claim import ROUNDING, Bounds, Claim, as_float, standing
from planner.proof.proving import Worth
from planner.solve.answers import LevelOutcome, Solution
from planner.units.tolerance import SOLVER_TOLERANCE

DIGITS: Final = 1e-9
"""Relative precision of an engine's values and bounds."""

TOO_FINE: Final = 1e-6
"""Relative gap asked for below which an engine's digits cannot confirm it."""

Known = dict[Level, Bounds]
"""The bounds of each level of the objective."""


class ProvenBounds:
    """The bounds that exact arithmetic has confirmed in one run, kept in this one place.

    Whatever was proven stays, through every stage, interruption and retry: of all bounds of a level that apply to a
    plan the tightest counts.
    """

    def __init__(self) -> None:
        self._kept: dict[int, list[tuple[Fraction, tuple[Fraction, ...]]]] = {}

    def keep(self, number: int, bound: Fraction, above: Sequence[Fraction]) -> None:
        """Add a bound of level `number`, valid for plans that do as well as `above` in the levels above."""
        self._kept.setdefault(number, []).append((bound, tuple(above)))

    def of(self, scenario: Scenario, values: Sequence[Fraction]) -> Known:
        """Return the bounds of each level, down to the last with any, that apply to a plan with these values."""
        levels, known = levels_of(scenario), {}
        for number in range(max(self._kept, default=-1) + 1):
            level = levels[number]
            upper = level.maximize is not None
            bounds = [b for b, held in self._kept.get(number, ()) if _as_good(values[:number], held, levels)]
            tightest = (min if upper else max)(bounds, default=None)
            known[level] = Bounds(None if tightest is None else as_float(tightest, values[number], upper=upper))
        return known

    def settles(self, scenario: Scenario, worth: Worth, gap: float) -> bool:
        """Return whether the first level is proven to the gap for a plan of this worth, where that is gaps closed."""
        if not self.first or not gaps_come_first(scenario):
            return False
        value = worth.values[0]
        allowed = Fraction(str(gap)) * measured_by(levels_of(scenario)[0], value, worth.weighted)
        return value <= min(self.first) <= value + allowed

    @property
    def first(self) -> tuple[Fraction, ...]:
        """The bounds of the first level, which apply to every plan."""
        return tuple(bound for bound, _above in self._kept.get(0, ()))


def enough(best: Draft, known: Known, tolerance: float, *, lower: bool = False) -> bool:
    """Return whether gaps closed, and every level above, is proven to the tolerance; with `lower` those below it
    too."""
    if lower and len(known) < len(best.values):
        return False
    for level, value in zip(known, best.values, strict=False):
        allowed = Fraction(tolerance) * measured_by(level, value, best.worth.weighted)
        found = standing(value, known[level], upper=level.maximize is not None, allowed=allowed)
        if found.claim is not Claim.PROVEN:
            return False
        if level.goal == "gaps_closed" and not lower:
            return True
    return lower


def agreed(scenario: Scenario, best: Draft, known: Known, tolerance: float, first: Solution, second: Solution) -> Known:
    """Add to `known` the bounds of the levels on which two searches agree.

    They agree on a level where both have searched it to the gap, neither bound contradicts the best plan, and both
    hold the levels above at the same values. The weaker of the two bounds counts. Where penalties outweigh the gaps so
    far that an engine's digits cannot show a gap, its bound does not count.
    """
    found, values = dict(known), best.values
    for number, level in enumerate(levels_of(scenario)):
        if number >= min(len(first.levels), len(second.levels)):
            break
        one, other = first.levels[number], second.levels[number]
        stated = [outcome.bound for outcome in (one, other) if outcome.proven and outcome.bound is not None]
        bounds = [bound for bound in stated if isfinite(bound)]
        value, upper = float(values[number]), level.maximize is not None
        if DIGITS * abs(value) > max(tolerance, TOO_FINE) * measured_by(level, values[number], best.worth.weighted):
            break
        short = [
            bound
            for bound in bounds
            if (value - bound if upper else bound - value) > SOLVER_TOLERANCE * max(1, abs(value))
        ]
        if len(bounds) < 2 or short:
            break
        found[level] = Bounds(found.get(level, Bounds()).exact, max(bounds) if upper else min(bounds))
        if not _same(one, other):
            break
    return found


def carried_over(scenario: Scenario, bounds: Sequence[Bounds], values: Sequence[Fraction]) -> Known:
    """Return known bounds for a plan with other values; a bound counts only where the levels above are as good."""
    levels = levels_of(scenario)
    return {
        level: each
        for number, (level, each) in enumerate(zip(levels, bounds, strict=False))
        if not each.above or _as_good(values[:number], each.above, levels)
    }


def _as_good(values: Sequence[Fraction], held: Sequence[Fraction], levels: Sequence[Level]) -> bool:
    """Return whether values of the first levels are as good as those held, except for the rounding of a stored plan."""
    for value, least, level in zip(values, held, levels, strict=False):
        behind = least - value if level.maximize is not None else value - least
        if behind > ROUNDING * max(Fraction(1), abs(least)):
            return False
    return len(values) == len(held)


def _same(one: LevelOutcome, other: LevelOutcome) -> bool:
    """Return whether two searches reached the same value of a level, so that the levels below are comparable."""
    return abs(one.value - other.value) <= SOLVER_TOLERANCE * max(1.0, abs(one.value))
