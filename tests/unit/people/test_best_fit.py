"""Who of a mixed group takes which way, beside the rule written out person by person."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from types import SimpleNamespace
from typing import Any

import duckdb
import pytest

from planner.domain.attendance import NO_HISTORY
from planner.domain.scenario import Scenario
from planner.people.best_fit import fitted
from planner.people.ways import Way, ways_of
from tests.sampled import few

CHANCES = (1, 0.5, 0.85, 0.12345678901234)
"""The last has too many figures for whole numbers of 64 bits."""


def scenario_of(draw: Random, competencies: list[str]) -> Scenario:
    programmes = [
        {"id": f"p{n}", "hours": 8, "closes": {c: draw.choice(CHANCES) for c in draw.sample(competencies, 2)}}
        for n in range(4)
    ]
    programmes[1]["requires"] = [draw.choice(["p0", {"any": ["p0", "p2"]}])]
    programmes[2]["requires"] = draw.choice([[], ["p3"], ["p0", "p3"]])
    programmes[3]["lasts"] = draw.choice([1, 2])
    return Scenario.model_validate(
        {
            "format": 1,
            "scenario": {"id": "uji", "fiscal_year": 2027},
            "periods": ["A", "B", "C"],
            "competencies": [{"id": c, "kind": "technical"} for c in competencies],
            "groups": [
                {
                    "id": f"g{n}",
                    "headcount": 9,
                    "gaps": dict.fromkeys(competencies, 9),
                    "completed": {"p0": 9 * (n == 2)},
                }
                for n in range(3)
            ],
            "programmes": programmes,
            "funds": [{"id": "apbd", "kind": "own", "amount": 1}],
        }
    )


def unready(scenario: Scenario, lacking: set[str], way: Way) -> bool:
    """Whether somebody who lacks this much takes a programme of a way before what it requires."""
    starts = dict(way.starts)
    done = {q for q, people in scenario.group[way.group].completed.items() if people}
    for p, t in starts.items():
        for needed in scenario.programme[p].prerequisites:
            ended = False
            for q in needed:
                lasts = scenario.programme[q].lasts
                if q in starts:
                    ended = ended or "ABCD".index(starts[q]) + (lasts if lasts > 1 else 0) <= "ABCD".index(t)
            if not ended and not done & {*needed} and all(lacking & {*scenario.programme[q].closes} for q in needed):
                return True
    return False


def by_the_rule(scenario: Scenario, lacks: list[set[str]], ways: list[Way]) -> dict[int, int]:
    """The way of everybody who takes one, by place: `lacks` of the people in the order of the rule."""

    def useful(way: Way, n: int) -> int:
        return sum(bool(lacks[n] & {*scenario.programme[p].closes}) for p, _t in way.starts)

    def full(way: Way, n: int) -> bool:
        return useful(way, n) == len(way.starts) and not unready(scenario, lacks[n], way)

    def rank(way: Way, n: int) -> tuple[Any, ...]:
        many = useful(way, n)
        return not many, unready(scenario, lacks[n], way), -many, -sum(way.best(scenario, c) for c in lacks[n]), n

    needed = {way.number: sum(full(way, n) for n in range(len(lacks))) for way in ways}
    left, found = [*range(len(lacks))], dict[int, int]()
    for way in sorted(ways, key=lambda way: (needed[way.number], way.number)):
        left.sort(key=lambda n, way=way: rank(way, n))  # type: ignore[misc]
        found |= {n + 1: way.number for n in left[: way.people]}
        left = left[way.people :]
    return found


def named(chosen: dict[int, dict[int, int]], ways: dict[int, list[Way]]) -> Iterator[tuple[int, int, Way]]:
    """Part, place and way of everybody who takes one."""
    by_number = {way.number: way for of_part in ways.values() for way in of_part}
    for part, of_part in chosen.items():
        for place, number in of_part.items():
            yield part, place, by_number[number]


@pytest.mark.parametrize("competencies", [5, 70])
def test_ways_go_to_people_by_the_rule(competencies: int) -> None:
    draw = Random(competencies)
    names = [f"k{n}" for n in range(competencies)]
    for _case in range(few(40)):
        scenario = scenario_of(draw, names)
        rows: list[Any] = []
        for group in range(3):
            courses = [(f"p{n}", draw.choice("ABC")) for n in draw.sample(range(4), 4)]
            taken = [courses[:1], courses[1:2] if draw.random() < 0.5 else courses[1:]]
            rows += [(f"g{group}", NO_HISTORY, draw.randint(1, 3), starts) for starts in taken]
        ways = {-1 - n: of_part for n, of_part in enumerate(ways_of(scenario, rows).values())}
        people = {part: [set(draw.sample(names, draw.randint(0, 4))) for _one in range(6)] for part in ways}
        connection = duckdb.connect()
        connection.execute("CREATE TABLE placed (part BIGINT, place BIGINT, kind BIGINT)")
        connection.execute("CREATE TABLE kind (number BIGINT, gaps0 BIGINT, gaps1 BIGINT)")
        connection.execute("CREATE TABLE history (part BIGINT, passed0 BIGINT, passed1 BIGINT)")
        kind = 0
        for part, of_part in people.items():
            for place, lacks in enumerate(of_part, start=1):
                bits = sum(1 << names.index(c) for c in lacks)
                connection.execute("INSERT INTO kind VALUES (?, ?, ?)", [kind, bits & (1 << 60) - 1, bits >> 60])
                connection.execute("INSERT INTO placed VALUES (?, ?, ?)", [part, place, kind])
                kind += 1
        found = fitted(SimpleNamespace(connection=connection, competencies=names), scenario, ways)  # type: ignore[arg-type]
        chosen: dict[int, dict[int, int]] = {part: {} for part in ways}
        for part, place, way in zip(found.part.tolist(), found.place.tolist(), found.way.tolist(), strict=True):
            chosen[part][place] = way
        missing = [unready(scenario, people[part][place - 1], way) for part, place, way in named(chosen, ways)]
        assert found.unready == sum(missing)
        assert chosen == {part: by_the_rule(scenario, people[part], [*of_part]) for part, of_part in ways.items()}
