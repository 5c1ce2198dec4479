"""`--set PATH=VALUE`: what it reaches, what it changes, and what it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.scenario_io import read_scenario
from tests.unit.scenario_io.minimal import MINIMAL, changed, problems, write

TEXT = (
    changed(
        "- {item: Honor, per: participant, price: 50_000}",
        "- {item: Honor, per: participant, price: 50_000}\n"
        "      - {item: Jalan, per: participant, price: {by: location, default: 0, Kab. Kerinci: 5}}",
        changed("fiscal_year: 2027}", "fiscal_year: 2027}\nperiods: [TW1, TW2]")
        .replace("id: analis", "id: bpkad.analis")
        .replace("10_000_000}", "10_000_000, releases: {TW1: 50%}}\n  - {id: unja, kind: partner, amount: 600 juta}"),
    )
    + """\
rules:
  - {name: Satu, measure: cost, at_most: 5 juta}
  - {id: r2, name: Dua, measure: cost, at_most: 6 juta}
"""
)


def settled(tmp_path: Path, *settings: str) -> dict[str, object]:
    return read_scenario(write(tmp_path, TEXT), settings).to_plain()


@pytest.mark.parametrize(
    ("setting", "way", "value"),
    [
        ("funds.unja.amount=0", ("funds", 1, "amount"), 0),
        ("funds.unja.amount=2,5 miliar", ("funds", 1, "amount"), 2_500_000_000),
        ("funds.unja.amount=Rp2.500.000", ("funds", 1, "amount"), 2_500_000),
        ("funds.unja.max_share=30%", ("funds", 1, "max_share"), "30%"),
        ("funds.apbd.releases.TW1=20%", ("funds", 0, "releases", "TW1"), "20%"),
        ("funds.apbd.releases.TW2=0.9", ("funds", 0, "releases", "TW2"), "90%"),
        ("groups.bpkad.analis.headcount=70", ("groups", 0, "headcount"), 70),
        ("groups.bpkad.analis.gaps.keu=7", ("groups", 0, "gaps", "keu"), 7),
        ("programmes.bimtek.costs.0.price=7", ("programmes", 0, "costs", 0, "price"), 7),
        ("programmes.bimtek.costs.1.price.Kab. Kerinci=8", ("programmes", 0, "costs", 1, "price", "Kab. Kerinci"), 8),
        ("programmes.bimtek.costs.1.price.Bungo=9", ("programmes", 0, "costs", 1, "price", "Bungo"), 9),
        ("programmes.bimtek.costs.1.price.default=3", ("programmes", 0, "costs", 1, "price", "default"), 3),
        ("programmes.bimtek.class_size.max=30", ("programmes", 0, "class_size", "max"), 30),
        ("programmes.bimtek.for={id: [bpkad.analis]}", ("programmes", 0, "for", "id"), ("bpkad.analis",)),
        ("rules.0.at_most=1", ("rules", 0, "at_most"), 1),
        ("rules.Satu.at_most=1", ("rules", 0, "at_most"), 1),
        ("programmes.bimtek.costs.Jalan.quantity=2", ("programmes", 0, "costs", 1, "quantity"), 2),
        ("rules.r2.at_most=10%", ("rules", 1, "at_most"), "10%"),
        ("scenario.id=lain", ("scenario", "id"), "lain"),
        ("scenario.name=Rencana: A # 1", ("scenario", "name"), "Rencana: A # 1"),
        ("scenario.name='012'", ("scenario", "name"), "012"),
        ("scenario.description=a=b", ("scenario", "description"), "a=b"),
        ("periods=[A, B, TW1]", ("periods",), ("A", "B", "TW1")),
        ('objective=[{"maximize": "gaps_closed"}]', ("objective", 0, "maximize"), "gaps_closed"),
        ("funds=[{id: unja, amount: 3}]", ("funds", 1, "amount"), 3),
        ("funds.unja={minimum: 5}", ("funds", 1, "minimum"), 5),
        (" funds.unja.amount = 7 ", ("funds", 1, "amount"), 7),
    ],
)
def test_a_setting_changes_one_value(tmp_path: Path, setting: str, way: tuple[str | int, ...], value: object) -> None:
    found: object = settled(tmp_path, setting)
    for step in way:
        found = found[step]  # type: ignore[index]  # plain data of any depth

    assert found == value


@pytest.mark.parametrize(
    ("setting", "kept"),
    [
        ("funds.unja=null", ["apbd"]),
        ("funds.unja={remove: true}", ["apbd"]),
        ("funds=[{id: unja, remove: true}]", ["apbd"]),
    ],
)
def test_a_setting_removes_a_record(tmp_path: Path, setting: str, kept: list[str]) -> None:
    assert list(read_scenario(write(tmp_path, TEXT), [setting]).fund) == kept


def test_settings_are_applied_in_order(tmp_path: Path) -> None:
    path = write(tmp_path, TEXT)

    assert read_scenario(path, ["funds.unja.amount=1", "funds.unja.amount=2"]).fund["unja"].amount == 2
    assert read_scenario(path, ["funds.unja.minimum=1", "funds.unja.minimum=null"]) == read_scenario(path)
    assert read_scenario(path, ["rules.0=null"]).rules[0].id == "r2"
    assert read_scenario(path, ["rules=[]"]).rules == ()


FAULTS = [
    ("funds.unjaa.amount=0", "funds.unjaa.amount", "'funds' has no 'unjaa'", "Did you mean 'unja'?"),
    ("fnds.unja.amount=0", "fnds.unja.amount", "no 'fnds' in the scenario", "Did you mean 'funds'?"),
    ("funds.unja.amont=0", "funds.unja.amont", "'funds.unja' has no 'amont'", "Did you mean 'amount'?"),
    ("funds.unja.amount.x=0", "funds.unja.amount.x", "'funds.unja.amount' has no 'x'", ""),
    ("rules.9.at_most=0", "rules.9.at_most", "'rules' has no '9'", "Known: 'Satu', 'r2'"),
    ("rules.1.at_most=0", "rules.1.at_most", "'rules' has no '1'", ""),
    ("groups.bpkad.headcount=1", "groups.bpkad.headcount", "'groups' has no 'bpkad'", "Did you mean 'bpkad.analis'?"),
    ("extends=base.yaml", "extends", "no 'extends' in the scenario", ""),
    ("funds.unja.amount", "funds.unja.amount", "PATH=VALUE", "--set funds.apbd.amount=0"),
    ("=5", "=5", "PATH=VALUE", ""),
    ("funds.unja.amount=", "funds.unja.amount", "no value after '='", "Write null"),
    ("funds.unja.amount=012", "funds.unja.amount", "'012' is ambiguous", ""),
    ("funds.unja.amount=no", "funds.unja.amount", "'no'", "quotes"),
    ("funds.unja.amount=1.000.000", "funds.unja.amount", "but no Rp", ""),
    ("funds.unja.amount=-5", "funds.unja.amount", "cannot be negative", ""),
    ("funds.unja.amount=[1", "funds.unja.amount", "'[' is not closed", ""),
    ("funds.unja.pays={programmes: {id: [x]}}", "funds.unja.pays.programmes.id[0]", "unknown programme: 'x'", ""),
    ("funds.unja.pays={program: {}}", "funds.unja.pays.program", "unknown key 'program'", "'programmes'"),
    ("scenario.name={a: &x 1}", "scenario.name", "an anchor", ""),
    ("scenario.name=[{a: 012}]", "scenario.name", "'012' is ambiguous", ""),
    ("scenario.name=a\udce9b", "scenario.name", "PATH=VALUE", ""),
    (
        "funds.unja.match={with: apbdd, ratio: 1}",
        "funds.unja.match.with",
        "unknown fund: 'apbdd'",
        "Did you mean 'apbd'?",
    ),
]


@pytest.mark.parametrize(("setting", "path", "message", "remedy"), FAULTS, ids=[ascii(fault[0]) for fault in FAULTS])
def test_a_setting_that_cannot_be_meant_is_refused(
    tmp_path: Path, setting: str, path: str, message: str, remedy: str
) -> None:
    problem = problems(write(tmp_path, TEXT), [setting])[0]

    assert (problem.file, problem.line, problem.path) == ("", None, f"--set {path}")
    assert message in problem.message
    assert remedy in problem.remedy


def test_a_setting_may_name_a_table(tmp_path: Path) -> None:
    write(tmp_path, "id,headcount,gap:keu\nbpkad.analis,50,5\nbaru,9,9\n", "groups.csv")
    scenario = read_scenario(write(tmp_path, TEXT), ["groups={table: groups.csv}"])

    assert [(group.id, group.headcount) for group in scenario.groups] == [("bpkad.analis", 50), ("baru", 9)]


def test_a_setting_may_name_a_table_of_costs_of_several_programmes(tmp_path: Path) -> None:
    write(tmp_path, "programme,item,per,price\nbimtek,Honor,participant,7\nbimtek,ATK,programme,8\n", "c.csv")
    scenario = read_scenario(write(tmp_path, TEXT), ["programmes.bimtek.costs={table: c.csv}"])

    assert [item.item for item in scenario.programmes[0].costs] == ["Honor", "ATK"]


def test_many_settings_tell_all_their_problems(tmp_path: Path) -> None:
    found = problems(write(tmp_path, MINIMAL), ["funds.x.amount=0", "groups.y.headcount=0", "scenario.id=012"])

    assert len(found) == 3
