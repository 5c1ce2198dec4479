"""What the people of mixed groups close, between what is certain and what is possible, whoever of them is named."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from planner.domain.groups import Group
from planner.domain.scenario import Scenario
from planner.plans.plan import Plan

type Way = tuple[int, dict[str, Fraction]]
"""People who follow a pattern, and its largest chance of each gap of the group."""


def mixed_groups(scenario: Scenario) -> list[Group]:
    """The groups of people whose gaps differ."""
    read = scenario.people.read if scenario.people is not None else None
    return [scenario.group[g] for g in read.mixed if g in scenario.group] if read is not None else []


def closed_in_mixed(scenario: Scenario, plan: Plan) -> tuple[Fraction, Fraction]:
    """(least, most) gaps that people of mixed groups close, as expected; of a plan of which nothing has happened."""
    groups = mixed_groups(scenario)
    least = sum((least_of_mixed(scenario, plan, group) for group in groups), Fraction(0))
    return least, sum((_most(group, _ways(scenario, plan, group)) for group in groups), Fraction(0))


def least_of_mixed(scenario: Scenario, plan: Plan, group: Group) -> Fraction:
    """Return what the people of a mixed group close at least, who are named by the attendance patterns of the plan.

    Each pattern takes people who lack something that it closes, as long as any are left. So of patterns W that all
    close c, with n_i people each and m people in all others, either every one of theirs closes something, or nobody who
    lacks c is left: they close at least

        min(sum of n_i * smallest chance of i,  (gap_c - m) * smallest chance of c in W)     [gaps]

    The patterns are divided among competencies, the largest gap first, which gives a sum of such bounds; each pattern
    by itself, with its largest gap, gives another one, and the larger of both holds. Where something has happened
    already, only what was measured is certain.
    """
    if scenario.facts:
        return sum((scenario.facts.measured.get((group.id, c), Fraction(0)) for c in group.needs), Fraction(0))
    ways = _ways(scenario, plan, group)
    everybody = sum(people for people, _best in ways)
    alone = sum((_together(group, [way], everybody) for way in ways), Fraction(0))
    shared, left = Fraction(0), [way for way in ways if way[1]]
    for c in sorted(group.gaps, key=lambda c: -group.gaps[c]):
        those = [way for way in left if c in way[1]]
        left = [way for way in left if c not in way[1]]
        shared += _certain(group.gaps[c], c, those, everybody)
    return max(alone, shared)


def _together(group: Group, ways: Sequence[Way], everybody: int) -> Fraction:
    """The best of these bounds for ways that are taken together."""
    closing = [c for c in group.gaps if all(c in best for _n, best in ways)]
    return max((_certain(group.gaps[c], c, ways, everybody) for c in closing), default=Fraction(0))


def _certain(gap: int, c: str, ways: Sequence[Way], everybody: int) -> Fraction:
    if not ways:
        return Fraction(0)
    lacking = max(0, gap - (everybody - sum(people for people, _best in ways)))
    useful = sum((people * min(best.values()) for people, best in ways), Fraction(0))
    return min(useful, lacking * min(best[c] for _people, best in ways))


def _most(group: Group, ways: Sequence[Way]) -> Fraction:
    """sum over c of the best chances of c that gap_c people can have, each in one pattern     [gaps]."""
    total = Fraction(0)
    for c, gap in group.gaps.items():
        for chance, people in sorted(((best.get(c, Fraction(0)), n) for n, best in ways), reverse=True):
            taken = min(gap, people)
            total += taken * chance
            gap -= taken
    return total


def _ways(scenario: Scenario, plan: Plan, group: Group) -> list[Way]:
    ways = []
    for pattern in plan.attendance:
        if pattern.group == group.id and pattern.programmes:
            best: dict[str, Fraction] = {}
            for p, _t in pattern.programmes:
                for c, chance in scenario.programme[p].closes.items():
                    if group.gaps.get(c):
                        best[c] = max(chance, best.get(c, Fraction(0)))
            ways.append((pattern.people, best))
    return ways
