"""Choices: programmes that run together, only with another, or not beside one another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from planner.model.ingredients import Parts
from planner.model.rows import Row, Term


def choices(parts: Parts) -> Iterator[Row]:
    """Programmes run as the planner's choices between them say.

    For neighbours a, b of a list of `together`, for each b that runs only if a does, and for each list of
    `at_most_one_of`:

        o[a] - o[b]        =  0                                       [0/1]
        o[b] - o[a]        <=  0                                      [0/1]
        sum over p of o[p]  <=  1                                     [programmes]

    Only running in the horizon counts, whatever the period; a programme that nobody could attend has o = 0.
    """
    stated = parts.scenario.choices
    for number, names in enumerate(stated.together):
        for first, second in pairwise(names):
            terms = [*_runs(parts, [first], 1.0), *_runs(parts, [second], -1.0)]
            yield Row(("together", number, first, second), terms, "==", 0)
    for name, needed in stated.only_if.items():
        terms = [*_runs(parts, [name], 1.0), *_runs(parts, [needed], -1.0)]
        yield Row(("only_if", name, needed), terms, "<=", 0)
    for number, names in enumerate(stated.at_most_one_of):
        terms = _runs(parts, names, 1.0)
        if len(terms) > 1:
            yield Row(("at_most_one_of", number), terms, "<=", 1)


def _runs(parts: Parts, names: Iterable[str], factor: float) -> list[Term]:
    """Return o[p] of the programmes that could run, as terms."""
    return [(parts.variables.runs[name], factor) for name in names if name in parts.variables.runs]
