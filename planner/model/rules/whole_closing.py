"""Whole closing: what whole people can close near the end of a gap. Cuts off fractions, never a plan."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import ceil, floor

from planner.model.parts import Parts
from planner.model.rows import Row, Term


def whole_closing(parts: Parts) -> Iterator[Row]:
    """The last participant of a group closes only what is left of the gap.

    For a group g without a socialization to decide, competency c, U = gap[g,c] * uptake_g, and each
    divisor d among the shares closes[p,c] that feed c in g, with f = fraction of U/d and
    w = closes[p,c]/d:

        k[g,c]  <=  U - d*f * (ceil(U/d) - sum over p, t of (floor(w) + min(1, fraction of w / f)) * x[g,p,t])

    This is the mixed-integer rounding of `closing` and `need` together. It follows from them for
    whole people, so it changes no plan; it tells the solver early what fractions would pretend.
    """
    v, scenario = parts.variables, parts.scenario
    feeds: dict[tuple[str, str], list[tuple[str, Fraction]]] = {}
    for group_id, programme_id in parts.sets.of_pair:
        for c, effect in scenario.programme[programme_id].closes.items():
            if (group_id, c) in v.closed:
                feeds.setdefault((group_id, c), []).append((programme_id, effect))
    for (group_id, c), programmes in feeds.items():
        if group_id in v.socialized:
            continue
        most = scenario.group[group_id].gaps[c] * scenario.group[group_id].uptake
        for divisor in sorted({effect for _, effect in programmes}):
            units = most / divisor
            part = units - floor(units)
            if not part:
                continue
            terms: list[Term] = [(v.closed[group_id, c], 1.0)]
            for programme_id, effect in programmes:
                ratio = effect / divisor
                rounded = floor(ratio) + min(Fraction(1), (ratio - floor(ratio)) / part)
                weight = -float(divisor * part * rounded)
                terms += [(v.participants[seat], weight) for seat in parts.sets.of_pair[group_id, programme_id]]
            yield Row((group_id, c, divisor), terms, "<=", float(most - divisor * part * ceil(units)))
