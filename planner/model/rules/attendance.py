"""Attendance: allocations are made up of what single people can follow."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import floor

from planner.model.ingredients import Parts
from planner.model.people import people_today, times_people
from planner.model.rows import Row, whole_row
from planner.model.variables import Variables


def attendees(parts: Parts) -> Iterator[Row]:
    """The people of an agency who attend anything are no more than are willing, exactly.

    For each agency A with groups that may attend anything, where headcounts times r[g] are not whole numbers:

        sum over g in A of A[g]  <=  sum over g in A of headcount_g * r[g]             [people]
        A[g]  <=  ceil(headcount_g * r[g])                                             [people]
        sum over t of x[g,p,t]  <=  A[g]           for each programme p                [people]

    People take a programme once, so that as many people as participants attend. The last row is needed only where need
    rounded up exceeds headcount_g * r[g] rounded down.
    """
    scenario, v = parts.scenario, parts.variables
    for number, circle in enumerate(scenario.willingness.everybody):
        members = [g for g in circle.people if g in v.attendees]
        if not members:
            continue
        today = circle.together(scenario, socialized=False)
        raised = parts.raised(circle)
        terms = [*((v.attendees[g], 1.0) for g in members), *raised]
        yield Row(("agency", number), terms, "<=", float(today if raised else floor(today)))
        for g in members:
            today_g, most = (people_today(parts, g, socialized) for socialized in (False, True))
            if g in v.socialized and most > today_g:
                yield Row((g,), [(v.attendees[g], 1.0), (v.socialized[g], -float(most - today_g))], "<=", today_g)
    for pair, seats in parts.sets.of_pair.items():
        if pair[0] in v.attendees:
            group = scenario.group[pair[0]]
            if parts.sets.trainable[pair] > floor(group.headcount * group.uptake):
                sent = [(v.participants[seat], 1.0) for seat in seats]
                yield Row(pair, [*sent, (v.attendees[pair[0]], -1.0)], "<=", 0.0)


def attendance(parts: Parts) -> Iterator[Row]:
    """Allocations that no people could follow are excluded, once the search has met them.

    Where a plan has no attendance patterns, weights w of seats are found such that one person can take at most e, but
    the plan takes more than all people can. For each such limit of a group g:

        sum over p, t of w[p,t] * x[g,p,t]  <=  e * people[g] + ready                          [weights]

    ready is what people add who may skip a prerequisite. Where no such limit excludes the plan, and one person has few
    patterns S, all of them are listed, with F[g,S] people who follow S:

        x[g,p,t]  =  sum over S with (p,t) of F[g,S]                                             [people]
        sum over S of F[g,S]  <=  people[g]                                                      [people]
        sum over S that takes p without q of F[g,S]  <=  ready[g,p,q]                            [people]

    Every plan with attendance patterns keeps these rows. Where nothing is required, = is written <=, and the largest
    patterns are enough.
    """
    v = parts.variables
    for number, limit in enumerate(parts.learnt.limits):
        terms = [
            (v.participants[limit.group, p, t], Fraction(w))
            for (p, t), w in limit.weights.items()
            if (limit.group, p, t) in v.participants
        ]
        if terms:
            people, right = times_people(parts, limit.group, Fraction(limit.each))
            yield whole_row((limit.group, number), [*terms, *people], right + limit.ready)
    for every in parts.learnt.every:
        yield from _made_up(parts, v, every.group)


def _made_up(parts: Parts, v: Variables, group_id: str) -> Iterator[Row]:
    """Yield the rows that make up the allocations of a group of all its patterns."""
    every = next(each for each in parts.learnt.every if each.group == group_id)
    followers = [
        (v.followers[group_id, number], pattern)
        for number, pattern in enumerate(every.patterns)
        if (group_id, number) in v.followers
    ]
    for seat in parts.sets.of_group.get(group_id, ()):
        those = [(f, -1.0) for f, pattern in followers if seat[1:] in pattern]
        if not those and seat in parts.scenario.facts.participants:
            continue  # patterns cover only what is still to come
        yield Row(seat, [(v.participants[seat], 1.0), *those], "<=" if every.covering else "==", 0.0)
    people, right = times_people(parts, group_id, Fraction(1))
    yield whole_row((group_id, "people"), [*((f, Fraction(1)) for f, _ in followers), *people], right)
    if not every.covering:
        for (programme, needed), (ready, using) in parts.scenario.one_person.skipping(group_id, every.patterns).items():
            terms = [(f, 1.0) for f, pattern in followers if pattern in using]
            if terms:
                yield Row((group_id, programme, needed), terms, "<=", ready)
