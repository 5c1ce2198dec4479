"""Closings: a gap is closed by those who are trained in it, and no further than the willing have it."""

from __future__ import annotations

from collections.abc import Iterator

from planner.model.ingredients import Parts
from planner.model.rows import Row, Term


def closings_by_training(parts: Parts) -> Iterator[Row]:
    """Expected gaps closed are at most what the training given closes.

    For each group g and competency c:

        k[g,c]  <=  sum over p, t of closes[p,c] * x[g,p,t]          [expected people]

    A participant closes a gap with probability closes[p,c]. With `closings_by_need`, k[g,c] is the smaller of
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


def closings_by_need(parts: Parts) -> Iterator[Row]:
    """Closed gaps are limited by the gap among the willing.

    For each group g and competency c, with r[g] = uptake + (raises_uptake_to - uptake) * s[g]:

        k[g,c]  <=  gap[g,c] * r[g]                                   [expected people]

    Where no socialization can change r[g], this is the upper bound of k[g,c] and needs no row.
    """
    for (group_id, competency), k in parts.variables.closed.items():
        socialized = parts.variables.socialized.get(group_id)
        if socialized is None:
            continue
        group = parts.scenario.group[group_id]
        gap, more = group.gaps[competency], group.willing(socialized=True) - group.uptake
        if not more:
            continue
        yield Row((group_id, competency), [(k, 1), (socialized, -float(gap * more))], "<=", float(gap * group.uptake))
