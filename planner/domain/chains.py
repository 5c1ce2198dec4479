"""Chains of prerequisites: who could ever attend a programme, how early, and what prevents it.

One person is looked at a time: class sizes, money, mentors and released days are left out.
"""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

from planner.domain.groups import Group
from planner.domain.programmes import Programme
from planner.domain.running import place_when_finished
from planner.domain.scenario import Scenario

ObstacleKind = Literal["not_for", "no_gap", "hours", "no_start", "later", "order", "chain"]


class Obstacle(NamedTuple):
    """What keeps all people of a group out of a programme.

    hours      it has more JP in a year than one person may take
    no_start   no period in which it may start lets it end within the horizon
    later      in the years in which it may start nobody needs it yet
    not_for    it requires `required`, which is not for the group
    no_gap     it requires `required`, which closes none of the group's gaps
    order      it requires `required`, which cannot be finished before the last start
    chain      it requires `required`, which the group cannot attend either
    """

    kind: ObstacleKind
    required: str = ""


_NO_START: Final = Obstacle("no_start")


class Chains:
    """The earliest start of each programme for each group, found once."""

    def __init__(self, scenario: Scenario) -> None:
        self._scenario = scenario
        self._starts = {
            p.id: [scenario.place_of_period[t] for t in scenario.periods_of(p)] for p in scenario.programmes
        }
        self._meant = {p.id: self._ids(p) for p in scenario.programmes}
        self._known: dict[tuple[str, str], int | Obstacle] = {}

    def obstacle(self, group: Group, programme: Programme) -> Obstacle | None:
        """Return what keeps everybody of `group` out of `programme`, which is for them and closes a gap of theirs."""
        if group.max_hours is None and not group.new_gaps and not programme.prerequisites:
            return None if self._starts[programme.id] else _NO_START  # the same for all such groups
        found = self._found(group, programme)
        return found if isinstance(found, Obstacle) else None

    def finished_too_late(self, group: Group, programme: Programme, required: Programme) -> bool:
        """Return whether `required`, which the group can attend, cannot be finished before the last start of
        `programme`."""
        return self._finished(group, required) > self._open(group, programme)[-1]

    def _open(self, group: Group, programme: Programme) -> list[int]:
        """Return the starts, by place, at which one person of the group has enough hours left in the year."""
        starts = self._starts[programme.id]
        if group.max_hours is None or (programme.lasts == 1 and not group.hours_before):
            return starts
        horizon = self._scenario.horizon
        return [n for n in starts if self._scenario.one_person.fits(group, programme, horizon[n])]

    def _ids(self, programme: Programme) -> frozenset[str] | None:
        """Return the ids of the groups that a programme is for; None for all."""
        if not programme.for_.named():
            return None
        return frozenset(group.id for group in self._scenario.groups_in(programme.for_))

    def _found(self, group: Group, programme: Programme) -> int | Obstacle:
        key = group.id, programme.id
        if key not in self._known:
            self._known[key] = self._search(group, programme)
        return self._known[key]

    def _search(self, group: Group, programme: Programme) -> int | Obstacle:
        if not self._scenario.one_person.admits_now(group, programme):
            return Obstacle("hours")
        starts = self._open(group, programme)
        if not starts:
            return _NO_START
        starts = [start for start in starts if self._needed(group, programme, start)]
        if not starts:
            return Obstacle("later")
        earliest = 0
        for enough in programme.prerequisites:
            several = [self._scenario.programme[name] for name in enough]
            if any(self._ready(group, programme, required) for required in several):
                continue
            obstacles = [self._closed(group, required) for required in several]
            open_to = [required for required, obstacle in zip(several, obstacles, strict=True) if obstacle is None]
            if obstacles[0] is not None and not open_to:
                return obstacles[0]
            earliest = max(earliest, min(self._finished(group, required) for required in open_to))
            if earliest > starts[-1]:
                return Obstacle("order", open_to[0].id)
        return next(start for start in starts if start >= earliest)

    def _finished(self, group: Group, programme: Programme) -> int:
        """Return the place of the first period in which a follow-up of `programme` may start, which the group can
        attend."""
        start = self._found(group, programme)
        assert isinstance(start, int)
        return place_when_finished(self._scenario, programme, self._scenario.horizon[start])

    def _needed(self, group: Group, programme: Programme, start: int) -> bool:
        """Return whether somebody of the group needs the programme by the end of the year of `start` (its place)."""
        year = self._scenario.year_of[self._scenario.horizon[start]]
        return not group.new_gaps or self._scenario.need(group, programme, year) > 0

    def _ready(self, group: Group, programme: Programme, required: Programme) -> bool:
        """Return whether somebody need not attend `required` first: they have completed it, or lack nothing it
        teaches."""
        last = self._scenario.horizon[self._starts[programme.id][-1]]
        skip = self._scenario.may_skip(group, programme, (required.id,), last) > 0
        return skip or group.completed.get(required.id, 0) > 0

    def _closed(self, group: Group, required: Programme) -> Obstacle | None:
        meant = self._meant[required.id]
        if meant is not None and group.id not in meant:
            return Obstacle("not_for", required.id)
        if not self._scenario.need(group, required):
            return Obstacle("no_gap", required.id)
        return Obstacle("chain", required.id) if isinstance(self._found(group, required), Obstacle) else None
