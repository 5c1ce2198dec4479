"""Class size: a class runs with an allowed number of people, or not at all."""

from __future__ import annotations

from collections.abc import Iterator

from planner.model.ingredients import Parts
from planner.model.rows import Row


def class_size_min(parts: Parts) -> Iterator[Row]:
    """Classes are not held emptier than allowed.

    For each programme p with a class size and period t:

        min_p * y[p,t]  <=  sum over g of x[g,p,t]                    [people]
    """
    for held, y in parts.variables.classes.items():
        size = parts.scenario.programme[held[0]].class_size
        assert size is not None
        people = [(parts.variables.participants[seat], -1.0) for seat in parts.sets.of_class[held]]
        yield Row(held, [(y, size.min), *people], "<=", 0)


def class_size_max(parts: Parts) -> Iterator[Row]:
    """Classes are not held fuller than allowed, and nobody sits outside a class.

    For each programme p with a class size and period t:

        sum over g of x[g,p,t]  <=  max_p * y[p,t]                    [people]
    """
    for held, y in parts.variables.classes.items():
        size = parts.scenario.programme[held[0]].class_size
        assert size is not None
        people = [(parts.variables.participants[seat], 1.0) for seat in parts.sets.of_class[held]]
        yield Row(held, [*people, (y, -float(size.max))], "<=", 0)
