"""What a plan closes when each person's gap has one chance, by the attendance patterns."""

from __future__ import annotations

from fractions import Fraction

from planner.domain.groups import Group
from planner.domain.scenario import Scenario
from planner.plans.plan import Plan


def all_lack_the_same(group: Group) -> bool:
    """Whether everybody in a group lacks the same competencies, as in groups made of people."""
    return not group.new_gaps and all(gap == group.headcount for gap in group.gaps.values() if gap)


def closed_by_people(scenario: Scenario, plan: Plan) -> Fraction:
    """Return the gaps closed, where groups in which all lack the same are counted person by person.

    Somebody who follows a pattern closes a gap with the largest of the chances that its programmes give:

        sum over patterns of people * sum over gaps c of max over programmes p of closes[p,c]     [gaps]

    The plan's own figure is higher where a pattern sends the same people twice for the same gap. Of other groups, and
    where something has happened already, it stands as it is.
    """
    if scenario.facts:
        return plan.gaps_closed
    exact = {
        group.id: [c for c, gap in group.gaps.items() if gap] for group in scenario.groups if all_lack_the_same(group)
    }
    closed = sum((row.closed for row in plan.closings if row.group not in exact), Fraction(0))
    for pattern in plan.attendance:
        if pattern.group in exact:
            for c in exact[pattern.group]:
                shares = [scenario.programme[p].closes.get(c, Fraction(0)) for p, _t in pattern.programmes]
                closed += pattern.people * max(shares, default=Fraction(0))
    return min(plan.gaps_closed, closed)
