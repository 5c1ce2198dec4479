"""Who mentors whom: seniors of the pool who are not mentored themselves while the programme runs.

Each mentee takes 1 / `mentees_each` of a mentor, in every period, over all programmes of the pool. Mentees get a mentor
of their own agency where there is one with room, otherwise of another; first mentors who lack nothing that the
programme closes, then those with the smallest gap, then the smaller id. Groups that are written beside the list have
mentors and mentees too: they are numbered, mentors among them come after those who have a name.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cache
from itertools import chain
from typing import Any, NamedTuple

from planner.domain.people import MentorPair, UnnamedSeats
from planner.domain.programmes import Programme
from planner.domain.running import run_of
from planner.domain.scenario import Scenario
from planner.people.membership import PartNumbers
from planner.people.person_sql import bits_of

type Run = tuple[str, ...]


class Mentor(NamedTuple):
    """Somebody who may mentor: by id, or by group and number."""

    id: str
    group: str
    number: int = 0


def mentor_pairs(
    scenario: Scenario, plan: Mapping[str, Any], competencies: Sequence[str], parts: PartNumbers,
    unnamed: Iterable[UnnamedSeats], query: Any,
) -> Iterator[MentorPair]:  # fmt: skip
    """Yield the pairs of all mentoring programmes, from the tables `seat` and `member`."""
    programmes = [programme for programme in scenario.programmes if programme.mentors is not None]
    if not programmes:
        return
    counted: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for each in unnamed:
        counted[each.programme, each.period][each.group] += each.people
    busy = _mentored(scenario, query)
    beside = _Beside(scenario, plan, {group for group, _history in parts.number})
    load: dict[tuple[Mentor, str], Fraction] = defaultdict(Fraction)
    for programme in programmes:
        assert programme.mentors is not None
        groups = scenario.mentors_from[programme.mentors.pool]
        of_groups = [number for number, (group, _history) in parts.part.items() if group in groups]
        seniors = [
            (Mentor(one, parts.part[part][0]), agency)
            for one, agency, part in _people(query, of_groups, bits_of(competencies, programme.closes))
        ]
        each_takes = Fraction(1, programme.mentors.mentees_each)
        for t in scenario.facts.rest:
            mentees = _mentees(query, programme, t)
            mentees += [
                ("", group, scenario.group[group].agency)
                for group, people in counted.get((programme.id, t), {}).items()
                for _person in range(people)
            ]
            if not mentees:
                continue
            run = run_of(scenario, programme, t)
            free = [(one, agency) for one, agency in seniors if not any(one.id in busy[period] for period in run)]
            turns = _Turns(free, beside.free(groups, run), run, each_takes, load)
            for mentee, group, agency in mentees:
                mentor = turns.take(agency)
                yield MentorPair(programme.id, t, mentee, group, *(mentor or ("", "", 0)))


class _Turns:
    """Mentors for the mentees of one course, in their order: once one has no room left, the next takes a turn."""

    def __init__(
        self, named: Sequence[tuple[Mentor, Any]], beside: Sequence[tuple[str, str | None, Sequence[range]]], run: Run,
        each: Fraction, load: dict[tuple[Mentor, str], Fraction],
    ) -> None:  # fmt: skip
        self._run, self._each, self._load = run, each, load
        at_home: dict[Any, list[Iterable[Mentor]]] = defaultdict(list)
        by_agency: dict[Any, list[Mentor]] = defaultdict(list)
        for one, agency in named:
            by_agency[agency].append(one)
        for agency, those in by_agency.items():
            at_home[agency].append(those)
        everywhere: list[Iterable[Mentor]] = [[one for one, _agency in named]]
        for group, home, numbers in beside:
            at_home[home].append(_numbered(group, numbers))
            everywhere.append(_numbered(group, numbers))
        self._home = {agency: chain.from_iterable(those) for agency, those in at_home.items()}
        self._all = chain.from_iterable(everywhere)
        self._here: dict[Any, Mentor | None] = {agency: next(those, None) for agency, those in self._home.items()}
        self._first = next(self._all, None)

    def take(self, agency: Any) -> Mentor | None:
        """Return the mentor of the next mentee of an agency, who has less room then; None where nobody has room."""
        found = self._here.get(agency)
        while found is not None and not self._has_room(found):
            found = self._here[agency] = next(self._home[agency], None)
        while found is None and self._first is not None:
            if self._has_room(self._first):
                found = self._first
            else:
                self._first = next(self._all, None)
        for period in self._run if found is not None else ():
            assert found is not None
            self._load[found, period] += self._each
        return found

    def _has_room(self, one: Mentor) -> bool:
        return all(self._load.get((one, period), 0) + self._each <= 1 for period in self._run)


def _numbered(group: str, numbers: Sequence[range]) -> Iterator[Mentor]:
    for of_range in numbers:
        for number in of_range:
            yield Mentor("", group, number)


class _Beside:
    """People of groups that are written beside the list, numbered in the order of the plan's attendance patterns."""

    def __init__(self, scenario: Scenario, plan: Mapping[str, Any], listed: set[str]) -> None:
        self._scenario, self._listed = scenario, listed
        self._blocks: dict[str, list[tuple[int, int, frozenset[str]]]] = defaultdict(list)
        """(first, last, periods in which they are mentored), by group."""
        left: Counter[tuple[str, str, str]] = Counter()
        running = cache(
            lambda p, t: run_of(scenario, scenario.programme[p], t) if scenario.programme[p].mentors else ()
        )
        for row in plan["allocations"]:
            left[row["group"], row["programme"], row["period"]] += row["participants"]
        for row in plan["attendance"]:
            group, blocks = row["group"], self._blocks[row["group"]]
            first = blocks[-1][1] + 1 if blocks else 1
            starts = [(course["programme"], course["period"]) for course in row["programmes"]]
            blocks.append((first, first + row["people"] - 1, frozenset(t for s in starts for t in running(*s))))
            for p, t in starts:
                left[group, p, t] -= row["people"]
        self._others = {key: n for key, n in left.items() if n > 0 and running(*key[1:])}
        """Mentees of no pattern: of a plan of what is left, those whose mentoring began before it."""
        self._running = running

    def free(self, pool: Iterable[str], run: Run) -> list[tuple[str, str | None, list[range]]]:
        """Return (group, agency, numbers of its people) for the groups of a pool; those who are mentored in a run are
        left out."""
        found = []
        for group in self._scenario.groups:
            if group.id in self._listed or group.id not in pool:
                continue
            blocks = self._blocks.get(group.id, [])
            free = [range(first, last + 1) for first, last, busy in blocks if busy.isdisjoint(run)]
            free.append(range(blocks[-1][1] + 1 if blocks else 1, group.headcount + 1))
            of_group = [(key[1:], n) for key, n in self._others.items() if key[0] == group.id]
            others = sum(n for start, n in of_group if not set(self._running(*start)).isdisjoint(run))
            found.append((group.id, group.agency, [*_without_last(free, others)]))
        return found


def _without_last(ranges: Sequence[range], number: int) -> Iterator[range]:
    """Yield ranges without so many of their last members."""
    left = max(0, sum(map(len, ranges)) - number)
    for each in ranges:
        yield each[:left]
        left -= min(left, len(each))


def _mentees(query: Any, programme: Programme, t: str) -> list[tuple[str, str, Any]]:
    rows: list[tuple[str, str, Any]] = query(
        "SELECT id, grp, agency FROM seat WHERE programme = ? AND period = ? ORDER BY agency NULLS LAST, id",
        [programme.id, t],
    ).fetchall()
    return rows


def _mentored(scenario: Scenario, query: Any) -> dict[str, set[str]]:
    """Return who is mentored in each period."""
    found: dict[str, set[str]] = defaultdict(set)
    for programme in scenario.programmes:
        if programme.mentors is not None:
            seats = query("SELECT id, period FROM seat WHERE programme = ?", [programme.id]).fetchall()
            for one, start in seats:
                for period in run_of(scenario, programme, start):
                    found[period].add(one)
    return found


def _people(query: Any, parts: list[int], closes: list[int]) -> list[tuple[str, Any, int]]:
    """Return (id, agency, part) of the people of parts of groups: those who lack nothing that is closed, then the
    smallest gap."""
    lacking = " OR ".join(f"p.gaps{at} & {mask} <> 0" for at, mask in enumerate(closes))
    rows: list[tuple[str, Any, int]] = query(
        "SELECT p.id, p.agency, m.part FROM person p JOIN member m USING (row)"
        f" WHERE m.part IN (SELECT unnest(?::BIGINT[])) ORDER BY {lacking}, p.size, p.id",
        [parts],
    ).fetchall()
    return rows
