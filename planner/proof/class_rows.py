"""Rows about classes: their size and number, and programmes that run at all."""

from __future__ import annotations

from planner.proof.columns import Columns
from planner.proof.exact_model import Term
from planner.proof.people_rows import people


def add_classes(c: Columns) -> None:
    """Add the rows, in the notation of `Columns`."""
    _classes(c)
    _running(c)


def _classes(c: Columns) -> None:
    """Add min_p * y <= sum over g of x <= max_p * y in each period, and most classes over all periods."""
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
    """Add fewest * o <= classes <= most * o; without classes, o <= people, and no people of a group without o."""
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
