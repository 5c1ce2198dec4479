"""The largest sum of gaps closed where chances are limited by the end of each of several years.

    maximise  sum over seats of worth x u,  0 <= u <= people
    for each year: sum of u of a group so far <= its limit, sum of u of the agency so far <= its limit

Both kinds of limits are chains, so this is a flow; it is built from nothing by paths of largest gain, exactly. Of
several best flows it is the one that comes first in the order of the seats: seat n gains 2^-n of a step more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

Node = tuple[str, int]
"""(source "from", a group, "agency" or sink "to"; year counted from 0)."""

_START, _GOAL = ("from", 0), ("to", 0)


@dataclass(frozen=True)
class YearSeats:
    """People of one group in one programme that ends in one year (counted from 0), and the worth of one of them."""

    group: str
    year: int
    people: int
    worth: Fraction


def largest_use(
    seats: Sequence[YearSeats], of_group: Sequence[dict[str, Fraction]], of_agency: Sequence[Fraction]
) -> list[Fraction]:
    """Return the chances that each of `seats` gets; the limits are by year."""
    years = len(of_agency)
    step = 1 << (len(seats) + 1)
    unit = _unit([one.worth for one in seats])
    room: dict[tuple[Node, Node, int], Fraction] = {}
    gain: dict[tuple[Node, Node, int], int] = {}

    def arc(tail: Node, head: Node, most: Fraction, worth: int = 0, number: int = -1) -> None:
        room[tail, head, number], room[head, tail, number] = most, Fraction(0)
        gain[tail, head, number], gain[head, tail, number] = worth, -worth

    for year in range(years):
        later = year + 1 < years
        for g in dict.fromkeys(one.group for one in seats):
            arc(("group " + g, year + 1) if later else _START, ("group " + g, year), of_group[year][g])
        arc(("agency", year), ("agency", year + 1) if later else _GOAL, of_agency[year])
    for number, one in enumerate(seats):
        worth = int(one.worth / unit) * step + (1 << (len(seats) - number))
        arc(("group " + one.group, one.year), ("agency", one.year), Fraction(one.people), worth, number)
    while path := _best_path(room, gain):
        flow = min(room[key] for key in path)
        for tail, head, number in path:
            room[tail, head, number] -= flow
            room[head, tail, number] += flow
    return [room[("agency", one.year), ("group " + one.group, one.year), number] for number, one in enumerate(seats)]


def _unit(worths: list[Fraction]) -> Fraction:
    """Return a number of which every worth is a multiple."""
    denominator = 1
    for worth in worths:
        denominator *= (worth * denominator).denominator
    return Fraction(1, denominator)


def _best_path(
    room: dict[tuple[Node, Node, int], Fraction], gain: dict[tuple[Node, Node, int], int]
) -> list[tuple[Node, Node, int]]:
    """Return the path from source to sink with room that gains most; empty where no path gains anything."""
    best: dict[Node, int] = {_START: 0}
    came: dict[Node, tuple[Node, Node, int]] = {}
    changed = True
    while changed:
        changed = False
        for key, left in room.items():
            tail, head, _number = key
            if left and tail in best and (head not in best or best[tail] + gain[key] > best[head]):
                best[head], came[head], changed = best[tail] + gain[key], key, True
    if best.get(_GOAL, 0) <= 0:
        return []
    path, node = [], _GOAL
    while node != _START:
        path.append(came[node])
        node = came[node][0]
    return path
