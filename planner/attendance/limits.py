"""The limits that follow from prices of seats: for the group whose seats they price, and for all others they apply to.

Prices are found for the seats of one allocation. Another plan may give people other starts that are shorter, or that
let them take a programme with alternative prerequisites. The most that one person can take is therefore found among all
starts that are open to the group, and a price of one period is used in the others too where that changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from planner.attendance.best_pattern import TooMany, heaviest
from planner.attendance.exact import SeatPrices, priced
from planner.attendance.finder import facts_fit
from planner.attendance.task import Task, task_of
from planner.domain.attendance import LearntLimit, Start
from planner.domain.groups import Group
from planner.domain.scenario import Scenario

MANY_GROUPS: Final = 200
"""Groups beyond which limits cover all periods even where no prerequisite is skipped: each search meets only a few of
many similar limits, while with few groups it soon meets all."""

_NO_SEATS: Final[Mapping[Start, int]] = {}

Skips = dict[tuple[str, int], int]
"""Prices of skipping a prerequisite, by programme and number of the prerequisite."""


@dataclass(frozen=True)
class _Priced:
    """Prices by name, which can be applied to any group."""

    weights: dict[Start, int]
    skips: Skips


def limits_of(scenario: Scenario, prices: Iterable[tuple[Task, SeatPrices]]) -> Iterator[tuple[str, list[LearntLimit]]]:
    """Yield the limits that follow from each of `prices`, by the group whose seats it prices; none where not found."""
    others = _Others(scenario)
    for task, each in prices:
        if each.quotas or len(scenario.groups) > MANY_GROUPS:
            yield task.group, list(_where_skipped(scenario, task, each, others))
        else:
            yield task.group, list(_plain(scenario, task, each))


def open_task(scenario: Scenario, group: Group, seats: Mapping[Start, int] = _NO_SEATS) -> Task:
    """Return the task of a group with all starts that are open to it, of which `seats` are taken.

    It includes what has happened, where single people could have attended it.
    """
    starts = {
        (p.id, t): seats.get((p.id, t), 0)
        for p in scenario.programmes
        if (group.id, p.id) in scenario.willingness.attending
        for t in scenario.periods_of(p)
        if scenario.one_person.fits(group, p, t)
    }
    if scenario.facts and facts_fit(scenario):
        starts |= {(p, t): seats.get((p, t), 0) for g, p, t in scenario.facts.participants if g == group.id}
    return task_of(scenario, group, {**starts, **seats})


def _plain(scenario: Scenario, task: Task, prices: SeatPrices) -> Iterator[LearntLimit]:
    """Yield limits where nobody has to skip a prerequisite: seats without a price change nothing."""
    weights = {start: price for start, price in zip(task.starts, prices.seats, strict=True) if price}
    yield LearntLimit(task.group, weights, prices.person)
    if min(weights.values(), default=0) < 0 or not weights:
        return
    own = scenario.group[task.group]
    for group in scenario.groups:
        less = own.max_hours is None or (group.max_hours is not None and group.max_hours <= own.max_hours)
        less = less and group.hours_before >= own.hours_before
        if group.id != task.group and less and _programmes_taken(scenario, group, weights) > 1:
            yield LearntLimit(group.id, weights, prices.person)


def _where_skipped(scenario: Scenario, task: Task, prices: SeatPrices, others: _Others) -> Iterator[LearntLimit]:
    group = scenario.group[task.group]
    whole = open_task(scenario, group, dict(zip(task.starts, task.counts, strict=True)))
    found = _priced_in_whole(scenario, task, prices, whole)
    if found is None:
        return
    own = _limit(scenario, whole, found)
    if own is not None:
        yield own
        yield from others.limits(found, task.group)


def _priced_in_whole(scenario: Scenario, task: Task, prices: SeatPrices, whole: Task) -> _Priced | None:
    """Return prices that exclude the seats of `task` even if all starts of the `whole` task are open; None if not
    found."""
    found = _Priced(
        {start: price for start, price in zip(task.starts, prices.seats, strict=True) if price},
        {key: prices.quotas[q] for q, key in enumerate(_quota_keys(scenario, task)) if q in prices.quotas},
    )
    with suppress(TooMany):
        if _most(scenario, whole, found) > prices.person:
            again = priced(whole, _too_few(task, prices))
            if again is None:
                return None
            found = _Priced(
                {start: price for start, price in zip(whole.starts, again.seats, strict=True) if price},
                {key: again.quotas[q] for q, key in enumerate(_quota_keys(scenario, whole)) if q in again.quotas},
            )
        return _lifted(scenario, whole, found)
    return None


def _too_few(task: Task, prices: SeatPrices) -> int:
    """Return the most people for whom these prices exclude the seats."""
    worth = sum(price * n for price, n in zip(prices.seats, task.counts, strict=True)) - prices.ready(task)
    return (worth - 1) // prices.person if prices.person else sum(task.counts)


def _lifted(scenario: Scenario, whole: Task, found: _Priced) -> _Priced:
    """Return the same prices in all periods of a programme, where one person can take no more then. Raises TooMany."""
    most = _most(scenario, whole, found)
    for programme in dict.fromkeys(p for (p, _), price in found.weights.items() if price > 0):
        price = max(n for (p, _), n in found.weights.items() if p == programme)
        more = {start: price for start in whole.starts if start[0] == programme}
        wider = _Priced({**found.weights, **more}, found.skips)
        if _most(scenario, whole, wider) <= most:
            found = wider
    return found


def _most(scenario: Scenario, task: Task, prices: _Priced) -> int:
    """Return the most that one person takes at these prices. Raises TooMany."""
    skips = {q: prices.skips[key] for q, key in enumerate(_quota_keys(scenario, task)) if key in prices.skips}
    return heaviest(task, [prices.weights.get(start, 0) for start in task.starts], skips)[0]


def _limit(scenario: Scenario, task: Task, prices: _Priced) -> LearntLimit | None:
    """Return the limit that follows from these prices for the group of a task with all its starts; None if too slow."""
    with suppress(TooMany):
        return _limited(scenario, task, prices, _most(scenario, task, prices))
    return None


def _limited(scenario: Scenario, task: Task, prices: _Priced, most: int) -> LearntLimit:
    keys = _quota_keys(scenario, task)
    ready = sum(prices.skips.get(key, 0) * task.quotas[q].people for q, key in enumerate(keys))
    weights = {start: prices.weights[start] for start in task.starts if start in prices.weights}
    return LearntLimit(task.group, weights, most, ready)


def _quota_keys(scenario: Scenario, task: Task) -> list[tuple[str, int]]:
    """Return the programme and the number of the prerequisite of each quota of a task."""
    names = dict.fromkeys(p for p, _ in task.starts)
    return [(name, n) for name in names for n in range(len(scenario.programme[name].prerequisites))]


def _programmes_taken(scenario: Scenario, group: Group, weights: Iterable[Start]) -> int:
    attending = scenario.willingness.attending
    return len({p for p, _ in weights if (group.id, p) in attending})


def _most_alone(task: Task, prices: _Priced) -> int:
    """Return what one person without any limit would take at these prices."""
    dearest: dict[str, int] = {}
    for start in task.starts:
        dearest[start[0]] = max(dearest.get(start[0], 0), prices.weights.get(start, 0))
    return sum(dearest.values())


class _Others:
    """All groups with their open starts, and the most that one person of each kind takes at prices."""

    def __init__(self, scenario: Scenario) -> None:
        self._scenario = scenario
        self._tasks: list[tuple[Group, Task, object]] = []

    def limits(self, prices: _Priced, but: str) -> Iterator[LearntLimit]:
        """Yield the limits of all groups `but` one that follow from these prices."""
        scenario, most = self._scenario, dict[object, int | None]()
        for group, task, kind in self._all():
            if group.id == but or not any(prices.weights.get(start, 0) > 0 for start in task.starts):
                continue
            if kind not in most:
                most[kind] = None
                with suppress(TooMany):
                    most[kind] = _most(scenario, task, prices)
            each = most[kind]
            if each is not None and each < _most_alone(task, prices):
                yield _limited(scenario, task, prices, each)

    def _all(self) -> list[tuple[Group, Task, object]]:
        if not self._tasks:
            for group in self._scenario.groups:
                task = open_task(self._scenario, group)
                quotas = tuple((quota.programme, quota.enough) for quota in task.quotas)
                self._tasks.append((group, task, (task.starts, task.loads, task.rooms, quotas)))
        return self._tasks
