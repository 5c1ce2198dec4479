"""Lists of names checked against their plan: every seat is recounted, and what each person can take."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from fractions import Fraction
from typing import Any, NamedTuple

from planner.check.calendar import days_by_period, hours_by_year, most_hours
from planner.check.costs import periods_of_run
from planner.check.needs import need, years_of
from planner.check.verdict import FindingLog, Verdict
from planner.domain.people import UnnamedSeats
from planner.domain.scenario import Scenario
from planner.locale import _

type _Place = tuple[str, str, str, int | None]
"""(group, programme, period, class) of a seat."""
type _Way = tuple[str, frozenset[tuple[str, str]]]
"""(group, what one person of it attends)."""


class NamedSeat(NamedTuple):
    """One line of the lists."""

    person: str
    group: str
    programme: str
    period: str
    number: int | None
    """The class; none for programmes without classes."""


def check_names(
    scenario: Scenario,
    plan: Mapping[str, Any],
    seats: Iterable[NamedSeat],
    unnamed: Iterable[UnnamedSeats] = (),
    listed: Collection[str] = (),
) -> Verdict:
    """Check that the lists match the plan: as many people as each allocation, full classes, everybody in one group,
    nobody twice in a programme or beyond what one person can take. Findings contain no names.

    Seats of groups without names are `unnamed`; the groups that are `listed` have none of them.

    What has happened already stands, even where it exceeded that; but nothing may be added to it.
    """
    log = FindingLog()
    groups, programmes, horizon = scenario.group, scenario.programme, set(scenario.horizon)
    taken: dict[str, tuple[_Place, ...]] = {}
    for seat in seats:
        person, place = seat.person, (seat.group, seat.programme, seat.period, seat.number)
        taken[person] = (*taken[person], place) if person in taken else (place,)
    alike = Counter(taken.values())
    named: dict[_Place, int] = defaultdict(int)
    for places, people in alike.items():
        for place in places:
            named[place] += people
    counted: dict[tuple[str, str, str], int] = defaultdict(int)
    classes: dict[tuple[str, str], dict[int | None, int]] = defaultdict(lambda: defaultdict(int))
    unknown = set()
    for each in unnamed:
        named[each[:4]] += each.people
        if each.group in listed or each.people < 1:
            log.find("attendance", (each.group, each.programme), _("Seats of people in the list are without names."))
    for (g, p, t, number), people in named.items():
        if g not in groups or p not in programmes or t not in horizon:
            log.find("attendance", (g, p), _("A list names what the scenario does not have."))
            unknown.add((g, p, t, number))
            continue
        counted[g, p, t] += people
        classes[p, t][number] += people
    _check_counts(plan, counted, log)
    _check_classes(scenario, plan, classes, log)
    ways, of_group = _ways(alike, unknown, set(scenario.facts.over), log)
    of_one = OnePersonsTime(scenario)
    for g, starts in ways:
        of_one.check(g, starts, log)
    _check_required(scenario, ways, log)
    for g, people in of_group.items():
        if people > scenario.group[g].headcount:
            log.find("attendance", (g,), _("More people are named than the group has."))
    return log.verdict()


def _ways(
    alike: Mapping[tuple[_Place, ...], int], unknown: Collection[_Place], over: Collection[str], log: FindingLog
) -> tuple[dict[_Way, int], dict[str, int]]:
    """Return how many people of a group attend the same, and how many attend anything; `alike` are people by their
    seats."""
    ways: dict[_Way, int] = defaultdict(int)
    of_group: dict[str, int] = defaultdict(int)
    for all_places, people in alike.items():
        places = [place for place in all_places if place not in unknown] if unknown else all_places
        if not places:
            continue
        group = places[0][0]
        if len(places) > 1 and any(place[0] != group for place in places):
            log.find("attendance", (group,), _("Somebody is in two groups."))
        attended = [p for _g, p, _t, _n in places]
        if len(places) > 1 and any(attended.count(p) > 1 for _g, p, t, _n in places if t not in over):
            log.find("attendance", (group,), _("Somebody attends a programme twice."))
        ways[group, frozenset([(p, t) for _g, p, t, _n in places])] += people
        of_group[group] += people
    return ways, of_group


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
    over = set(scenario.facts.over)
    for (p, t), sizes in classes.items():
        if t in over:
            continue
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


class OnePersonsTime:
    """Hours of one person in each year and days in each period, where something is still to come; computed once
    for all who attend the same."""

    def __init__(self, scenario: Scenario) -> None:
        self._scenario = scenario
        self._known: dict[frozenset[tuple[str, str]], tuple[dict[str, Fraction], bool]] = {}

    def check(self, group: str, taken: frozenset[tuple[str, str]], log: FindingLog) -> None:
        """Record a finding where it is more than one person of the group may take, or than there is."""
        if taken not in self._known:
            self._known[taken] = self._loads(taken)
        hours, crowded = self._known[taken]
        allowed = {year: most_hours(self._scenario, self._scenario.group[group], year) for year in hours}
        if any(most is not None and hours[year] > most for year, most in allowed.items()):
            log.find("max_hours", (group,), _("Somebody takes more JP in a year than is allowed."))
        if crowded:
            log.find("attendance", (group,), _("Somebody is in class for more days than there are."))

    def _loads(self, taken: frozenset[tuple[str, str]]) -> tuple[dict[str, Fraction], bool]:
        """Return the hours of the years to come, and whether there are too many days in a period to come."""
        scenario = self._scenario
        hours: dict[str, Fraction] = defaultdict(Fraction)
        days: dict[str, Fraction] = defaultdict(Fraction)
        to_come: set[tuple[str, str]] = set()
        over = set(scenario.facts.over)
        for p, t in taken:
            programme = scenario.programme[p]
            for year, n in hours_by_year(scenario, programme, t).items():
                hours[str(year)] += n
                to_come |= {("hours", str(year))} if n and t not in over else set()
            run = periods_of_run(scenario, programme, t)
            for period, n in zip(run, days_by_period(scenario, programme), strict=False):
                days[period] += n
                to_come |= {("days", period)} if n and t not in over else set()
        crowded = any(n > scenario.working_days[period] for period, n in days.items() if ("days", period) in to_come)
        return {year: n for year, n in hours.items() if ("hours", year) in to_come}, crowded


def _check_required(
    scenario: Scenario, ways: Mapping[tuple[str, frozenset[tuple[str, str]]], int], log: FindingLog
) -> None:
    """Check that no more people than may skip it take a programme before its prerequisite; nothing is added to
    facts."""
    place = {t: n for n, t in enumerate(scenario.horizon)}
    over = set(scenario.facts.over)
    skipping: dict[tuple[str, str, tuple[str, ...]], list[int]] = defaultdict(lambda: [0, 0])
    for (g, taken), people in ways.items():
        for p, t in taken:
            for needed in scenario.programme[p].prerequisites:
                lasts = [(place[u], scenario.programme[q].lasts) for q, u in taken if q in needed]
                if not any(begun + (0 if n == 1 else n) <= place[t] for begun, n in lasts):
                    skipping[g, p, tuple(dict.fromkeys(needed))][t in over] += people
    for (g, p, enough), (added, before) in skipping.items():
        group, programme = scenario.group[g], scenario.programme[p]
        lacking = [
            need(group, programme, year) - need(group, scenario.programme[q], year)
            for year in years_of(scenario)
            for q in enough
        ]
        ready = max(0, *lacking) + sum(group.completed.get(q, 0) for q in enough)
        if added and added + before > ready:
            sentence = _("More people of '{group}' are named for '{programme}' without '{first}' before than may be.")
            log.find("requires", (g, p), sentence, group=g, programme=p, first=" / ".join(enough))
