"""Trained: how many people of a group take a programme, whatever the period."""

from __future__ import annotations

from collections.abc import Iterator

from planner.model.ingredients import Parts
from planner.model.rows import Row


def trained(parts: Parts) -> Iterator[Row]:
    """The people of a group in a programme over all periods, as a whole number of its own.

    For each group g and programme p that g may attend in several periods:

        n[g,p]  =  sum over t of x[g,p,t]                             [people]

    It changes no plan. A solver decides n first and the periods afterwards, which spares it plans that differ only in
    when people attend.
    """
    v = parts.variables
    for pair, total in v.trained.items():
        yield Row(pair, [(total, 1.0), *((v.participants[seat], -1.0) for seat in parts.sets.of_pair[pair])], "==", 0)
