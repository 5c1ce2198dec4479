"""What changes from one plan to another: who sits elsewhere, and which classes are held."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from planner.plans.plan import Plan

People = Mapping[tuple[str, str], int]
"""Participants of (group, programme) [people]."""

Classes = Mapping[tuple[str, str], int]
"""Classes of (programme, period)."""


@dataclass(frozen=True, slots=True)
class Change:
    """A number that differs: of people of (group, programme) or (group, programme, period), or of classes of
    (programme, period)."""

    key: tuple[str, ...]
    before: int
    after: int


@dataclass(frozen=True)
class Moves:
    """The changes between two plans, in the order in which the tables name them."""

    people: tuple[Change, ...]
    """(group, programme), or (group, programme, period), with other numbers of participants."""
    classes: tuple[Change, ...]
    """(programme, period) with other numbers of classes."""

    @cached_property
    def added(self) -> int:
        """Seats that only the second plan gives [people]."""
        return sum(max(0, change.after - change.before) for change in self.people)

    @cached_property
    def removed(self) -> int:
        """Seats that only the first plan gives [people]."""
        return sum(max(0, change.before - change.after) for change in self.people)

    @property
    def people_moved(self) -> int:
        """People placed differently: max(added, removed). It is a distance: 0 only where nothing differs, the same
        both ways, and never longer by a detour."""
        return max(self.added, self.removed)

    @cached_property
    def classes_changed(self) -> int:
        """sum over (p,t) of |difference in classes|."""
        return sum(abs(change.after - change.before) for change in self.classes)

    @property
    def all_changes(self) -> int:
        """Seats added and removed, and classes changed, all together."""
        return self.added + self.removed + self.classes_changed


def people_of(plan: Plan) -> dict[tuple[str, str], int]:
    """Participants of (group, programme) over all periods [people]."""
    found: dict[tuple[str, str], int] = {}
    for row in plan.allocations:
        found[row.group, row.programme] = found.get((row.group, row.programme), 0) + row.participants
    return found


def classes_of(plan: Plan) -> dict[tuple[str, str], int]:
    """Classes of (programme, period)."""
    return {(row.programme, row.period): row.classes for row in plan.classes}


def seats_of(plan: Plan) -> dict[tuple[str, str, str], int]:
    """Participants of (group, programme, period) [people]."""
    return {(row.group, row.programme, row.period): row.participants for row in plan.allocations}


def moves(before: Plan, after: Plan) -> Moves:
    """What changes from `before` to `after`: who takes what, whenever that is, and which classes are held."""
    people = tuple(_changes(people_of(before), people_of(after)))
    return Moves(people, tuple(_changes(classes_of(before), classes_of(after))))


def moves_in_time(seats: Mapping[tuple[str, str, str], int], classes: Classes, after: Plan) -> Moves:
    """What changes from the seats and classes of an earlier plan to `after`; another period is a change too."""
    return Moves(tuple(_changes(seats, seats_of(after))), tuple(_changes(classes, classes_of(after))))


def moves_of_people(people: People, after: Plan) -> Moves:
    """Who takes what now and did not in an earlier plan of which no more is known."""
    return Moves(tuple(_changes(people, people_of(after))), ())


def _changes[K: tuple[str, ...]](before: Mapping[K, int], after: Mapping[K, int]) -> Iterator[Change]:
    for key in dict.fromkeys((*before, *after)):
        old, new = before.get(key, 0), after.get(key, 0)
        if old != new:
            yield Change(key, old, new)
