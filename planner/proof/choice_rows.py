"""Rows about choices between programmes: what runs together, only with another, or not beside one another."""

from __future__ import annotations

from itertools import pairwise

from planner.proof.columns import Columns
from planner.proof.exact_model import Term


def add_choices(c: Columns) -> None:
    """Add o[a] = o[b] for those together; o[b] <= o[a] where b needs a; sum of o <= 1 where at most one runs."""

    def runs(name: str, factor: int = 1) -> list[Term]:
        return [(c.runs[name], factor)] if name in c.runs else []

    stated = c.scenario.choices
    for names in stated.together:
        for first, second in pairwise(names):
            c.model.about = "choices", first, second
            c.model.row([*runs(first), *runs(second, -1)], low=0, high=0)
    for name, needed in stated.only_if.items():
        c.model.about = "choices", name, needed
        c.model.limit([*runs(name), *runs(needed, -1)], 0)
    for names in stated.at_most_one_of:
        c.model.about = "choices", *names
        c.model.limit([term for name in names for term in runs(name)], 1)
