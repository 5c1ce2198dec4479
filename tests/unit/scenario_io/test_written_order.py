"""Overrides are told in the order in which files write them."""

from __future__ import annotations

from pathlib import Path

from planner.plans.comparison import differences
from planner.scenario_io import read_scenario
from planner.scenario_io.written_order import written_order
from tests.unit.cli.engine import SCENARIO


def paths_in_order(base: Path, other: Path) -> list[str]:
    place = written_order(other)
    found = differences(read_scenario(base), read_scenario(other))
    return [d.path for d in sorted(found, key=lambda d: place(d.steps))]


def test_an_overlay_is_told_line_by_line_and_what_it_extends_first(tmp_path: Path) -> None:
    base, middle, top = tmp_path / "a.yaml", tmp_path / "b.yaml", tmp_path / "c.yaml"
    base.write_text(SCENARIO, encoding="utf-8")
    middle.write_text(
        "extends: a.yaml\nscenario: {id: b}\nfunds:\n  - {id: apbd, amount: 1}\n"
        "  - {id: mitra, kind: partner, amount: 5}\ngroups: [{id: analis, headcount: 30}]\n",
        encoding="utf-8",
    )
    top.write_text(
        "extends: b.yaml\nscenario: {id: c}\nprogrammes: [{id: bimtek, hours: null}]\n"
        "groups: [{id: analis, gaps: {keu: 9}}]\nfunds:\n  - {id: mitra, remove: true}\n  - {id: apbd, amount: 2}\n",
        encoding="utf-8",
    )
    assert paths_in_order(base, middle) == ["funds.apbd.amount", "funds.mitra", "groups.analis.headcount"]
    assert paths_in_order(base, top) == [
        "groups.analis.headcount",  # of b.yaml, which comes before c.yaml
        "programmes.bimtek.hours",
        "groups.analis.gaps.keu",
        "funds.apbd.amount",
    ]
    assert paths_in_order(middle, top) == [
        "programmes.bimtek.hours",
        "groups.analis.gaps.keu",
        "funds.mitra",
        "funds.apbd.amount",
    ]


def test_a_scenario_of_its_own_is_told_in_the_order_of_its_file(tmp_path: Path) -> None:
    base, other = tmp_path / "a.yaml", tmp_path / "b.yaml"
    base.write_text(SCENARIO, encoding="utf-8")
    changed = SCENARIO.replace("headcount: 20", "headcount: 25").replace("2_500_000", "3_500_000")
    other.write_text(changed.replace("id: kecil", "id: lain"), encoding="utf-8")
    assert paths_in_order(base, other) == ["groups.analis.headcount", "funds.apbd.amount"]
