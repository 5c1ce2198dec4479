"""Mentors: seniors can take only so many juniors at a time."""

from __future__ import annotations

from collections.abc import Iterator
from math import lcm

from planner.model.ingredients import Parts
from planner.model.rows import LARGEST_WHOLE, Row, Term


def mentors(parts: Parts) -> Iterator[Row]:
    """The mentors busy in a period are at most those of the pool.

    For each pool and period t, over the programmes p that use the pool:

        sum over p of (sum over g of x[g,p,t]) / mentees_each_p  <=  floor(share * headcount selected)   [mentors]

    The row is multiplied by the least common multiple of the mentees_each, so that it is in whole numbers; by the
    largest of them where that would be beyond a solver.
    """
    scenario = parts.scenario
    for pool in scenario.mentor_pools:
        mentees = {p.id: p.mentors.mentees_each for p in scenario.programmes if p.mentors and p.mentors.pool == pool.id}
        if not mentees:
            continue
        scale = lcm(*mentees.values())
        if scale > LARGEST_WHOLE:
            scale = max(mentees.values())
        for period in scenario.horizon:
            terms: list[Term] = [
                (parts.variables.participants[seat], scale / each)
                for programme, each in mentees.items()
                for seat in parts.sets.of_class.get((programme, period), ())
            ]
            if terms:
                yield Row((pool.id, period), terms, "<=", scale * scenario.mentors_in(pool))
