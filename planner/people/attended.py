"""Who attended what has happened already, according to the lists that came back: for a plan of what is left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from planner.domain.attendance import History
from planner.errors import Problem

type PastSeat = tuple[str, str, str, int | None]
"""Id of somebody who attended, programme, period and class."""


class ListedPerson(NamedTuple):
    """Somebody in the list of people, with what the lists that come back need to know."""

    group: str
    lacks: frozenset[str] | None = None
    """The competencies that this person lacked before the plan; None where only those of the group are known."""


@dataclass(frozen=True)
class Attendees:
    """Who attended what, and whether gaps were found closed."""

    group_of: Mapping[str, str] = field(default_factory=dict)
    """The group of everybody in the list of people."""
    seats: Sequence[PastSeat] = ()
    results: Mapping[tuple[str, str], bool] = field(default_factory=dict)
    """Whether a gap was found closed, by (id, competency)."""
    notices: Sequence[Problem] = ()
    """What was read in the lists that came back and is seen by nobody who opens them."""

    @cached_property
    def histories(self) -> dict[str, History]:
        """What everybody has attended, and with what result, by id."""
        starts: dict[str, set[tuple[str, str]]] = {}
        for one, programme, period, _number in self.seats:
            starts.setdefault(one, set()).add((programme, period))
        results: dict[str, dict[str, bool]] = {}
        for (one, competency), closed in self.results.items():
            results.setdefault(one, {})[competency] = closed
        found = {}
        for one, attended in starts.items():
            of_one = results.get(one, {})
            passed = frozenset(c for c, found_closed in of_one.items() if found_closed)
            found[one] = History(tuple(sorted(attended)), passed, frozenset(of_one) - passed)
        return found

    def parts(self) -> dict[str, dict[History, int]]:
        """Return how many people of each group have each history, in a fixed order."""
        counted = Counter((self.group_of[one], history) for one, history in self.histories.items())
        found: dict[str, dict[History, int]] = {}
        ordered = sorted(counted, key=lambda part: (part[0], part[1].starts, sorted(part[1].passed)))
        for group, history in ordered:
            found.setdefault(group, {})[history] = counted[group, history]
        return found

    def seated(self) -> Counter[tuple[str, str, str]]:
        """Return people by (group, programme, period)."""
        return Counter((self.group_of[one], p, t) for one, p, t, _number in self.seats)
