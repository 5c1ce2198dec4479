"""Requires: prerequisites are finished first."""

from __future__ import annotations

from collections.abc import Iterator

from planner.domain.running import place_when_finished
from planner.model.ingredients import Parts
from planner.model.rows import Row


def requires(parts: Parts) -> Iterator[Row]:
    """People take a programme only when the programmes it requires are finished.

    For each group g, programme p, q in requires_p and period t:

        sum over u <= t of x[g,p,u]  <=  sum over u finished before t of x[g,q,u] + ready[g,p,q]      [people]
        ready[g,p,q]  =  completed[g,q] + max(0, need[g,p] - need[g,q])                               [people]

    A run that starts in u is finished before t where its last period is before t; where q lasts a single period,
    participants of t itself count too: both may be taken in the same period. People who attended q before the horizon
    are `completed`, and people of g who lack nothing that q teaches may skip it: there are at least
    need[g,p] - need[g,q] of them, by the end of a year; the largest difference in the years up to that of t counts.
    Where any of several q is enough, the right side has all who have finished or completed one of them, and the
    largest of those who may skip.
    """
    scenario, v = parts.scenario, parts.variables
    place = scenario.place_of_period
    for (group_id, programme_id), seats in parts.sets.of_pair.items():
        for needed in scenario.programme[programme_id].prerequisites:
            enough, group = tuple(dict.fromkeys(needed)), scenario.group[group_id]
            completed = sum(group.completed.get(name, 0) for name in enough)
            changing = scenario.horizon if group.new_gaps else scenario.horizon[:1]
            programme = scenario.programme[programme_id]
            skipping = {t: scenario.may_skip(group, programme, enough, t) for t in changing}
            taken = [
                (place_when_finished(scenario, scenario.programme[name], seat[2]), v.participants[seat])
                for name in enough
                for seat in parts.sets.of_pair.get((group_id, name), ())
            ]
            for number, period in enumerate(scenario.horizon):
                if any(s[2] == period for s in seats):
                    after = [(v.participants[s], 1.0) for s in seats if place[s[2]] <= number]
                    before = [(x, -1.0) for finished, x in taken if finished <= number]
                    ready = completed + skipping.get(period, skipping[scenario.horizon[0]])
                    yield Row((group_id, programme_id, " / ".join(needed), period), [*after, *before], "<=", ready)
