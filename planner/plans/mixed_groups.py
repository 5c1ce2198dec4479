"""What the people of mixed groups close: what is certain and what is possible, whoever of them is named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from planner.domain.attendance import Pattern
from planner.domain.groups import Group
from planner.domain.running import place_when_finished
from planner.domain.scenario import Scenario
from planner.plans.plan import Plan


@dataclass(frozen=True)
class _FollowedPattern:
    """A pattern of the plan: how many people follow it, and what it closes for somebody with the gap."""

    people: int
    best: Mapping[str, Fraction]
    """The largest chance by competency [0-1]."""
    sure: bool
    """Whether anybody may follow it, even people who lack what a prerequisite teaches."""


def mixed_groups(scenario: Scenario) -> list[Group]:
    """Return the groups of people whose gaps differ."""
    read = scenario.people.read if scenario.people is not None else None
    return [scenario.group[g] for g in read.mixed if g in scenario.group] if read is not None else []


def closed_in_mixed(scenario: Scenario, plan: Plan) -> tuple[Fraction, Fraction]:
    """Return (least, most) gaps that people of mixed groups are expected to close; measured closings count as they
    are."""
    groups = mixed_groups(scenario)
    least = sum((least_of_mixed(scenario, plan, group) for group in groups), Fraction(0))
    return least, sum((_most(scenario, plan, group) for group in groups), Fraction(0))


def counted_in_mixed(scenario: Scenario, plan: Plan) -> Fraction:
    """Return the gaps that the plan counts as closed in mixed groups."""
    mixed = {group.id for group in mixed_groups(scenario)}
    return sum((row.closed for row in plan.closings if row.group in mixed), Fraction(0))


def closable(scenario: Scenario) -> Fraction:
    """Return the most that any plan can close, whatever the money and the grouping of people: each gap once, by the
    best
    programme that one person of the group may take     [gaps]."""
    total = Fraction(0)
    admitted = {
        programme.id: {g.id for g in scenario.groups_in(programme.for_) if scenario.one_person.admits(g, programme)}
        for programme in scenario.programmes
    }
    for group in scenario.groups:
        for c, gap in group.needs.items():
            chances = (p.closes.get(c, Fraction(0)) for p in scenario.programmes if group.id in admitted[p.id])
            total += gap * max(chances, default=Fraction(0))
    return total


def least_of_mixed(scenario: Scenario, plan: Plan, group: Group) -> Fraction:
    """Return the least that the people of a mixed group close who are named for the seats of the plan.

    Seats are given out so that the weighted gaps closed are greatest, and the patterns of the plan are one way to give
    them out in which each takes people who lack something that it closes, as long as there are any. So for patterns W
    that all close c, with n_i people each and m people in all others, either each of these people closes something, or
    nobody who lacks c is left: together they close at least

        min(sum of n_i * smallest chance of i,  (gap_c - m) * smallest chance of c in W)     [gaps, each by its weight]

    The patterns are divided among competencies, the largest gap first, which gives a sum of such bounds; each pattern
    by itself, with its largest gap, gives another sum, and the larger of both holds. In gaps it is that divided by the
    largest weight. Patterns that leave out a prerequisite add nothing, and where there may be too few people
    who need not attend it, nothing is certain. Where something has happened already, only measured closings are
    certain.
    """
    if scenario.facts:
        return sum((scenario.facts.measured.get((group.id, c), Fraction(0)) for c in group.needs), Fraction(0))
    ways = _ways(scenario, plan, group)
    if not ways or not _enough_ready(scenario, plan, group):
        return Fraction(0)
    everybody = sum(way.people for way in ways)
    weight = {c: scenario.competency[c].weight for c in group.gaps}
    alone = sum((_together(group, weight, [way], everybody) for way in ways if way.sure), Fraction(0))
    shared, left = Fraction(0), [way for way in ways if way.best and way.sure]
    for c in sorted(group.gaps, key=lambda c: -group.gaps[c]):
        those = [way for way in left if c in way.best]
        left = [way for way in left if c not in way.best]
        shared += _certain(group.gaps[c], weight, c, those, everybody)
    return max(alone, shared) / max((weight[c] for way in ways for c in way.best), default=Fraction(1))


type _Weights = Mapping[str, Fraction]


def _together(group: Group, weight: _Weights, ways: Sequence[_FollowedPattern], everybody: int) -> Fraction:
    """Return the best of these bounds for ways that are taken together."""
    closing = [c for c in group.gaps if all(c in way.best for way in ways)]
    return max((_certain(group.gaps[c], weight, c, ways, everybody) for c in closing), default=Fraction(0))


def _certain(gap: int, weight: _Weights, c: str, ways: Sequence[_FollowedPattern], everybody: int) -> Fraction:
    if not ways:
        return Fraction(0)
    lacking = max(0, gap - (everybody - sum(way.people for way in ways)))
    smallest = ((way.people, min(chance * weight[of] for of, chance in way.best.items())) for way in ways)
    useful = sum((people * worth for people, worth in smallest), Fraction(0))
    return min(useful, lacking * weight[c] * min(way.best[c] for way in ways))


def _most(scenario: Scenario, plan: Plan, group: Group) -> Fraction:
    """Return the sum over c of the best chances of c that gap_c people can have, each in one seat     [gaps].

    Where something was measured, add that, and count only the gaps that are left and the seats that were not examined.
    """
    seats = [row for row in plan.allocations if row.group == group.id]
    measured, examined = scenario.facts.measured, scenario.facts.examined_seats
    total = Fraction(0)
    for c, gap in group.gaps.items():
        closed = measured.get((group.id, c), Fraction(0))
        total += closed
        left = max(Fraction(0), gap - closed)
        chances = (
            (scenario.programme[row.programme].closes.get(c, Fraction(0)), row.participants)
            for row in seats
            if (group.id, row.programme, row.period, c) not in examined
        )
        for chance, people in sorted(chances, reverse=True):
            taken = min(left, Fraction(people))
            total += taken * chance
            left -= taken
    return total


def _ways(scenario: Scenario, plan: Plan, group: Group) -> list[_FollowedPattern]:
    ways = []
    for pattern in plan.attendance:
        if pattern.group == group.id and pattern.programmes:
            best: dict[str, Fraction] = {}
            for p, _t in pattern.programmes:
                for c, chance in scenario.programme[p].closes.items():
                    if group.gaps.get(c) and chance:
                        best[c] = max(chance, best.get(c, Fraction(0)))
            ways.append(_FollowedPattern(pattern.people, best, not _left_out(scenario, group, pattern)))
    return ways


def _left_out(scenario: Scenario, group: Group, pattern: Pattern) -> set[tuple[str, ...]]:
    """Return, for each prerequisite that a pattern does not meet, the programmes of which one is required."""
    found = set()
    for p, t in pattern.programmes:
        for needed in scenario.programme[p].prerequisites:
            begins = scenario.place_of_period[t]
            over = {
                q for q, u in pattern.programmes if place_when_finished(scenario, scenario.programme[q], u) <= begins
            }
            done = any(group.completed.get(q, 0) >= group.headcount for q in needed)
            if not done and not over & {*needed}:
                found.add(tuple(needed))
    return found


def _enough_ready(scenario: Scenario, plan: Plan, group: Group) -> bool:
    """Return whether enough people certainly may skip prerequisites for all patterns that leave them out."""
    following, missing = 0, set[tuple[str, ...]]()
    for pattern in plan.attendance:
        if pattern.group == group.id and (left_out := _left_out(scenario, group, pattern)):
            following += pattern.people
            missing |= left_out
    lacking = sum(
        min(sum(group.gaps.get(c, 0) for c in scenario.programme[q].closes) for q in needed) for needed in missing
    )
    return following <= max(0, group.headcount - lacking)
