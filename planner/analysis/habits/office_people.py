"""The people of a group as an office deals courses out to them: each course once, within hours and working days."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from planner.domain.attendance import Pattern
from planner.domain.groups import Group
from planner.domain.one_person import PersonLimit
from planner.domain.programmes import Programme
from planner.domain.scenario import Scenario

State = tuple[frozenset[str], tuple[tuple[PersonLimit, Fraction], ...]]
"""Programmes that somebody attends, and what these take of each limit [JP or days]."""

NOTHING: State = (frozenset(), ())


class OfficePeople:
    """How many people of a group attend what so far.

    Those with the fewest hours get the next course, those first who have what it requires. It is held in the first
    period in which they can take it.
    """

    def __init__(self, scenario: Scenario, group: Group, people: int) -> None:
        self.scenario, self.group = scenario, group
        self.states: dict[State, int] = {NOTHING: people}
        self._known: dict[tuple[State, str], State | None] = {}

    @staticmethod
    def limited(scenario: Scenario, group: Group) -> bool:
        """Return whether there is anything that one person of a group may not take beside another."""
        return group.max_hours is not None or bool(scenario.one_person.crowded)

    def room(self, programme: Programme, required: Sequence[Programme]) -> int:
        """Return how many can take a programme, and what it requires of them beside it [people]."""
        return sum(n for state, n in self.states.items() if self._after(state, programme, required) is not None)

    def give(self, programme: Programme, number: int, required: frozenset[str]) -> None:
        """Let so many people take a programme; those for whom there is no room are left out."""

        def order(state: State) -> tuple[int, Fraction, list[str]]:
            hours = (n for (kind, _where), n in state[1] if kind == "hours")
            return len(required - state[0]), sum(hours, Fraction(0)), sorted(state[0])

        for state in sorted(self.states, key=order):
            after = self._after(state, programme, ())
            if number and after is not None:
                moved = min(number, self.states[state])
                self._move(state, after, moved)
                number -= moved

    def follow(self, pattern: Pattern) -> None:
        """Let people who attend nothing follow a pattern of a plan."""
        state = NOTHING
        for name, start in pattern.programmes:
            state = _with(state, name, self._loads(self.scenario.programme[name], start))
        self._move(NOTHING, state, min(pattern.people, self.states.get(NOTHING, 0)))

    def _move(self, before: State, after: State, number: int) -> None:
        self.states[after] = self.states.get(after, 0) + number
        self.states[before] -= number
        if not self.states[before]:
            del self.states[before]

    def _after(self, state: State, programme: Programme, required: Sequence[Programme]) -> State | None:
        """Return what somebody attends with a programme beside; None where that is too much, or has it already."""
        if programme.id in state[0]:
            return None
        found: State | None = state
        for each in (*(other for other in required if other.id not in state[0]), programme):
            found = None if found is None else self._with_one(found, each)
        return found

    def _with_one(self, state: State, programme: Programme) -> State | None:
        key = state, programme.id
        if key not in self._known:
            self._known[key] = self._found(state, programme)
        return self._known[key]

    def _found(self, state: State, programme: Programme) -> State | None:
        """Add a programme to what somebody attends, in the first period in which it fits."""
        taken = dict(state[1])
        for start in self.scenario.one_person.starts[programme.id]:
            loads = self._loads(programme, start)
            if all(taken.get(limit, Fraction(0)) + n <= self._most(limit) for limit, n in loads.items()):
                return _with(state, programme.id, loads)
        return None

    def _loads(self, programme: Programme, start: str) -> dict[PersonLimit, Fraction]:
        """Return what one participant takes of the limits that there are."""
        one = self.scenario.one_person
        days: dict[PersonLimit, Fraction] = {
            ("days", t): n for t, n in one.days(programme, start).items() if t in one.crowded
        }
        if self.group.max_hours is None:
            return days
        return {("hours", year): n for year, n in one.hours(programme, start).items()} | days

    def _most(self, limit: PersonLimit) -> Fraction:
        if limit[0] == "days":
            return self.scenario.working_days[limit[1]]
        most = self.scenario.one_person.room(self.group, limit[1])
        assert most is not None
        return most


def _with(state: State, programme: str, loads: dict[PersonLimit, Fraction]) -> State:
    taken = dict(state[1])
    for limit, n in loads.items():
        taken[limit] = taken.get(limit, Fraction(0)) + n
    return state[0] | {programme}, tuple(sorted(taken.items()))
