"""Rows about what one person can take: hours of each year, people who attend, and limits that a search has learnt."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor
from operator import itemgetter

from planner.domain.attendance import EveryPattern, Learnt
from planner.proof.columns import TOTALS, Columns, colleagues
from planner.proof.exact_model import Number, Term
from planner.proof.people_rows import people
from planner.proof.year_rows import agency_of


def add_attendance(c: Columns, learnt: Learnt) -> None:
    """Add the rows that every plan with attendance patterns keeps."""
    _attendees(c, learnt)
    _hours(c)
    for limit in learnt.limits:
        c.model.about = "attendance", limit.group
        terms: list[Term] = [
            (c.seats[limit.group, p, t], weight)
            for (p, t), weight in limit.weights.items()
            if (limit.group, p, t) in c.seats
        ]
        if terms:
            _within_people(c, limit.group, terms, limit.each, limit.ready)
    for every in learnt.every:
        _made_up(c, every)


def _attendees(c: Columns, learnt: Learnt) -> None:
    """Add n[g,p] <= A[g], and over an agency sum of A <= sum of headcount * r, where that is not a whole number."""
    able = {g for agencies in c.agencies.values() for needs in agencies for g in needs}
    headcounts = {group.id: group.headcount for group in c.scenario.groups if group.id in able}
    attending: dict[str, list[tuple[str, str]]] = {}
    for pair in c.by_pair:
        attending.setdefault(pair[0], []).append(pair)
    named = {limit.group for limit in learnt.limits} | {every.group for every in learnt.every}
    for those in colleagues(c.scenario, headcounts):
        shared = len(those) > 1
        exact = {g: (n * c.scenario.group[g].uptake, n * c.willing(c.scenario.group[g])) for g, n in those.items()}
        rounded = ceil if shared else floor
        for g, (today, most) in exact.items():
            c.people[g] = rounded(today), rounded(most)
        split = shared and any(part.denominator > 1 for parts in exact.values() for part in parts)
        limited = any(c.scenario.group[g].max_hours is not None or g in named for g in those)
        if not split or not (
            limited or any(_exceeds(c, pair, exact[g][0]) for g in those for pair in attending.get(g, ()))
        ):
            continue
        if not (learnt.facts_fit or c.facts.groups.isdisjoint(those)):
            continue  # facts may have more people than there are; without these rows a bound is weaker but still holds
        sent: list[Term] = []
        for g in those:
            if g not in attending:
                continue
            a = c.attendees[g] = c.model.column(c.people[g][1], whole=True, rank=TOTALS)
            sent.append((a, 1))
            few, many = c.people[g]
            c.model.about = "attendance", g
            if g in c.socialized and many > few:
                c.model.limit([(a, 1), (c.socialized[g], few - many)], few)
            for pair in attending[g]:
                if _exceeds(c, pair, exact[g][0]):
                    c.model.row([*people(c, pair), (a, -1)], high=0)
        raised: list[Term] = [
            (c.socialized[g], today - most) for g, (today, most) in exact.items() if g in c.socialized and most > today
        ]
        c.model.about = "attendance", agency_of(c, those)
        c.model.limit([*sent, *raised], sum((today for today, _ in exact.values()), Fraction(0)))


def _exceeds(c: Columns, pair: tuple[str, str], own: Fraction) -> bool:
    """Return whether more people of a group may take a programme than its own willing people, rounded down."""
    return sum(factor * c.model.upper[x] for x, factor in people(c, pair)) > floor(own)


def _within_people(c: Columns, g: str, terms: list[Term], each: Number, ready: Number = 0) -> None:
    """Add terms <= each * people of g + ready."""
    if g in c.attendees:
        c.model.row([*terms, (c.attendees[g], -each)], high=ready)  # nobody has attended, or all fit in patterns
        return
    today, most = c.people.get(g) or _whoever_came(c, g)
    raised: list[Term] = [(c.socialized[g], each * (today - most))] if g in c.socialized and most > today else []
    c.model.limit([*terms, *raised], each * today + ready)


def _hours(c: Columns) -> None:
    """Add for each year: hours <= reach * people, and seats of h hours or more <= k * people, where k of them fit one
    person."""
    one = c.scenario.one_person
    taken: dict[tuple[str, str], dict[tuple[str, str, str], Fraction]] = {}
    limited = {group.id for group in c.scenario.groups if group.max_hours is not None}
    for seat in c.seats:
        if seat[0] in limited:
            for year, hours in one.hours(c.scenario.programme[seat[1]], seat[2]).items():
                taken.setdefault((seat[0], year), {})[seat] = hours
    for (g, year), lengths in taken.items():
        c.model.about = "max_hours", g, year
        most = one.room(c.scenario.group[g], year)
        assert most is not None
        kinds = sorted({(p, hours) for (_, p, _), hours in lengths.items()})
        reach = one.reach(most, [hours for _, hours in kinds])
        if reach < sum(hours for _, hours in kinds):
            _within_people(c, g, [(c.seats[seat], hours) for seat, hours in lengths.items()], reach)
        elif g in c.facts.groups:
            group, s = c.scenario.group[g], c.socialized.get(g)
            today, highest = most * group.headcount * group.uptake, most * group.headcount * c.willing(group)
            if sum(hours * c.facts.participants.get(seat, 0) for seat, hours in lengths.items()) > today:
                raised: list[Term] = [] if s is None or highest == today else [(s, today - highest)]
                c.model.limit([*((c.seats[seat], hours) for seat, hours in lengths.items()), *raised], today)
        for number, long in one.long_courses(most, lengths, itemgetter(1)):
            _within_people(c, g, [(c.seats[seat], 1) for seat in long], number)


def _made_up(c: Columns, every: EveryPattern) -> None:
    """Add x[g,p,t] = sum of F[g,S] over the patterns S with (p,t), which are people of g, and limits on who may
    skip."""
    g, used = every.group, {}
    c.model.about = "attendance", g
    for pattern in every.patterns:
        room = [int(c.model.upper[c.seats[g, p, t]]) if (g, p, t) in c.seats else 0 for p, t in pattern]
        most = max(room) if every.covering else min(room)
        if most:
            used[pattern] = c.model.column(most, whole=True, rank=TOTALS)
    for seat, x in c.seats.items():
        if seat[0] == g:
            those = [(f, -1) for pattern, f in used.items() if seat[1:] in pattern]
            if not those and seat in c.facts.participants:
                continue  # patterns cover only what is still to come
            c.model.row([(x, 1), *those], low=None if every.covering else 0, high=0)
    if g in c.people:
        _within_people(c, g, [(f, 1) for f in used.values()], 1)
    if not every.covering:
        for ready, using in c.scenario.one_person.skipping(g, every.patterns).values():
            c.model.row([(f, 1) for pattern, f in used.items() if pattern in using], high=ready)


def _whoever_came(c: Columns, g: str) -> tuple[int, int]:
    """Return the most people of a group whom no programme is for, but who have attended all the same."""
    group = c.scenario.group[g]
    return floor(group.headcount * group.uptake), floor(group.headcount * c.willing(group))
