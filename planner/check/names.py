"""Lists of names against the plan they are of: every seat recounted, and what each person can take."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from planner.check.calendar import days_by_period, hours_by_year
from planner.check.costs import periods_of_run
from planner.check.verdict import FindingLog, Verdict
from planner.domain.scenario import Scenario
from planner.locale import _


@dataclass(frozen=True, slots=True)
class NamedSeat:
    """One line of the lists."""

    person: str
    group: str
    programme: str
    period: str
    number: int | None
    """The class; none for programmes without classes."""


def check_names(scenario: Scenario, plan: Mapping[str, Any], seats: Iterable[NamedSeat]) -> Verdict:
    """Whether the lists are the plan's: as many people as each allocation, full classes, everybody in one group, nobody
    twice in a programme or beyond what one person can take. Names are in no finding."""
    log = FindingLog()
    counted: dict[tuple[str, str, str], int] = defaultdict(int)
    classes: dict[tuple[str, str], dict[int | None, int]] = defaultdict(lambda: defaultdict(int))
    group_of: dict[str, str] = {}
    courses: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for seat in seats:
        known = seat.group in scenario.group and seat.programme in scenario.programme
        if not known or seat.period not in scenario.horizon:
            log.find("attendance", (seat.group, seat.programme), _("A list names what the scenario does not have."))
            continue
        counted[seat.group, seat.programme, seat.period] += 1
        classes[seat.programme, seat.period][seat.number] += 1
        courses[seat.person].append((seat.programme, seat.period))
        if group_of.setdefault(seat.person, seat.group) != seat.group:
            log.find("attendance", (seat.group,), _("Somebody is in two groups."))
    _check_counts(plan, counted, log)
    _check_classes(scenario, plan, classes, log)
    ways: dict[tuple[str, frozenset[tuple[str, str]]], int] = defaultdict(int)
    for person, taken in courses.items():
        if len({p for p, _t in taken}) < len(taken):
            log.find("attendance", (group_of[person],), _("Somebody attends a programme twice."))
        ways[group_of[person], frozenset(taken)] += 1
    for (group, taken_by_all), _people in ways.items():
        _check_one(scenario, group, taken_by_all, log)
    people: dict[str, int] = defaultdict(int)
    for group in group_of.values():
        people[group] += 1
    for group, number in people.items():
        if number > scenario.group[group].headcount:
            log.find("attendance", (group,), _("More people are named than the group has."))
    return log.verdict()


def _check_counts(plan: Mapping[str, Any], counted: Mapping[tuple[str, str, str], int], log: FindingLog) -> None:
    sent: dict[tuple[str, str, str], int] = defaultdict(int)
    for row in plan["allocations"]:
        sent[row["group"], row["programme"], row["period"]] += row["participants"]
    sentence = _("{named} people of group '{group}' are named for '{programme}' in {period}; the plan sends {sent}.")
    for seat in dict.fromkeys([*sent, *counted]):
        named, planned = counted.get(seat, 0), sent.get(seat, 0)
        if named != planned:
            g, p, t = seat
            log.find("attendance", seat, sentence, named=named, group=g, programme=p, period=t, sent=planned)


def _check_classes(
    scenario: Scenario,
    plan: Mapping[str, Any],
    classes: Mapping[tuple[str, str], Mapping[int | None, int]],
    log: FindingLog,
) -> None:
    held = {(row["programme"], row["period"]): row["classes"] for row in plan["classes"] if row["classes"]}
    for (p, t), sizes in classes.items():
        size = scenario.programme[p].class_size
        number = held.get((p, t))
        if size is None or number is None:
            if set(sizes) != {None}:
                log.find("class_size", (p, t), _("Lists name classes of a programme that has none."))
            continue
        if set(sizes) != set(range(1, number + 1)):
            sentence = _("The lists of '{programme}' in {period} are of other classes than the {classes} of the plan.")
            log.find("class_size", (p, t), sentence, programme=p, period=t, classes=number)
        for people in sizes.values():
            if not size.min <= people <= size.max:
                sentence = _("A class of '{programme}' in {period} has {people} people.")
                log.find("class_size", (p, t), sentence, programme=p, period=t, people=people)


def _check_one(scenario: Scenario, group: str, taken: frozenset[tuple[str, str]], log: FindingLog) -> None:
    """Hours of each year and days of each period of one person."""
    hours: dict[str, Fraction] = defaultdict(Fraction)
    days: dict[str, Fraction] = defaultdict(Fraction)
    for p, t in taken:
        programme = scenario.programme[p]
        for year, n in hours_by_year(scenario, programme, t).items():
            hours[str(year)] += n
        for period, n in zip(periods_of_run(scenario, programme, t), days_by_period(scenario, programme), strict=False):
            days[period] += n
    most = scenario.group[group].max_hours
    if most is not None and any(n > most for n in hours.values()):
        log.find("max_hours", (group,), _("Somebody takes more JP in a year than is allowed."))
    if any(n > scenario.working_days[period] for period, n in days.items()):
        log.find("attendance", (group,), _("Somebody is in class for more days than there are."))


def check_mentors(
    scenario: Scenario, pairs: Iterable[tuple[str, str, str, str]], seats: Iterable[tuple[str, str, str]]
) -> Verdict:
    """Whether every pair (programme, period, mentee, mentor) is of somebody in that seat (person, programme, period).

    No mentor takes more than a whole, or is mentored, in any period.
    """
    log = FindingLog()
    seated = set(seats)
    load: dict[tuple[str, str], Fraction] = defaultdict(Fraction)
    busy: set[tuple[str, str]] = set()
    for person, p, t in seated:
        if scenario.programme[p].mentors is not None:
            busy |= {(person, period) for period in periods_of_run(scenario, scenario.programme[p], t)}
    paired: set[tuple[str, str, str]] = set()
    for p, t, mentee, mentor in pairs:
        mentors = scenario.programme[p].mentors
        if (mentee, p, t) not in seated or (mentee, p, t) in paired or mentors is None:
            log.find("mentors", (p, t), _("A pair is of somebody who has no seat, or a pair already."))
            continue
        paired.add((mentee, p, t))
        for period in periods_of_run(scenario, scenario.programme[p], t) if mentor else ():
            load[mentor, period] += Fraction(1, mentors.mentees_each)
            if load[mentor, period] > 1 or (mentor, period) in busy:
                log.find("mentors", (p, t), _("A mentor takes too many, or is mentored at the same time."))
    return log.verdict()
