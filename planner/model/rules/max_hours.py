"""Hours: how much training one person may take in a year."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from operator import itemgetter

from planner.model.ingredients import Parts
from planner.model.people import times_people, times_willing
from planner.model.rows import Row, whole_row
from planner.model.sets import Seat


def max_hours(parts: Parts) -> Iterator[Row]:
    """Lesson hours given to a group in a year stay within what its willing people may take.

    A start with more hours in a year than max_hours_g is closed to the group: it has no x[g,p,t]. Beyond that, for each
    group g with max_hours and year j, with hours_p,t,j the hours that fall into j:

        sum over p, t of hours_p,t,j * x[g,p,t]  <=  reach_g,j * people[g]             [JP]
        people[g]  =  floor(headcount_g * r[g])                                        [people]

    In the first year max_hours_g is less by the hours_before_g that each has taken already. reach is the most up to it
    that the hours of different programmes add up to: at 20 JP, courses of 12 JP each reach 12. people is rounded up
    where g shares its agency, as in `attendees`.

    No row is needed where one person may take all programmes; but where more have come already than these people may
    take, max_hours_g * headcount_g * r[g], nothing is added.
    """
    one, scenario, v = parts.scenario.one_person, parts.scenario, parts.variables
    for (group_id, year), hours in _hours(parts).items():
        most = one.room(scenario.group[group_id], year)
        assert most is not None
        lengths = {(seat[1], n) for seat, n in hours.items()}
        reach = one.reach(most, (n for _, n in sorted(lengths)))
        if reach < sum(n for _, n in lengths):
            people, right = times_people(parts, group_id, reach)
            terms = [(v.participants[seat], n) for seat, n in hours.items()]
            yield whole_row((group_id, year), [*terms, *people], right)
            if group_id in scenario.facts.groups and group_id in v.attendees and not parts.learnt.facts_fit:
                raised, right = times_willing(parts, group_id, most)
                yield whole_row((group_id, year, "whole"), [*terms, *raised], right)
        elif group_id in scenario.facts.groups:
            group, s = scenario.group[group_id], v.socialized.get(group_id)
            today, highest = (most * group.headcount * group.willing(socialized) for socialized in (False, True))
            if sum(n * scenario.facts.participants.get(seat, 0) for seat, n in hours.items()) > today:
                more = [] if s is None or highest == today else [(s, today - highest)]
                terms = [(v.participants[seat], n) for seat, n in hours.items()]
                yield whole_row((group_id, year), [*terms, *more], today)


def max_hours_courses(parts: Parts) -> Iterator[Row]:
    """One person takes only so many long courses in a year.

    For each group g with max_hours, year j, and lengths h at which one person can take at most k courses of h JP or
    more within max_hours_g:

        sum over p, t with hours_p,t,j >= h of x[g,p,t]  <=  k * people[g]             [people]

    At 20 JP somebody takes one course of more than 10 JP. The sum of hours alone would let two people share three.
    The same holds with k = 1 of each course of at most half the limit and all that do not fit beside it.
    """
    one, scenario = parts.scenario.one_person, parts.scenario
    for (group_id, year), hours in _hours(parts).items():
        most = one.room(scenario.group[group_id], year)
        assert most is not None
        for place, (number, long) in enumerate(one.long_courses(most, hours, itemgetter(1))):
            people, right = times_people(parts, group_id, Fraction(number))
            terms = [(parts.variables.participants[seat], Fraction(1)) for seat in long]
            yield whole_row((group_id, year, place), [*terms, *people], right)


def _hours(parts: Parts) -> dict[tuple[str, str], dict[Seat, Fraction]]:
    """Return the JP of each seat of a group with max_hours, by group and year, where there are any."""
    scenario = parts.scenario
    limited = [g.id for g in scenario.groups if g.max_hours is not None]
    found: dict[tuple[str, str], dict[Seat, Fraction]] = {}
    for group_id in limited:
        for seat in parts.sets.of_group.get(group_id, ()):
            for year, n in scenario.one_person.hours(scenario.programme[seat[1]], seat[2]).items():
                found.setdefault((group_id, year), {})[seat] = n
    return found
