"""Who may attend what, and when: the index sets of the variables, with their upper bounds.

Index letters used all over the model: g group, p programme, t period, c competency, f fund, i cost item.
A variable exists only where it can be above zero. A group is not offered a programme when

* the programme is not for it (`for`), or closes none of its gaps,
* it has more hours in a year than one person of the group may take (max_hours), or more days than the working days,
* it can start in no period, nobody is willing, the days released or the mentors do not suffice for one person,
* fewer of its people could come in any period than the programme takes of a group (smallest),
* even all people who could come do not fill the smallest class, or the fewest classes,
* the funds that may pay for a seat have less than the smallest run with it costs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import floor

from planner.domain.affordable import Affordability
from planner.domain.cells import Funding
from planner.domain.groups import Group
from planner.domain.programmes import Programme
from planner.domain.running import days_of, people_released, run_of
from planner.domain.scenario import Scenario

Seat = tuple[str, str, str]
"""(group, programme, period)."""


@dataclass(frozen=True)
class Sets:
    """The sets of one scenario, in file order, with the true upper bounds of the variables over them."""

    scenario: Scenario
    funding: Funding
    most_willing: Mapping[str, Fraction]
    """r[g] if everything possible is done: the largest share of the group that may take part [0-1]."""
    need: Mapping[tuple[str, str], int]
    """need[g,p] of the pairs offered: the largest gap of g that p closes [people]."""
    trainable: Mapping[tuple[str, str], int]
    """Most participants of the pairs offered over all periods: the willing among need[g,p] [people]."""
    seats: Mapping[Seat, int]
    """Most participants of (g, p, t); only where at least one [people]."""
    classes: Mapping[tuple[str, str], int]
    """Most classes of (p, t), for programmes with a class size."""

    @cached_property
    def of_programme(self) -> dict[str, list[Seat]]:
        """Seats by programme; a programme whose classes were held without participants has none."""
        return _collect(self.seats, lambda seat: seat[1], (p for p, _t in self.classes))

    @cached_property
    def of_class(self) -> dict[tuple[str, str], list[Seat]]:
        """Seats by (programme, period); none of classes to which nobody came."""
        return _collect(self.seats, lambda seat: seat[1:], self.classes)

    @cached_property
    def of_group(self) -> dict[str, list[Seat]]:
        """Seats by group."""
        return _collect(self.seats, lambda seat: seat[0])

    @cached_property
    def of_pair(self) -> dict[tuple[str, str], list[Seat]]:
        """Seats by (group, programme)."""
        return _collect(self.seats, lambda seat: seat[:2])


def _collect[K](seats: Mapping[Seat, int], key: Callable[[Seat], K], others: Iterable[K] = ()) -> dict[K, list[Seat]]:
    """Return seats by key; keys of `others` may have none."""
    collected: dict[K, list[Seat]] = {}
    for seat in seats:
        collected.setdefault(key(seat), []).append(seat)
    for other in others:
        collected.setdefault(other, [])
    return collected


def make_sets(scenario: Scenario) -> Sets:
    """Return the sets of `scenario`."""
    funding = scenario.funding
    willing = {g.id: g.willing(socialized=True) for g in scenario.groups}
    need: dict[tuple[str, str], int] = {}
    trainable: dict[tuple[str, str], int] = {}
    seats: dict[Seat, int] = {}
    classes: dict[tuple[str, str], int] = {}
    for programme in scenario.programmes:
        offered = _offered(scenario, funding, programme)
        periods = scenario.periods_of(programme)
        room = _room(scenario, programme, [(group, people) for group, _, people in offered])
        released = _rooms_released(scenario, programme, [group for group, _, _ in offered], room)
        rooms = dict(_rooms_in_need(scenario, programme, released))
        held = {t: people for t, (_, people) in rooms.items()}
        if programme.class_size is not None:
            held = _classes_possible(scenario, programme, held)
            classes |= {(programme.id, t): most for t, most in held.items() if most}
        open_periods = [t for t in periods if held[t]]
        for group, gap, trained in offered if open_periods else ():
            of_group = [(t, most) for t in open_periods if (most := rooms[t][0][group.id])]
            if of_group:
                need[group.id, programme.id] = gap
                trainable[group.id, programme.id] = trained
                for t, most in of_group:
                    seats[group.id, programme.id, t] = most
    _add_facts(scenario, need, trainable, seats, classes)
    return Sets(scenario, funding, willing, need, trainable, seats, classes)


def _add_facts(
    scenario: Scenario,
    need: dict[tuple[str, str], int],
    trainable: dict[tuple[str, str], int],
    seats: dict[Seat, int],
    classes: dict[tuple[str, str], int],
) -> None:
    """Add who attended and what was held, even where the sets exclude it, and room for committed classes."""
    facts = scenario.facts
    seats |= facts.participants
    for (g, p), people in facts.people.items():
        need.setdefault((g, p), scenario.need(scenario.group[g], scenario.programme[p]))
        trainable[g, p] = max(trainable.get((g, p), 0), people)
    classes |= facts.classes
    for held, number in facts.committed.items():
        if held in classes:
            classes[held] = max(classes[held], number)


def _rooms_released(
    scenario: Scenario, programme: Programme, groups: list[Group], room: dict[str, int]
) -> Iterator[tuple[str, tuple[dict[str, int], int]]]:
    """Yield (start, most participants of each group whose days are released, and of all groups) for each start
    [people].

    A start that has more hours in a year than a person may take is closed to the group, and one with more days than the
    working days to all.
    """
    days, one = days_of(scenario, programme), scenario.one_person
    limited = [(group, group.release) for group in groups if group.release is not None] if any(days) else []
    people = sum(room.values())
    years = len(scenario.years) > 1
    shut = [g for g in groups if g.max_hours is not None and (programme.lasts > 1 or g.hours_before)] if years else []
    for start in scenario.periods_of(programme):
        if start not in one.starts[programme.id]:
            yield start, (dict.fromkeys(room, 0), 0)
            continue
        closed = [group for group in shut if not one.fits(group, programme, start)]
        if limited or closed:
            run = [(t, n) for t, n in zip(run_of(scenario, programme, start), days, strict=True) if n]
            released = dict(room)
            for group, release in limited:
                most = (people_released(scenario, release, group.headcount, t, n) for t, n in run)
                released[group.id] = _enough(programme, min(room[group.id], *most))
            released |= {group.id: 0 for group in closed}
            yield start, (released, sum(released.values()))
        else:
            yield start, (room, people)


def _rooms_in_need(
    scenario: Scenario, programme: Programme, rooms: Iterator[tuple[str, tuple[dict[str, int], int]]]
) -> Iterator[tuple[str, tuple[dict[str, int], int]]]:
    """Yield the same with no more people of a group than are in need by the end of the year of the start [people]."""
    changing = [circle for circle in scenario.willingness.attendance[programme.id] if circle.earlier]
    for start, (room, people) in rooms:
        if changing:
            room = dict(room)
            for circle in (circle.by(scenario.year_of[start]) for circle in changing):
                together = floor(circle.together(scenario, socialized=True))
                for g in circle.people:
                    if g in room:
                        room[g] = min(room[g], circle.most_whole(scenario.group[g], socialized=True), together)
            people = sum(room.values())
        yield start, (room, people)


def _offered(scenario: Scenario, funding: Funding, programme: Programme) -> list[tuple[Group, int, int]]:
    """Return (group, need, trainable people) of the groups that the programme is for and that lack something it
    closes."""
    offered = []
    for circle in scenario.willingness.attendance[programme.id]:
        together = floor(circle.together(scenario, socialized=True)) if circle.shared else None
        for g, need in circle.people.items():
            group = scenario.group[g]
            people = circle.most_whole(group, socialized=True)
            if people := people if together is None else min(people, together):
                offered.append((group, need, people))
    place = {group.id: number for number, group in enumerate(scenario.groups)}
    offered.sort(key=lambda row: place[row[0].id])
    money = Affordability(funding, programme, (group for group, _, _ in offered))
    return [(group, need, people) for group, need, people in offered if money.affords(group)]


def _room(scenario: Scenario, programme: Programme, people: list[tuple[Group, int]]) -> dict[str, int]:
    """Return the most participants of each group in `programme` in one period, regardless of released days [people].

    The fewest of: its trainable people, what the classes of a period hold, and what the mentors take.
    """
    common: list[int] = []
    if programme.class_size is not None:
        promised = max((n for (p, _t), n in scenario.facts.committed.items() if p == programme.id), default=0)
        common += [programme.class_size.max * n for n in _most_classes(programme, promised)]
    room = {}
    for group, trainable in people:
        limits = [trainable, *common]
        if programme.mentors is not None:
            limits.append(scenario.most_mentored(programme.mentors, group))
        room[group.id] = _enough(programme, min(limits))
    return room


def _enough(programme: Programme, people: int) -> int:
    """Return `people`, or 0 where the programme takes no group of so few (`smallest`)."""
    return people if people >= programme.smallest else 0


def _most_classes(programme: Programme, promised: int) -> list[int]:
    """Return the limits on the classes of a period, raised where more classes are committed."""
    limits = programme.classes
    return [max(n, promised) for n in (limits.max, limits.per_period) if n is not None]


def _classes_possible(scenario: Scenario, programme: Programme, people: Mapping[str, int]) -> dict[str, int]:
    """Return the most classes per period that `people` could fill, or none where the fewest classes cannot be
    reached."""
    assert programme.class_size is not None
    size, limits, facts = programme.class_size, programme.classes, scenario.facts
    promised = {t: n for (p, t), n in facts.committed.items() if p == programme.id}
    most = {t: min([n // size.min, *_most_classes(programme, promised.get(t, 0))]) for t, n in people.items()}
    if sum(most.values()) < max(1, limits.min) and programme.id not in facts.ran:
        return dict.fromkeys(most, 0)
    return most
