"""The objective: each level as a linear expression, to be optimised in turn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import floor, log10
from typing import Final, Literal

from planner.domain.objectives import Level, levels_of
from planner.model.ingredients import Parts
from planner.model.rows import Term

COVERAGE_UNIT: Final = 0.001
"""Smallest coverage is counted in thousandths: one person adds so little to a share that HiGHS took 50.11% of people
for the best where 50.24% is possible."""


@dataclass(frozen=True)
class Goal:
    """One level of the objective as terms, in solver units."""

    level: Level
    terms: tuple[Term, ...]
    sense: Literal["max", "min"]
    scale: float
    """Value in the scenario's units = scale x value of the terms."""


def goals(parts: Parts) -> list[Goal]:
    """Return the levels of the objective in order.

        gaps_closed        sum of weight_g * weight_c * k[g,c]  -  sum of penalty_n * m[n,side,of]
        smallest_coverage  u, with u <= (sum of k) / (sum of gap) for each bucket that has a need
        own_cost           sum of z[f,q] over own funds f
        total_cost         sum of all z[f,q]

    Own and total cost are minimised, the others maximised. A solver is given u in thousandths, costs in money units.
    """
    return [_goal(parts, number, level) for number, level in enumerate(levels_of(parts.scenario))]


def _goal(parts: Parts, number: int, level: Level) -> Goal:
    v, scenario = parts.variables, parts.scenario
    match level.goal:
        case "gaps_closed":
            worth = [
                (k, float(scenario.group[g].weight * scenario.competency[c].weight)) for (g, c), k in v.closed.items()
            ]
            scale = _scale(max((weight for _, weight in worth), default=1.0))
            terms = tuple((variable, factor / scale) for variable, factor in (*worth, *_penalties(parts)))
            return Goal(level, terms, "max", scale)
        case "smallest_coverage":
            return Goal(level, ((v.worst[number], 1 / COVERAGE_UNIT),), "max", COVERAGE_UNIT)
        case "own_cost":
            own = tuple((z, 1.0) for (f, _), z in v.paid.items() if scenario.fund[f].own)
            return Goal(level, own, "min", float(parts.unit))
        case _:
            return Goal(level, tuple((z, 1.0) for z in v.paid.values()), "min", float(parts.unit))


def _scale(largest: float) -> float:
    """Return the weight that counts as one: 1, or a power of ten where weights are too small or large for a solver."""
    return 1.0 if 1e-3 <= largest <= 1e6 else 10.0 ** floor(log10(largest))


def _penalties(parts: Parts) -> Iterator[Term]:
    for (number, _, _), missed in parts.variables.missed.items():
        rule = parts.scenario.rules[number]
        per_unit = rule.penalty * (parts.unit if rule.measure == "cost" else 1)
        yield missed, -float(per_unit)
