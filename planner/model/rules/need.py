"""Need: no more gaps are closed than the willing people of a group have."""

from __future__ import annotations

from collections.abc import Iterator

from planner.model.ingredients import Parts
from planner.model.rows import Row


def need(parts: Parts) -> Iterator[Row]:
    """Closed gaps are limited by the gap among the willing.

    For each group g and competency c, with r[g] = uptake + (raises_uptake_to - uptake) * s[g]:

        k[g,c]  <=  gap[g,c] * r[g]                                   [expected people]

    Where no socialization can change r[g], this is the upper bound of k[g,c] and needs no row.
    """
    for (group_id, competency), k in parts.variables.closed.items():
        socialized = parts.variables.socialized.get(group_id)
        if socialized is None:
            continue
        group = parts.scenario.group[group_id]
        gap, more = group.gaps[competency], group.willing(socialized=True) - group.uptake
        if not more:
            continue
        yield Row((group_id, competency), [(k, 1), (socialized, -float(gap * more))], "<=", float(gap * group.uptake))
