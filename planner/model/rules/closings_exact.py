"""Exact closings: gaps closed are not understated where a rule caps them."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from planner.model.ingredients import Parts
from planner.model.rows import Row, Term


def closings_exact(parts: Parts) -> Iterator[Row]:
    """Where a rule caps gaps closed, k[g,c] must be what training closes and not less.

    With b[g,c] = 1 where the willing are all trained, for the (g,c) such a rule counts:

        k[g,c]  >=  sum over p, t of closes[p,c] * x[g,p,t]  -  M * b[g,c]     [expected people]
        k[g,c]  >=  gap[g,c] * r[g]  -  gap[g,c] * most r[g] * (1 - b[g,c])    [expected people]

    M is the most that training could close.

    Elsewhere the objective and lower bounds pull k up, and it may be left below.
    """
    v, scenario = parts.variables, parts.scenario
    trained: dict[tuple[str, str], list[Term]] = {key: [] for key in v.full}
    most: dict[tuple[str, str], Fraction] = dict.fromkeys(v.full, Fraction(0))
    for (group_id, programme_id), seats in parts.sets.of_pair.items():
        for c, effect in scenario.programme[programme_id].closes.items():
            if (group_id, c) in trained:
                trained[group_id, c] += [(v.participants[seat], -float(effect)) for seat in seats]
                most[group_id, c] += effect * parts.sets.trainable[group_id, programme_id]
    for (group_id, c), full in v.full.items():
        k, group = v.closed[group_id, c], scenario.group[group_id]
        yield Row((group_id, c, "trained"), [(k, 1), *trained[group_id, c], (full, float(most[group_id, c]))], ">=", 0)
        today = group.gaps[c] * group.uptake
        highest = group.gaps[c] * parts.sets.most_willing[group_id]
        terms: list[Term] = [(k, 1.0), (full, -float(highest))]
        socialized = v.socialized.get(group_id)
        if socialized is not None:
            terms.append((socialized, -float(highest - today)))
        yield Row((group_id, c, "willing"), terms, ">=", float(today - highest))
