"""Pairs of mentees and mentors checked against the lists and the plan, also of groups without names."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from fractions import Fraction
from typing import Any

from planner.check.costs import periods_of_run
from planner.check.verdict import FindingLog, Verdict
from planner.domain.people import MentorPair, UnnamedSeats
from planner.domain.scenario import Scenario
from planner.locale import _

type _Course = tuple[str, str]
"""(programme, period)."""


def check_mentors(
    scenario: Scenario,
    plan: Mapping[str, Any],
    pairs: Iterable[MentorPair],
    seats: Iterable[tuple[str, str, str, str]],
    group_of: Mapping[str, str],
    unnamed: Iterable[UnnamedSeats] = (),
    listed: Collection[str] = (),
) -> Verdict:
    """Check that everybody who will be mentored is in one pair, of a mentor of the pool or of nobody.

    `seats` are (person, group, programme, period), `group_of` has the group of every mentor with a name; groups that
    are `listed` have no mentors without one. No mentor takes more than one mentor can, or is mentored, in any period.
    In groups without names, mentors and people who are mentored are no more than the group has.
    """
    log = FindingLog()
    mentoring = {programme.id for programme in scenario.programmes if programme.mentors is not None}
    over = set(scenario.facts.over)
    seated = {(person, p, t): group for person, group, p, t in seats if p in mentoring}
    busy = {
        (person, period) for person, p, t in seated for period in periods_of_run(scenario, scenario.programme[p], t)
    }
    waiting: Counter[tuple[str, ...]] = Counter({seat: 1 for seat in seated if seat[2] not in over})
    for each in unnamed:
        if each.programme in mentoring and each.period not in over:
            waiting["", each.group, each.programme, each.period] += each.people
    of_pool = {pool.id: {group.id for group in scenario.groups_in(pool.from_)} for pool in scenario.mentor_pools}
    load: dict[tuple[str, str, int, str], Fraction] = defaultdict(Fraction)
    numbers: dict[tuple[str, str], set[int]] = defaultdict(set)
    for pair in pairs:
        p, t, mentor, group, number = pair.programme, pair.period, pair.mentor, pair.mentor_group, pair.number
        seat: tuple[str, ...] = (pair.mentee, p, t) if pair.mentee else ("", pair.mentee_group, p, t)
        if not waiting[seat]:
            log.find("mentors", (p, t), _("A pair names somebody who has no seat, or who is in a pair already."))
            continue
        waiting[seat] -= 1
        if pair.mentee and pair.mentee_group != seated[pair.mentee, p, t]:
            log.find("mentors", (p, t), _("A pair names somebody as of another group."))
        if pair.alone:
            if mentor or number:
                log.find("mentors", (p, t), _("A mentor is not of the pool."))
            continue
        taught = scenario.programme[p].mentors
        assert taught is not None
        named = group_of.get(mentor) == group and not number
        numbered = group in scenario.group and group not in listed and 1 <= number <= scenario.group[group].headcount
        if not (named if mentor else numbered) or group not in of_pool[taught.pool]:
            log.find("mentors", (p, t), _("A mentor is not of the pool."))
        for period in periods_of_run(scenario, scenario.programme[p], t):
            key = mentor, group, number, period
            load[key] += Fraction(1, taught.mentees_each)
            if load[key] > 1 or (mentor and (mentor, period) in busy):
                log.find("mentors", (p, t), _("A mentor takes too many, or is mentored at the same time."))
            if not mentor:
                numbers[group, period].add(number)
    for seat, people in waiting.items():
        if people:
            log.find("mentors", seat[-2:], _("Somebody who is mentored is in no pair."))
    mentored = _mentored(scenario, plan, {group for group, _period in numbers})
    for (group, period), of_group in numbers.items():
        if group in scenario.group and len(of_group) + mentored[group, period] > scenario.group[group].headcount:
            log.find("mentors", (group, period), _("A mentor takes too many, or is mentored at the same time."))
    return log.verdict()


def _mentored(scenario: Scenario, plan: Mapping[str, Any], groups: set[str]) -> Counter[tuple[str, str]]:
    """Return the people of groups who are mentored in each period, by attendance pattern; those of no pattern are
    added."""
    found: Counter[tuple[str, str]] = Counter()
    rest: Counter[tuple[str, str, str]] = Counter()

    def periods(p: str, t: str) -> tuple[str, ...]:
        programme = scenario.programme[p]
        return tuple(periods_of_run(scenario, programme, t)) if programme.mentors is not None else ()

    for row in plan["allocations"]:
        if row["group"] in groups:
            rest[row["group"], row["programme"], row["period"]] += row["participants"]
    for row in plan.get("attendance", ()):
        if row["group"] not in groups:
            continue
        courses = [(course["programme"], course["period"]) for course in row["programmes"]]
        for period in {period for course in courses for period in periods(*course)}:
            found[row["group"], period] += row["people"]
        for course in courses:
            rest[row["group"], *course] -= row["people"]
    for (group, p, t), people in rest.items():
        for period in periods(p, t) if people > 0 else ():
            found[group, period] += people
    return found
