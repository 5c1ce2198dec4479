"""Tables joined to the list stay apart: sheets of one workbook, and lines that are no rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook

from planner.domain.scenario import Scenario
from planner.errors import InputError
from planner.scenario_io import read_located
from tests.unit.people.people_files import GOOD, SCENARIO, write

IDS = [row.split(";")[0].lstrip("'") for row in GOOD]


def _book(file: Path, sheets: Mapping[str, Sequence[Sequence[object]]]) -> None:
    made = Workbook()
    made.remove(made.worksheets[0])
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    made.save(file)


def test_two_sheets_of_one_workbook_are_two_tables(tmp_path: Path) -> None:
    agencies = ["BPKAD", "BPKAD", "Bappeda", "Bappeda", "Bappeda"]
    listed: list[list[object]] = [[each, agency] for each, agency in zip(IDS, agencies, strict=True)]
    _book(
        tmp_path / "pegawai.xlsx",
        {
            "Pegawai": [["NIP", "OPD"], *listed],
            "Kesenjangan": [["id", "gap:keu"], [IDS[3], 1], [IDS[0], 1]],
        },
    )
    _book(
        tmp_path / "riwayat.xlsx",
        {
            "Diklat": [["nip", "jp", "tanggal_selesai"], [IDS[0], 8, "01-02-2027"]],
            "Kursus": [["nip", "jp", "tanggal_selesai"], [IDS[0], 3, "01-02-2027"], [IDS[3], 3, "01-02-2027"]],
        },
    )
    file = tmp_path / "skenario.yaml"
    people = """
people:
  table: pegawai.xlsx
  sheet: Pegawai
  columns: {NIP: id, OPD: agency}
  each: [{max_hours: 40}]
  join:
    - {table: pegawai.xlsx, sheet: Kesenjangan}
    - {table: riwayat.xlsx, sheet: Diklat, layout: training}
    - {table: riwayat.xlsx, sheet: Kursus, layout: training}
"""
    before, rest = SCENARIO.split("people:\n")
    file.write_text(before + people.lstrip() + "programmes:\n" + rest.split("programmes:\n")[1])
    scenario = read_located(file).scenario
    assert scenario.people is not None
    assert scenario.people.read is not None
    assert scenario.people.read.not_assessed == 3, "three people are in no row of the table of gaps"
    groups = _groups(scenario)
    assert groups == {
        ("BPKAD", 11, 1): 1,
        ("BPKAD", 0, 0): 1,
        ("Bappeda", 3, 1): 1,
        ("Bappeda", 0, 0): 2,
    }


def _groups(scenario: Scenario) -> dict[tuple[str | None, int, int], int]:
    """Headcounts by agency, JP done and gap."""
    return {(g.agency, int(g.hours_before or 0), g.gaps.get("keu", 0)): g.headcount for g in scenario.groups}


@pytest.mark.parametrize("lenient", [True, False])
def test_a_line_that_is_no_row_is_told_of_its_own_file_once(tmp_path: Path, lenient: bool) -> None:
    join = "table: pegawai.csv\n  join: [{table: riwayat.csv, layout: training}, {table: diklat.csv, layout: training}]"
    rows = [*GOOD[:2], "'198001012005011009;Eko;BPKAD", "'19800101200501100;Fani;BPKAD;PNS;0;1;0", *GOOD[2:]]
    file = write(tmp_path, rows, SCENARIO.replace("table: pegawai.csv", join))
    for name in ("riwayat", "diklat"):
        sound = [f"{each};Bimtek;2;01-02-2027" for each in IDS]
        text = "\n".join(["nip;nama;jp;tanggal_selesai", *sound[:3], "12;x;3;01-02-2027", *sound[3:]])
        (tmp_path / f"{name}.csv").write_text(text)
    if lenient:
        read = read_located(file, ["people.lenient=true"])
        told = "\n".join(map(str, read.noticed))
        assert read.scenario.people is not None
        assert read.scenario.people.read is not None
        left = {each.reason: each.rows for each in read.scenario.people.read.left_out}
        assert left["the row has fewer cells than there are columns"] == 1
    else:
        with pytest.raises(InputError) as error:
            read_located(file)
        told = "\n".join(map(str, error.value.problems))
    assert told.count("fewer cells") == 1
    assert "pegawai.csv:4: the row has fewer cells" in told
    assert "riwayat.csv:5: the id is not a NIP" in told
    assert "diklat.csv:5: the id is not a NIP" in told
