"""What is wrong with the head of a table is said once, at the table, with what the column is called."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from planner.errors import InputError, Problem
from planner.locale import speaking
from planner.scenario_io import read_scenario

SCENARIO = """
format: 1
scenario: {id: uji, fiscal_year: 2027}
competencies: [{id: keu, kind: technical}]
groups: {table: GROUPS}
programmes: PROGRAMMES
COSTS
funds: [{id: apbd, kind: own, amount: 1}]
"""
PLAIN = "[{id: bimtek, closes: {keu: 1}, costs: [{item: Honor, per: participant, price: 5}]}]"
GROUPS = "id;headcount;gap:keu\na;10;4\n"


def scenario(folder: Path, groups: str, programmes: str = PLAIN, costs: str = "") -> Path:
    text = SCENARIO.replace("GROUPS", groups).replace("PROGRAMMES", programmes).replace("COSTS", costs)
    (folder / "uji.yaml").write_text(text, encoding="utf-8")
    return folder / "uji.yaml"


def refused(path: Path) -> tuple[Problem, ...]:
    with pytest.raises(InputError) as error, speaking("en"):
        read_scenario(path)
    return error.value.problems


def test_an_absent_column_is_told_once_and_the_faults_of_cells_beside_it(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("id;gap:keu\na;4\nb;empat\nc;2\n", encoding="utf-8")
    absent, cell = refused(scenario(tmp_path, "t.csv"))
    assert (absent.line, absent.message) == (None, "the column 'headcount' is missing.")
    assert absent.remedy == "Add it, and fill it in for each row."
    assert cell.line == 3


def test_of_a_sheet_the_sheet_is_named_and_no_row(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Data"
    for row in (["Kode", "gap:keu"], ["a", 4], ["b", 3]):
        sheet.append(row)
    book.save(tmp_path / "t.xlsx")
    (absent,) = refused(scenario(tmp_path, "t.xlsx"))
    assert absent.file.endswith("t.xlsx:Data")


def test_a_cell_left_blank_is_still_told_at_its_row_by_the_name_of_the_office(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("id;Jumlah Orang;gap:keu\na;;4\nb;5;1\n", encoding="utf-8")
    (blank,) = refused(scenario(tmp_path, "t.csv"))
    assert (blank.line, blank.remedy) == (2, "Fill in the column 'Jumlah Orang'.")


def test_programmes_that_costs_were_joined_to_keep_the_names_of_their_columns(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(GROUPS, encoding="utf-8")
    (tmp_path / "p.csv").write_text("Kode;Nama Program\nb1;Satu\nb2;Dua\n", encoding="utf-8")
    (tmp_path / "k.csv").write_text("programme;item;per;price\nb1;Honor;participant;5\nb2;Honor;participant;5\n")
    path = scenario(tmp_path, "t.csv", "{table: p.csv}", "costs: {table: k.csv}")
    (absent,) = refused(path)
    assert absent.message == "the column 'closes' is missing."


@pytest.mark.parametrize("head", ["Kode", "Kode Kelompok"])
def test_a_column_of_codes_holds_the_ids(tmp_path: Path, head: str) -> None:
    (tmp_path / "t.csv").write_text(f"{head};headcount;gap:keu\na;10;4\n", encoding="utf-8")
    assert [group.id for group in read_scenario(scenario(tmp_path, "t.csv")).groups] == ["a"]


@pytest.mark.parametrize("head", ["keu", "Kesenjangan keu", "gap keu"])
def test_a_column_of_figures_is_told_how_gaps_are_called(tmp_path: Path, head: str) -> None:
    (tmp_path / "t.csv").write_text(f"id;headcount;{head}\na;10;4\n", encoding="utf-8")
    (unknown,) = refused(scenario(tmp_path, "t.csv"))
    assert "If its figures are of a competency, call it 'gap:keu'." in unknown.remedy


@pytest.mark.parametrize(("head", "value"), [("Jabatan", "analis"), ("Jumlah", "14")])
def test_a_column_of_words_or_sums_is_not(tmp_path: Path, head: str, value: str) -> None:
    (tmp_path / "t.csv").write_text(f"id;headcount;gap:keu;{head}\na;10;4;{value}\n", encoding="utf-8")
    (unknown,) = refused(scenario(tmp_path, "t.csv"))
    assert "competency" not in unknown.remedy
