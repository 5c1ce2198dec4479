"""Uptake: only the willing take part, and each person takes a programme once."""

from __future__ import annotations

from collections.abc import Iterator
from math import floor

from planner.domain.willingness import Circle
from planner.model.ingredients import Parts
from planner.model.rows import Row, Term
from planner.model.sets import Seat


def uptake(parts: Parts) -> Iterator[Row]:
    """Participants of a group in a programme are limited by its willing people in need.

    For each group g, programme p offered to it, and year Y, need[g,p,Y] = max over c in closes(p) of the gap[g,c] that
    exists by the end of Y:

        sum over t up to the end of Y of x[g,p,t]  <=  need[g,p,Y] * r[g]       [people]

    Participants count in the year in which their course starts. They are whole, so the limit is rounded for s[g] = 0
    and for s[g] = 1: up where other groups of the agency may attend the programme too, which `uptake_of_agency` limits
    together; down where g stands alone. No row is needed where the bound of the only variable implies it, nor for a
    year after which no more people are in need.
    """
    attending = parts.scenario.willingness.attending
    for (group_id, programme_id), seats in parts.sets.of_pair.items():
        circle = attending.get((group_id, programme_id))
        if circle is None:
            continue  # facts have people of groups that the programme is not for
        most = parts.sets.trainable[group_id, programme_id]
        row = _limited(parts, (group_id, programme_id), seats, circle, most)
        if row is not None:
            yield row
        for year, earlier in circle.earlier:
            so_far = [seat for seat in seats if parts.scenario.year_of[seat[2]] <= year]
            most = min(
                parts.sets.trainable[group_id, programme_id],
                earlier.most_whole(parts.scenario.group[group_id], socialized=True),
            )
            row = _limited(parts, (group_id, programme_id, year), so_far, earlier, most) if so_far else None
            if row is not None:
                yield row


def _limited(parts: Parts, key: tuple[str, ...], seats: list[Seat], circle: Circle, most: int) -> Row | None:
    """Return the row that limits the participants of a group to its willing people in need; None where it is
    implied."""
    group = parts.scenario.group[key[0]]
    socialized = parts.variables.socialized.get(group.id)
    today = min(most, circle.most_whole(group, socialized=False))
    if today == most:
        socialized = None
    if socialized is None and len(seats) == 1 and parts.sets.seats[seats[0]] <= most:
        return None
    terms = [(parts.variables.participants[seat], 1.0) for seat in seats]
    if socialized is None:
        return Row(key, terms, "<=", most)
    return Row(key, [*terms, (socialized, -float(most - today))], "<=", today)


def uptake_of_agency(parts: Parts) -> Iterator[Row]:
    """Participants of an agency in a programme are limited by its willing people in need, exactly.

    For each programme p, agency A several of whose groups may attend p, and year Y:

        sum over g in A, t up to the end of Y of x[g,p,t]  <=  sum over g in A of need[g,p,Y] * r[g]       [people]

    Willingness is counted for the agency, not for each group: of twenty groups of one person each, 90% willing, 18
    people take part. No row is needed where nothing is rounded, nor for a year after which no more people are in need.
    """
    scenario, of_pair = parts.scenario, parts.sets.of_pair
    for programme_id, circles in scenario.willingness.attendance.items():
        for number, circle in enumerate(circles):
            seats = [seat for g in circle.people for seat in of_pair.get((g, programme_id), ())]
            most = sum(parts.sets.trainable.get((g, programme_id), 0) for g in circle.people)
            yield from _limited_together(parts, (programme_id, number), seats, circle, most)
            for year, earlier in circle.earlier:
                so_far = [seat for seat in seats if scenario.year_of[seat[2]] <= year]
                limits = {seat[0]: earlier.most_whole(scenario.group[seat[0]], socialized=True) for seat in so_far}
                came = dict.fromkeys(limits, 0)
                for seat in so_far:
                    came[seat[0]] += scenario.facts.participants.get(seat, 0)
                most = sum(max(limit, came[g]) for g, limit in limits.items())
                yield from _limited_together(parts, (programme_id, number, year), so_far, earlier, most)


def _limited_together(
    parts: Parts, key: tuple[str | int, ...], seats: list[Seat], circle: Circle, most: int
) -> Iterator[Row]:
    """Yield the row that limits the participants of a circle, at most `most` of them; nothing where it is implied."""
    if not circle.binds(parts.scenario):
        return
    today = circle.together(parts.scenario, socialized=False)
    if most > floor(today):
        terms: list[Term] = [(parts.variables.participants[seat], 1.0) for seat in seats]
        raised = parts.raised(circle)
        yield Row(key, [*terms, *raised], "<=", float(today if raised else floor(today)))
