"""Rows about people and classes: willingness, classes, release, prerequisites, mentors and gaps closed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import partial
from math import ceil, floor

from planner.domain.programmes import Programme
from planner.proof.columns import IN_PERIODS, Columns, colleagues
from planner.proof.exact_model import Term
from planner.proof.year_rows import agency_of, changes, closed_by_year, gap_by, within_willing


def add_people(c: Columns) -> None:
    """Add all rows about people, in the notation of `Columns`."""
    _totals(c)
    _uptake(c)
    _socialized(c)
    _smallest(c)
    _classes(c)
    _running(c)
    _release(c)
    _requires(c)
    _mentors(c)
    _closed(c)


def _totals(c: Columns) -> None:
    """n[g,p] = sum over t of x[g,p,t], and N[p] = sum over t of y[p,t]: sums to branch on, which change no plan."""
    for pair, total in c.trained.items():
        c.model.about = "trained", *pair
        c.model.row([(total, -1), *((c.seats[seat], 1) for seat in c.by_pair[pair])], low=0, high=0)
    for programme, total in c.held.items():
        c.model.about = "classes", programme
        held = [(y, 1) for (p, _), y in c.classes.items() if p == programme]
        c.model.row([(total, -1), *held], low=0, high=0)


def people(c: Columns, pair: tuple[str, str]) -> list[Term]:
    """Return the column of all participants of a group in a programme."""
    total = c.trained.get(pair)
    return [(total, 1)] if total is not None else [(c.seats[seat], 1) for seat in c.by_pair[pair]]


def _uptake(c: Columns) -> None:
    """n[g,p] <= need[g,p] * r[g], rounded without and with socialization; and the sum of an agency, exactly.

    By the end of each year, of the courses started by then, with the need that exists by then.
    """
    for p, agencies in c.agencies.items():
        for needs in agencies:
            _of_need(c, p, needs, partial(people, c))
            for year, earlier in changes(c, needs, partial(_need, c, p)):
                _of_need(c, p, earlier, partial(_started, c, year))


def _socialized(c: Columns) -> None:
    """s[g] <= sum over p, t of x[g,p,t]: nobody raises the willingness of people who attend nothing from then on."""
    for g, s in c.socialized.items():
        if g in c.facts.socialized:
            continue
        c.model.about = "socialization", g
        attending: list[Term]
        if g in c.facts.groups:
            attending = [(x, 1) for seat, x in c.seats.items() if seat[0] == g and seat not in c.facts.participants]
        else:
            attending = [term for pair in c.by_pair if pair[0] == g for term in people(c, pair)]
        c.model.row([(s, 1), *((x, -n) for x, n in attending)], high=0)


def _of_need(c: Columns, p: str, needs: Mapping[str, int], sent: Callable[[tuple[str, str]], list[Term]]) -> None:
    """Limit those `sent` to a programme of each group, and of all together, to the willing in need."""
    rounded = ceil if len(needs) > 1 else floor
    everybody: list[Term] = []
    for g, need in needs.items():
        if (g, p) not in c.by_pair:
            continue
        social, group, terms = c.socialized.get(g), c.scenario.group[g], sent((g, p))
        today, most = rounded(need * group.uptake), rounded(need * c.willing(group))
        everybody += terms
        c.model.about = "uptake", g, p
        if social is not None and most > today and terms:
            c.model.limit([*terms, (social, today - most)], today)
        elif sum(c.model.upper[x] for x, _ in terms) > most:
            c.model.limit(terms, most)
    if len(needs) > 1:
        c.model.about = "uptake", agency_of(c, needs), p
        within_willing(c, everybody, needs)


def _need(c: Columns, p: str, g: str, year: str) -> int:
    gaps = c.scenario.group[g].needs_by(year)
    return max(gaps.get(key, 0) for key in c.scenario.programme[p].closes)


def _started(c: Columns, year: str, pair: tuple[str, str]) -> list[Term]:
    """Return the participants whose course starts by the end of a year."""
    return [(c.seats[seat], 1) for seat in c.by_pair[pair] if c.scenario.year_of[seat[2]] <= year]


def _smallest(c: Columns) -> None:
    """smallest * L[g,p,t] <= x[g,p,t] <= most * L[g,p,t], where a programme takes no few people of a group."""
    for seat, x in c.seats.items():
        least = c.scenario.programme[seat[1]].smallest
        if least > 1 and seat not in c.facts.participants:
            c.model.about = "smallest", *seat
            present = c.present[seat] = c.model.column(1, whole=True, rank=IN_PERIODS)
            c.model.row([(x, 1), (present, -least)], low=0)
            c.model.row([(x, 1), (present, -int(c.model.upper[x]))], high=0)


def _classes(c: Columns) -> None:
    """min_p * y <= sum over g of x <= max_p * y in each period; and most classes over all periods."""
    for (p, t), y in c.classes.items():
        size = c.scenario.programme[p].class_size
        assert size is not None
        if t in c.facts.over:
            continue
        c.model.about = "class_size", p, t
        seated: list[Term] = [(c.seats[seat], 1) for seat in c.by_class.get((p, t), ())]
        c.model.row([*seated, (y, -size.max)], high=0)
        c.model.row([*seated, (y, -size.min)], low=0)
    for p, total in c.held.items():
        size = c.scenario.programme[p].class_size
        assert size is not None
        if p in c.facts.ran:
            continue
        c.model.about = "class_size", p
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
        c.model.about = "classes", p
        if programme.class_size is not None:
            held = _held(c, p)
            most = sum(c.model.upper[column] for column, _ in held)
            largest = programme.classes.max
            if largest is not None:
                largest = max(largest, c.facts.promised(p))
            if o is not None and held:
                c.model.row([*held, (o, -max(1, programme.classes.min))], low=0)
                limit = most if largest is None else min(most, largest)
                c.model.row([*held, (o, -limit)], high=0)
            elif largest is not None and held:
                c.model.row(held, high=largest)
        elif o is not None:
            c.model.row([(o, 1), *((x, -n) for pair in pairs for x, n in people(c, pair))], high=0)
        if o is not None and p not in c.facts.ran:
            for pair in pairs:
                terms = people(c, pair)
                c.model.row([*terms, (o, -max(int(c.model.upper[c.seats[s]]) for s in c.by_pair[pair]))], high=0)


def _release(c: Columns) -> None:
    """sum over p, u of days_p[t-u] * x[g,p,u] <= release_g * headcount_g * working_days_t, for each period t."""
    limited = {group.id: group.release for group in c.scenario.groups if group.release is not None}
    away: dict[tuple[str, str], list[Term]] = {}
    for (g, p, start), x in c.seats.items():
        if g in limited:
            programme = c.scenario.programme[p]
            for t, days in zip(_run(c, programme, start), _days(c, programme), strict=False):
                if days:
                    away.setdefault((g, t), []).append((x, days))
    for (g, t), terms in away.items():
        most = limited[g] * c.scenario.group[g].headcount * c.scenario.working_days[t]
        if sum(c.model.upper[x] * days for x, days in terms) > most:
            c.model.about = "release", g, t
            c.model.limit(terms, most)


def _run(c: Columns, programme: Programme, start: str) -> tuple[str, ...]:
    first = c.scenario.horizon.index(start)
    return c.scenario.horizon[first : first + programme.lasts]


def _days(c: Columns, programme: Programme) -> list[Fraction]:
    """Training days of one participant in each period of a run."""
    if isinstance(programme.days, tuple):
        return list(programme.days)
    whole = programme.hours / c.scenario.hours_per_day if programme.days is None else programme.days
    return [whole / programme.lasts] * programme.lasts


def _requires(c: Columns) -> None:
    """Up to each period, those in p are at most those finished in q, those who completed q, and those who may skip q.

    These are max(0, need[g,p] - need[g,q]) by the end of any year so far. A course that lasts several periods is
    finished after the last of them.
    """
    for g, p in c.by_pair:
        programme, group = c.scenario.programme[p], c.scenario.group[g]
        for needed in programme.prerequisites:
            enough = [c.scenario.programme[q] for q in dict.fromkeys(needed)]
            completed, most_skipping = sum(group.completed.get(first.id, 0) for first in enough), 0
            for number, period in enumerate(c.scenario.horizon, start=1):
                year = c.scenario.year_of[period]
                others = min(_need(c, first.id, g, year) for first in enough)
                most_skipping = max(most_skipping, _need(c, p, g, year) - others)
                skip = completed + most_skipping
                if (g, p, period) not in c.seats:
                    continue
                so_far = set(c.scenario.horizon[:number])
                after = [(c.seats[s], 1) for s in c.by_pair[g, p] if s[2] in so_far]
                before: list[Term] = []
                for first in enough:
                    ended = so_far if first.lasts == 1 else set(c.scenario.horizon[: max(0, number - first.lasts)])
                    before += [(c.seats[s], -1) for s in c.by_pair.get((g, first.id), ()) if s[2] in ended]
                c.model.about = "requires", g, p, period
                c.model.limit([*after, *before], skip)


def _mentors(c: Columns) -> None:
    """In each period, mentees / mentees_each <= share * (people of the pool's groups - those who are mentored)."""
    mentored: dict[str, list[tuple[str, Programme, int]]] = {}
    for (g, p, start), x in c.seats.items():
        programme = c.scenario.programme[p]
        if programme.mentors is not None:
            for t in _run(c, programme, start):
                mentored.setdefault(t, []).append((g, programme, x))
    used = {p.mentors.pool for p in c.scenario.programmes if p.mentors}
    for pool in c.scenario.mentor_pools:
        groups = c.scenario.groups_in(pool.from_)
        selected = {group.id for group in groups}
        for period, seats in mentored.items() if pool.id in used else ():
            c.model.about, terms = ("mentors", pool.id, period), list[Term]()
            for g, programme, x in seats:
                assert programme.mentors is not None
                if programme.mentors.pool == pool.id:
                    terms.append((x, Fraction(1, programme.mentors.mentees_each)))
                if g in selected:
                    terms.append((x, pool.share))
            people = sum(group.headcount for group in groups)
            c.model.limit(terms, pool.share * people)
            own = [(g, x) for g, p, x in seats if p.mentors and p.mentors.pool == pool.id]
            c.model.limit([(x, 1) for g, x in own if g in selected], max(0, people - 1))  # somebody is left to mentor


def _closed(c: Columns) -> None:
    """k[g,c] <= sum over p of max(0, closes[p,c] - d) * n[g,p] + d * chances, for d = 0 and each d among the closes.

    chances = gap[g,c] * r[g], for each person's gap is closed once: rounded up where other groups of the agency may be
    trained too. Their chances together are exact; h[g,c] are those of g where its programmes close unlike shares.
    """
    learning: dict[str, dict[str, int]] = {}
    for p, agencies in c.agencies.items():
        for competency in c.scenario.programme[p].closes:
            for needs in agencies:
                gaps = ((g, c.scenario.group[g].needs.get(competency, 0)) for g in needs)
                learning.setdefault(competency, {}).update({g: gap for g, gap in gaps if gap})
    fed = feeds(c)
    for g, p in c.facts.people:
        for competency in c.scenario.programme[p].closes:
            if gap := c.scenario.group[g].needs.get(competency, 0):
                learning.setdefault(competency, {})[g] = gap
    for competency, numbers in learning.items():
        c.learning[competency] = colleagues(c.scenario, numbers)
        for people_of in c.learning[competency]:
            steps = list(changes(c, people_of, partial(gap_by, c, competency)))
            if steps:
                closed_by_year(c, competency, people_of, steps)
                continue
            together: list[Term] = []
            used = sum(c.facts.chances.get((g, competency), 0) for g in people_of)
            done = Fraction(used)
            for g, gap in people_of.items():
                measured = c.facts.measured.get((g, competency), Fraction(0))
                if (g, competency) not in fed and measured:
                    c.closing((g, competency), 0)
                if (g, competency) in fed:
                    together += _closed_by(c, (g, competency), fed[g, competency], gap, len(people_of) > 1)
                    own = together[-1]
                    done -= measured * own[1] if own[0] == c.closed[g, competency] else 0
            if len(people_of) > 1 and together:
                c.model.about = "closings", agency_of(c, people_of), competency
                within_willing(c, together, people_of, done)
                if not c.facts.groups.isdisjoint(people_of) or any(
                    part.denominator > 1 for g, gap in people_of.items() for part in exact_chances(c, g, gap)
                ):
                    c.shared.update(dict.fromkeys(((g, competency) for g in people_of), people_of))


def feeds(c: Columns) -> dict[tuple[str, str], list[tuple[list[Term], Fraction]]]:
    """List, for each gap, the participants of each programme that closes it, and the share that it closes."""
    found: dict[tuple[str, str], list[tuple[list[Term], Fraction]]] = {}
    for p, pairs in c.by_programme.items():
        for pair in pairs:
            gaps, everybody = c.scenario.group[pair[0]].needs, people(c, pair)
            for competency, effect in c.scenario.programme[p].closes.items():
                trained = everybody
                if (*pair, competency) in c.facts.examined:
                    seats = [s for s in c.by_pair[pair] if (*s, competency) not in c.facts.examined_seats]
                    trained = [(c.seats[seat], 1) for seat in seats]
                if gaps.get(competency):
                    found.setdefault((pair[0], competency), []).append((trained, effect))
    return found


def exact_chances(c: Columns, g: str, gap: int) -> tuple[Fraction, Fraction]:
    """Count the willing people with a gap, without and with socialization [people]."""
    group = c.scenario.group[g]
    return gap * group.uptake, gap * c.willing(group)


def _closed_by(
    c: Columns, key: tuple[str, str], fed: list[tuple[list[Term], Fraction]], gap: int, shared: bool
) -> list[Term]:
    """Add the column and rows of one gap; return the chances used as terms."""
    c.model.about = "closings", *key
    today, most = exact_chances(c, key[0], gap)
    if shared:
        today, most = Fraction(ceil(today)), Fraction(ceil(most))
    used_before = c.facts.chances.get(key, 0)
    today, most = max(Fraction(0), today - used_before), max(Fraction(0), most - used_before)
    measured = c.facts.measured.get(key, Fraction(0))
    c.chances[key] = today, most
    shares = sorted({effect for _, effect in fed})
    k = c.closing(key, most * shares[-1])
    raised: list[Term] = [(c.socialized[key[0]], today - most)] if most > today else []
    used: list[Term] = []
    if shared and len(shares) > 1:
        h = c.model.column(most, whole=False)
        used = [(h, 1)]
        c.model.row([*used, *raised], high=today)
    for share in [Fraction(0), *shares]:
        terms: list[Term] = [(k, 1)]
        terms += [(x, -n * (effect - share)) for trained, effect in fed if effect > share for x, n in trained]
        if used:
            c.model.row([*terms, *((x, -share) for x, _ in used)], high=measured)
        elif raised or share < shares[-1]:
            c.model.row([*terms, *((x, n * share) for x, n in raised)], high=measured + share * today)
    return used or [(k, 1 / shares[-1])]
