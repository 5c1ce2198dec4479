"""The best use of the chances to close gaps, where more people fall below the standard from year to year.

By the end of each year the chances used so far are limited for each group, and for the groups of an agency together.
For one year these limits are nested (a group lies within its agency), and for a group by itself they are too (a year
lies within those up to a later one): filling the best courses first is then exact, as for any nested limits. The
limits of a group up to a later year and of its agency up to an earlier one overlap without being nested; there a
course that closes much may take the place of two that close more together. The limits of groups are nested among
themselves, and so are those of agencies; so the best use is a flow of largest value in a network with two trees:

    source -> (group, last year) -> ... -> (group, first year) -> course -> (agency, first year) -> ... -> sink

A flow is best exactly when no cycle of its residual network improves it. The search starts from the filling, which is
nearly always best, and pushes flow along improving cycles until there is none. All numbers are integers: chances and
worth are scaled. Among equally good uses the one that comes first in the order of the courses is taken: each course
gains a further 2^-place, which decides between any two uses, as they differ by cycles that pass a course once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """Participants of a group in a programme whose courses end in the same step of years; each object is its own
    key."""

    worth: Fraction
    """Weighted gaps that a participant closes."""
    group: str
    programme: str
    step: int
    """Place of the limits (from 0) that hold when the courses end."""
    people: int


@dataclass(frozen=True, slots=True)
class Limits:
    """The most chances up to the end of a year [people]."""

    of_group: Mapping[str, Fraction]
    together: Fraction


def best_use(courses: Sequence[Course], limits: Sequence[Limits], *, shared: bool) -> dict[Course, Fraction]:
    """Return the chances that each course takes.

    `courses` are in order of preference, `limits` in order of years; `shared` says whether several groups share them.
    """
    used = _filled(courses, limits)
    if shared and len(limits) > 1:
        _Network(courses, limits, used).improve()
    return used


def _filled(courses: Sequence[Course], limits: Sequence[Limits]) -> dict[Course, Fraction]:
    """Fill the courses in their order, in whole units of the scale."""
    scale = lcm(*(most.denominator for each in limits for most in (each.together, *each.of_group.values())))
    left = [{g: int(most * scale) for g, most in each.of_group.items()} for each in limits]
    together = [int(each.together * scale) for each in limits]
    used: dict[Course, Fraction] = {}
    for course in courses:
        steps, g = range(course.step, len(limits)), course.group
        tried = min(course.people * scale, *(left[n][g] for n in steps), *(together[n] for n in steps))
        for n in steps:
            left[n][g] -= tried
            together[n] -= tried
        used[course] = Fraction(tried, scale)
    return used


Node = tuple[str, int]
"""A group up to a step, or the agency (""); source and sink have step -1."""

_SOURCE: Node = ("source", -1)
_SINK: Node = ("sink", -1)


@dataclass(slots=True)
class _Arc:
    """An arc with its flow, in whole units of the scale."""

    tail: Node
    head: Node
    most: int
    worth: int
    flow: int
    course: Course | None = None


class _Network:
    """The chances as a flow in a network, improved in place."""

    def __init__(self, courses: Sequence[Course], limits: Sequence[Limits], used: dict[Course, Fraction]) -> None:
        self._used = used
        numbers = [each.together for each in limits]
        numbers += [most for each in limits for most in each.of_group.values()]
        self._scale = scale = lcm(*(number.denominator for number in (*numbers, *used.values())))
        of_worth = lcm(*(course.worth.denominator for course in courses))
        self.arcs: list[_Arc] = []
        so_far = dict.fromkeys((course.group for course in courses), 0)
        for step, limit in enumerate(limits):
            for course in courses:
                so_far[course.group] += int(used[course] * scale) if course.step == step else 0
            is_last = step == len(limits) - 1
            for g, flow in so_far.items():
                tail = _SOURCE if is_last else (g, step + 1)
                self.arcs.append(_Arc(tail, (g, step), int(limit.of_group[g] * scale), 0, flow))
            head, flow = _SINK if is_last else ("", step + 1), sum(so_far.values())
            self.arcs.append(_Arc(("", step), head, int(limit.together * scale), 0, flow))
        for place, course in enumerate(courses):
            worth = (int(course.worth * of_worth) << (len(courses) + 1)) + (1 << (len(courses) - place))
            tail, head = (course.group, course.step), ("", course.step)
            flow = int(used[course] * scale)
            self.arcs.append(_Arc(tail, head, course.people * scale, worth, flow, course))
        self.arcs.append(_Arc(_SINK, _SOURCE, int(limits[-1].together * scale), 0, sum(so_far.values())))

    def improve(self) -> None:
        """Push flow along improving cycles until there is none, and write it to the chances used."""
        while cycle := self._gaining():
            room = min(arc.most - arc.flow if forth else arc.flow for arc, forth in cycle)
            for arc, forth in cycle:
                arc.flow += room if forth else -room
        for arc in self.arcs:
            if arc.course is not None:
                self._used[arc.course] = Fraction(arc.flow, self._scale)

    def _gaining(self) -> list[tuple[_Arc, bool]]:
        """Find an improving cycle of the residual network, as (arc, whether along it); empty where there is none."""
        reached: dict[Node, int] = dict.fromkeys((node for arc in self.arcs for node in (arc.tail, arc.head)), 0)
        came: dict[Node, tuple[_Arc, bool]] = {}
        steps: list[tuple[Node, Node, int, _Arc, bool]] = []
        for arc in self.arcs:
            if arc.flow < arc.most:
                steps.append((arc.tail, arc.head, arc.worth, arc, True))
            if arc.flow:
                steps.append((arc.head, arc.tail, -arc.worth, arc, False))
        for _ in range(len(reached)):
            last: Node | None = None
            for tail, head, worth, arc, forth in steps:
                if reached[tail] + worth > reached[head]:
                    reached[head], came[head], last = reached[tail] + worth, (arc, forth), head
            if last is None:
                return []
        assert last is not None  # distances that still change after a pass per node show that there is a cycle
        node = last
        for _ in range(len(reached)):  # so many steps back along the path surely lead onto the cycle
            node = _start_of(came[node])
        cycle: list[tuple[_Arc, bool]] = []
        first = node
        while True:
            cycle.append(came[node])
            node = _start_of(came[node])
            if node == first:
                return cycle


def _start_of(step: tuple[_Arc, bool]) -> Node:
    arc, forth = step
    return arc.tail if forth else arc.head
