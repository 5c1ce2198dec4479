"""Better seats for the people of mixed groups, where the plan's patterns leave gaps open that these seats could
close."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import numpy as np

from planner.attendance.mixed_seats import Alike, PartSeats
from planner.domain.attendance import NO_HISTORY, Start
from planner.domain.running import hours_by_year
from planner.domain.scenario import Scenario
from planner.people.best_fit import Fitted, seats_of
from planner.people.person_sql import lacked, masks
from planner.people.register import Register
from planner.people.ways import Way

type Claimed = Mapping[str, Mapping[str, int]]
"""People by group and year who reach the target according to the plan."""
type Wish = tuple[bool, Fraction, int, Fraction]
"""How well some seats fit somebody; people whom they fit equally take them in the order of the rule."""


@dataclass(frozen=True)
class BestSeats:
    """Everybody of mixed groups who attends something, the new ways of the parts that were divided anew, and whether
    no other way to give out the seats closes more."""

    fitted: Fitted
    ways: Mapping[int, list[Way]]
    best: bool


def best_seats(
    register: Register,
    scenario: Scenario,
    ways: Mapping[int, Sequence[Way]],
    first: Fitted,
    claimed: Claimed,
    number: Callable[[], int],
) -> BestSeats:
    """Divide anew the seats of parts that close less than they could; `ways` are by the number of the part.

    People who lack the same take their seats in the order of the rule. `number` gives new ways numbers that no way of
    the plan has, including those of exact groups.
    """
    made: dict[int, list[Way]] = {}
    best, unready = True, 0
    rows: list[tuple[int, int, int]] = []
    parts_of_group: dict[str, int] = {}
    for of_part in ways.values():
        for group in {way.group for way in of_part}:
            parts_of_group[group] = parts_of_group.get(group, 0) + 1
    people = _people(register, first.short)
    for part in first.short:
        of_part = ways[part]
        group = of_part[0].group
        alone = parts_of_group[group] == 1 and of_part[0].history == NO_HISTORY
        seats = seats_of(scenario, of_part, claimed.get(group, {}), alone=alone)
        shared = _MixedPart(register.competencies, scenario, part, of_part, seats, people.get(part, ()))
        found = shared.better(first, number)
        best = best and shared.best
        if found is not None:
            made[part], taken = found
            rows += [(part, place, way) for place, way in taken]
            unready += shared.unready - shared.unready_before
    if not made:
        return BestSeats(first, made, best)
    kept = ~np.isin(first.part, np.asarray([*made], np.int64))
    new = [np.asarray(column, np.int64) for column in zip(*rows, strict=True)]
    old = [first.part[kept], first.place[kept], first.way[kept]]
    parts, places, numbers = (np.concatenate(both) for both in zip(old, new, strict=True))
    return BestSeats(Fitted(parts, places, numbers, first.unready + unready, first.short), made, best)


def _people(register: Register, parts: Sequence[int]) -> dict[int, list[Sequence[Any]]]:
    """Return place, JP done before and bits of the gaps of everybody in some parts, in the order of the rule."""
    lacking = ", ".join(f"k.gaps{at} & ~coalesce(h.passed{at}, 0)" for at in range(masks(register.competencies)))
    found: dict[int, list[Sequence[Any]]] = {}
    for part, *row in (
        register.connection.execute(
            f"SELECT p.part, p.place, coalesce(q.hours, 0), {lacking} FROM placed p JOIN person q USING (row)"
            " SEMI JOIN (SELECT unnest(?::BIGINT[]) AS part) s ON p.part = s.part"
            " JOIN kind k ON p.kind = k.number LEFT JOIN history h ON p.part = h.part ORDER BY p.part, p.place",
            [[*parts]],
        ).fetchall()
        if parts
        else ()
    ):
        found.setdefault(part, []).append(row)
    return found


class _MixedPart:
    """The people of one part, in the order of the rule, and the seats that they are to take."""

    def __init__(
        self,
        competencies: Sequence[str],
        scenario: Scenario,
        part: int,
        ways: Sequence[Way],
        seats: PartSeats,
        rows: Iterable[Sequence[Any]],
    ) -> None:
        """`rows` are place, JP done before and bits of gaps of everybody."""
        self.scenario, self.part, self.ways, self.seats = scenario, part, ways, seats
        self.best = False
        self.unready = self.unready_before = 0
        self.lacks: dict[int, frozenset[str]] = {}
        """The competencies taught by the seats that each person lacks, by place."""
        self.jp: dict[int, Fraction] = {}
        taught = seats.taught()
        alike: dict[tuple[int, ...], frozenset[str]] = {}
        for place, hours, *bits in rows:
            key = tuple(bits)
            if key not in alike:
                alike[key] = taught & {*lacked(competencies, bits)}
            self.lacks[place] = alike[key]
            self.jp[place] = self._counted(Fraction(hours))

    def _counted(self, hours: Fraction) -> Fraction:
        """Return JP done before, as far as they decide who reaches the target."""
        target = self.scenario.scenario.hours_target or 0
        return min(hours, Fraction(target)) if self.seats.claimed else Fraction(0)

    def better(self, first: Fitted, number: Callable[[], int]) -> tuple[list[Way], list[tuple[int, int]]] | None:
        """Return the ways of the part and (place, way) of everybody who takes one, where the seats close more than so
        far."""
        of_part = first.part == self.part
        starts_of = {way.number: taken for way, (_n, taken) in zip(self.ways, self.seats.taken, strict=True)}
        so_far = {
            place: starts_of[way]
            for place, way in zip(first.place[of_part].tolist(), first.way[of_part].tolist(), strict=True)
            if starts_of[way]
        }
        by_alike: dict[tuple[frozenset[str], Fraction], list[int]] = {}
        for place, lacks in self.lacks.items():
            by_alike.setdefault((lacks, self.jp[place]), []).append(place)
        found = self.seats.filled([Alike(lacks, jp, len(those)) for (lacks, jp), those in by_alike.items()])
        if found is None:
            return None
        self.best = found.best
        queues = [*by_alike.values()]
        taken: dict[int, tuple[Start, ...]] = {}
        for a, people, starts in sorted(found.rows, key=lambda row: (row[0], self._order(row[2], queues[row[0]][0]))):
            taken |= dict.fromkeys(queues[a][:people], starts)
            queues[a] = queues[a][people:]
        before, now = (self.seats.value((self.lacks[n], 1, s) for n, s in each.items()) for each in (so_far, taken))
        if (-now[0], now[1]) <= (-before[0], before[1]):
            return None
        self.unready, self.unready_before = now[0], before[0]
        return self._ways(self._in_turn(taken), number)

    def _order(self, starts: Sequence[Start], place: int) -> tuple[Any, ...]:
        """Return the order in which starts go to the people who come first: what closes most, then most JP, then
        earliest."""
        when = [(self.scenario.place_of_period[t], p) for p, t in starts]
        hours = sum(self._hours(starts), Fraction(0))
        return -self.seats.worth(starts, self.lacks[place]), -hours, when

    def _in_turn(self, taken: Mapping[int, tuple[Start, ...]]) -> dict[int, tuple[Start, ...]]:
        """Return the same seats, given to the first in the order of the rule among people whom they fit equally."""
        result = dict(taken)
        for starts in dict.fromkeys(taken.values()):
            holders: dict[Wish, list[int]] = {}
            for place in self.lacks:
                if result.get(place, starts) == starts:
                    holders.setdefault(self._wish(place, starts), []).append(place)
            for those in holders.values():
                seated = sum(place in result for place in those)
                for place in those:
                    result.pop(place, None)
                result |= dict.fromkeys(sorted(those)[:seated], starts)
        return result

    def _wish(self, place: int, starts: tuple[Start, ...]) -> Wish:
        lacks, programme = self.lacks[place], self.scenario.programme
        useless = sum(not lacks & programme[p].closes.keys() for p, _t in starts)
        return self.seats.unready(starts, lacks), self.seats.worth(starts, lacks), useless, self.jp[place]

    def _ways(
        self, taken: Mapping[int, tuple[Start, ...]], number: Callable[[], int]
    ) -> tuple[list[Way], list[tuple[int, int]]]:
        """Return ways for what is taken; ways of the plan without seats to come stay."""
        like = self.ways[0]
        kept = [way for way, (_n, starts) in zip(self.ways, self.seats.taken, strict=True) if not starts]
        by_starts: dict[tuple[Start, ...], list[int]] = {}
        for place, starts in sorted(taken.items()):
            by_starts.setdefault(starts, []).append(place)
        made, rows = [*kept], []
        idle = iter([place for place in self.lacks if place not in taken])
        for way in kept:
            rows += [(place, way.number) for place, _n in zip(idle, range(way.people), strict=False)]
        for starts, places in by_starts.items():
            way = replace(
                like, number=number(), people=len(places), starts=self._begun(starts), hours=self._hours(starts)
            )
            made.append(way)
            rows += [(place, way.number) for place in places]
        return made, rows

    def _begun(self, starts: Iterable[Start]) -> tuple[Start, ...]:
        """Return these starts and those of the past, in the order in which they begin."""
        place = {p.id: n for n, p in enumerate(self.scenario.programmes)}
        both = [*self.seats.history.starts, *starts]
        return tuple(sorted(both, key=lambda start: (self.scenario.place_of_period[start[1]], place[start[0]])))

    def _hours(self, starts: Sequence[Start]) -> tuple[Fraction, ...]:
        """Return the JP of one person in each year."""
        of_starts = [
            hours_by_year(self.scenario, self.scenario.programme[p], t)
            for p, t in (*self.seats.history.starts, *starts)
        ]
        return tuple(sum((each.get(y, Fraction(0)) for each in of_starts), Fraction(0)) for y in self.scenario.years)
