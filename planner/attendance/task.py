"""The task of one group: fill the seats of each programme and period with so many people, within what one can take."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import ceil, floor, lcm
from typing import Final

from planner.domain.attendance import Start
from planner.domain.groups import Group
from planner.domain.programmes import Programme
from planner.domain.running import place_when_finished
from planner.domain.scenario import Scenario


@dataclass(frozen=True)
class Quota:
    """The number of people who may take a programme before they have finished any programme that meets a
    prerequisite."""

    programme: int
    enough: frozenset[int]
    """Programmes of which one is enough, by number."""
    people: int


@dataclass(frozen=True)
class Task:
    """Seats of one group by (programme, start), in the order of programmes and periods, and the limits of one person.

    Loads and rooms are whole numbers: each limit is multiplied by what makes it whole.
    """

    group: str
    starts: tuple[Start, ...]
    counts: tuple[int, ...]
    """Seats to be filled, by start [people]."""
    programme: tuple[int, ...]
    """The programme of each start, by number."""
    loads: tuple[tuple[int, ...], ...]
    """What each start uses of each limit."""
    rooms: tuple[int, ...]
    """What one person has of each limit."""
    quotas: tuple[Quota, ...]
    begins: tuple[int, ...]
    """The place of each start in the horizon."""
    finished: tuple[int, ...]
    """The place of the first period in which a follow-up of each start may begin."""
    hours: tuple[tuple[int, ...], ...]
    """JP of each start in each year, multiplied by `unit`."""
    targets: tuple[int, ...]
    """JP that one person still needs in each year to reach the target, multiplied by `unit`; 0 where that is none."""
    unit: int

    @cached_property
    def quotas_of(self) -> dict[int, list[int]]:
        """The quotas of each programme, by number."""
        found: dict[int, list[int]] = {}
        for number, quota in enumerate(self.quotas):
            found.setdefault(quota.programme, []).append(number)
        return found

    @cached_property
    def required(self) -> frozenset[int]:
        """Programmes that others require."""
        return frozenset(q for quota in self.quotas for q in quota.enough)

    def unmet(self, start: int, taken: Iterable[int]) -> list[int]:
        """Return the quotas that somebody uses who attends `start` besides what is `taken`."""
        quotas = self.quotas_of.get(self.programme[start])
        if not quotas:
            return []
        done = {self.programme[s] for s in taken if self.finished[s] <= self.begins[start]}
        return [number for number in quotas if not self.quotas[number].enough & done]

    def used(self, taken: Sequence[int]) -> list[int]:
        """Return the quotas that a pattern uses."""
        return [number for start in taken for number in self.unmet(start, taken)] if self.quotas else []

    def fits(self, taken: Sequence[int]) -> bool:
        """Return whether one person can take all of these starts."""
        if len({self.programme[s] for s in taken}) < len(taken):
            return False
        return all(sum(self.loads[s][n] for s in taken) <= room for n, room in enumerate(self.rooms))

    def fits_after(self, history: Sequence[int], taken: Sequence[int]) -> bool:
        """Return whether somebody with a history can take these starts too.

        A limit that the history breaks already forbids every start that counts towards it, and no other.
        """
        done = {self.programme[s] for s in history}
        if any(self.programme[s] in done for s in taken):
            return False
        for number, room in enumerate(self.rooms):
            more = sum(self.loads[s][number] for s in taken)
            if more and more + sum(self.loads[s][number] for s in history) > room:
                return False
        return True

    def reached(self, taken: Sequence[int]) -> int:
        """Return in how many years a pattern reaches the target, of those in which something is still needed for it."""
        years = zip(*(self.hours[s] for s in taken), strict=True)
        return sum(sum(year) >= needed for year, needed in zip(years, self.targets, strict=True) if needed)

    def kept_by(self, patterns: Sequence[tuple[int, tuple[int, ...]]], people: int) -> bool:
        """Verify in whole numbers that (people, starts) are patterns of this task, for at most so many people."""
        seats, skipping = [0] * len(self.starts), [0] * len(self.quotas)
        for number, taken in patterns:
            if number < 1 or not taken or not self.fits(taken):
                return False
            for start in taken:
                seats[start] += number
            for quota in self.used(taken):
                skipping[quota] += number
        return (
            tuple(seats) == self.counts
            and sum(number for number, _ in patterns) <= people
            and all(n <= quota.people for n, quota in zip(skipping, self.quotas, strict=True))
        )


MOST_KEPT: Final = 20_000
"""Largest number of tasks of a scenario that are kept."""


def task_of(scenario: Scenario, group: Group, seats: Mapping[Start, int]) -> Task:
    """Return the task of `group` for its seats; remembered, since search, proof and settlement need the same tasks."""
    kept, key = scenario.one_person.tasks, (group.id, tuple(seats.items()))
    if key not in kept:
        if len(kept) >= MOST_KEPT:
            kept.clear()
        kept[key] = _task_of(scenario, group, seats)
    task: Task = kept[key]
    return task


def _task_of(scenario: Scenario, group: Group, seats: Mapping[Start, int]) -> Task:
    one = scenario.one_person
    names = list(dict.fromkeys(p for p, _ in seats))
    programmes = [scenario.programme[name] for name in names]
    starts = tuple(seats)
    number = {name: n for n, name in enumerate(names)}
    hours = [one.hours(scenario.programme[p], t) for p, t in starts]
    limits: list[tuple[list[Fraction], Fraction]] = []
    if group.max_hours is not None:
        for year in one.years:
            limits.append(([n.get(year, Fraction(0)) for n in hours], one.room(group, year) or Fraction(0)))
    closed = any(t not in one.starts[p] for p, t in starts)
    crowded = one.crowded_by(dict.fromkeys(p for p, _ in starts)) if one.crowded else frozenset[str]()
    if crowded or closed:
        days = [one.days(scenario.programme[p], t) for p, t in starts]
        for period in scenario.horizon if closed else sorted(crowded, key=scenario.horizon.index):
            limits.append(([n.get(period, Fraction(0)) for n in days], scenario.working_days[period]))
    rows = [_whole(loads, most) for loads, most in limits if _binds(starts, loads, most)]
    unit = lcm(*(n.denominator for each in hours for n in each.values()))
    return Task(
        group=group.id,
        starts=starts,
        counts=tuple(seats.values()),
        programme=tuple(number[p] for p, _ in starts),
        loads=tuple(zip(*(loads for loads, _ in rows), strict=True)) if rows else ((),) * len(starts),
        rooms=tuple(most for _, most in rows),
        quotas=tuple(_quotas(scenario, group, programmes, number, seats)),
        begins=tuple(scenario.place_of_period[t] for _, t in starts),
        finished=tuple(place_when_finished(scenario, scenario.programme[p], t) for p, t in starts),
        hours=tuple(tuple(int(each.get(year, 0) * unit) for year in one.years) for each in hours),
        targets=tuple(ceil(one.still_due(group, year) * unit) for year in one.years),
        unit=unit,
    )


def _quotas(
    scenario: Scenario,
    group: Group,
    programmes: list[Programme],
    number: Mapping[str, int],
    seats: Mapping[Start, int],
) -> list[Quota]:
    """Return who may take what before its prerequisite is finished: people who completed it, or lack nothing it
    teaches.

    People who attended it already have completed it, where their seats are not among these.
    """
    done: dict[str, int] = {}
    for (g, p, t), people in scenario.facts.participants.items():
        if g == group.id and (p, t) not in seats:
            done[p] = done.get(p, 0) + people
    found = []
    for programme in programmes:
        for needed in programme.prerequisites:
            enough = tuple(dict.fromkeys(needed))
            people = scenario.may_skip(group, programme, enough, scenario.horizon[-1])
            people += sum(group.completed.get(name, 0) + done.get(name, 0) for name in enough)
            these = frozenset(number[name] for name in enough if name in number)
            found.append(Quota(number[programme.id], these, people))
    return found


def _binds(starts: Sequence[Start], loads: Sequence[Fraction], most: Fraction) -> bool:
    """Return whether all programmes together take more than one person has of a limit."""
    largest: dict[str, Fraction] = {}
    for (p, _), n in zip(starts, loads, strict=True):
        largest[p] = max(n, largest.get(p, Fraction(0)))
    return sum(largest.values()) > most


def _whole(loads: Sequence[Fraction], most: Fraction) -> tuple[list[int], int]:
    scale = lcm(*(n.denominator for n in loads))
    return [int(n * scale) for n in loads], floor(most * scale)
