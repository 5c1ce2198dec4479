"""Usual allocations of an office until the money ends: by headcount, by priority, or as last year.

Seats are entered into a PlannersSheet in whole classes. The cost of closing a gap is not considered.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Final

from planner.analysis.habits.planners_sheet import OfficeAllocation, PlannersSheet
from planner.domain.groups import Group
from planner.domain.programmes import Programme
from planner.domain.scenario import Scenario

STEPS: Final = 20
"""Number of steps in which a programme without classes grows, each 1/STEPS of its demand."""


NewSheet = Callable[[Mapping[str, int]], PlannersSheet]
"""Returns an empty sheet with limits on the classes of some programmes."""


def by_headcount(new_sheet: NewSheet) -> OfficeAllocation:
    """Reduce all programmes in proportion to their demand; divide seats among their groups by headcount."""
    sheet = new_sheet({})
    programmes = sheet.scenario.programmes
    demand = {p.id: sum(sheet.willing(g, p) for g in sheet.offered[p.id]) for p in programmes}
    weights = {p.id: {g.id: g.headcount for g in sheet.offered[p.id]} for p in programmes}
    _allocate_in_proportion(sheet, demand, weights)
    return sheet.seats


def as_last_year(new_sheet: NewSheet, before: Mapping[tuple[str, str], int]) -> OfficeAllocation:
    """Scale the allocation of an earlier plan up or down until the money ends.

    `before` has the participants of (group, programme); groups and programmes that no longer exist are ignored.
    """
    sheet = new_sheet({})
    scenario = sheet.scenario
    weights: dict[str, dict[str, int]] = {p.id: {} for p in scenario.programmes}
    for (group, programme), people in before.items():
        if programme in scenario.programme and group in scenario.group and people:
            weights[programme][group] = people
    _allocate_in_proportion(sheet, {p: sum(split.values()) for p, split in weights.items()}, weights)
    return sheet.seats


def by_priority(new_sheet: NewSheet) -> OfficeAllocation:
    """Serve one gap after the other, in the order of `priorities`, until the money ends.

    All willing people of the group get the programme that closes the competency best; without free places, the next
    best. Classes that remain too small are cancelled, and the allocation starts again without them.
    """
    most_classes: dict[str, int] = {}
    while True:
        sheet = new_sheet(most_classes)
        for group, competency in priorities(sheet.scenario):
            _seat_group(sheet, group, competency)
        programmes = sheet.scenario.programmes
        small = [p for p in programmes if sheet.fillable(p, sheet.seated(p)) < sheet.seated(p)]
        if not small:
            return sheet.seats
        for programme in small:
            assert programme.class_size is not None
            kept = sheet.fillable(programme, sheet.seated(programme))
            most_classes[programme.id] = kept // programme.class_size.max


def priorities(scenario: Scenario) -> list[tuple[Group, str]]:
    """Return the gaps (group, competency) by weight of group x weight of competency, then competencies and groups in
    file order."""
    order = [(g, c.id) for c in scenario.competencies for g in scenario.groups if g.needs.get(c.id)]
    return sorted(order, key=lambda gap: -gap[0].weight * scenario.competency[gap[1]].weight)


def _seat_group(sheet: PlannersSheet, group: Group, competency: str) -> None:
    """Enter seats for all people of the group who lack the competency and are willing."""
    scenario = sheet.scenario
    left = int(group.needs[competency] * group.uptake)
    offered = [p for p in scenario.programmes if p.closes.get(competency) and (group.id, p.id) in sheet.sets.need]
    for programme in sorted(offered, key=lambda p: -p.closes[competency]):
        left -= sheet.seats.get((group.id, programme.id), 0)
        if left <= 0:
            return
        wanted = [group.id] * min(left, sheet.free_capacity(group, programme))
        left -= _enter_affordable(sheet, programme, wanted, whole_classes=False)


def _allocate_in_proportion(
    sheet: PlannersSheet, demand: Mapping[str, int], weights: Mapping[str, Mapping[str, int]]
) -> None:
    """Let all programmes grow at the same pace relative to their demand, each until money or places end.

    A programme with classes grows by one class, due when its middle seat is due; others by 1/STEPS of their demand.
    """
    programmes = [p for p in sheet.scenario.programmes if demand[p.id]]
    order = {p.id: n for n, p in enumerate(programmes)}
    done = {p.id: sheet.seated(p) for p in programmes}
    queue = [_next_step(p, demand[p.id], done[p.id]) for p in programmes]
    while queue:
        step = min(queue, key=lambda s: (s[0], order[s[1].id]))
        queue.remove(step)
        _due, programme, people = step
        seats = list(_next_groups(sheet, programme, weights[programme.id], people))
        entered = _enter_affordable(sheet, programme, seats, whole_classes=True)
        done[programme.id] += entered
        if entered and entered == people:
            queue.append(_next_step(programme, demand[programme.id], done[programme.id]))


def _next_step(programme: Programme, demand: int, done: int) -> tuple[Fraction, Programme, int]:
    """Return when the next step of a programme is due [share of its demand], the programme, and the step [people]."""
    if programme.class_size is not None:
        people = programme.class_size.max
    else:
        part = done * STEPS // demand + 1
        people = max(1, -(-part * demand // STEPS) - done)
    return Fraction(2 * done + people, 2 * demand), programme, people


def _next_groups(sheet: PlannersSheet, programme: Programme, weights: Mapping[str, int], people: int) -> Iterator[str]:
    """Yield the groups that get the next seats of a programme, one by one (Sainte-Laguë: largest weight / (2 x seats +
    1); of equals the first in file order)."""
    group = sheet.scenario.group
    free_capacity = {g: sheet.free_capacity(group[g], programme) for g in weights}
    seats = {g: sheet.seats.get((g, programme.id), 0) for g in weights}
    for _ in range(min(people, sheet.places_left(programme))):
        open_to = [g for g in weights if free_capacity[g] > 0 and weights[g]]
        if not open_to:
            return
        chosen = max(open_to, key=lambda g: Fraction(weights[g], 2 * seats[g] + 1))
        seats[chosen] += 1
        free_capacity[chosen] -= 1
        yield chosen


def _enter_affordable(sheet: PlannersSheet, programme: Programme, seats: Sequence[str], *, whole_classes: bool) -> int:
    """Enter the first seats that the money pays for and return their number.

    With `whole_classes`, only as many as fill classes of the smallest size or larger.
    """

    def people(number: int) -> dict[str, int]:
        if whole_classes:
            seated = sheet.seated(programme)
            number = sheet.fillable(programme, seated + number) - seated
        return dict(Counter(seats[: max(0, number)]))

    fits, too_many = 0, len(seats) + 1
    if sheet.affords(programme, people(len(seats))):
        fits = len(seats)
    while too_many - fits > 1 and fits < len(seats):
        middle = (fits + too_many) // 2
        fits, too_many = (middle, too_many) if sheet.affords(programme, people(middle)) else (fits, middle)
    entering = people(fits)
    if entering:
        sheet.enter(programme, entering)
    return sum(entering.values())
