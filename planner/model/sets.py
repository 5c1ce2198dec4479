"""Who may attend what, and when: the index sets of the variables, with their upper bounds.

Index letters used all over the model: g group, p programme, t period, c competency, f fund, i cost item.
A variable exists only where it can be above zero. A group is not offered a programme when

* the programme is not for it (`for`), or closes none of its gaps,
* no period allows both, nobody is willing or released, its hours or the mentors do not suffice for one person,
* even all people who could come do not fill the smallest class, or the fewest classes,
* the funds that may pay for a seat have less than the smallest run with it costs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from planner.domain.affordable import Affordability
from planner.domain.cells import Funding
from planner.domain.groups import Group
from planner.domain.programmes import Programme
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
    """floor(need[g,p] x most_willing[g]) of the pairs offered [people]."""
    seats: Mapping[Seat, int]
    """Most participants of (g, p, t); only where at least one [people]."""
    classes: Mapping[tuple[str, str], int]
    """Most classes of (p, t), for programmes with a class size."""

    @cached_property
    def of_programme(self) -> dict[str, list[Seat]]:
        """Seats by programme."""
        return _collect(self.seats, lambda seat: seat[1])

    @cached_property
    def of_class(self) -> dict[tuple[str, str], list[Seat]]:
        """Seats by (programme, period)."""
        return _collect(self.seats, lambda seat: seat[1:])

    @cached_property
    def of_pair(self) -> dict[tuple[str, str], list[Seat]]:
        """Seats by (group, programme)."""
        return _collect(self.seats, lambda seat: seat[:2])


def _collect[K](seats: Mapping[Seat, int], key: Callable[[Seat], K]) -> dict[K, list[Seat]]:
    collected: dict[K, list[Seat]] = {}
    for seat in seats:
        collected.setdefault(key(seat), []).append(seat)
    return collected


def make_sets(scenario: Scenario) -> Sets:
    """The sets of `scenario`."""
    funding = Funding(scenario)
    willing = {g.id: g.willing(socialized=True) for g in scenario.groups}
    released = {g.id: int(g.release * g.headcount) for g in scenario.groups}
    need: dict[tuple[str, str], int] = {}
    trainable: dict[tuple[str, str], int] = {}
    seats: dict[Seat, int] = {}
    classes: dict[tuple[str, str], int] = {}
    for programme in scenario.programmes:
        offered = _offered(scenario, funding, programme, willing)
        periods = scenario.periods_of(programme)
        room = _room(scenario, programme, [(group, people) for group, _, people in offered], willing, released)
        people = sum(room.values())
        held = dict.fromkeys(periods, people)
        if programme.class_size is not None:
            held = _classes_possible(programme, held)
            classes |= {(programme.id, t): most for t, most in held.items() if most}
        open_periods = [t for t in periods if held[t]]
        for group, gap, trained in offered if open_periods else ():
            if most := room[group.id]:
                need[group.id, programme.id] = gap
                trainable[group.id, programme.id] = trained
                for t in open_periods:
                    seats[group.id, programme.id, t] = most
    return Sets(scenario, funding, willing, need, trainable, seats, classes)


def _offered(
    scenario: Scenario, funding: Funding, programme: Programme, willing: Mapping[str, Fraction]
) -> list[tuple[Group, int, int]]:
    """(group, need, trainable people) of the groups that the programme is for and that lack something it closes."""
    offered = []
    for group in scenario.groups_in(programme.for_):
        need = scenario.need(group, programme)
        share = willing[group.id]
        people = need * share.numerator // share.denominator
        if people:
            offered.append((group, need, people))
    money = Affordability(funding, programme, (group for group, _, _ in offered))
    return [(group, need, people) for group, need, people in offered if money.affords(group)]


def _room(
    scenario: Scenario,
    programme: Programme,
    people: list[tuple[Group, int]],
    willing: Mapping[str, Fraction],
    released: Mapping[str, int],
) -> dict[str, int]:
    """Most participants of each group in `programme` in one period [people].

    The fewest of: its trainable people, those released, those whose hours suffice, what the classes
    of a period hold, and what the mentors take.
    """
    common: list[int] = []
    if programme.class_size is not None:
        most = [n for n in (programme.classes.max, programme.classes.per_period) if n is not None]
        common += [programme.class_size.max * n for n in most]
    if programme.mentors is not None:
        mentors = scenario.mentors_in(scenario.mentor_pool[programme.mentors.pool])
        common.append(mentors * programme.mentors.mentees_each)
    room = {}
    for group, trainable in people:
        limits = [trainable, released[group.id], *common]
        if group.max_hours is not None and programme.hours > 0:
            limits.append(int(group.max_hours * group.headcount * willing[group.id] / programme.hours))
        room[group.id] = min(limits)
    return room


def _classes_possible(programme: Programme, people: Mapping[str, int]) -> dict[str, int]:
    """Most classes per period that `people` could fill, or none where the fewest classes cannot be reached."""
    assert programme.class_size is not None
    size, limits = programme.class_size, programme.classes
    caps = [n for n in (limits.max, limits.per_period) if n is not None]
    most = {t: min([n // size.min, *caps]) for t, n in people.items()}
    if sum(most.values()) < max(1, limits.min):
        return dict.fromkeys(most, 0)
    return most
