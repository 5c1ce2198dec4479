"""Programmes that require one another in a circle, so that none could be the first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from planner.domain.checks.problem import DomainProblem
from planner.domain.checks.references import names_in, records_of, text_of
from planner.locale import _


def circles(data: Mapping[str, Any]) -> Iterator[DomainProblem]:
    """Yield each circle of requirements in `data` (plain, as a file has it), as a chain of ids that ends where it
    begins."""
    place_of: dict[str, int] = {}
    required: dict[str, list[str]] = {}
    for position, programme in records_of(data, "programmes"):
        if (name := text_of(programme.get("id"))) is not None:
            place_of.setdefault(name, position)
            required.setdefault(name, [other for _place, other in names_in(programme.get("requires"), ())])
    finished: set[str] = set()
    for start in required:
        trail, ways = [start], [iter(required[start])]
        while ways and start not in finished:
            following = next(ways[-1], None)
            if following is None:
                ways.pop()
                finished.add(trail.pop())
            elif following in trail and following != trail[-1]:
                circle = [*trail[trail.index(following) :], following]
                yield DomainProblem(
                    ("programmes", place_of[following], "requires"),
                    _("programmes require one another in a circle: {circle}.").format(circle=" -> ".join(circle)),
                    _("Remove one of these requirements."),
                )
            elif following in required and following not in finished and following not in trail:
                trail.append(following)
                ways.append(iter(required[following]))
