"""Release: the work of an agency goes on while its people are in class."""

from __future__ import annotations

from collections.abc import Iterator

from planner.model.ingredients import Parts
from planner.model.rows import Row
from planner.model.sets import Seat


def release(parts: Parts) -> Iterator[Row]:
    """Only a share of a group may be in class in one period.

    For each group g and period t:

        sum over p of x[g,p,t]  <=  floor(release_g * headcount_g)    [people]
    """
    seats: dict[tuple[str, str], list[Seat]] = {}
    for seat in parts.sets.seats:
        seats.setdefault((seat[0], seat[2]), []).append(seat)
    for (group_id, period), offered in seats.items():
        group = parts.scenario.group[group_id]
        most = int(group.release * group.headcount)
        if sum(parts.sets.seats[seat] for seat in offered) > most:
            people = [(parts.variables.participants[seat], 1.0) for seat in offered]
            yield Row((group_id, period), people, "<=", most)
