"""Smallest: a programme takes at least some people of a group in a period, or none of it."""

from __future__ import annotations

from collections.abc import Iterator

from planner.model.ingredients import Parts
from planner.model.rows import Row


def smallest(parts: Parts) -> Iterator[Row]:
    """Of a group that starts a programme in a period, at least `smallest` people do.

    For each group g, programme p with smallest_p > 1 and period t, with L[g,p,t] = 1 if anybody starts:

        smallest_p * L[g,p,t]  <=  x[g,p,t]  <=  most x[g,p,t] * L[g,p,t]              [people]

    One or two people of a group in a class are not worth a letter of assignment. Where fewer than
    smallest_p people could come there is no x[g,p,t].
    """
    v = parts.variables
    for seat, present in v.present.items():
        x, least = v.participants[seat], parts.scenario.programme[seat[1]].smallest
        yield Row((*seat, "least"), [(x, 1.0), (present, -float(least))], ">=", 0)
        yield Row((*seat, "most"), [(x, 1.0), (present, -float(parts.sets.seats[seat]))], "<=", 0)
