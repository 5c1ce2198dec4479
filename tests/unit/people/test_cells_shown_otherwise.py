"""Lists of people in workbooks whose cells show other numbers or codes than they hold."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from planner.errors import InputError
from planner.locale import speaking
from planner.scenario_io import read_located

SCENARIO = """
format: 1
scenario: {id: uji, fiscal_year: 2027, hours_target: 20}
competencies: [{id: keu, kind: technical}]
people: {table: p.xlsx, nip: false}
programmes: [{id: bimtek, hours: 12, closes: {keu: 1}}]
funds: [{id: apbd, kind: own, amount: 1}]
"""
HEADS = ["id", "agency", "hours", "measured:keu", "standard:keu", "Gaji"]
ROW: list[Any] = [101, "BPKAD", 6, 2, 3, 4_000]


def book(folder: Path, cell: str, value: Any, number_format: str) -> Path:
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    for row in (HEADS, ROW):
        sheet.append(row)
    sheet[cell] = value
    sheet[cell].number_format = number_format
    made.save(folder / "p.xlsx")
    (folder / "uji.yaml").write_text(SCENARIO)
    return folder / "uji.yaml"


def refused(scenario: Path) -> str:
    with speaking("en"), pytest.raises(InputError) as error:
        read_located(scenario)
    return "\n".join(map(str, error.value.problems))


def told(scenario: Path) -> str:
    with speaking("en"):
        return "\n".join(map(str, read_located(scenario).warnings))


@pytest.mark.parametrize(
    ("cell", "number_format", "name"),
    [("C2", '0".000"', "hours"), ("C2", '0" rb"', "hours"), ("D2", '0"ribu"', "measured:keu")],
)
def test_a_number_shown_in_thousands_is_refused(tmp_path: Path, cell: str, number_format: str, name: str) -> None:
    found = refused(book(tmp_path, cell, 2, number_format))
    assert f"p.xlsx:2: '{name}' cannot be read (this cell shows its number with '" in found


@pytest.mark.parametrize("number_format", ['"Rp"#,##0', "[$$-409]#,##0"])
def test_a_number_shown_as_money_is_refused(tmp_path: Path, number_format: str) -> None:
    found = refused(book(tmp_path, "C2", 6, number_format))
    assert "'hours' cannot be read (this cell shows its number as money, but no amount belongs here)." in found


@pytest.mark.parametrize(("value", "number_format"), [(6_000, "0,"), (7.5, "0"), (6, ";;;")])
def test_a_number_shown_as_another_one_is_told(tmp_path: Path, value: float, number_format: str) -> None:
    found = told(book(tmp_path, "C2", value, number_format))
    assert "p.xlsx: 1 cell of hours shows another number than it holds; what it holds is read: 2." in found


def test_a_date_where_a_number_belongs_is_called_a_date(tmp_path: Path) -> None:
    found = refused(book(tmp_path, "C2", datetime.date(2027, 1, 6), "dd/mm/yyyy"))
    assert "p.xlsx:2: 'hours' cannot be read (this cell holds a date or a time)." in found


def test_an_id_shown_as_another_one_is_refused(tmp_path: Path) -> None:
    found = refused(book(tmp_path, "A2", 12, "00000"))
    assert "'id' cannot be read (this cell shows another code than it holds; type it as text)." in found


@pytest.mark.parametrize(
    ("cell", "value", "number_format"), [("C2", 6, "00"), ("C2", 6, "0.0"), ("F2", 4_000, '0" rb"')]
)
def test_what_is_the_same_number_or_not_read_is_not_told(
    tmp_path: Path, cell: str, value: int, number_format: str
) -> None:
    found = told(book(tmp_path, cell, value, number_format))
    assert "shows" not in found
    assert "cannot be read" not in found


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_a_nip_that_is_text_is_taken_and_its_zeros_are_told(tmp_path: Path, suffix: str) -> None:
    scenario = book(tmp_path, "A2", "198803132010091000", "@")
    text = scenario.read_text().replace(", nip: false", "").replace("p.xlsx", f"p.{suffix}")
    scenario.write_text(text)
    (tmp_path / "p.csv").write_text(",".join(HEADS) + "\n198803132010091000,BPKAD,6,2,3,4000\n")
    assert f"p.{suffix}: 1 NIP ends in 000, as a spreadsheet leaves one that it took for a number" in told(scenario)
    assert read_located(scenario).scenario.people.read.people == 1  # type: ignore[union-attr]


def test_a_nip_that_is_a_number_is_refused(tmp_path: Path) -> None:
    scenario = book(tmp_path, "A2", 198803132010091000, "0")
    scenario.write_text(scenario.read_text().replace(", nip: false", ""))
    assert "p.xlsx:2: 'id' cannot be read" in refused(scenario)
