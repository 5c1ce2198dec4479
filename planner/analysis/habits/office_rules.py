"""What an office would write down by habit: seats by headcount, by priority, or as last year, until the money ends.

Each habit fills a ledger in whole classes. None of them looks at what a gap costs to close: that is what the plan
is held against.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Final

from planner.analysis.habits.planners_sheet import Ledger, Wish
from planner.domain.groups import Group
from planner.domain.programmes import Programme
from planner.domain.scenario import Scenario

STEPS: Final = 20
"""Parts in which a programme without classes grows: 5% of its demand at a time."""


Begin = Callable[[Mapping[str, int]], Ledger]
"""A new ledger to fill, of programmes that are limited to so many classes."""


def by_headcount(begin: Begin) -> Wish:
    """All programmes are cut alike, and the seats of each go to the groups it is for in proportion to headcount."""
    ledger = begin({})
    programmes = ledger.scenario.programmes
    demand = {p.id: sum(ledger.willing(g, p) for g in ledger.offered[p.id]) for p in programmes}
    weights = {p.id: {g.id: g.headcount for g in ledger.offered[p.id]} for p in programmes}
    _fill_in_proportion(ledger, demand, weights)
    return ledger.seats


def as_before(begin: Begin, before: Mapping[tuple[str, str], int]) -> Wish:
    """The split of an earlier plan over programmes and groups, made larger or smaller until the money ends.

    `before` has the participants of (group, programme); what the scenario no longer has is passed over.
    """
    ledger = begin({})
    scenario = ledger.scenario
    weights: dict[str, dict[str, int]] = {p.id: {} for p in scenario.programmes}
    for (group, programme), people in before.items():
        if programme in scenario.programme and group in scenario.group and people:
            weights[programme][group] = people
    _fill_in_proportion(ledger, {p: sum(split.values()) for p, split in weights.items()}, weights)
    return ledger.seats


def by_priority(begin: Begin) -> Wish:
    """One gap after the other, in the order of `priorities`, until the money ends.

    Everyone of the group who is willing gets the programme that closes the competency best; where that has no place
    left, the next best. Classes that end up too small are cancelled and the money goes down the list again.
    """
    most_classes: dict[str, int] = {}
    while True:
        ledger = begin(most_classes)
        for group, competency in priorities(ledger.scenario):
            _serve(ledger, group, competency)
        programmes = ledger.scenario.programmes
        small = [p for p in programmes if ledger.fillable(p, ledger.seated(p)) < ledger.seated(p)]
        if not small:
            return ledger.seats
        for programme in small:
            assert programme.class_size is not None
            kept = ledger.fillable(programme, ledger.seated(programme))
            most_classes[programme.id] = kept // programme.class_size.max


def priorities(scenario: Scenario) -> list[tuple[Group, str]]:
    """The gaps (group, competency) by weight of group x weight of competency, then competencies in file order,
    then groups in file order."""
    order = [(g, c.id) for c in scenario.competencies for g in scenario.groups if g.gaps.get(c.id)]
    return sorted(order, key=lambda gap: -gap[0].weight * scenario.competency[gap[1]].weight)


def _serve(ledger: Ledger, group: Group, competency: str) -> None:
    """Seats for all of the group who lack the competency and are willing."""
    scenario = ledger.scenario
    left = int(group.gaps[competency] * group.uptake)
    offered = [p for p in scenario.programmes if p.closes.get(competency) and (group.id, p.id) in ledger.sets.need]
    for programme in sorted(offered, key=lambda p: -p.closes[competency]):
        left -= ledger.seats.get((group.id, programme.id), 0)
        if left <= 0:
            return
        wanted = [group.id] * min(left, ledger.room(group, programme))
        left -= _enter_as_many(ledger, programme, wanted, whole_classes=False)


def _fill_in_proportion(ledger: Ledger, demand: Mapping[str, int], weights: Mapping[str, Mapping[str, int]]) -> None:
    """Let all programmes grow at the same pace relative to their demand, each until the money or its places end.

    A class is the next step of a programme with classes; it is due when its middle seat is. Programmes without
    classes grow in steps of 5%.
    """
    programmes = [p for p in ledger.scenario.programmes if demand[p.id]]
    order = {p.id: n for n, p in enumerate(programmes)}
    done = {p.id: ledger.seated(p) for p in programmes}
    queue = [_next(p, demand[p.id], done[p.id]) for p in programmes]
    while queue:
        step = min(queue, key=lambda s: (s[0], order[s[1].id]))
        queue.remove(step)
        _due, programme, people = step
        seats = list(_dealt(ledger, programme, weights[programme.id], people))
        entered = _enter_as_many(ledger, programme, seats, whole_classes=True)
        done[programme.id] += entered
        if entered and entered == people:
            queue.append(_next(programme, demand[programme.id], done[programme.id]))


def _next(programme: Programme, demand: int, done: int) -> tuple[Fraction, Programme, int]:
    """When the next step of a programme is due, in its demand, and how many people it has."""
    if programme.class_size is not None:
        people = programme.class_size.max
    else:
        part = done * STEPS // demand + 1
        people = max(1, -(-part * demand // STEPS) - done)
    return Fraction(2 * done + people, 2 * demand), programme, people


def _dealt(ledger: Ledger, programme: Programme, weights: Mapping[str, int], people: int) -> Iterator[str]:
    """The groups that get the next seats of a programme, seat by seat: always the group that is furthest behind its
    proportion (Sainte-Laguë: largest weight / (2 x seats + 1)), in file order where several are."""
    group = ledger.scenario.group
    room = {g: ledger.room(group[g], programme) for g in weights}
    seats = {g: ledger.seats.get((g, programme.id), 0) for g in weights}
    for _ in range(min(people, ledger.places_left(programme))):
        open_to = [g for g in weights if room[g] > 0 and weights[g]]
        if not open_to:
            return
        chosen = max(open_to, key=lambda g: Fraction(weights[g], 2 * seats[g] + 1))
        seats[chosen] += 1
        room[chosen] -= 1
        yield chosen


def _enter_as_many(ledger: Ledger, programme: Programme, seats: Sequence[str], *, whole_classes: bool) -> int:
    """Enter the seats, or as many of the first of them as the money pays for; how many were entered.

    With `whole_classes` only as many as fill classes that are large enough.
    """

    def people(number: int) -> dict[str, int]:
        if whole_classes:
            seated = ledger.seated(programme)
            number = ledger.fillable(programme, seated + number) - seated
        return dict(Counter(seats[: max(0, number)]))

    fits, too_many = 0, len(seats) + 1
    if ledger.affords(programme, people(len(seats))):
        fits = len(seats)
    while too_many - fits > 1 and fits < len(seats):
        middle = (fits + too_many) // 2
        fits, too_many = (middle, too_many) if ledger.affords(programme, people(middle)) else (fits, middle)
    entering = people(fits)
    if entering:
        ledger.enter(programme, entering)
    return sum(entering.values())
