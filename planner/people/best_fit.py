"""Who of a mixed group takes which way: first the people whose gaps the way closes, in the order of the rule.

People of all parts are handled together, in as many rounds as a part has ways, since there may be many thousands of
parts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from math import lcm
from typing import Any, Final

import numpy as np

from planner.attendance.mixed_seats import PartSeats
from planner.domain.attendance import History, Start
from planner.domain.scenario import Scenario
from planner.people.person_sql import BITS, bits_of, masks
from planner.people.register import Register
from planner.people.ways import Way

_NOTHING: Final = 1e-9
"""Weighted gaps that count as none when comparing what seats might close."""
_EXACT: Final = 10**12
"""Largest unit of chances up to which their sums are computed in whole numbers of 64 bits."""


@dataclass(frozen=True)
class _Reach:
    """What ways of the same courses close."""

    masks: tuple[tuple[int, ...], ...]
    """The competencies that each programme closes, as bits."""
    chances: tuple[tuple[int, int], ...]
    """(place of a competency, chance that it is closed in a common unit)."""
    unmet: tuple[tuple[tuple[int, ...], ...], ...] = ()
    """For each prerequisite that the way itself does not meet: what each programme that would meet it closes, as
    bits."""

    @cached_property
    def kind(self) -> Any:
        """The type of whole numbers that hold sums of the chances."""
        return object if any(chance > _EXACT for _place, chance in self.chances) else np.int64

    def useful(self, gaps: Sequence[Any]) -> Any:
        """Return how many of the programmes close something for each person; `gaps` are arrays of bits."""
        found = np.zeros(len(gaps[0]), np.int64)
        for of_programme in self.masks:
            found += np.any([bits & mask != 0 for bits, mask in zip(gaps, of_programme, strict=True)], axis=0)
        return found

    def unready(self, gaps: Sequence[Any]) -> Any:
        """Return whether each person lacks what every programme that would meet some prerequisite teaches."""
        found = np.zeros(len(gaps[0]), bool)
        for programmes in self.unmet:
            lacking = np.ones(len(gaps[0]), bool)
            for of_programme in programmes:
                lacking &= np.any([bits & mask != 0 for bits, mask in zip(gaps, of_programme, strict=True)], axis=0)
            found |= lacking
        return found

    def closing(self, gaps: Sequence[Any]) -> Any:
        """Return the gaps that each person is expected to close, in the common unit."""
        found = np.zeros(len(gaps[0]), self.kind)
        for place, chance in self.chances:
            found += (gaps[place // BITS] >> (place % BITS) & 1).astype(self.kind) * chance
        return found


@dataclass(frozen=True)
class Fitted:
    """Everybody of mixed groups who attends something, as arrays of the same length."""

    part: Any
    """Numbers of parts of groups."""
    place: Any
    """Places in the order of the rule, within the part."""
    way: Any
    """Numbers of ways."""
    unready: int
    """Number of them who lack what a prerequisite teaches, and neither attended it before nor do so first."""
    short: tuple[int, ...] = ()
    """Parts whose seats might close more, or leave fewer people without a prerequisite, if they were divided
    otherwise."""


def seats_of(scenario: Scenario, ways: Sequence[Way], claimed: Mapping[str, int], *, alone: bool = True) -> PartSeats:
    """Return the seats that the ways of a part of a group divide; takes the arguments of PartSeats."""
    group, history = scenario.group[ways[0].group], ways[0].history
    return PartSeats(scenario, group, history, [(way.people, way.starts) for way in ways], claimed, alone=alone)


def fitted(register: Register, scenario: Scenario, ways: Mapping[int, Sequence[Way]]) -> Fitted:
    """Return everybody of mixed groups who attends something; `ways` are by the number of the part of a group.

    The way that fewest people need is filled first. Of the people left, it goes first to those who lack something it
    closes and may attend it without a missing prerequisite; then to those for whom most of its programmes close
    something, then to those whose gaps it closes most of, then in the order of the rule.
    """
    numbers = [number for number, of_part in ways.items() if of_part]
    places = range(masks(register.competencies))
    lacking = ", ".join(f"k.gaps{at} & ~coalesce(h.passed{at}, 0) AS gaps{at}" for at in places)
    rows = register.connection.execute(
        f"SELECT p.part, {lacking} FROM placed p SEMI JOIN (SELECT unnest(?::BIGINT[]) AS part) USING (part)"
        " JOIN kind k ON p.kind = k.number LEFT JOIN history h ON p.part = h.part ORDER BY p.part, p.place",
        [numbers],
    ).fetchnumpy()
    parts, begins, sizes = np.unique(np.asarray(rows["part"], np.int64), return_index=True, return_counts=True)
    gaps = [np.asarray(rows[f"gaps{at}"], np.int64) for at in places]
    people = _People(gaps, begins, sizes, np.repeat(np.arange(len(parts)), sizes))
    of_parts = [ways[int(number)] for number in parts]
    reach = _reaches(register.competencies, scenario, of_parts)
    chosen = [*people.rounds(people.in_order(of_parts, reach), reach)]
    empty = np.zeros(0, np.int64)
    columns = zip(*chosen, strict=True) if chosen else ((), (), ())
    row, way, unready = (np.concatenate([empty, *each]) for each in columns)
    part = people.part[row]
    short = set(np.unique(part[unready]).tolist()) | {
        *people.short(register.competencies, scenario, of_parts, row, way)
    }
    found = tuple(int(parts[n]) for n in sorted(short))
    return Fitted(parts[part], row - begins[part] + 1, way, int(unready.sum()), found)


@dataclass(frozen=True)
class _People:
    """The people of all parts, part by part, each in the order of the rule."""

    gaps: Sequence[Any]
    begins: Any
    sizes: Any
    part: Any
    """The place of everybody's part."""

    def _rows(self, parts: Sequence[int]) -> Any:
        """Return the places of the people of some parts, one part after the other."""
        sizes = self.sizes[parts]
        ends = np.cumsum(sizes)
        return np.repeat(self.begins[parts] - ends + sizes, sizes) + np.arange(ends[-1])

    def short(
        self, competencies: Sequence[str], scenario: Scenario, ways: Sequence[Sequence[Way]], row: Any, way: Any
    ) -> Iterator[int]:
        """Yield places of the parts whose people close less than their seats might; `row` and `way` say who takes what.

        Three upper limits are compared: each seat closes a gap of its own; each course goes to the people for whom it
        alone closes most; those people are sent who would close most by all courses together.
        """
        place_of = {c: place for place, c in enumerate(competencies)}
        bits = [(self.gaps[place // BITS] >> (place % BITS) & 1).astype(bool) for place in range(len(competencies))]
        numbers, of_way = np.unique(way, return_inverse=True)
        place_of_way = {int(number): n for n, number in enumerate(numbers)}
        trained = [np.bincount(of_way, bit[row], len(numbers)) for bit in bits]
        for n, of_part in enumerate(ways):
            seats, rows = seats_of(scenario, of_part, {}), slice(self.begins[n], self.begins[n] + self.sizes[n])
            worth_of = {start: seats.worth_of(start) for start in seats.seats}
            together = seats.worth_together(worth_of.values())
            lacking = {c: bits[place_of[c]][rows] for c in together}

            def largest(worth: Mapping[str, float], people: int, lacking: Mapping[str, Any] = lacking) -> float:
                of_each = sum(lacking[c] * each for c, each in worth.items())
                return float(np.sort(of_each)[-people:].sum()) if worth and people else 0.0

            most = min(
                sum(largest(worth_of[start], people) for start, people in seats.seats.items()),
                largest(together, seats.people),
                seats.most({c: int(those.sum()) for c, those in lacking.items()}, worth_of),
            )
            closed = 0.0
            for one in of_part:
                at = place_of_way.get(one.number)
                best = seats.worth_together([worth_of[start] for start in one.starts if start in worth_of])
                closed += 0.0 if at is None else sum(float(trained[place_of[c]][at]) * each for c, each in best.items())
            if closed < most - _NOTHING:
                yield n

    def in_order(self, ways: Sequence[Sequence[Way]], reaches: Mapping[int, _Reach]) -> list[list[Way]]:
        """Return the ways of each part: first those that fewest people need, which have a gap for each programme."""
        needed: dict[int, int] = {}
        for reach, of_reach in _alike(((n, way) for n, of_part in enumerate(ways) for way in of_part), reaches):
            parts = [n for n, _way in of_reach]
            rows = self._rows(parts)
            of_rows = [bits[rows] for bits in self.gaps]
            full = (reach.useful(of_rows) == len(reach.masks)) & ~reach.unready(of_rows)
            counts = np.add.reduceat(full, np.cumsum([0, *self.sizes[parts][:-1]]), dtype=np.int64)
            needed |= {way.number: int(count) for (_n, way), count in zip(of_reach, counts, strict=True)}
        return [sorted(of_part, key=lambda way: (needed[way.number], way.number)) for of_part in ways]

    def rounds(self, ways: Sequence[Sequence[Way]], reaches: Mapping[int, _Reach]) -> Iterator[tuple[Any, Any, Any]]:
        """Yield (places of people, numbers of ways, whether a prerequisite is missing): the first way of each part,
        then the second, and so on."""
        left = np.ones(len(self.part), bool)
        for turn in range(max(map(len, ways), default=0)):
            now = ((n, of_part[turn]) for n, of_part in enumerate(ways) if len(of_part) > turn)
            useful, most, number = (np.zeros(size, np.int64) for size in (len(left), len(ways), len(ways)))
            closing, unready = np.zeros(len(left), np.int64), np.zeros(len(left), bool)
            for reach, of_reach in _alike(now, reaches):
                rows = self._rows([n for n, _way in of_reach])
                of_rows = [bits[rows] for bits in self.gaps]
                useful[rows] = reach.useful(of_rows)
                unready[rows] = reach.unready(of_rows)
                sums = reach.closing(of_rows)
                # only the order of sums matters
                closing[rows] = np.unique(sums, return_inverse=True)[1] if sums.dtype == object else sums
                for n, way in of_reach:
                    most[n], number[n] = way.people, way.number
            rows = np.flatnonzero(left & (most > 0)[self.part])
            keys = -closing[rows], -useful[rows], unready[rows], useful[rows] == 0, self.part[rows]
            rows = rows[np.lexsort(keys)]
            parts = self.part[rows]
            rank = np.arange(len(rows)) - np.searchsorted(parts, parts)
            rows = rows[rank < most[parts]]
            left[rows] = False
            yield rows, number[self.part[rows]], unready[rows]


def _alike(
    ways: Iterable[tuple[int, Way]], reaches: Mapping[int, _Reach]
) -> Iterator[tuple[_Reach, list[tuple[int, Way]]]]:
    """Yield the ways of parts grouped by what they close."""
    found: dict[int, list[tuple[int, Way]]] = {}
    for each in ways:
        found.setdefault(id(reaches[each[1].number]), []).append(each)
    for alike in found.values():
        yield reaches[alike[0][1].number], alike


def _reaches(competencies: Sequence[str], scenario: Scenario, ways: Iterable[Sequence[Way]]) -> dict[int, _Reach]:
    """Return what each way closes, by its number: one record for all ways of the same courses."""
    known: dict[tuple[tuple[Start, ...], History, frozenset[str]], _Reach] = {}
    found = {}
    for of_part in ways:
        for way in of_part:
            done = frozenset(q for q, people in scenario.group[way.group].completed.items() if people)
            key = way.starts, way.history, done
            if key not in known:
                known[key] = _reach(competencies, scenario, way, done)
            found[way.number] = known[key]
    return found


def _reach(competencies: Sequence[str], scenario: Scenario, way: Way, done: Set[str]) -> _Reach:
    """Return what a way closes for people who have all `done` some programmes before, as all of a mixed group have."""
    closes = [scenario.programme[p].closes for p, _t in way.starts]
    best = {place: way.best(scenario, c) for place, c in enumerate(competencies) if any(c in each for each in closes)}
    unit = lcm(*(share.denominator for share in best.values()))
    chances = tuple((place, int(share * unit)) for place, share in best.items() if share)
    masks_of = [tuple(bits_of(competencies, each)) for each in closes]
    unmet = [
        tuple(tuple(bits_of(competencies, scenario.programme[q].closes)) for q in needed)
        for p, t in way.starts
        for needed in scenario.programme[p].prerequisites
        if not done & {*needed} and not any(_ended(scenario, q, u, t) for q, u in way.starts if q in needed)
    ]
    return _Reach(tuple(masks_of), chances, tuple(dict.fromkeys(unmet)))


def _ended(scenario: Scenario, programme: str, started: str, period: str) -> bool:
    """Return whether a programme is over when another starts; one of a single period may be taken in the same."""
    lasts = scenario.programme[programme].lasts
    place = scenario.place_of_period
    return place[started] + (0 if lasts == 1 else lasts) <= place[period]
