"""Which patterns are chosen where several exist: most people reach their hours, most even, fewest patterns.

1. As many people of the group as possible reach the target of JP in each year; JP that they have taken before count in
   the first.
2. Hours are even: the sum of the squares of the hours of each person in each year is small.
3. There are few different patterns.

A construction gives its best for several numbers of people who are served first. Where it misses the upper limit for
the first aim and a group has few patterns, an integer programme finds the true maximum; elsewhere the result of the
construction stands. The second and third aim are as good as the constructions tried.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import floor
from typing import Final

from planner.attendance.best_pattern import TooMany, all_patterns
from planner.attendance.construct import Patterns, merged, most_even
from planner.attendance.task import Task

FEW: Final = 300
"""Number of patterns of a group up to which the most people who reach their hours are found exactly."""

TRIES: Final = 10
"""How many numbers of people who are served first are tried, at most."""


SURE: Final = 1e-3
"""A bound in fractions must stay so far below one person more, so that tolerances of HiGHS do not matter [people]."""


@dataclass
class Effort:
    """How many groups of a plan may still be decided by an integer programme."""

    left: int = 60
    briefly: bool = False
    """Whether fractions are enough where they are whole: for plans that are not kept."""


def chosen(task: Task, people: int, known: Patterns, effort: Effort) -> Patterns:
    """Return the best patterns found for so many people; `known` are some that keep the task."""
    if not known:
        return known
    if effort.briefly and any(task.targets) and effort.left > 0:
        effort.left -= 1
        best = _by_fractions(task, people)
        if best is not None and task.kept_by(best, people):
            return best
    best, rank = _constructed(task, people, tuple(known))
    if any(task.targets) and rank[0] < _bound(task, people) and effort.left > 0:
        effort.left -= 1
        exact = _exactly(task, people, rank[0])
        if exact is not None and task.kept_by(exact, people) and _rank(task, exact) > rank:
            best = exact
    return best


@lru_cache(maxsize=4096)
def _constructed(
    task: Task, people: int, known: tuple[tuple[int, tuple[int, ...]], ...]
) -> tuple[Patterns, tuple[int, int, int]]:
    """Return the best of the patterns `known` and those constructed, and its rank.

    The answers are kept, since similar scenarios have similar groups.
    """
    best, rank = list(known), _rank(task, known)
    most = _most_thinkable(task, people)
    tried: set[int] = set()
    low, high = 0, most
    while len(tried) < TRIES:
        favoured = most if not tried else (low + high) // 2
        if favoured in tried:
            break
        tried.add(favoured)
        found = most_even(task, people, favoured)
        if found is None or not task.kept_by(found, people):
            high = max(low, favoured - 1)
            continue
        this = _rank(task, found)
        if this > rank:
            best, rank = found, this
        if this[0] >= most * sum(map(bool, task.targets)) or not most:
            break
        if this[0] >= favoured:
            low = min(high, favoured + 1)
        else:
            high = max(low, favoured - 1)
    return best, rank


def _rank(task: Task, patterns: Sequence[tuple[int, tuple[int, ...]]]) -> tuple[int, int, int]:
    """Return (people with their hours over the years, less squares of hours, fewer patterns): more is better."""
    reached = sum(number * task.reached(taken) for number, taken in patterns)
    return reached, -sum(number * _squares(task, taken) for number, taken in patterns), -len(patterns)


def _squares(task: Task, taken: Sequence[int]) -> int:
    return sum(sum(year) ** 2 for year in zip(*(task.hours[s] for s in taken), strict=True))


def _of_year(task: Task, year: int, people: int) -> int:
    """Return the most people who could reach the target of a year, by the sum of hours alone."""
    needed = task.targets[year]
    if not needed:
        return 0
    hours = [(each[year], n) for each, n in zip(task.hours, task.counts, strict=True) if each[year]]
    whole = sum(min(each, needed) * n for each, n in hours) // needed
    return min(people, whole, sum(n for _, n in hours))


def _bound(task: Task, people: int) -> int:
    return sum(_of_year(task, year, people) for year in range(len(task.targets)))


def _most_thinkable(task: Task, people: int) -> int:
    return max((_of_year(task, year, people) for year in range(len(task.targets))), default=0)


@lru_cache(maxsize=4096)
def _exactly(task: Task, people: int, known: int) -> Patterns | None:
    """Return the patterns with the most people who reach the target, of these the most even; None if there are many.

    `known` is how many people reach it in a solution at hand.
    """
    try:
        sought = _Sought(task, people)
    except TooMany:
        return None
    numbers, reached = sought.numbers, sought.reached
    numbers.row(reached, low=known)
    most = numbers.in_fractions(reached)
    if most is None or most[0] >= known + 1 - SURE:  # else nobody more can: fractions show it sooner than a search
        values = numbers.best(reached)
        if values is None:
            return None
        numbers.row(reached, low=sum(n * factor for n, factor in zip(values, reached, strict=True)))
    return sought.patterns_of(numbers.best(sought.even))


@lru_cache(maxsize=4096)
def _by_fractions(task: Task, people: int) -> Patterns | None:
    """Return the same where fractions are whole, as they mostly are; there may be a pattern more than are needed.

    None where they are not, or where there are many patterns.
    """
    try:
        sought = _Sought(task, people)
    except TooMany:
        return None
    most = sought.numbers.in_fractions(sought.reached)
    if most is None:
        return None
    sought.numbers.row(sought.reached, low=floor(most[0] + SURE))
    evenest = sought.numbers.in_fractions(sought.even)
    return None if evenest is None else sought.patterns_of(evenest[1])


class _Sought:
    """All patterns of a task, and the rows that numbers of people in them keep. Raises TooMany."""

    def __init__(self, task: Task, people: int) -> None:
        from planner.attendance.numbers import Numbers  # loads HiGHS, where constructions fail, which they rarely do

        self._patterns = patterns = all_patterns(task, FEW)
        self.numbers = numbers = Numbers(len(patterns), people)
        for start, count in enumerate(task.counts):
            numbers.row([int(start in taken) for taken in patterns], count, count)
        for quota, allowed in enumerate(task.quotas):
            using = [task.used(taken).count(quota) for taken in patterns]
            if any(using):
                numbers.row(using, high=allowed.people)
        numbers.row([1] * len(patterns), high=people)
        self.reached = [task.reached(taken) for taken in patterns]
        self.even = [-(_squares(task, taken) // task.unit**2) for taken in patterns]

    def patterns_of(self, values: Sequence[int] | None) -> Patterns | None:
        """Return the patterns that so many people follow."""
        if values is None:
            return None
        return merged([(n, taken) for n, taken in zip(values, self._patterns, strict=True) if n])
