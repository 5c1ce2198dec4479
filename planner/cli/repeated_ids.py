"""Scenarios of one command that have the same id."""

from __future__ import annotations

from collections.abc import Iterable

from planner.errors import Problem
from planner.locale import _


def repeated_ids(scenarios: Iterable[tuple[str, str]], remedy: str) -> list[Problem]:
    """Return a problem for each of the (file, id) whose id an earlier file has, with what to do about it."""
    first: dict[str, tuple[int, str]] = {}
    problems = []
    for number, (file, id) in enumerate(scenarios):
        other = first.setdefault(id, (number, file))
        if other[0] != number:
            message = _("'{id}' is also the id of {other}.").format(id=id, other=other[1])
            problems.append(Problem(message, remedy, path="scenario.id", file=file))
    return problems
