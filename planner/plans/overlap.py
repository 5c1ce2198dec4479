"""What a plan closes at least, even if the gaps of a group overlap as little as possible.

A seat in a programme that closes several competencies counts for each of them, as if its participant lacked all: the
best overlap. Groups do not say who lacks what. This module computes what the same plan closes in the worst case: the
gaps of a group are spread over as many people as possible, and participants are still selected by need.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import lcm

from planner.domain.groups import Group
from planner.domain.running import year_of_end
from planner.domain.scenario import Scenario
from planner.plans.closed_by_people import all_lack_the_same
from planner.plans.measures import Measures
from planner.plans.mixed_groups import least_of_mixed, mixed_groups

Gaps = dict[str, Fraction | int]
"""Gaps that still have a chance to be closed, by competency [people]."""
Attended = Sequence[tuple[Mapping[str, Fraction], int]]
"""What each programme closes, with its participants."""


def closed_at_least(measures: Measures) -> Fraction:
    """Return the gaps closed with the least possible overlap; the plan's own figure where overlap makes no difference.

    It makes none where everybody in a group lacks the same. The figure is exact where a programme closes at most two of
    a group's gaps, and never too high where it closes more.
    """
    scenario, plan = measures.scenario, measures.plan
    trained: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in plan.allocations:
        trained[row.group][row.programme] += row.participants
    facts = scenario.facts
    for (g, p), number in _examined(scenario).items():
        trained[g][p] -= number
    closed: dict[str, Fraction] = defaultdict(Fraction)
    for closing in plan.closings:
        closed[closing.group] += closing.closed
    tried: dict[tuple[str, str], Fraction] = defaultdict(Fraction)
    for (g, _p, c), had in measures.chances.items():
        tried[g, c] += had
    place = {programme.id: number for number, programme in enumerate(scenario.programmes)}
    total = Fraction(0)
    mixed = {group.id for group in mixed_groups(scenario)}
    for group in scenario.groups:
        if group.id in mixed:
            total += min(closed[group.id], least_of_mixed(scenario, plan, group))
            continue
        attended = [
            ({c: e for c, e in scenario.programme[p].closes.items() if group.needs.get(c)}, trained[group.id][p])
            for p in sorted(trained[group.id], key=place.__getitem__)
        ]
        if all_lack_the_same(group) or all(len(closes) < 2 for closes, _people in attended):
            total += closed[group.id]
            continue
        if group.new_gaps:
            total += min(closed[group.id], _of_years(measures, group, place))
            continue
        willing = group.willing(group.id in plan.socialized)
        # rounding within an agency may admit one person more of a group than its own share of willing people
        used = {c: facts.chances.get((group.id, c), 0) for c in group.needs}
        gaps = {c: max(gap * willing - used[c], tried[group.id, c]) for c, gap in group.needs.items() if gap}
        measured = sum((facts.measured.get((group.id, c), Fraction(0)) for c in group.needs), Fraction(0))
        people = max(group.headcount * willing, *gaps.values())
        total += min(closed[group.id], measured + _in_best_turn(attended, gaps, people))
    return total


def _of_years(measures: Measures, group: Group, place: Mapping[str, int]) -> Fraction:
    """Return what a group with new gaps closes at least: year by year, from the gaps that exist by the end of each.

    For an agency whose groups share chances, only what the group alone has, rounded down, is certain.
    """
    scenario = measures.scenario
    willing = group.willing(group.id in measures.plan.socialized)
    people = group.headcount * willing
    gaps: Gaps = dict.fromkeys(group.needs, Fraction(0))
    facts = scenario.facts
    before: Mapping[str, int] = {}
    used: Mapping[tuple[str, str], int] = {}
    total = sum((facts.measured.get((group.id, c), Fraction(0)) for c in gaps), Fraction(0))
    for year in scenario.years:
        now, used_now = group.needs_by(year), facts.chances_by(year)
        for c, gap in now.items():
            gaps[c] += (gap - before.get(c, 0)) * willing
            gaps[c] = max(Fraction(0), gaps[c] - used_now.get((group.id, c), 0) + used.get((group.id, c), 0))
        before, used = now, used_now
        trained: dict[str, int] = defaultdict(int)
        for row in measures.allocations_by_group[group.id]:
            programme = scenario.programme[row.programme]
            if year_of_end(scenario, programme, row.period) == year:
                trained[row.programme] += row.participants
        for p in trained:
            measured = (facts.examined_in.get((group.id, p, c, year), 0) for c in scenario.programme[p].closes)
            trained[p] -= max(measured, default=0)
        attended = [
            ({c: e for c, e in scenario.programme[p].closes.items() if gaps.get(c)}, trained[p])
            for p in sorted(trained, key=place.__getitem__)
        ]
        total += _in_turn(attended, gaps, people)
    return total


def _examined(scenario: Scenario) -> dict[tuple[str, str], int]:
    """Return people of (group, programme) whose closings were measured, in whichever competency: they are certain."""
    most: dict[tuple[str, str], int] = {}
    for (g, p, _c), number in scenario.facts.examined.items():
        most[g, p] = max(most.get((g, p), 0), number)
    return most


def _in_best_turn(attended: Attended, gaps: Mapping[str, Fraction | int], people: Fraction) -> Fraction:
    """Return what programmes close at least in the better of two orders: as in the file, and most effective first.

    It is computed in whole numbers, of people over the common denominator of all.
    """
    parts = lcm(people.denominator, *(gap.denominator for gap in gaps.values()))
    whole: Gaps = {c: int(gap * parts) for c, gap in gaps.items()}
    best = sorted(attended, key=lambda each: -max(each[0].values(), default=Fraction(0)))
    orders = [attended] if best == attended else [attended, best]
    several = [[(closes, n * parts) for closes, n in order] for order in orders]
    return max(_in_turn(order, dict(whole), int(people * parts)) for order in several) / parts


def _in_turn(attended: Attended, gaps: Gaps, people: Fraction | int) -> Fraction:
    """Return what programmes, each (closes, participants), close at least one after the other; `gaps` are used up."""
    total = Fraction(0)
    for closes, participants in attended:
        total += _least(closes, participants, gaps, people)
    return total


def _least(closes: Mapping[str, Fraction], x: int, gaps: Gaps, people: Fraction | int) -> Fraction:
    """Return what one programme closes at least, and take the gaps that had their chance from `gaps`.

    With S the sum of its gaps, N the people and x the participants, people lack floor(S / N) or one more of the
    competencies when gaps overlap least, so that x people lack at most

        x * floor(S / N) + min(x, S - N * floor(S / N))     [gaps]     (Fréchet bound)

    of them. The planner selects them, highest chance first. With more than two competencies and S > N only a
    smaller number of gaps, one for each participant, is certain.
    """
    concerned = [c for c in closes if gaps.get(c)]
    if not concerned:
        return Fraction(0)
    together = sum(gaps[c] for c in concerned)
    each = together // people if people else 0
    had = x * each + min(x, together - people * each)
    if len(concerned) > 2 and together > people:
        had = x
    value = Fraction(0)
    for competency in sorted(concerned, key=lambda c: -closes[c]):
        chances = max(0, min(x, gaps[competency], had))
        had -= chances
        gaps[competency] -= chances
        value += closes[competency] * chances
    return value
