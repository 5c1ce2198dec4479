"""Changes between two plans: participants and classes."""

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
class NumberChange:
    """A changed number: people of (group, programme[, period]), or classes of (programme, period)."""

    key: tuple[str, ...]
    before: int
    after: int


@dataclass(frozen=True)
class Moves:
    """All changes between two plans, in the order of the plans' tables."""

    people: tuple[NumberChange, ...]
    """Changed participants, by (group, programme) or (group, programme, period)."""
    classes: tuple[NumberChange, ...]
    """Changed classes, by (programme, period)."""

    @cached_property
    def added(self) -> int:
        """Seats of the second plan that the first does not have [people]."""
        return sum(max(0, change.after - change.before) for change in self.people)

    @cached_property
    def removed(self) -> int:
        """Seats of the first plan that the second does not have [people]."""
        return sum(max(0, change.before - change.after) for change in self.people)

    @property
    def people_moved(self) -> int:
        """Distance of the two plans: max(added, removed) [people placed differently]. It is a metric."""
        return max(self.added, self.removed)

    @cached_property
    def classes_changed(self) -> int:
        """sum over (p,t) of |difference in classes|."""
        return sum(abs(change.after - change.before) for change in self.classes)

    @property
    def all_changes(self) -> int:
        """Sum of seats added, seats removed and classes changed."""
        return self.added + self.removed + self.classes_changed


def people_of(plan: Plan) -> dict[tuple[str, str], int]:
    """Return the participants of (group, programme) over all periods [people]."""
    found: dict[tuple[str, str], int] = {}
    for row in plan.allocations:
        found[row.group, row.programme] = found.get((row.group, row.programme), 0) + row.participants
    return found


def classes_of(plan: Plan) -> dict[tuple[str, str], int]:
    """Return the classes of (programme, period)."""
    return {(row.programme, row.period): row.classes for row in plan.classes}


def seats_of(plan: Plan) -> dict[tuple[str, str, str], int]:
    """Return the participants of (group, programme, period) [people]."""
    return {(row.group, row.programme, row.period): row.participants for row in plan.allocations}


def moves(before: Plan, after: Plan) -> Moves:
    """Return the changes from `before` to `after`: participants over all periods, and classes."""
    people = tuple(_changes(people_of(before), people_of(after)))
    return Moves(people, tuple(_changes(classes_of(before), classes_of(after))))


def moves_in_time(seats: Mapping[tuple[str, str, str], int], classes: Classes, after: Plan) -> Moves:
    """Return the changes from given seats and classes to `after`; another period counts as a change."""
    return Moves(tuple(_changes(seats, seats_of(after))), tuple(_changes(classes, classes_of(after))))


def moves_of_people(people: People, after: Plan) -> Moves:
    """Return the changes from given participants of (group, programme) to `after`, without classes."""
    return Moves(tuple(_changes(people, people_of(after))), ())


def _changes[K: tuple[str, ...]](before: Mapping[K, int], after: Mapping[K, int]) -> Iterator[NumberChange]:
    for key in dict.fromkeys((*before, *after)):
        old, new = before.get(key, 0), after.get(key, 0)
        if old != new:
            yield NumberChange(key, old, new)
