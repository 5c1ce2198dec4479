"""Rows about people: willingness, socialization, and the fewest people of a group."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from planner.domain.exact_sums import share_down, share_up
from planner.proof.columns import IN_PERIODS, Columns
from planner.proof.exact_model import Term
from planner.proof.year_rows import agency_of, changes, within_willing


def add_people(c: Columns) -> None:
    """Add the rows, in the notation of `Columns`."""
    _totals(c)
    _uptake(c)
    _socialized(c)
    _smallest(c)


def _totals(c: Columns) -> None:
    """Add n[g,p] = sum over t of x[g,p,t], and N[p] = sum over t of y[p,t]: sums to branch on, which change no plan."""
    for pair, total in c.trained.items():
        c.model.about = "trained", *pair
        c.model.row([(total, -1), *((c.seats[seat], 1) for seat in c.by_pair[pair])], low=0, high=0)
    for programme, total in c.held.items():
        c.model.about = "classes", programme
        held = [(y, 1) for (p, _), y in c.classes.items() if p == programme]
        c.model.row([(total, -1), *held], low=0, high=0)


def people(c: Columns, pair: tuple[str, str]) -> list[Term]:
    """Return the column of all participants of a group in a programme, as terms."""
    total = c.trained.get(pair)
    return [(total, 1)] if total is not None else [(c.seats[seat], 1) for seat in c.by_pair[pair]]


def _uptake(c: Columns) -> None:
    """Add n[g,p] <= need[g,p] * r[g], rounded without and with socialization; and the sum of an agency, exactly.

    By the end of each year, for the courses started by then, with the need that exists by then.
    """
    for p, agencies in c.agencies.items():
        for needs in agencies:
            _ofneed(c, p, needs, partial(people, c))
            for year, earlier in changes(c, needs, partial(need, c, p)):
                _ofneed(c, p, earlier, partial(_started, c, year))


def _socialized(c: Columns) -> None:
    """Add s[g] <= sum over p, t of x[g,p,t]: only groups that still attend something are socialized."""
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


def _ofneed(c: Columns, p: str, needs: Mapping[str, int], sent: Callable[[tuple[str, str]], list[Term]]) -> None:
    """Limit the people `sent` to a programme, of each group and of all together, to the willing in need."""
    rounded = share_up if len(needs) > 1 else share_down
    everybody: list[Term] = []
    for g, need in needs.items():
        if (g, p) not in c.by_pair:
            continue
        social, group, terms = c.socialized.get(g), c.scenario.group[g], sent((g, p))
        most = rounded(need, c.willing(group))
        today = most if social is None else rounded(need, group.uptake)
        everybody += terms
        c.model.about = "uptake", g, p
        if social is not None and most > today and terms:
            c.model.limit([*terms, (social, today - most)], today)
        elif sum(c.model.upper[x] for x, _ in terms) > most:
            c.model.limit(terms, most)
    if len(needs) > 1:
        c.model.about = "uptake", agency_of(c, needs), p
        within_willing(c, everybody, needs)


def need(c: Columns, p: str, g: str, year: str) -> int:
    gaps = c.scenario.group[g].needs_by(year)
    return max(gaps.get(key, 0) for key in c.scenario.programme[p].closes)


def _started(c: Columns, year: str, pair: tuple[str, str]) -> list[Term]:
    """Return the participants whose course starts by the end of a year."""
    return [(c.seats[seat], 1) for seat in c.by_pair[pair] if c.scenario.year_of[seat[2]] <= year]


def _smallest(c: Columns) -> None:
    """Add smallest * L[g,p,t] <= x[g,p,t] <= most * L[g,p,t], where a programme has a minimum of people of a group."""
    for seat, x in c.seats.items():
        least = c.scenario.programme[seat[1]].smallest
        if least > 1 and seat not in c.facts.participants:
            c.model.about = "smallest", *seat
            present = c.present[seat] = c.model.column(1, whole=True, rank=IN_PERIODS)
            c.model.row([(x, 1), (present, -least)], low=0)
            c.model.row([(x, 1), (present, -int(c.model.upper[x]))], high=0)
