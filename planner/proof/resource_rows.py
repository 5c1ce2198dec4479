"""Rows about places, trainers and rooms: programmes use at most what each period has."""

from __future__ import annotations

from collections.abc import Iterator

from planner.domain.programmes import Programme
from planner.domain.resources import Use
from planner.domain.running import run_of
from planner.proof.columns import CHOICES, Columns
from planner.proof.exact_model import Term


def add_resources(c: Columns) -> None:
    """Add for each resource and period: sum over programmes of use * people, classes, or running in it <= amount."""
    needed = {(p.id, name) for p in c.scenario.programmes for name in p.uses}
    for resource in c.scenario.resources:
        users = [p for p in c.scenario.programmes if (p.id, resource.id) in needed and p.id in c.by_programme]
        for period in c.scenario.horizon:
            c.model.about = "resources", resource.id, period
            terms = [term for p in users for term in _used(c, p, p.uses[resource.id], period)]
            c.model.limit(terms, resource.in_period(period))


def _used(c: Columns, programme: Programme, use: Use, period: str) -> Iterator[Term]:
    starts = {
        start: run
        for start in c.scenario.starts_of(programme)
        if period in (run := run_of(c.scenario, programme, start))
    }
    if use.per == "programme":
        running = _running(c, programme.id, period, list(starts)) if starts else None
        if running is not None:
            yield running, use.in_each(1)
        return
    for start, run in starts.items():
        each = use.in_each(len(run))
        if use.per == "participant":
            yield from ((c.seats[seat], each) for seat in c.by_class.get((programme.id, start), ()))
        elif (programme.id, start) in c.classes:
            yield c.classes[programme.id, start], each


def _running(c: Columns, programme: str, period: str, starts: list[str]) -> int | None:
    """Return the column that is 1 where the programme runs in the period; several such uses share it."""
    if (programme, period) not in c.in_period:
        held = [c.classes[programme, t] for t in starts if (programme, t) in c.classes]
        held = held or [c.seats[seat] for t in starts for seat in c.by_class.get((programme, t), ())]
        if not held:
            return None
        running = c.in_period[programme, period] = c.model.column(1, whole=True, rank=CHOICES)
        if any(c.model.facts.get(column) for column in held):
            c.model.happened(running, 1)
        for column in held:
            c.model.row([(column, 1), (running, -c.model.upper[column])], high=0)
    return c.in_period[programme, period]
