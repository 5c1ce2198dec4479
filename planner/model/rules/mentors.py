"""Mentors: seniors can take only so many juniors at a time, and none while they are mentored themselves."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from planner.domain.running import run_of
from planner.model.ingredients import Parts
from planner.model.rows import LARGEST_WHOLE, Row, whole_row
from planner.model.sets import Seat


def mentors(parts: Parts) -> Iterator[Row]:
    """The mentors busy in a period are at most those of the pool who are not mentored themselves.

    For each pool m and each period t in which a mentoring programme runs, over the programmes p and the periods u
    whose runs reach t:

        busy[m,t]  =  sum over g and p using m of x[g,p,u] / mentees_each_p                           [mentors]
        mentored[m,t]  =  sum over g selected by m and p using any pool of x[g,p,u]                   [people]
        busy[m,t]  <=  share_m * (headcount selected - mentored[m,t])                                 [mentors]

    A mentor is busy in every period of a run. Nothing is rounded; a row is multiplied by what makes it whole. Where
    a mentor takes so many that a solver would not see the share of one mentee, a row says that somebody must be left
    to mentor: mentees of the groups selected are fewer than their people.
    """
    scenario = parts.scenario
    mentored: dict[str, list[Seat]] = {}
    for programme in scenario.programmes:
        for seat in parts.sets.of_programme.get(programme.id, ()) if programme.mentors else ():
            for period in run_of(scenario, programme, seat[2]):
                mentored.setdefault(period, []).append(seat)
    for pool in scenario.mentor_pools:
        each = {
            p.id: Fraction(1, p.mentors.mentees_each)
            for p in scenario.programmes
            if p.mentors and p.mentors.pool == pool.id
        }
        selected = scenario.mentors_from[pool.id]
        for period in scenario.horizon if each else ():
            terms = []
            for seat in mentored.get(period, ()):
                busy = each.get(seat[1], Fraction(0)) + (pool.share if seat[0] in selected else 0)
                if busy:
                    terms.append((parts.variables.participants[seat], busy))
            if terms:
                yield whole_row((pool.id, period), terms, scenario.mentors_in(pool))
            own = [seat for seat in mentored.get(period, ()) if seat[1] in each and seat[0] in selected]
            if own and min(each.values()) * LARGEST_WHOLE < 1:
                people = sum(group.headcount for group in scenario.groups_in(pool.from_))
                rest = [(parts.variables.participants[seat], 1.0) for seat in own]
                yield Row((pool.id, period, "somebody is left"), rest, "<=", float(max(0, people - 1)))
