"""Rows about people and classes: willingness, classes, hours, release, prerequisites, mentors and gaps closed."""

from __future__ import annotations

from fractions import Fraction
from math import floor

from planner.proof.columns import Columns
from planner.proof.exact_model import Term


def add_people(c: Columns) -> None:
    """Add all rows about people, in the notation of `Columns`."""
    _totals(c)
    _uptake(c)
    _classes(c)
    _running(c)
    _hours(c)
    _release(c)
    _requires(c)
    _mentors(c)
    _closed(c)


def _totals(c: Columns) -> None:
    """n[g,p] = sum over t of x[g,p,t], and N[p] = sum over t of y[p,t]: sums to branch on, which change no plan."""
    for pair, total in c.trained.items():
        c.model.row([(total, -1), *((c.seats[seat], 1) for seat in c.by_pair[pair])], low=0, high=0)
    for programme, total in c.held.items():
        held = [(y, 1) for (p, _), y in c.classes.items() if p == programme]
        c.model.row([(total, -1), *held], low=0, high=0)


def people(c: Columns, pair: tuple[str, str]) -> list[Term]:
    """Return the column of all participants of a group in a programme."""
    total = c.trained.get(pair)
    return [(total, 1)] if total is not None else [(c.seats[seat], 1) for seat in c.by_pair[pair]]


def _uptake(c: Columns) -> None:
    """n[g,p] <= floor(need[g,p] * r[g]), rounded down without and with socialization."""
    for (g, p), need in c.need.items():
        social = c.socialized.get(g)
        if social is None:
            continue
        group = c.scenario.group[g]
        today, most = floor(need * group.uptake), floor(need * c.willing(group))
        if most > today and (g, p) in c.by_pair:
            c.model.row([*people(c, (g, p)), (social, today - most)], high=today)


def _classes(c: Columns) -> None:
    """min_p * y <= sum over g of x <= max_p * y in each period; and most classes over all periods."""
    for (p, t), y in c.classes.items():
        size = c.scenario.programme[p].class_size
        assert size is not None
        seated: list[Term] = [(c.seats[seat], 1) for seat in c.by_class[p, t]]
        c.model.row([*seated, (y, -size.max)], high=0)
        c.model.row([*seated, (y, -size.min)], low=0)
    for p, total in c.held.items():
        size = c.scenario.programme[p].class_size
        assert size is not None
        everybody = [term for pair in c.by_programme[p] for term in people(c, pair)]
        c.model.row([*everybody, (total, -size.max)], high=0)
        c.model.row([*everybody, (total, -size.min)], low=0)


def _held(c: Columns, p: str) -> list[Term]:
    return [(c.held[p], 1)] if p in c.held else [(y, 1) for (q, _), y in c.classes.items() if q == p]


def _running(c: Columns) -> None:
    """fewest * o <= classes <= most * o; without classes, o <= people, and no people of a group without o."""
    for programme in c.scenario.programmes:
        p, o = programme.id, c.runs.get(programme.id)
        pairs = c.by_programme.get(p, [])
        if programme.class_size is not None:
            held = _held(c, p)
            most = sum(c.model.upper[column] for column, _ in held)
            if o is not None and held:
                c.model.row([*held, (o, -max(1, programme.classes.min))], low=0)
                limit = most if programme.classes.max is None else min(most, programme.classes.max)
                c.model.row([*held, (o, -limit)], high=0)
            elif programme.classes.max is not None and held:
                c.model.row(held, high=programme.classes.max)
        elif o is not None:
            c.model.row([(o, 1), *((x, -n) for pair in pairs for x, n in people(c, pair))], high=0)
        if o is not None:
            for pair in pairs:
                terms = people(c, pair)
                c.model.row([*terms, (o, -min(int(c.model.upper[c.seats[s]]) for s in c.by_pair[pair]))], high=0)


def _hours(c: Columns) -> None:
    """sum over p of hours_p * n[g,p] <= max_hours_g * headcount_g * r[g]."""
    taken: dict[str, list[Term]] = {}
    limited = {group.id for group in c.scenario.groups if group.max_hours is not None}
    for g, p in c.by_pair:
        hours = c.scenario.programme[p].hours
        if g in limited and hours:
            taken.setdefault(g, []).extend((x, hours * n) for x, n in people(c, (g, p)))
    for g, terms in taken.items():
        group = c.scenario.group[g]
        assert group.max_hours is not None
        each = group.max_hours * group.headcount
        if g in c.socialized:
            terms.append((c.socialized[g], -each * (c.willing(group) - group.uptake)))
        c.model.row(terms, high=each * group.uptake)


def _release(c: Columns) -> None:
    """sum over p of x[g,p,t] <= floor(release_g * headcount_g)."""
    away: dict[tuple[str, str], list[Term]] = {}
    for (g, _, t), x in c.seats.items():
        away.setdefault((g, t), []).append((x, 1))
    for (g, _), terms in away.items():
        group = c.scenario.group[g]
        most = floor(group.release * group.headcount)
        if sum(c.model.upper[x] for x, _ in terms) > most:
            c.model.row(terms, high=most)


def _requires(c: Columns) -> None:
    """Up to each period, those in p are at most those in q, and max(0, need[g,p] - need[g,q]) who may skip q."""
    for g, p in c.by_pair:
        programme = c.scenario.programme[p]
        for q in programme.requires:
            skip = max(0, c.need[g, p] - c.scenario.need(c.scenario.group[g], c.scenario.programme[q]))
            for number, period in enumerate(c.scenario.horizon, start=1):
                if (g, p, period) not in c.seats:
                    continue
                so_far = set(c.scenario.horizon[:number])
                after = [(c.seats[s], 1) for s in c.by_pair[g, p] if s[2] in so_far]
                first = [(c.seats[s], -1) for s in c.by_pair.get((g, q), ()) if s[2] in so_far]
                c.model.row([*after, *first], high=skip)


def _mentors(c: Columns) -> None:
    """In each period, sum over p of people in p / mentees_each_p <= mentors of the pool."""
    for pool in c.scenario.mentor_pools:
        using = [p for p in c.scenario.programmes if p.mentors and p.mentors.pool == pool.id]
        for t in c.scenario.horizon:
            terms: list[Term] = []
            for programme in using:
                assert programme.mentors is not None
                each = Fraction(1, programme.mentors.mentees_each)
                terms += [(c.seats[seat], each) for seat in c.by_class.get((programme.id, t), ())]
            c.model.row(terms, high=c.scenario.mentors_in(pool))


def _closed(c: Columns) -> None:
    """k[g,c] <= sum of closes[p,c] * n[g,p], and k[g,c] <= gap[g,c] * r[g]."""
    feeds: dict[tuple[str, str], list[Term]] = {}
    for p, pairs in c.by_programme.items():
        effects = [(competency, -effect) for competency, effect in c.scenario.programme[p].closes.items()]
        for pair in pairs:
            gaps, trained = c.scenario.group[pair[0]].gaps, people(c, pair)
            for competency, factor in effects:
                if gaps.get(competency):
                    feeds.setdefault((pair[0], competency), []).extend([(x, factor) for x, _ in trained])
    for group in c.scenario.groups:
        for competency, gap in group.gaps.items():
            fed = feeds.get((group.id, competency))
            if not fed:
                continue
            most = gap * c.willing(group)
            k = c.closed[group.id, competency] = c.model.column(most, whole=False)
            c.model.row([(k, 1), *fed], high=0)
            social = c.socialized.get(group.id)
            if social is not None:
                c.model.row([(k, 1), (social, -gap * (c.willing(group) - group.uptake))], high=gap * group.uptake)
