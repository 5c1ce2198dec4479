"""Socialization: given where it raises willingness, to groups of which somebody attends something."""

from __future__ import annotations

from collections.abc import Iterator

from planner.model.ingredients import Parts
from planner.model.rows import Row


def socialization(parts: Parts) -> Iterator[Row]:
    """A group receives socialization only if somebody of it attends something.

    For each group g whose socialization raises its uptake:

        s[g]  <=  sum over p, t of x[g,p,t]                           [people]

    It is paid before they attend (`one_off`). Where it raises nothing there is no s[g]. So no plan buys a measure that
    brings nobody, as a rule about cost could make it do. Those who attended before do not count.
    """
    v, facts = parts.variables, parts.scenario.facts
    for group_id, socialized in v.socialized.items():
        if group_id in facts.socialized:
            continue
        seats = [seat for seat in parts.sets.of_group.get(group_id, ()) if seat not in facts.participants]
        yield Row((group_id,), [(socialized, 1.0), *((v.participants[seat], -1.0) for seat in seats)], "<=", 0)
