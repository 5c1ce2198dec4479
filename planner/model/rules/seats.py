"""Seats: free places that a partner gives in kind."""

from __future__ import annotations

from collections.abc import Iterator

from planner.model.free_seats import SeatProfile
from planner.model.ingredients import Parts
from planner.model.rows import Row, Term


def seats_taken(parts: Parts) -> Iterator[Row]:
    """A free seat is somebody's seat, and each seat is given once.

    For each cost profile of seats, over its groups and periods and all funds f:

        sum over f of v[f,profile]  <=  sum over (g,p,t) of the profile of x[g,p,t]    [people]
    """
    v = parts.variables
    given: dict[SeatProfile, list[Term]] = {}
    for (_, profile), free in v.free_seats.items():
        given.setdefault(profile, []).append((free, 1.0))
    for seat, x in v.participants.items():
        if seat in parts.profiles and (terms := given.get(parts.profiles[seat])) is not None:
            terms.append((x, -1.0))
    for number, (profile, terms) in enumerate(given.items()):
        yield Row((profile.programme, number), terms, "<=", 0)


def seats_given(parts: Parts) -> Iterator[Row]:
    """A fund gives no more seats than it has, and none unless it is used.

    For each fund f and programme p, a[f] being 1 where it is not a decision:

        sum over profiles of v[f,profile]  <=  seats[f,p] * a[f]      [people]
    """
    v = parts.variables
    given: dict[tuple[str, str], list[Term]] = {}
    for (fund_id, profile), free in v.free_seats.items():
        given.setdefault((fund_id, profile.programme), []).append((free, 1.0))
    for (fund_id, programme_id), terms in given.items():
        most = parts.scenario.fund[fund_id].seats.get(programme_id, 0)
        most = max(0, most - parts.scenario.facts.seats_given.get((fund_id, programme_id), 0))
        used = v.used.get(fund_id)
        if used is None:
            yield Row((fund_id, programme_id), terms, "<=", most)
        else:
            yield Row((fund_id, programme_id), [*terms, (used, -float(most))], "<=", 0)
