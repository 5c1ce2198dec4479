"""Smallest coverage: the bucket with the lowest coverage limits the level of the objective."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from planner.domain.objectives import buckets, levels_of
from planner.model.ingredients import Parts
from planner.model.rows import Row


def smallest_coverage(parts: Parts) -> Iterator[Row]:
    """The bucket with the lowest coverage limits the level.

    For each level of smallest coverage and each bucket that has a need:

        need * u[level]  <=  sum over (g,c) of the bucket of k[g,c]           [people]
    """
    for number, worst in parts.variables.worst.items():
        level = levels_of(parts.scenario)[number]
        for bucket, keys in buckets(parts.scenario, level).items():
            need = sum(Fraction(parts.scenario.group[g].needs[c]) for g, c in keys)
            closed = [(parts.variables.closed[key], -1.0) for key in keys if key in parts.variables.closed]
            yield Row((number, bucket), [(worst, float(need)), *closed], "<=", 0)
