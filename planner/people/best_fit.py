"""Who of a mixed group takes which way: people whose gaps the way closes first, in the order of the rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import lcm
from typing import Any

import numpy as np

from planner.domain.attendance import History, Start
from planner.domain.scenario import Scenario
from planner.people.person_sql import BITS, masks
from planner.people.register import Register
from planner.people.ways import Way

type Chosen = tuple[int, int, int]
"""Number of a part of a group, place of a person in it, number of the way."""
type _Reach = tuple[Any, Any]
"""Arrays: whether each programme of a way closes each competency, and the best chance in each."""


def fitted(register: Register, scenario: Scenario, ways: Mapping[int, Sequence[Way]]) -> Iterator[Chosen]:
    """Everybody of mixed groups who attends something; `ways` by the number of the part of a group.

    The way that fewest people need comes first; of the people who are left those take it for whom most of its
    programmes close something, then whose gaps it closes most of, then in the order of the rule.
    """
    numbers = [number for number, of_part in ways.items() if of_part]
    places = range(masks(register.competencies))
    columns = [f"gaps{at}" for at in places]
    lacking = ", ".join(f"k.gaps{at} & ~coalesce(h.passed{at}, 0) AS gaps{at}" for at in places)
    rows = register.connection.execute(
        f"SELECT p.part, {lacking} FROM placed p SEMI JOIN (SELECT unnest(?::BIGINT[]) AS part) USING (part)"
        " JOIN kind k ON p.kind = k.number LEFT JOIN history h ON p.part = h.part ORDER BY p.part, p.place",
        [numbers],
    ).fetchnumpy()
    begins = np.unique(rows["part"], return_index=True)[1]
    seen: dict[tuple[tuple[Start, ...], History], _Reach] = {}
    parts = [np.split(rows[column], begins[1:]) for column in ("part", *columns)]
    for of_number, *gaps in zip(*parts, strict=True):
        number = int(of_number[0]) if len(of_number) else 0
        lacks = np.concatenate([each[:, None] >> np.arange(BITS) & 1 for each in gaps], axis=1)
        reached = []
        for way in ways.get(number, ()):
            key = way.starts, way.history
            if key not in seen:
                seen[key] = _reach(register.competencies, scenario, way)
            reached.append((way, *seen[key]))
        for place, taken in _of_part(lacks[:, : len(register.competencies)], reached):
            yield number, place, taken


def _reach(competencies: Sequence[str], scenario: Scenario, way: Way) -> _Reach:
    """What the programmes of a way close: a row of yes and no for each competency; and the best chance of each."""
    shares = [scenario.programme[p].closes for p, _t in way.starts]
    best = [way.best(scenario, c) for c in competencies]
    unit = lcm(*(share.denominator for share in best))
    chances = np.array([int(share * unit) for share in best], dtype=object if unit > 10**12 else np.int64)
    return np.array([[c in each for each in shares] for c in competencies]).reshape(-1, len(shares)), chances


def _of_part(lacks: Any, ways: Sequence[tuple[Way, Any, Any]]) -> Iterator[tuple[int, int]]:
    """(place, way) of the people of one part; `lacks` has a row of 1 and 0 for each, in the order of the rule."""
    found = []
    for way, closes, chances in ways:
        useful = (lacks @ closes > 0).sum(axis=1)
        found.append((int((useful == len(way.starts)).sum()), way, useful, lacks @ chances))
    left = np.arange(len(lacks))
    for _needed, way, useful, closing in sorted(found, key=lambda each: (each[0], each[1].number)):
        order = left[np.lexsort((left, -closing[left], -useful[left]))]
        for place in order[: way.people]:
            yield int(place) + 1, way.number
        left = np.sort(order[way.people :])
