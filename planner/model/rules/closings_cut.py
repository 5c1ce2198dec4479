"""Rounding cuts on closings: they cut off fractions of people, never a plan."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from math import ceil, floor
from typing import Final

from planner.model.ingredients import Parts
from planner.model.rows import Row, Term

MOST_SEATS: Final = 20_000
"""Beyond so many seats the rows cost more than they save."""


def closings_cut(parts: Parts) -> Iterator[Row]:
    """The last participant of a group closes only what is left of the gap.

    For a group g without a socialization to decide, competency c, U the upper bound of k[g,c], and each
    divisor d among the shares closes[p,c] of programmes that close c in g, with f = fraction of U/d and
    w = closes[p,c]/d:

        k[g,c]  <=  U - d*f * (ceil(U/d) - sum over p, t of W * x[g,p,t])      [expected people]

    with W = floor(w) + min(1, fraction of w / f).

    This is the mixed-integer rounding cut of `closings_by_training` and `closings_by_need` together. For whole people
    it follows from them, so it changes no plan; it limits early what fractions of people would close.
    """
    v, scenario = parts.variables, parts.scenario
    if len(v.participants) > MOST_SEATS:
        return
    for (group_id, c), programmes in parts.effects.items():
        if group_id in v.socialized or (group_id, c) in scenario.facts.chances:
            continue
        shares = sorted({effect for _, effect in programmes})
        group, circle = scenario.group[group_id], scenario.willingness.learners[group_id, c]
        most = shares[-1] * circle.most(group, socialized=False)
        for divisor in shares:
            units = most / divisor
            part = units - floor(units)
            if not part:
                continue
            terms: list[Term] = [(v.closed[group_id, c], 1.0)]
            step = float(divisor * part)
            for programme_id, effect in programmes:
                weight = -step * _rounded(effect, divisor, float(part))
                terms += [(v.participants[seat], weight) for seat in parts.sets.of_pair[group_id, programme_id]]
            yield Row((group_id, c, divisor), terms, "<=", float(most) - step * ceil(units))


def _rounded(effect: Fraction, divisor: Fraction, part: float) -> float:
    """Return floor(w) + min(1, fraction of w / part), for w = effect / divisor."""
    whole, rest = _divided(effect, divisor)
    return whole + min(1.0, rest / part)


@cache
def _divided(effect: Fraction, divisor: Fraction) -> tuple[int, float]:
    """Return effect / divisor as its whole part and its fraction."""
    ratio = effect / divisor
    return floor(ratio), float(ratio - floor(ratio))
