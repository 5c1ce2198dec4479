"""Columns by competency may give the name of a competency that no other one has, which is said."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from planner.errors import InputError
from planner.locale import speaking
from planner.scenario_io import read_located

SCENARIO = """
format: 1
scenario: {id: uji, fiscal_year: 2027}
competencies: [{id: keu, kind: technical, name: Pengelolaan Keuangan}, {id: asn, kind: technical, name: Manajemen ASN},
  {id: asn2, kind: technical, name: manajemen asn}]
groups: {table: t.csv}
programmes: [{id: bimtek, closes: {keu: 1, asn: 1}}]
funds: [{id: apbd, kind: own, amount: 1}]
"""
ONE = "198001012005011001"


def read(folder: Path, table: str, text: str = SCENARIO) -> Any:
    (folder / "t.csv").write_text(table, encoding="utf-8")
    (folder / "uji.yaml").write_text(text, encoding="utf-8")
    with speaking("en"):
        return read_located(folder / "uji.yaml")


def refused(folder: Path, table: str, text: str = SCENARIO) -> str:
    with pytest.raises(InputError) as error:
        read(folder, table, text)
    return "\n".join(map(str, error.value.problems))


@pytest.mark.parametrize("head", ["gap:Pengelolaan Keuangan", "gap: pengelolaan  keuangan", "GAP:PENGELOLAAN KEUANGAN"])
def test_the_name_of_a_competency_is_taken_for_its_id_and_said(tmp_path: Path, head: str) -> None:
    found = read(tmp_path, f"id;headcount;{head}\na;10;4\nb;5;\n")
    assert [dict(group.gaps) for group in found.scenario.groups] == [{"keu": 4}, {}]
    assert "was taken for the competency 'keu'." in "\n".join(map(str, found.noticed))


def test_faults_of_such_a_column_are_told_at_their_place(tmp_path: Path) -> None:
    found = refused(tmp_path, "id;headcount;gap:Pengelolaan Keuangan\na;10;empat\nb;0;1\n")
    assert "t.csv:2:3" in found
    assert "groups[0].gaps.keu" in found


def test_a_name_of_two_competencies_stays_unknown(tmp_path: Path) -> None:
    assert "Manajemen ASN" in refused(tmp_path, "id;headcount;gap:Manajemen ASN\na;10;4\n")


def test_a_column_by_id_and_one_by_name_are_refused(tmp_path: Path) -> None:
    found = refused(tmp_path, "id;headcount;gap:keu;gap:Pengelolaan Keuangan\na;10;4;5\n")
    assert "'gap:Pengelolaan Keuangan' and 'gap:keu' are the same attribute." in found


def test_the_competencies_may_stand_in_what_a_scenario_extends(tmp_path: Path) -> None:
    (tmp_path / "dasar.yaml").write_text(SCENARIO.replace("{table: t.csv}", "[{id: x, headcount: 1, gaps: {keu: 1}}]"))
    found = read(tmp_path, "id;headcount;gap:Pengelolaan Keuangan\na;10;4\n",
                 "extends: dasar.yaml\ngroups: {table: t.csv}\n")  # fmt: skip
    assert {group.id: dict(group.gaps) for group in found.scenario.groups}["a"] == {"keu": 4}


def test_further_tables_by_competency_are_read_alike(tmp_path: Path) -> None:
    text = SCENARIO.replace("groups: {table: t.csv}", "groups: [{id: x, headcount: 1, gaps: {keu: 1}}]")
    text = text.replace("programmes: [{id: bimtek, closes: {keu: 1, asn: 1}}]", "programmes: {table: t.csv}")
    found = read(tmp_path, "id;closes.Pengelolaan Keuangan\np;80%\n", text)
    assert [*found.scenario.programmes[0].closes] == ["keu"]


@pytest.mark.parametrize("head", ["gap:Pengelolaan Keuangan", "gap:keu"])
def test_lists_of_people_take_the_name_too(tmp_path: Path, head: str) -> None:
    text = SCENARIO.replace("groups: {table", "people: {table")
    found = read(tmp_path, f"nip;agency;{head}\n{ONE};A;1\n", text)
    assert [dict(group.gaps) for group in found.scenario.groups] == [{"keu": 1}]
    told = "t.csv: the column 'gap:Pengelolaan Keuangan' was taken for the competency 'keu'."
    assert (told in "\n".join(map(str, found.warnings))) == (head != "gap:keu")


def test_lists_of_people_with_both_columns_are_refused(tmp_path: Path) -> None:
    text = SCENARIO.replace("groups: {table", "people: {table")
    found = refused(tmp_path, f"nip;agency;gap:keu;gap:Pengelolaan Keuangan\n{ONE};A;1;0\n", text)
    assert "the column 'gap:Pengelolaan Keuangan' occurs twice." in found
