"""Patterns by construction: seats are given out start by start, to people who have the same seats so far.

Each start splits at most one lot of people, so that there are few different patterns. The result is verified by
`Task.kept_by`; where no order of giving out succeeds, `exact.py` decides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from planner.attendance.task import Task

Patterns = list[tuple[int, tuple[int, ...]]]
"""(people, starts) of each pattern."""


class Lot:
    """People who have the same seats so far."""

    __slots__ = ("favoured", "hours", "loads", "people", "programmes", "taken")

    def __init__(
        self, people: int, taken: tuple[int, ...], programmes: int, loads: list[int], hours: list[int], favoured: bool
    ) -> None:
        self.people, self.taken, self.programmes = people, taken, programmes
        self.loads, self.hours, self.favoured = loads, hours, favoured


Preference = Callable[[Lot, int], tuple[int, ...]]
"""Order in which lots take a start: the one with the smallest value first."""


def constructed(task: Task, people: int) -> Patterns | None:
    """Return the first patterns of so many people that some order of giving out finds; None where none does."""
    for order in _orders(task):
        for preference in (_evenly, _tightly):
            found = given_out(task, people, order, preference)
            if found is not None:
                return found
    return None


def most_even(task: Task, people: int, favoured: int) -> Patterns | None:
    """Return patterns in which `favoured` people are served first, until they have their hours; then those with
    least."""

    def preference(lot: Lot, start: int) -> tuple[int, ...]:
        each = zip(lot.hours, task.targets, task.hours[start], strict=True)
        if lot.favoured and any(hours < needed and more for hours, needed, more in each):
            return (0, sum(lot.hours))
        return (1, sum(lot.hours))

    for order in _orders(task):
        found = given_out(task, people, order, preference, favoured)
        if found is not None:
            return found
    return None


def given_out(task: Task, people: int, order: list[int], preference: Preference, favoured: int = 0) -> Patterns | None:
    """Give out all seats in `order`; None where a seat is left that nobody can take."""
    nothing = [0] * len(task.rooms)
    no_hours = [0] * (len(task.hours[0]) if task.hours else 0)
    lots = [Lot(n, (), 0, nothing, no_hours, first) for n, first in ((favoured, True), (people - favoured, False)) if n]
    left = [quota.people for quota in task.quotas]
    for start in order:
        seats, bit = task.counts[start], 1 << task.programme[start]
        load, hours, quotas = task.loads[start], task.hours[start], task.quotas_of.get(task.programme[start])
        able = [
            lot
            for lot in lots
            if not lot.programmes & bit
            and all(has + more <= room for has, more, room in zip(lot.loads, load, task.rooms, strict=True))
        ]
        unmet = {id(lot): task.unmet(start, lot.taken) if quotas else [] for lot in able}
        able.sort(key=lambda lot: (len(unmet[id(lot)]), *preference(lot, start)))
        for lot in able:
            number = min([lot.people, seats, *(left[q] for q in unmet[id(lot)])])
            if not number:
                continue
            for q in unmet[id(lot)]:
                left[q] -= number
            if number < lot.people:
                lots.append(Lot(lot.people - number, lot.taken, lot.programmes, lot.loads, lot.hours, lot.favoured))
                lot.people = number
            lot.taken = (*lot.taken, start)
            lot.programmes |= bit
            lot.loads = [has + more for has, more in zip(lot.loads, load, strict=True)]
            lot.hours = [has + more for has, more in zip(lot.hours, hours, strict=True)]
            seats -= number
            if not seats:
                break
        if seats:
            return None
    return merged([(lot.people, tuple(sorted(lot.taken))) for lot in lots if lot.taken])


def merged(patterns: Patterns) -> Patterns:
    """Return the same patterns, each once, in the order of their starts."""
    people: dict[tuple[int, ...], int] = {}
    for number, taken in patterns:
        people[taken] = people.get(taken, 0) + number
    return [(people[taken], taken) for taken in sorted(people)]


def _evenly(lot: Lot, start: int) -> tuple[int, ...]:
    return (sum(lot.hours),)


def _tightly(lot: Lot, start: int) -> tuple[int, ...]:
    return tuple(-load for load in lot.loads)


def _orders(task: Task) -> Iterator[list[int]]:
    """Yield orders of giving out: prerequisites first, then the heaviest; and in the order of periods."""
    every = range(len(task.starts))
    weight = [
        max((n / room for n, room in zip(load, task.rooms, strict=True) if room), default=0.0) for load in task.loads
    ]
    if not task.quotas:
        yield sorted(every, key=lambda s: (-weight[s], -sum(task.hours[s]), s))
        return
    depth = _depths(task)
    yield sorted(every, key=lambda s: (depth[task.programme[s]], task.begins[s], -weight[s], -sum(task.hours[s]), s))
    yield sorted(every, key=lambda s: (task.begins[s], depth[task.programme[s]], -weight[s], s))


def _depths(task: Task) -> dict[int, int]:
    """Return how many programmes must be finished before each, one after the other."""
    depth = dict.fromkeys(task.programme, 0)
    for _ in depth:
        before = dict(depth)
        for quota in task.quotas:
            deepest = max((depth[q] for q in quota.enough), default=-1)
            depth[quota.programme] = max(depth[quota.programme], deepest + 1)
        if depth == before:
            break
    return depth
