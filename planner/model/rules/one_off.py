"""One-off costs: each is paid in one period of the year of the first use of what it pays for, and not after it."""

from __future__ import annotations

from collections.abc import Iterator

from planner.domain.one_off import OneOff, one_offs
from planner.model.ingredients import Parts
from planner.model.rows import Row, Term


def one_off_paid(parts: Parts) -> Iterator[Row]:
    """A cost that is due once is paid in one period, if what it pays for is used at all.

    For each item i of programme p, each socialization i of group g and each agreement i with fund f:

        sum over t of d[i,t]  =  o[p], s[g] or a[f]                   [0/1]

    Only where it matters in which period: a payer's money is released in steps or given per year, a cost rule names
    periods, or the cost grows from year to year.
    """
    v = parts.variables
    for one_off, periods in parts.due.items():
        decided = parts.decided(one_off)
        others: list[Term] = [] if decided is None else [(decided, -1.0)]
        yield Row((one_off,), [*((v.due[one_off, t], 1.0) for t in periods), *others], "==", 0)


def one_off_before_use(parts: Parts) -> Iterator[Row]:
    """Nothing is used before what is due for it once is paid.

    With D[i,t] = sum over u <= t of d[i,u], for each period t before the last in which i may be paid:

        y[p,t]       <=  most y[p,t] * D[i,t]                         [classes; programmes with a class size]
        x[g,p,t]     <=  most x[g,p,t] * D[i,t]                       [people; other programmes]
        sum over p of x[g,p,t]  <=  most * (1 - s[g] + D[i,t])        [people; socialization of g]
        z[f,q]       <=  most z[f,q] * D[i,t]    for q of period t    [money units; agreement with f]
        v[f,profile] <=  most v * D[i,t]         for seats in t       [people; agreement with f]

    In the last of them and later the first row says as much.
    """
    facts = parts.scenario.facts
    for one_off, periods in parts.due.items():
        horizon = facts.rest
        if one_off.programme in facts.ran:
            continue  # used before the plan, so it is still to be paid
        for number, period in enumerate(horizon[: horizon.index(periods[-1])], start=1):
            paid = [(parts.variables.due[one_off, t], -1.0) for t in periods if t in horizon[:number]]
            for place, (terms, most) in enumerate(_uses(parts, one_off, period)):
                slack = 0.0
                socialized = parts.variables.socialized.get(one_off.group or "")
                if socialized is not None:
                    terms, slack = [*terms, (socialized, most)], most
                yield Row((one_off, period, place), [*terms, *((d, most * factor) for d, factor in paid)], "<=", slack)


def one_off_in_year(parts: Parts) -> Iterator[Row]:
    """A cost that is due once is paid in the year of the first use of what it pays for.

    Where there are several years, for each of them:

        sum over t of the year of d[i,t]  <=  sum over what is used in the year      [classes, people, rupiah]

    with the uses of `one_off_before_use`. Nothing is used before it is paid, so a use in the year of the payment is the
    first one's year. What was used before and is owed may be paid in any year that is left. Where it does not matter
    when a socialization is paid, its group attends something all the same:

        s[g]  <=  sum over p, t of x[g,p,t]                           [people]
    """
    scenario = parts.scenario
    if len(scenario.years) == 1:
        return
    for one_off, periods in parts.due.items():
        for year in scenario.years if one_off.programme not in scenario.facts.ran else ():
            paid: list[Term] = [(parts.variables.due[one_off, t], -1.0) for t in periods if scenario.year_of[t] == year]
            in_year = [t for t in scenario.facts.rest if scenario.year_of[t] == year]
            used = [term for t in in_year for terms, _most in _uses(parts, one_off, t) for term in terms]
            money = {z.id for z in parts.variables.paid.values()}
            if paid:
                counted = [(use, factor * (parts.unit if use.id in money else 1)) for use, factor in used]
                yield Row((one_off, year), [*counted, *paid], ">=", 0)
    for one_off, _ in one_offs(scenario):
        socialized = parts.variables.socialized.get(one_off.group or "")
        if socialized is not None and one_off not in parts.due:
            attending: list[Term] = [
                (parts.variables.participants[seat], 1.0) for seat in parts.sets.of_group.get(one_off.group or "", ())
            ]
            yield Row((one_off,), [*attending, (socialized, -1.0)], ">=", 0)


def _uses(parts: Parts, one_off: OneOff, period: str) -> Iterator[tuple[list[Term], float]]:
    """Yield what is used in a period of what the cost pays for, with its upper bound."""
    v, sets = parts.variables, parts.sets
    if one_off.programme is not None:
        key = one_off.programme, period
        if key in v.classes:
            yield [(v.classes[key], 1.0)], float(sets.classes[key])
        elif parts.scenario.programme[one_off.programme].class_size is None:
            for seat in sets.of_class.get(key, ()):
                yield [(v.participants[seat], 1.0)], float(sets.seats[seat])
    elif one_off.group is not None:
        seats = [seat for seat in sets.of_group[one_off.group] if seat[2] == period]
        if seats:
            yield [(v.participants[seat], 1.0) for seat in seats], float(sum(sets.seats[seat] for seat in seats))
    else:
        for pool, z in parts.paid_by_fund.get(one_off.fund or "", ()):
            if parts.pools.members[pool].period == period and z.upBound:
                yield [(z, 1.0)], z.upBound
        for (fund, profile), free in v.free_seats.items():
            if fund == one_off.fund and profile.period == period and free.upBound:
                yield [(free, 1.0)], free.upBound
