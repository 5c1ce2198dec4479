"""Who of a mixed group takes which way: people whose gaps the way closes first, in the order of the rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from planner.domain.scenario import Scenario
from planner.people.person_sql import lacked, masks
from planner.people.profiles import Profile
from planner.people.register import Register
from planner.people.ways import Way


def fitted(register: Register, profile: Profile, scenario: Scenario, ways: Sequence[Way]) -> Iterator[tuple[str, int]]:
    """(id, number of the way) of each person of a mixed group who attends something.

    The way that fewest people need comes first; of the people who are left those take it for whom most of its
    programmes close something, then whose gaps it closes most of, then in the order of the rule.
    """
    columns = ", ".join(f"gaps{at}" for at in range(masks(register.competencies)))
    rows = register.connection.execute(
        f"SELECT id, {columns} FROM placed WHERE number = {profile.number} ORDER BY place"
    ).fetchall()
    lacks = {identifier: lacked(register.competencies, parts) for identifier, *parts in rows}
    place = {identifier: n for n, identifier in enumerate(lacks)}
    closes = {way.number: [frozenset(scenario.programme[p].closes) for p, _t in way.starts] for way in ways}

    def useful(way: Way, identifier: str) -> int:
        """Programmes of the way that close something the person lacks."""
        return sum(not each.isdisjoint(lacks[identifier]) for each in closes[way.number])

    def needed(way: Way) -> int:
        return sum(useful(way, identifier) == len(way.starts) for identifier in lacks)

    left = dict.fromkeys(lacks)
    for way in sorted(ways, key=lambda way: (needed(way), way.number)):
        order = sorted(left, key=lambda one: (-useful(way, one), -way.closing(scenario, lacks[one]), place[one]))
        for identifier in order[: way.people]:
            del left[identifier]
            yield identifier, way.number
