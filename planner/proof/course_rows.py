"""Rows about what courses require while they run: release from work, prerequisites, mentors."""

from __future__ import annotations

from fractions import Fraction

from planner.domain.exact_sums import shares_together
from planner.domain.programmes import Programme
from planner.proof.columns import Columns
from planner.proof.exact_model import Term
from planner.proof.people_rows import need


def add_courses(c: Columns) -> None:
    """Add the rows, in the notation of `Columns`."""
    _release(c)
    _requires(c)
    _mentors(c)


def _release(c: Columns) -> None:
    """Add sum over p, u of days_p[t-u] * x[g,p,u] <= release_g * headcount_g * working_days_t, for each period t."""
    limited = {group.id: group.release for group in c.scenario.groups if group.release is not None}
    away: dict[tuple[str, str], list[tuple[int, Fraction]]] = {}
    known: dict[tuple[str, str], list[tuple[str, Fraction]]] = {}
    for (g, p, start), x in c.seats.items():
        if g in limited:
            if (p, start) not in known:
                programme = c.scenario.programme[p]
                spread = zip(_run(c, programme, start), _days(c, programme), strict=False)
                known[p, start] = [(t, days) for t, days in spread if days]
            for t, days in known[p, start]:
                away.setdefault((g, t), []).append((x, days))
    for (g, t), terms in away.items():
        most = limited[g] * c.scenario.group[g].headcount * c.scenario.working_days[t]
        if shares_together((int(c.model.upper[x]), days) for x, days in terms) > most:
            c.model.about = "release", g, t
            c.model.limit(terms, most)


def _run(c: Columns, programme: Programme, start: str) -> tuple[str, ...]:
    first = c.scenario.horizon.index(start)
    return c.scenario.horizon[first : first + programme.lasts]


def _days(c: Columns, programme: Programme) -> list[Fraction]:
    """Return the training days of one participant in each period of a run."""
    if isinstance(programme.days, tuple):
        return list(programme.days)
    whole = programme.hours / c.scenario.hours_per_day if programme.days is None else programme.days
    return [whole / programme.lasts] * programme.lasts


def _requires(c: Columns) -> None:
    """Add for each period: people in p so far are at most those who finished q, completed it before, or may skip it.

    The last are max(0, need[g,p] - need[g,q]) by the end of any year so far. A course of several periods is finished
    after the last of them.
    """
    for g, p in c.by_pair:
        programme, group = c.scenario.programme[p], c.scenario.group[g]
        for needed in programme.prerequisites:
            enough = [c.scenario.programme[q] for q in dict.fromkeys(needed)]
            completed, most_skipping = sum(group.completed.get(first.id, 0) for first in enough), 0
            for number, period in enumerate(c.scenario.horizon, start=1):
                year = c.scenario.year_of[period]
                others = min(need(c, first.id, g, year) for first in enough)
                most_skipping = max(most_skipping, need(c, p, g, year) - others)
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
    """Add for each period: mentees / mentees_each <= share * (people of the pool's groups - those who are mentored)."""
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
            # somebody must be left to mentor
            c.model.limit([(x, 1) for g, x in own if g in selected], max(0, people - 1))
