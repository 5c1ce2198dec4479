"""Hours: how long the people of a group may be away for training."""

from __future__ import annotations

from collections.abc import Iterator

from planner.model.ingredients import Parts
from planner.model.rows import Row, Term


def max_hours(parts: Parts) -> Iterator[Row]:
    """Lesson hours given to a group stay within what its willing people may take.

    For each group g with max_hours, r[g] as in `closings_by_need`:

        sum over p, t of hours_p * x[g,p,t]  <=  max_hours_g * headcount_g * r[g]      [JP]
    """
    limited = {g.id: g for g in parts.scenario.groups if g.max_hours is not None}
    lengths = {p.id: float(p.hours) for p in parts.scenario.programmes}
    terms: dict[str, list[Term]] = {}
    for (group_id, programme, _), x in parts.variables.participants.items():
        if group_id in limited and lengths[programme]:
            terms.setdefault(group_id, []).append((x, lengths[programme]))
    for group_id, row in terms.items():
        group = limited[group_id]
        assert group.max_hours is not None
        most = group.max_hours * group.headcount
        socialized = parts.variables.socialized.get(group_id)
        if socialized is not None:
            row.append((socialized, -float(most * (group.willing(socialized=True) - group.uptake))))
        yield Row((group_id,), row, "<=", float(most * group.uptake))
