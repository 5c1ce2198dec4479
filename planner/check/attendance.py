"""Attendance patterns: each can be followed by one person, and together they make up the allocations of the plan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from math import ceil, floor
from operator import itemgetter
from typing import Any, Final, NamedTuple

from planner.check.calendar import DaysInClass, HoursInClass, most_hours
from planner.check.eligible import Eligible
from planner.check.jp_before import done_before, surely_reached
from planner.check.needs import need, years_of
from planner.check.people import willing
from planner.check.rows import StatedDecisions, all_allowed, anything, is_count, one_of, record, table
from planner.check.sums import Ratio, added
from planner.check.verdict import FindingLog
from planner.domain.groups import Group
from planner.domain.scenario import Scenario
from planner.locale import _

_COURSE: Final = itemgetter("programme", "period")


class _Stated(NamedTuple):
    """One row of the table."""

    place: str
    group: Group
    people: int
    starts: dict[str, str]
    """The period in which each programme starts."""


def check_attendance(
    scenario: Scenario,
    plan: Mapping[str, Any],
    decisions: StatedDecisions,
    rest: StatedDecisions,
    eligible: Eligible,
    log: FindingLog,
) -> None:
    """Check every row by itself, all rows of a group and of an agency together, and who reaches the target of JP.

    Facts say how many attended, not who: where single people could not have attended what has happened, the rows may be
    of the `rest` alone, and then the plan may not state who reaches the target.
    """
    rows = list(_rows(scenario, plan, log))
    single = PeopleInClass(scenario)
    over = set(scenario.facts.over)
    of_rest = bool(over) and not any(t in over for row in rows for t in row.starts.values())
    before = {seat: n for seat, n in decisions.participants.items() if seat[2] in over}
    if of_rest and before and not _could_attend(scenario, before, eligible):
        decisions = rest_willing(decisions, rest)
        completed = {(g, p): n for (g, p), n in scenario.facts.people.items()}
    else:
        of_rest, completed = False, {}
    for row in rows:
        single.check(row, log)
    _check_allocations(decisions, rows, log)
    _check_people(scenario, decisions, rows, eligible, log)
    _check_skipping(scenario, rows, completed, log)
    _check_targets(scenario, plan, rows, not of_rest, log)


def _could_attend(scenario: Scenario, happened: Mapping[tuple[str, str, str], int], eligible: Eligible) -> bool:
    """Return whether a simple assignment gives each past seat to one person who can take it.

    It prefers people who attended something already, first those who meet the prerequisites, then others.
    """
    place = {t: n for n, t in enumerate(scenario.horizon)}
    taken: dict[str, dict[tuple[tuple[str, str], ...], int]] = {}
    for (g, p, t), people in sorted(happened.items(), key=lambda seat: place[seat[0][2]]):
        of_group, left = taken.setdefault(g, {}), people
        needed = {q for enough in scenario.programme[p].prerequisites for q in enough}
        for starts in sorted(of_group, key=lambda starts: -len(needed & {q for q, _t in starts})):
            more = _Stated("", scenario.group[g], 1, {**dict(starts), p: t})
            if left and len(more.starts) > len(starts) and _fits_one_person(scenario, more):
                moved = min(left, of_group[starts])
                of_group[starts] -= moved
                of_group[*starts, (p, t)] = of_group.get((*starts, (p, t)), 0) + moved
                left -= moved
        of_group[((p, t),)] = of_group.get(((p, t),), 0) + left
    rows = [
        _Stated("", scenario.group[g], people, dict(starts))
        for g, of_group in taken.items()
        for starts, people in of_group.items()
        if people
    ]
    alone = StatedDecisions(participants=dict(happened), socialized=set(scenario.facts.socialized))
    log = FindingLog()
    _check_people(scenario, alone, rows, eligible, log)
    _check_skipping(scenario, rows, {}, log)
    fit = all(_fits_one_person(scenario, row) for row in rows)
    return fit and taken.keys() <= eligible.anything and log.verdict().passed


def _fits_one_person(scenario: Scenario, row: _Stated) -> bool:
    log = FindingLog()
    PeopleInClass(scenario).check(row, log)
    return log.verdict().passed


def rest_willing(decisions: StatedDecisions, rest: StatedDecisions) -> StatedDecisions:
    """Return the participants of the rest, of groups as willing as the whole plan makes them."""
    return replace(decisions, participants=rest.participants)


def _rows(scenario: Scenario, plan: Mapping[str, Any], log: FindingLog) -> Iterator[_Stated]:
    columns = {"group": one_of(scenario.group), "people": is_count, "programmes": _is_filled}
    start = {"programme": one_of(scenario.programme), "period": one_of(scenario.horizon)}
    stated = list(table(plan, "attendance", columns, log))
    proper = all_allowed([each for _place, row in stated for each in row["programmes"]], start)
    seen: set[tuple[object, ...]] = set()
    groups = scenario.group
    of_one: dict[tuple[str, str], dict[str, str]] = {}
    """The starts of rows with one programme, shared since many rows state the same."""
    for place, row in stated:
        if proper and len(row["programmes"]) == 1:
            g, course = row["group"], _COURSE(row["programmes"][0])
            if (alone := of_one.get(course)) is None:
                alone = of_one[course] = dict([course])
            if (one := (g, *course)) not in seen:
                seen.add(one)
                yield _Stated(place, groups[g], row["people"], alone)
                continue
        starts: dict[str, str] = {}
        for number, each in enumerate(row["programmes"]):
            if not proper and not record(each, start, f"{place}.programmes[{number}]", log):
                break
            if each["programme"] in starts:
                sentence = _("Somebody of group '{group}' attends '{programme}' twice.")
                log.find("attendance", (place,), sentence, group=row["group"], programme=each["programme"])
                break
            starts[each["programme"]] = each["period"]
        else:
            key = (row["group"], frozenset(starts.items())) if len(starts) > 1 else (row["group"], *_only(starts))
            if key in seen:
                log.find("form", (place,), _("This row repeats an earlier one."))
                continue
            seen.add(key)
            yield _Stated(place, groups[row["group"]], row["people"], starts)


def _only(starts: dict[str, str]) -> tuple[str, str]:
    ((programme, period),) = starts.items()
    return programme, period


def _is_filled(value: object) -> bool:
    return isinstance(value, list | tuple) and len(value) > 0


class PeopleInClass:
    """Checks hours <= max_hours in each year, and days <= working days in each period, for whoever follows a row.

    What is left of the days is computed once for rows of the same programmes and periods.
    """

    def __init__(self, scenario: Scenario) -> None:
        self._scenario = scenario
        self._days, self._hours = DaysInClass(scenario), HoursInClass(scenario)
        self._left: dict[tuple[tuple[str, str], ...], list[tuple[str, Fraction, Fraction]]] = {}
        self._sentence = _(
            "Somebody of group '{group}' is in class for {days} days in {period}; it has {most} working days."
        )

    def check(self, row: _Stated, log: FindingLog) -> None:
        for period, left, days in self._days_left(row):
            key = row.place, period
            if not log.has_room("attendance", key, left):
                names = {"group": row.group.id, "days": days, "period": period, "most": left + days}
                log.room("attendance", key, left, self._sentence, **names)
        if row.group.max_hours is not None:
            sentence = _("Somebody of group '{group}' takes {hours} JP in a year; at most {most} are allowed.")
            beside = _(
                "Somebody of group '{group}' takes {hours} JP in a year; at most {most} are allowed beside the {before}"
                " JP taken before the plan."
            )
            for year, hours in _hours(self._scenario, self._hours, row).items():
                most = most_hours(self._scenario, row.group, year) or Fraction(0)
                figures = {"hours": hours, "most": most}
                left = most - hours
                if most < row.group.max_hours:
                    says, figures["before"] = beside, row.group.hours_before
                else:
                    says = sentence
                log.room("max_hours", (row.place, str(year)), left, says, group=row.group.id, **figures)

    def _days_left(self, row: _Stated) -> list[tuple[str, Fraction, Fraction]]:
        """Yield by period: working days that one person who follows the row has left, and days in class."""
        starts = tuple(row.starts.items())
        found = self._left.get(starts)
        if found is None:
            taken: dict[str, list[Ratio]] = {}
            for p, start in starts:
                for period, days in self._days.of_run(self._scenario.programme[p], start):
                    taken.setdefault(period, []).append(days)
            added_up = {period: Fraction(*added(parts)) for period, parts in taken.items()}
            there = self._scenario.working_days
            found = self._left[starts] = [(period, there[period] - days, days) for period, days in added_up.items()]
        return found


def _hours(scenario: Scenario, of_runs: HoursInClass, row: _Stated) -> dict[str, Fraction]:
    """Return the JP of one person who follows the row, by year."""
    hours: dict[str, Fraction] = {}
    for p, t in row.starts.items():
        for year, n in of_runs.of_run(scenario.programme[p], t).items():
            hours[year] = hours[year] + n if year in hours else n
    return hours


def _check_allocations(decisions: StatedDecisions, rows: list[_Stated], log: FindingLog) -> None:
    """Check that the people of all patterns with a seat are the participants of the allocation."""
    seated: dict[tuple[str, str, str], int] = {}
    for _place, group, people, starts in rows:
        for p, t in starts.items():
            seat = group.id, p, t
            seated[seat] = seated.get(seat, 0) + people
    if seated == decisions.participants:
        return
    sentence = _(
        "The attendance patterns have {seated} people of group '{group}' in '{programme}' in {period}; "
        "the plan sends {sent}."
    )
    for seat in dict.fromkeys([*decisions.participants, *seated]):
        stated, sent = seated.get(seat, 0), decisions.participants.get(seat, 0)
        if stated != sent:
            g, p, t = seat
            log.find("attendance", seat, sentence, seated=stated, sent=sent, group=g, programme=p, period=t)


def _check_people(
    scenario: Scenario, decisions: StatedDecisions, rows: list[_Stated], eligible: Eligible, log: FindingLog
) -> None:
    """Check people of g <= headcount x r, rounded up where other groups of the agency may attend anything; the sum over
    these groups exactly."""
    attending: dict[str, int] = {}
    for row in rows:
        attending[row.group.id] = attending.get(row.group.id, 0) + row.people
    agencies: dict[tuple[str, str], list[Group]] = {}
    for group in scenario.groups:
        if group.id in eligible.anything:
            key = ("agency", group.agency) if group.agency is not None else ("group", group.id)
            agencies.setdefault(key, []).append(group)
    sentence = _("{people} people of group '{group}' attend something; {most} are willing.")
    of_agency = _("{people} people of '{agency}' attend something; {most} are willing.")
    for (_kind, name), groups in agencies.items():
        exact = {group.id: group.headcount * willing(group, decisions) for group in groups}
        for g, share in exact.items():
            if g in attending:
                most = ceil(share) if len(groups) > 1 else floor(share)
                log.room("attendance", (g,), most - attending[g], sentence, people=attending[g], group=g, most=most)
        together = sum(attending.get(g, 0) for g in exact)
        if len(groups) > 1 and together:
            most_of_all = sum(exact.values(), Fraction(0))
            left = most_of_all - together
            log.room("attendance", (name, "agency"), left, of_agency, people=together, agency=name, most=most_of_all)


def _check_skipping(
    scenario: Scenario, rows: list[_Stated], before: Mapping[tuple[str, str], int], log: FindingLog
) -> None:
    """Check that no more people take a programme before its prerequisite is finished than may skip it.

    `before` are the people of (group, programme) who attended already and are in no row.
    """
    place = {t: n for n, t in enumerate(scenario.horizon)}
    required = {each.id: each.prerequisites for each in scenario.programmes if each.prerequisites}
    skipping: dict[tuple[str, str, tuple[str, ...]], int] = {}
    for row in rows if required else ():
        for p, t in row.starts.items():
            for needed in required.get(p, ()):
                ready = False
                for q in needed:
                    if q in row.starts:
                        lasts = scenario.programme[q].lasts
                        ended = place[row.starts[q]] + (0 if lasts == 1 else lasts)
                        ready = ready or ended <= place[t]
                if not ready:
                    key = (row.group.id, p, tuple(dict.fromkeys(needed)))
                    skipping[key] = skipping.get(key, 0) + row.people
    sentence = _("{taken} people of group '{group}' attend '{programme}' without '{first}' before; {ready} may.")
    for (g, p, enough), taken in skipping.items():
        group, programme = scenario.group[g], scenario.programme[p]
        lacking = [
            need(group, programme, year) - need(group, scenario.programme[q], year)
            for year in years_of(scenario)
            for q in enough
        ]
        ready_people = max(0, *lacking)
        ready_people += sum(group.completed.get(q, 0) + before.get((g, q), 0) for q in enough)
        names = {"group": g, "programme": p, "first": " / ".join(enough)}
        left = ready_people - taken
        log.room("requires", (*names.values(), "attendance"), left, sentence, taken=taken, ready=ready_people, **names)


def _check_targets(
    scenario: Scenario, plan: Mapping[str, Any], rows: list[_Stated], counted: bool, log: FindingLog
) -> None:
    """Check one row for each year and group, in order, with its people and those of them who reach the target.

    There must be none where nobody can be `counted`.
    """
    target = scenario.scenario.hours_target
    reached: dict[tuple[str, str], int] = {}
    sent: dict[str, list[tuple[Fraction, int]]] = defaultdict(list)
    first = next(iter(scenario.year_of.values()))
    if target is not None and counted:
        for year in dict.fromkeys(scenario.year_of.values()):
            for group in scenario.groups:
                reached[year, group.id] = 0 if target else group.headcount
        of_runs = HoursInClass(scenario)
        for pattern in rows if target else ():
            hours_of = _hours(scenario, of_runs, pattern)
            sent[pattern.group.id].append((hours_of.get(first, Fraction(0)), pattern.people))
            for year, hours in hours_of.items():
                if hours >= target:
                    reached[year, pattern.group.id] += pattern.people
        for g, done in done_before(scenario).items() if target else ():
            reached[first, g] = surely_reached(scenario.group[g].headcount, done, sent[g], target)
    columns = {"year": anything, "group": anything, "people": anything, "reached": anything}
    stated = list(table(plan, "hours_target", columns, log))
    named = [(row["year"], row["group"]) for _place, row in stated]
    if named != list(reached) or any(isinstance(year, float | bool) for year, _group in named):
        sentence = _("The rows are not the years and groups of the scenario, once each and in their order.")
        log.find("attendance", ("hours_target",), sentence)
        return
    for (_place, told), ((year, g), count) in zip(stated, reached.items(), strict=True):
        key = ("hours_target", year, g)
        log.equal("attendance", (*key, "people"), told["people"], scenario.group[g].headcount)
        log.equal("attendance", (*key, "reached"), told["reached"], count)
