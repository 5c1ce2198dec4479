"""Uptake: only the willing take part, and each person takes a programme once."""

from __future__ import annotations

from collections.abc import Iterator

from planner.model.ingredients import Parts
from planner.model.rows import Row


def uptake(parts: Parts) -> Iterator[Row]:
    """Participants of a group in a programme are limited by its willing people in need.

    For each group g and programme p offered to it, need[g,p] = max over c in closes(p) of gap[g,c]:

        sum over t of x[g,p,t]  <=  need[g,p] * r[g]                  [people]

    Participants are whole, so the limit is rounded down for s[g] = 0 and for s[g] = 1. No row is
    needed where the bound of the only variable implies it.
    """
    uptakes = {group.id: group.uptake for group in parts.scenario.groups}
    for (group_id, programme_id), seats in parts.sets.of_pair.items():
        socialized = parts.variables.socialized.get(group_id)
        need = parts.sets.need[group_id, programme_id]
        today = need * uptakes[group_id].numerator // uptakes[group_id].denominator
        most = parts.sets.trainable[group_id, programme_id]
        if today == most:
            socialized = None
        if socialized is None and len(seats) == 1 and parts.sets.seats[seats[0]] <= most:
            continue
        terms = [(parts.variables.participants[seat], 1.0) for seat in seats]
        if socialized is None:
            yield Row((group_id, programme_id), terms, "<=", most)
        else:
            yield Row((group_id, programme_id), [*terms, (socialized, -float(most - today))], "<=", today)
