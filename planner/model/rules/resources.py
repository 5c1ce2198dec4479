"""Resources: places, trainers and rooms, of which each period has a limited amount."""

from __future__ import annotations

from collections.abc import Iterator
from math import lcm

from planner.domain.programmes import Programme
from planner.domain.resources import Use
from planner.domain.running import starts_running_in, users_of
from planner.model.ingredients import Parts
from planner.model.rows import LARGEST_WHOLE, Row, Term


def running_in_period(parts: Parts) -> Iterator[Row]:
    """A programme that runs in a period is marked as running then.

    For each programme p that uses something as a whole, and each start u that runs in t, with the most classes of
    (p, u) or, without classes, the most people of (g, p, u):

        y[p,u]    <=  most[p,u] * h[p,t]                              [classes]
        x[g,p,u]  <=  most[g,p,u] * h[p,t]                            [people]

    h may be 1 although the programme does not run then: it only uses up more of the resource.
    """
    v, sets = parts.variables, parts.sets
    for (programme_id, period), running in v.in_period.items():
        programme = parts.scenario.programme[programme_id]
        for start, _ in starts_running_in(parts.scenario, programme, period):
            held = v.classes.get((programme_id, start))
            if held is not None:
                most = sets.classes[programme_id, start]
                yield Row((programme_id, start, period), [(held, 1.0), (running, -float(most))], "<=", 0)
                continue
            for seat in sets.of_class.get((programme_id, start), ()):
                terms = [(v.participants[seat], 1.0), (running, -float(sets.seats[seat]))]
                yield Row((*seat, period), terms, "<=", 0)


def resources(parts: Parts) -> Iterator[Row]:
    """What programmes use of a resource in a period is there.

    For each resource m and period t, u being the starts that run in t, over so many periods as length[p,u]:

        sum over p, u of use[p,m,u] * number[p,m,u]  <=  amount[m,t]          [unit of the resource]

    The number is that of participants, the sum over g of x[g,p,u]; of classes, y[p,u]; or, once for all u, whether the
    programme runs, h[p,t]. The use is each_period, or amount / length[p,u]; a programme as a whole uses its amount in
    every period. The row is multiplied by the common denominator, so that
    coefficients are whole numbers, unless those would be too large for a solver.
    """
    scenario = parts.scenario
    for resource in scenario.resources:
        users = users_of(scenario, resource)
        lengths = {1, *(n for p, _ in users for t in scenario.horizon for _, n in starts_running_in(scenario, p, t))}
        scale = lcm(*(use.in_each(n).denominator for _, use in users for n in lengths))
        if scale * max((use.in_each(1) for _, use in users), default=0) > LARGEST_WHOLE:
            scale = 1
        for period in scenario.horizon:
            terms = [term for programme, use in users for term in _used(parts, programme, use, period, scale)]
            if terms:
                yield Row((resource.id, period), terms, "<=", float(scale * resource.in_period(period)))


def _used(parts: Parts, programme: Programme, use: Use, period: str, scale: int) -> Iterator[Term]:
    """Return what a programme uses in a period as terms, times `scale`."""
    v = parts.variables
    if use.per == "programme":
        running = v.in_period.get((programme.id, period))
        if running is not None:
            yield running, float(scale * use.in_each(1))
        return
    for start, length in starts_running_in(parts.scenario, programme, period):
        each = float(scale * use.in_each(length))
        if use.per == "participant":
            for seat in parts.sets.of_class.get((programme.id, start), ()):
                yield v.participants[seat], each
        elif (programme.id, start) in v.classes:
            yield v.classes[programme.id, start], each
