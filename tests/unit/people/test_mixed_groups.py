"""Small lists of people, planned as exact groups and as mixed ones, against what the people named close."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from pathlib import Path
from random import Random

import pyarrow.parquet as pq
import pytest

from planner import planning
from planner.domain.scenario import Scenario
from planner.plans.closed_by_people import closed_by_people
from planner.plans.mixed_groups import closable, closed_in_mixed, mixed_groups
from planner.scenario_io import read_located
from planner.store.name_lists import write_name_lists
from planner.store.results import write_results
from planner.store.stored_plan import read_stored
from tests.sampled import sampled
from tests.unit.people.people_files import write

COMPETENCIES = ("a", "b", "c")
HEAD = "NIP;OPD;gap:a;gap:b;gap:c\n"


def scenario_text(draw: Random) -> str:
    closes = [
        ", ".join(f"{c}: {draw.choice(['1', '0.5', '0.8'])}" for c in draw.sample(COMPETENCIES, draw.randint(1, 2)))
        for _p in range(3)
    ]
    programmes = "".join(
        f"  - {{id: p{n}, hours: {draw.choice([4, 8])}, closes: {{{each}}}, requires: {asked(draw, n)},"
        " costs: [{item: x, per: participant,"
        f" account: 5.1.02.02.01.0003, price: {draw.randint(1, 3)}}}]}}\n"
        for n, each in enumerate(closes)
    )
    weighed = (f"{{id: {c}, kind: technical, weight: {draw.choice([1, 1.5])}}}" for c in COMPETENCIES)
    return (
        f"format: 1\nscenario: {{id: campur, fiscal_year: 2027, hours_target: {draw.choice([8, 12])}}}\n"
        f"competencies: [{', '.join(weighed)}]\n"
        "people:\n  table: pegawai.csv\n  columns: {NIP: id, OPD: agency}\n"
        f"  each: [{{max_hours: {draw.choice([8, 12])}, uptake: {draw.choice(['100%', '70%'])}}}]\n"
        f"programmes:\n{programmes}funds: [{{id: apbd, kind: own, amount: {draw.randint(5, 30)}}}]\n"
    )


def asked(draw: Random, number: int) -> str:
    """What the programme of a number requires."""
    return draw.choice(["[]", "[p0]"]) if number == 2 else "[]"


@pytest.mark.parametrize("seed", sampled(range(40), 10))
def test_people_named_for_mixed_groups_close_between_the_least_and_the_most(seed: int, tmp_path: Path) -> None:
    draw = Random(seed)
    rows = [
        f"'1980010120050110{n:02d};{draw.choice(['BPKAD', 'Dinas'])};{';'.join(draw.choice('001') for _c in 'abc')}"
        for n in range(1, draw.randint(10, 16))
    ]
    file = write(tmp_path, rows, scenario_text(draw), HEAD)
    exact = planning.plan(read_located(file).scenario, inline=True).plan
    loaded = read_located(file, ["people.most_groups=3"])
    coarse = planning.plan(loaded.scenario, inline=True).plan
    assert mixed_groups(loaded.scenario)
    write_results(loaded.scenario, coarse, tmp_path / "campur")
    write_name_lists(read_stored(tmp_path / "campur"), tmp_path, tmp_path / "names")
    lacks = {row.split(";")[0].strip("'"): dict(zip("abc", row.split(";")[2:], strict=True)) for row in rows}
    reached = {row["group"]: row["reached"] for row in read_stored(tmp_path / "campur").data["hours_target"]}
    lines = pq.read_table(tmp_path / "names" / "per-orang.parquet").to_pylist()
    by_names = Counter(row["group"] for row in lines if row["target_reached"])
    assert all(by_names[group] >= people for group, people in reached.items()), "who reaches the target is certain"
    named = closed_by_names(loaded.scenario, tmp_path / "names", lacks)
    least, most = closed_in_mixed(loaded.scenario, coarse)
    assert least <= named <= most
    by_people = closed_by_people(loaded.scenario, coarse)
    of_others = [
        row.closed for row in coarse.closings if row.group not in {g.id for g in mixed_groups(loaded.scenario)}
    ]
    assert by_people.closed <= sum(of_others, Fraction(0)) + most, "no more than the two parts that the report tells"
    assert not by_people.exact, "who lacks what together is not known of mixed groups"
    assert max(exact.gaps_closed, coarse.gaps_closed) <= closable(loaded.scenario), "however people are grouped"
    assert exact.total_need == coarse.total_need, "gaps are counted alike"


def closed_by_names(scenario: Scenario, folder: Path, lacks: dict[str, dict[str, str]]) -> Fraction:
    """Gaps that people of mixed groups close, person by person."""
    mixed = {group.id for group in mixed_groups(scenario)}
    best: dict[tuple[str, str], Fraction] = {}
    for row in pq.read_table(folder / "penugasan.parquet").to_pylist():
        for c, chance in scenario.programme[row["programme"]].closes.items():
            if row["group"] in mixed and lacks[row["id"]][c] == "1":
                best[row["id"], c] = max(chance, best.get((row["id"], c), Fraction(0)))
    return sum(best.values(), Fraction(0))
