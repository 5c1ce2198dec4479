"""Classes: how often a programme is held, and whether it runs at all."""

from __future__ import annotations

from collections.abc import Iterator

from planner.model.ingredients import Parts
from planner.model.rows import Row


def classes_min(parts: Parts) -> Iterator[Row]:
    """A programme that runs holds its fewest classes; one that does not run holds none.

    For each programme p with a class size, the fewest being classes.min but at least 1:

        fewest_p * o[p]  <=  sum over t of y[p,t]                     [classes]

    and for each programme p without classes, which runs if somebody takes part:

        o[p]  <=  sum over g, t of x[g,p,t]                           [people]

    Only where o[p] matters: something is due once, or several classes are required.
    """
    v = parts.variables
    for programme_id, runs in v.runs.items():
        programme = parts.scenario.programme[programme_id]
        if programme.class_size is None:
            people = [(v.participants[seat], -1.0) for seat in parts.sets.of_programme[programme_id]]
            yield Row((programme_id,), [(runs, 1), *people], "<=", 0)
        else:
            periods = [(programme_id, t) for t in parts.scenario.horizon if (programme_id, t) in v.classes]
            held = [(v.classes[key], -1.0) for key in periods]
            yield Row((programme_id,), [(runs, max(1, programme.classes.min)), *held], "<=", 0)


def classes_max(parts: Parts) -> Iterator[Row]:
    """A programme holds no more classes than allowed over the horizon.

        sum over t of y[p,t]  <=  most_p * o[p]                       [classes]

    most_p is classes.max or, if smaller, what the bounds of y allow; o[p] is 1 where it does not
    matter. The limit per period is the upper bound of y[p,t].
    """
    v = parts.variables
    by_programme: dict[str, list[str]] = {}
    for programme_id, period in v.classes:
        by_programme.setdefault(programme_id, []).append(period)
    for programme_id, periods in by_programme.items():
        possible = sum(parts.sets.classes[programme_id, t] for t in periods)
        limit = parts.scenario.programme[programme_id].classes.max
        if limit is not None:
            limit = max(limit, parts.scenario.facts.promised(programme_id))
        most = possible if limit is None else min(limit, possible)
        held = [(v.classes[programme_id, t], 1.0) for t in periods]
        runs = v.runs.get(programme_id)
        if runs is not None:
            yield Row((programme_id,), [*held, (runs, -float(most))], "<=", 0)
        elif most < possible:
            yield Row((programme_id,), held, "<=", most)


def nobody_without_running(parts: Parts) -> Iterator[Row]:
    """In a programme without classes, people take part only if it runs, so that what is due once is paid.

    For each group g, with the most people of g that could take part (which sums to less than the
    total need, and is the tighter bound):

        sum over t of x[g,p,t]  <=  most[g,p] * o[p]                  [people]
    """
    v = parts.variables
    for (group_id, programme_id), seats in parts.sets.of_pair.items():
        runs = v.runs.get(programme_id)
        if runs is None or parts.scenario.programme[programme_id].class_size is not None:
            continue
        people = [(v.participants[seat], 1.0) for seat in seats]
        most = min(parts.sets.trainable[group_id, programme_id], sum(parts.sets.seats[s] for s in seats))
        yield Row((group_id, programme_id), [*people, (runs, -float(most))], "<=", 0)


def committed(parts: Parts) -> Iterator[Row]:
    """Classes of later periods that are promised already are held.

    For each programme p and period t with classes committed:

        y[p,t]  >=  committed[p,t]                                    [classes]
    """
    v = parts.variables
    for key, number in parts.scenario.facts.committed.items():
        yield Row(key, [(v.classes[key], 1.0)] if key in v.classes else [], ">=", number)
