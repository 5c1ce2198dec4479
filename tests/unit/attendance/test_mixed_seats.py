"""The seats of a mixed group beside every way to give them out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations
from pathlib import Path
from random import Random

import pyarrow.parquet as pq
import pytest

from planner import planning
from planner.attendance.mixed_seats import Alike, PartSeats
from planner.domain.attendance import NO_HISTORY, Start
from planner.domain.scenario import Scenario
from planner.people.ways import Way, ways_of
from planner.scenario_io import read_located
from planner.store.name_lists import write_name_lists
from planner.store.results import write_results
from planner.store.stored_plan import read_stored
from tests.sampled import sampled
from tests.unit.people.people_files import write

COMPETENCIES = ("a", "b", "c")
type Taken = tuple[Start, ...]


def scenario_of(draw: Random, lacks: list[frozenset[str]]) -> Scenario:
    """One mixed group, and three programmes of which one may ask for another."""
    people = len(lacks)
    programmes = [
        {
            "id": f"p{n}",
            "hours": draw.choice([4, 8]),
            "closes": {c: draw.choice([1, 0.5, 0.8]) for c in draw.sample(COMPETENCIES, draw.randint(1, 2))},
        }
        for n in range(3)
    ]
    programmes[2]["requires"] = draw.choice([[], ["p1"], [{"any": ["p0", "p1"]}]])
    return Scenario.model_validate(
        {
            "format": 1,
            "scenario": {"id": "uji", "fiscal_year": 2027, "hours_target": 12},
            "periods": ["A", "B"],
            "competencies": [
                {"id": c, "kind": "technical", "weight": draw.choice([1, 1.5])} for c in COMPETENCIES
            ],
            "groups": [
                {
                    "id": "g", "headcount": people, "gaps": {c: sum(c in each for each in lacks) for c in COMPETENCIES},
                    "completed": {"p0": people}, "max_hours": draw.choice([12, 16]),
                }
            ],
            "programmes": programmes,
            "funds": [{"id": "apbd", "kind": "own", "amount": 1}],
        }
    )  # fmt: skip


def skipping(scenario: Scenario, taken: Taken) -> bool:
    """Whether somebody takes p2 before what it requires."""
    done = {q for q, people in scenario.group["g"].completed.items() if people}
    return any(
        not done & {*needed} and not any(q in needed and u <= t for q, u in taken)
        for p, t in taken
        for needed in scenario.programme[p].prerequisites
    )


def may_skip(scenario: Scenario) -> int:
    """How many of the group may, by what it lacks and has completed."""
    gaps = scenario.group["g"].gaps

    def need(programme: str) -> int:
        return max(gaps.get(c, 0) for c in scenario.programme[programme].closes)

    more = [need("p2") - need(q) for needed in scenario.programme["p2"].prerequisites for q in needed]
    return max(0, *more) if more else 0


def ways_in(draw: Random, scenario: Scenario, people: int) -> list[Way]:
    """Ways of some people that one person can take."""
    rows: list[tuple[str, object, int, list[Start]]] = []
    while not rows:
        left = people
        for _way in range(2):
            taken = [(p, draw.choice("AB")) for p in draw.sample(["p0", "p1", "p2"], draw.randint(1, 2))]
            number = draw.randint(0, min(2, left))
            if number and sum(scenario.programme[p].hours for p, _t in taken) <= 12:
                rows.append(("g", NO_HISTORY, number, taken))
                left -= number
        if sum(n for _g, _h, n, taken in rows if skipping(scenario, tuple(taken))) > may_skip(scenario):
            rows.clear()
    return ways_of(scenario, rows)["g", NO_HISTORY]  # type: ignore[arg-type]


def every_way(scenario: Scenario, lacks: list[frozenset[str]], ways: list[Way]) -> Iterator[list[Taken]]:
    """What each person takes, in every way that fills the seats with as many people."""
    seats = Counter(start for way in ways for start in way.starts for _one in range(way.people))
    people = sum(way.people for way in ways)
    room = scenario.group["g"].max_hours
    patterns = [
        taken
        for size in range(1, 4)
        for taken in combinations(sorted(seats), size)
        if len({p for p, _t in taken}) == size
        and (room is None or sum(scenario.programme[p].hours for p, _t in taken) <= room)
    ]

    def grown(at: int, left: Counter[Start], sent: int) -> Iterator[list[Taken]]:
        if at == len(lacks):
            if not +left and sent == people:
                yield []
            return
        for taken in [(), *patterns]:
            if all(left[start] for start in taken) and sent + bool(taken) <= people:
                for rest in grown(at + 1, left - Counter(taken), sent + bool(taken)):
                    yield [taken, *rest]

    return grown(0, seats, 0)


@pytest.mark.parametrize("seed", sampled(range(60), 4))
def test_seats_of_mixed_groups_close_the_most_that_any_way_closes(seed: int) -> None:
    draw = Random(seed)
    people = draw.randint(3, 5)
    lacks = [frozenset(draw.sample(COMPETENCIES, draw.randint(0, 2))) for _one in range(people)]
    scenario = scenario_of(draw, lacks)
    ways = ways_in(draw, scenario, people - 1)
    before = [Fraction(draw.choice([0, 4, 8])) for _one in range(people)]

    def reached(taken: list[Taken]) -> int:
        jp = [sum(scenario.programme[p].hours for p, _t in each) for each in taken]
        return sum(done + each >= 12 for done, each in zip(before, jp, strict=True))

    found_ways = [
        taken
        for taken in every_way(scenario, lacks, ways)
        if sum(skipping(scenario, each) for each in taken) <= may_skip(scenario)
    ]
    asked = max(map(reached, found_ways)) if draw.random() < 0.5 else 0
    seats = PartSeats(
        scenario, scenario.groups[0], NO_HISTORY, [(way.people, way.starts) for way in ways], {"2027": asked}
    )
    alike = Counter(zip(lacks, before, strict=True))
    found = seats.filled([Alike(of, jp, number) for (of, jp), number in alike.items()])
    assert found is not None
    assert found.best
    values = [
        seats.value(zip(lacks, [1] * people, taken, strict=True)) for taken in found_ways if reached(taken) >= asked
    ]
    unready, closed = seats.value((list(alike)[a][0], n, taken) for a, n, taken in found.rows)
    assert (-unready, closed) == max((-missing, most) for missing, most in values)


def test_two_courses_of_one_pattern_go_to_two_people_who_gain_by_one_each(tmp_path: Path) -> None:
    """Nobody lacks both: the plan's pattern of two courses for some people would leave half of the seats useless."""
    text = """
        format: 1
        scenario: {id: campur, fiscal_year: 2027}
        competencies: [{id: a, kind: technical}, {id: b, kind: technical}, {id: c, kind: technical}]
        people: {table: pegawai.csv, columns: {NIP: id, OPD: agency}, most_groups: 1}
        programmes:
          - {id: pa, hours: 4, closes: {a: 1}}
          - {id: pb, hours: 4, closes: {b: 1}}
        funds: [{id: apbd, kind: own, amount: 10}]
    """
    gaps = ["1;0;0"] * 3 + ["0;1;0"] * 3 + ["0;0;1"] * 2
    rows = [f"'1980010120050110{n:02d};BPKAD;{of}" for n, of in enumerate(gaps, start=1)]
    loaded = read_located(write(tmp_path, rows, text, "NIP;OPD;gap:a;gap:b;gap:c\n"))
    plan = planning.plan(loaded.scenario, inline=True).plan
    assert plan.gaps_closed == 6
    write_results(loaded.scenario, plan, tmp_path / "campur")
    stored = read_stored(tmp_path / "campur")
    group = loaded.scenario.groups[0].id
    stored.data["attendance"] = [
        {"group": group, "people": 2, "programmes": [{"programme": p, "period": "2027"} for p in ("pa", "pb")]},
        {"group": group, "people": 1, "programmes": [{"programme": "pa", "period": "2027"}]},
        {"group": group, "people": 1, "programmes": [{"programme": "pb", "period": "2027"}]},
    ]
    written = write_name_lists(stored, tmp_path, tmp_path / "names")
    assert written.closed_in_mixed == 4, "as many people as the plan sends: two of them take both courses"
    stored.data["attendance"] = [
        {"group": group, "people": 3, "programmes": [{"programme": p, "period": "2027"}]} for p in ("pa", "pb")
    ]
    write_name_lists(stored, tmp_path, tmp_path / "again")
    seats = pq.read_table(tmp_path / "again" / "penugasan.parquet").to_pylist()
    assert {row["id"][-2:] for row in seats if row["programme"] == "pa"} == {"01", "02", "03"}
    assert {row["id"][-2:] for row in seats if row["programme"] == "pb"} == {"04", "05", "06"}
