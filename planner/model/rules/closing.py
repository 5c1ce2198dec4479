"""Closing: a gap is closed by those who were trained in it."""

from __future__ import annotations

from collections.abc import Iterator

from planner.model.ingredients import Parts
from planner.model.rows import Row, Term


def closing(parts: Parts) -> Iterator[Row]:
    """Expected gaps closed are at most what the training given closes.

    For each group g and competency c:

        k[g,c]  <=  sum over p, t of closes[p,c] * x[g,p,t]          [expected people]

    A participant closes a gap with probability closes[p,c]. With `need`, k[g,c] is the smaller of
    the gap and what training closes, since the objective pulls it up.
    """
    terms: dict[tuple[str, str], list[Term]] = {key: [(k, 1.0)] for key, k in parts.variables.closed.items()}
    effects = {p.id: [(c, float(e)) for c, e in p.closes.items()] for p in parts.scenario.programmes}
    for (group, programme, _), x in parts.variables.participants.items():
        for competency, effect in effects[programme]:
            row = terms.get((group, competency))
            if row is not None:
                row.append((x, -effect))
    for key, row in terms.items():
        yield Row(key, row, "<=", 0)
