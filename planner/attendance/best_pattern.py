"""The patterns that one person can follow: all of them, or the one of most weight. Exact, in whole numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from planner.attendance.task import Task

MOST_STEPS: Final = 100_000
"""Most steps of the search for one pattern."""


class TooMany(Exception):
    """The search for a pattern would take more steps than are allowed."""


def heaviest(task: Task, weights: Sequence[int], skipping: Mapping[int, int]) -> tuple[int, tuple[int, ...]]:
    """Return the most weight of one pattern, less what it uses of quotas at these prices, and that pattern.

    The empty pattern weighs nothing. Raises TooMany.
    """
    options: list[list[int]] = []
    for programme in range(max(task.programme, default=-1) + 1):
        wanted = programme in task.required
        these = [
            s
            for s, of in enumerate(task.programme)
            if of == programme and (weights[s] > 0 or wanted) and task.fits((s,))
        ]
        if these:
            options.append(sorted(these, key=lambda s: -weights[s]))
    options.sort(key=lambda these: -weights[these[0]])
    hope = [0] * (len(options) + 1)
    for place in range(len(options) - 1, -1, -1):
        hope[place] = hope[place + 1] + max(0, weights[options[place][0]])
    best: tuple[int, tuple[int, ...]] = (0, ())
    steps = 0
    open_: list[tuple[int, int, tuple[int, ...], tuple[int, ...]]] = [(0, 0, (), task.rooms)]
    while open_:
        place, weight, taken, rooms = open_.pop()
        steps += 1
        if steps > MOST_STEPS:
            raise TooMany
        if weight + hope[place] <= best[0]:
            continue
        if place == len(options):
            worth = weight - sum(skipping.get(quota, 0) for quota in task.used(taken))
            if worth > best[0]:
                best = worth, tuple(sorted(taken))
            continue
        open_.append((place + 1, weight, taken, rooms))
        for start in reversed(options[place]):
            left = tuple(room - load for room, load in zip(rooms, task.loads[start], strict=True))
            if min(left, default=0) >= 0:
                open_.append((place + 1, weight + weights[start], (*taken, start), left))
    return best


def all_patterns(task: Task, most: int) -> list[tuple[int, ...]]:
    """Return every pattern but the empty one. Raises TooMany where there are more than `most`."""
    found: list[tuple[int, ...]] = []
    for taken in _grown(task, (), 0, task.rooms):
        found.append(taken)
        if len(found) > most:
            raise TooMany
    return found


def largest_patterns(task: Task, most: int) -> list[tuple[int, ...]]:
    """Return the patterns to which nothing can be added. Raises TooMany where there are more than `most` patterns in
    all."""
    every = range(len(task.starts))
    return [
        taken for taken in all_patterns(task, most) if not any(s not in taken and task.fits((*taken, s)) for s in every)
    ]


def _grown(task: Task, taken: tuple[int, ...], first: int, rooms: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    held = {task.programme[s] for s in taken}
    for start in range(first, len(task.starts)):
        if task.programme[start] in held:
            continue
        left = tuple(room - load for room, load in zip(rooms, task.loads[start], strict=True))
        if min(left, default=0) < 0:
            continue
        grown = (*taken, start)
        yield grown
        yield from _grown(task, grown, start + 1, left)
