"""Scenarios built on scenarios: what merges, what replaces, what is refused, and where things then stand."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from planner.scenario_io import read_located, read_scenario
from tests.unit.scenario_io.minimal import MINIMAL, changed, only, problems, write

RULES = (
    "rules:\n  - {id: r1, name: Satu, measure: cost, at_most: 5 juta}\n"
    "  - {id: r2, name: Dua, measure: cost, at_most: 6 juta}\n"
)


def test_a_scenario_that_changes_nothing_is_identical(tmp_path: Path) -> None:
    base = read_scenario(write(tmp_path, MINIMAL, "base.yaml"))
    same = read_scenario(write(tmp_path, "extends: base.yaml\n"))

    assert same == base
    assert same.sha256 == base.sha256


def test_mappings_merge_records_merge_by_id_and_the_rest_replaces(tmp_path: Path) -> None:
    write(tmp_path, MINIMAL, "base.yaml")
    scenario = read_scenario(
        write(
            tmp_path,
            "extends: base.yaml\n"
            "scenario: {id: lain}\n"
            "groups:\n"
            "  - {id: baru, headcount: 5, gaps: {keu: 5}}\n"
            "  - {id: analis, headcount: 80}\n"
            "programmes:\n"
            "  - id: bimtek\n"
            "    costs: [{item: Modul, per: participant, price: 10_000}]\n",
        )
    )

    assert (scenario.id, scenario.scenario.fiscal_year) == ("lain", 2027)
    assert list(scenario.group) == ["analis", "baru"]
    assert (scenario.group["analis"].headcount, scenario.group["analis"].gaps) == (80, {"keu": 60})
    assert [item.item for item in scenario.programmes[0].costs] == ["Modul"]


def test_null_removes_a_key_and_remove_a_record(tmp_path: Path) -> None:
    text = changed("    headcount: 100\n", "    headcount: 100\n    uptake: 50%\n")
    write(tmp_path, text + "  - {id: unja, kind: partner, amount: 5}\n" + RULES, "base.yaml")
    scenario = read_scenario(
        write(
            tmp_path,
            "extends: base.yaml\n"
            "groups: [{id: analis, uptake: null}]\n"
            "funds: [{id: unja, remove: true}]\n"
            "rules: [{id: r1, remove: true}, {id: r2, at_most: 7 juta}]\n",
        )
    )

    assert scenario.group["analis"].uptake == 1
    assert list(scenario.fund) == ["apbd"]
    assert [rule.id for rule in scenario.rules] == ["r2"]
    assert scenario.rules[0].at_most is not None
    assert scenario.rules[0].at_most.value == 7_000_000


def test_a_record_may_be_removed_and_made_anew(tmp_path: Path) -> None:
    write(tmp_path, MINIMAL, "base.yaml")
    scenario = read_scenario(
        write(
            tmp_path,
            "extends: base.yaml\nfunds:\n  - {id: apbd, remove: true}\n  - {id: apbd, kind: own, amount: 7}\n",
        )
    )

    assert [fund.amount for fund in scenario.funds] == [7]


def test_rules_without_ids_replace_the_list(tmp_path: Path) -> None:
    write(tmp_path, MINIMAL + RULES, "base.yaml")
    text = "extends: base.yaml\nrules: [{name: Tiga, measure: cost, at_most: 1 juta}]\n"

    assert [rule.name for rule in read_scenario(write(tmp_path, text)).rules] == ["Tiga"]
    assert read_scenario(write(tmp_path, "extends: base.yaml\nrules: []\n")).rules == ()


def test_chains_of_scenarios_are_followed(tmp_path: Path) -> None:
    write(tmp_path, MINIMAL, "dasar/a.yaml")
    write(tmp_path, "extends: a.yaml\nscenario: {id: b, agency: BPSDM}\n", "dasar/b.yaml")
    loaded = read_located(write(tmp_path, "extends: dasar/b.yaml\nscenario: {id: c}\n"))

    assert (loaded.scenario.id, loaded.scenario.scenario.agency) == ("c", "BPSDM")
    assert [path.name for path in loaded.files] == ["s.yaml", "b.yaml", "a.yaml"]


def test_values_are_located_in_the_file_that_holds_them(tmp_path: Path) -> None:
    base = write(tmp_path, MINIMAL + RULES, "base.yaml")
    path = write(tmp_path, "extends: base.yaml\nfunds:\n  - id: apbd\n    amount: 7\n")
    loaded = read_located(path, ["groups.analis.headcount=90"])

    assert loaded.where(("funds", "apbd", "amount")) == (str(path), 4, 13)
    assert loaded.where(("funds", 0, "kind")) == (str(base), 15, 22)
    assert loaded.where(("rules", 1)) == (str(base), 18, 5)
    assert loaded.where(("rules", "r2", "at_most")) == (str(base), 18, 49)
    assert loaded.where(("groups", "analis", "headcount")) == ("--set groups.analis.headcount", None, None)
    assert loaded.where(("groups", "analis", "uptake")) == (str(base), 6, 5)
    assert loaded.where(()) == (str(path), 1, 1)


def test_a_problem_in_the_base_names_the_base(tmp_path: Path) -> None:
    base = write(tmp_path, changed("keu: 60", "keu: 600"), "base.yaml")
    path = write(tmp_path, "extends: base.yaml\nfunds: [{id: apbd, amont: 3}]\n")
    found = problems(path)

    assert [(p.file, p.line, p.column, p.path) for p in found] == [
        (str(path), 2, 20, "funds[0].amont"),
        (str(base), 8, 17, "groups[0].gaps.keu"),
    ]


def test_a_required_key_that_was_removed_is_missed_where_it_was_removed(tmp_path: Path) -> None:
    write(tmp_path, MINIMAL, "base.yaml")
    path = write(tmp_path, "extends: base.yaml\nfunds: [{id: apbd, amount: null}]\n")
    problem = only(path)

    assert (problem.file, problem.line, problem.column) == (str(path), 2, 20)
    assert "'amount' is missing" in problem.message


FAULTS = [
    ("funds: [{id: apbdd, remove: true}]", 9, "'apbdd' here to remove", "Did you mean 'apbd'?"),
    ("funds: [{id: apbd, remove: yes}]", 28, "'yes'", "quotes"),
    ("funds: [{id: apbd, remove: false}]", 20, "only its id and 'remove: true'", "leave out 'remove'"),
    ("funds: [{id: apbd, remove: true, amount: 0}]", 20, "only its id and 'remove: true'", "leave out 'remove'"),
    ("groups: [{id: analis, uptak: null}]", 23, "no 'uptak' here to remove", "Did you mean 'uptake'?"),
    ("groups: [{id: analis, gaps: {kue: null}}]", 30, "no 'kue' here to remove", "Did you mean 'keu'?"),
    ("fund: null", 1, "no 'fund' here to remove", "Did you mean 'funds'?"),
    ("groups: [{id: analis, gaps: {kom: 3}}]", 30, "unknown competency: 'kom'", "Known: 'keu'"),
]


@pytest.mark.parametrize(("text", "column", "message", "remedy"), FAULTS, ids=[fault[0] for fault in FAULTS])
def test_a_change_that_cannot_be_meant_is_refused(
    tmp_path: Path, text: str, column: int, message: str, remedy: str
) -> None:
    write(tmp_path, MINIMAL, "base.yaml")
    path = write(tmp_path, f"extends: base.yaml\n{text}\n")
    problem = only(path)

    assert (problem.file, problem.line, problem.column) == (str(path), 2, column)
    assert message in problem.message
    assert remedy in problem.remedy


def test_remove_in_a_scenario_that_extends_none_is_refused(tmp_path: Path) -> None:
    problem = only(write(tmp_path, MINIMAL + "  - {id: unja, remove: true}\n"))

    assert (problem.line, problem.column) == (16, 5)
    assert "'unja' here to remove" in problem.message


def test_two_records_of_one_id_are_twins_also_in_an_overlay(tmp_path: Path) -> None:
    write(tmp_path, MINIMAL, "base.yaml")
    path = write(
        tmp_path,
        "extends: base.yaml\nfunds:\n"
        "  - {id: unja, kind: partner, amount: 5}\n  - {id: unja, kind: partner, amount: 6}\n",
    )
    problem = only(path)

    assert (problem.line, problem.column) == (4, 10)
    assert f"The other is at {path}:3:10." in problem.remedy


def test_an_empty_key_stands_for_an_absent_one(tmp_path: Path) -> None:
    text = changed("    headcount: 100\n", "    headcount: 100\n    name:\n    max_hours: ~\n    gaps2: null\n")
    problem = only(write(tmp_path, text))

    assert (problem.line, problem.column, problem.path) == (10, 5, "groups[0].gaps2")
    assert "Did you mean 'gaps'?" in problem.remedy


def test_an_empty_value_under_a_free_key_stands_for_an_absent_one(tmp_path: Path) -> None:
    text = changed("gaps: {keu: 60}", "gaps: {keu: 60, kom: null}")

    assert read_scenario(write(tmp_path, text)) == read_scenario(write(tmp_path, MINIMAL))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("tidak-ada.yaml", "no file 'tidak-ada.yaml'"),
        ("bse.yaml", "Did you mean 'base.yaml'?"),
        ("../base.yaml", "leaves the folder"),
        ("sub/../../base.yaml", "leaves the folder"),
        ("/etc/passwd", "not relative"),
        ("~/base.yaml", "not relative"),
        ("'%2e%2e/base.yaml'", "leaves the folder"),
        ("'%2E%2e%2Fbase.yaml'", "leaves the folder"),
        ("'C:\\base.yaml'", "backslash or a drive"),
        ("'c:base.yaml'", "backslash or a drive"),
        ("'..\\base.yaml'", "backslash or a drive"),
        ("CON", "Windows"),
        ("nul.yaml", "Windows"),
        ("sub/com1.yaml", "Windows"),
        ("'base.yaml. '", "Windows"),
        ("''", "not a file name"),
        ('"a\\0b"', "not a file name"),
        ('"a\\nb"', "not a file name"),
        ("[base.yaml]", "'extends' names one file"),
        ("5", "'extends' names one file"),
        ("sub", "is a folder"),
        ("keluar.yaml", "through a link"),
        ("s.yaml", "in a circle: s.yaml -> s.yaml"),
    ],
)
def test_a_base_must_be_a_file_in_the_folder(tmp_path: Path, name: str, words: str) -> None:
    write(tmp_path, MINIMAL, "base.yaml")
    folder = tmp_path / "kerja"
    (folder / "sub").mkdir(parents=True)
    write(folder, MINIMAL, "base.yaml")
    (folder / "keluar.yaml").symlink_to(tmp_path / "base.yaml")
    problem = only(write(folder, f"extends: {name}\n"))

    assert words in str(problem)
    assert (problem.file, problem.line, problem.column, problem.path) == (str(folder / "s.yaml"), 1, 10, "extends")


def test_scenarios_that_extend_one_another_in_a_circle_are_refused(tmp_path: Path) -> None:
    write(tmp_path, "extends: b.yaml\n", "a.yaml")
    write(tmp_path, "extends: c.yaml\n", "b.yaml")
    problem = only(write(tmp_path, "format: 1\nextends: a.yaml\n", "c.yaml"))

    assert "c.yaml -> a.yaml -> b.yaml -> c.yaml" in problem.message
    assert (problem.file, problem.line, problem.column) == (str(tmp_path / "b.yaml"), 1, 10)


def test_a_circle_through_a_link_is_seen(tmp_path: Path) -> None:
    path = write(tmp_path, "extends: b.yaml\n")
    (tmp_path / "b.yaml").symlink_to(path)

    assert "in a circle" in only(path).message


def test_a_chain_without_end_is_refused(tmp_path: Path) -> None:
    for number in range(30):
        write(tmp_path, f"extends: f{number + 1}.yaml\n", f"f{number}.yaml")

    assert "more than 20 scenarios" in only(tmp_path / "f0.yaml").message


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda path: None, "no file"),
        (lambda path: path.mkdir(), "is a folder"),
        (lambda path: os.mkfifo(path), "not a regular file"),
    ],
    ids=["missing", "folder", "pipe"],
)
def test_a_scenario_that_is_no_file_is_refused(tmp_path: Path, make: object, words: str) -> None:
    assert callable(make)
    path = tmp_path / "s.yaml"
    make(path)

    assert words in only(path).message


def test_a_path_that_no_file_can_have_is_refused() -> None:
    assert "cannot be read" in only(Path("a\0b")).message
    assert "cannot be read" in only(Path("x" * 5_000)).message


def test_a_change_of_a_record_that_the_file_below_does_not_have_is_told(tmp_path: Path) -> None:
    write(tmp_path, MINIMAL, "base.yaml")
    amends = "extends: base.yaml\nscenario: {id: lain}\ngroups: [{id: analisis, headcount: 80}]\n"
    (told,) = [n for n in read_located(write(tmp_path, amends)).noticed if "so this adds one" in n.message]
    assert (
        told.message
        == "the file that this one extends has no 'analisis' under 'groups', so this adds one, without 'gaps'."
    )
    assert (told.line, told.remedy) == (3, "Did you mean 'analis'?")
    lacking = "extends: base.yaml\nscenario: {id: lain}\nfunds: [{id: apbds, amount: 5 juta}]\n"
    found = [problem.message for problem in problems(write(tmp_path, lacking))]
    assert "the file that this one extends has no 'apbds' under 'funds', so this adds one, without 'kind'." in found
    whole = "extends: base.yaml\nscenario: {id: lain}\ngroups: [{id: baru, headcount: 80, gaps: {keu: 5}}]\n"
    assert not read_located(write(tmp_path, whole)).noticed
