"""Requires: the basics come first."""

from __future__ import annotations

from collections.abc import Iterator

from planner.model.ingredients import Parts
from planner.model.rows import Row


def requires(parts: Parts) -> Iterator[Row]:
    """People take a programme only after, or in the same period as, the programmes it requires.

    For each group g, programme p, q in requires_p and period t:

        sum over u <= t of x[g,p,u]  <=  sum over u <= t of x[g,q,u] + max(0, need[g,p] - need[g,q])   [people]

    People of g who lack nothing that q teaches may skip it: there are at least need[g,p] - need[g,q] of them.
    """
    scenario, v = parts.scenario, parts.variables
    for (group_id, programme_id), seats in parts.sets.of_pair.items():
        for required in scenario.programme[programme_id].requires:
            before = scenario.need(scenario.group[group_id], scenario.programme[required])
            may_skip = max(0, parts.sets.need[group_id, programme_id] - before)
            taken = parts.sets.of_pair.get((group_id, required), [])
            for number, period in enumerate(scenario.horizon, start=1):
                so_far = set(scenario.horizon[:number])
                after = [(v.participants[s], 1.0) for s in seats if s[2] in so_far]
                first = [(v.participants[s], -1.0) for s in taken if s[2] in so_far]
                if after and any(s[2] == period for s in seats):
                    yield Row((group_id, programme_id, required, period), [*after, *first], "<=", may_skip)
