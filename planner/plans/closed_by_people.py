"""What a plan closes person by person, by its attendance patterns, when each person's gap has one chance."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from planner.domain.attendance import Pattern
from planner.domain.groups import Group
from planner.domain.scenario import Scenario
from planner.plans.hours_reached import counts_facts
from planner.plans.mixed_groups import mixed_groups
from planner.plans.plan import Plan


def all_lack_the_same(group: Group) -> bool:
    """Return whether everybody in a group lacks the same competencies, as in groups made of people."""
    return not group.new_gaps and all(gap == group.headcount for gap in group.gaps.values() if gap)


@dataclass(frozen=True, slots=True)
class ClosedByPeople:
    """Gaps closed, counted person by person."""

    closed: Fraction
    exact: bool
    """Whether the figure is what the patterns close, rather than only an upper limit."""


def closed_by_people(scenario: Scenario, plan: Plan) -> ClosedByPeople:
    """Return the gaps closed where each person follows one pattern of the plan, with the best overlap of gaps.

    Somebody who follows a pattern closes a gap with the largest of the chances that its programmes give. At most gap_c
    people have the gap, and those of the patterns with the largest chances are counted first:

        sum over groups and gaps c of sum over patterns of people * max over programmes p of closes[p,c]     [gaps]

    The plan's own figure is higher where a pattern sends the same people twice for the same gap, or people for a gap
    that they cannot have, since they skipped a required programme that closes it. Groups of an agency
    share their chances, so no competency of an agency is counted above the plan's own figure. That figure also counts
    for groups whose patterns do not say who attended what already. In mixed groups it is unknown which gaps a person
    has together, so their people may close less; the plan's figure counts for them too, since who of them takes which
    seats is decided only when people are named.
    """
    mixed = {group.id for group in mixed_groups(scenario)}
    unknown: set[str] = set()
    if scenario.facts and not counts_facts(scenario, plan.attendance):
        unknown = set(scenario.facts.groups)
    patterns: dict[str, list[Pattern]] = defaultdict(list)
    for pattern in plan.attendance:
        patterns[pattern.group].append(pattern)
    failed, chances = _failed(scenario), _chances(scenario)
    counted: dict[tuple[str, str], list[Fraction]] = defaultdict(lambda: [Fraction(0), Fraction(0)])
    exact = not scenario.facts and not mixed
    for row in plan.closings:
        most = row.closed
        if row.group not in unknown and row.group not in mixed:
            key = row.group, row.competency
            found = chances.get(row.competency, {})
            most = _most(scenario, key, patterns[row.group], found, failed.get(key, Fraction(0)))
            exact = exact and (most >= row.closed or all_lack_the_same(scenario.group[row.group]))
        circle = scenario.willingness.learners.get((row.group, row.competency))
        both = counted[row.competency, row.group if circle is None else next(iter(circle.people))]
        both[0] += row.closed
        both[1] += most
    return ClosedByPeople(sum((min(both) for both in counted.values()), Fraction(0)), exact)


def _chances(scenario: Scenario) -> dict[str, dict[str, Fraction]]:
    """Return the chance of success of each programme, by the competency that it closes."""
    found: dict[str, dict[str, Fraction]] = defaultdict(dict)
    for programme in scenario.programmes:
        for c, chance in programme.closes.items():
            if chance:
                found[c][programme.id] = chance
    return found


def _most(
    scenario: Scenario,
    key: tuple[str, str],
    patterns: Iterable[Pattern],
    closes: Mapping[str, Fraction],
    failed: Fraction,
) -> Fraction:
    """Return the most that people of a group close of their gaps in a competency; `key` is (group, competency).

    `closes` has the chances of the programmes that close it; patterns without any come last and add nothing. Measured
    closings count as they are. People who were examined and `failed` may close their gap in another course.
    """
    facts, (group, c) = scenario.facts, key
    measured = facts.measured.get(key, Fraction(0))
    left = scenario.group[group].needs.get(c, 0) - measured
    chances: list[tuple[Fraction, int, bool]] = []
    for pattern in patterns:
        if any(p in closes for p, _t in pattern.programmes):
            taken_now = [p for p, t in pattern.programmes if (group, p, t, c) not in facts.examined_seats]
            open_to = [p for p in taken_now if not _lacks_nothing(scenario, key, pattern, p)]
            best = max((closes[p] for p in open_to if p in closes), default=Fraction(0))
            chances.append((best, pattern.people, len(taken_now) < len(pattern.programmes)))
    total = measured
    for best, people, again in sorted(chances, reverse=True):
        taken = max(Fraction(0), min(Fraction(people), left, failed if again else left))
        failed -= taken if again else 0
        left -= taken
        total += taken * best
    return total


def _lacks_nothing(scenario: Scenario, key: tuple[str, str], pattern: Pattern, programme: str) -> bool:
    """Return whether people of a pattern certainly lack nothing in a competency: they skip what a programme requires,
    as only those may who lack nothing that it teaches."""
    group, c = scenario.group[key[0]], key[1]
    return not scenario.facts and any(
        all(c in scenario.programme[name].closes and not group.completed.get(name) for name in enough)
        and scenario.one_person.skips(pattern.programmes, programme, enough)
        for enough in scenario.programme[programme].prerequisites
    )


def _failed(scenario: Scenario) -> Mapping[tuple[str, str], Fraction]:
    """Return participants by (group, competency) who were examined and whose gap was not found closed [people]."""
    found: dict[tuple[str, str], Fraction] = defaultdict(Fraction)
    for row in scenario.actuals.attended if scenario.actuals is not None else ():
        for c, closed in row.measured.items():
            found[row.group, c] += row.participants - closed
    return found
