"""Two columns of one meaning must agree; a head that names another unit is told in its own words."""

from __future__ import annotations

from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest

from planner.errors import InputError
from planner.scenario_io import read_located
from tests.unit.people.people_files import GOOD, SCENARIO, write

WITH_HISTORY = SCENARIO.replace(
    "  columns:", "  join: [{table: diklat.csv, layout: training}]\n  each: [{max_hours: 40}]\n  columns:"
)
ANI, BUDI = "198001012005011001", "198001012005011002"


def history(folder: Path, text: str, scenario: str = WITH_HISTORY) -> str:
    """Groups by their id, or else what is refused, of a training history."""
    file = write(folder, GOOD, scenario)
    (folder / "diklat.csv").write_text(text)
    return _read(file)


def _read(file: Path) -> str:
    try:
        return "\n".join(group.id for group in read_located(file).scenario.groups)
    except InputError as error:
        return "\n".join(str(problem) for problem in error.problems)


@pytest.mark.parametrize(
    ("one", "other", "first", "second"),
    [("jp", "jumlah_jam", "4", "12"), ("jumlah_jam", "jp", "12", "4"), ("JP", "hours", "4", "12")],
)
def test_two_columns_of_jp_that_differ_are_refused_with_the_first_row(
    tmp_path: Path, one: str, other: str, first: str, second: str
) -> None:
    rows = f"{ANI};5;5,0;01-02-2027\n\n{BUDI};{first};{second};01-02-2027\n"
    told = history(tmp_path, f"nip;{one};{other};tanggal_selesai\n{rows}")
    assert told.startswith(str(tmp_path / "diklat.csv") + ":4")
    assert f"'{one}'" in told
    assert f"'{other}'" in told
    assert "both hold 'hours', and differ in this row." in told
    assert "unused}" in told


@pytest.mark.parametrize("cells", ["12;12,0", "12;", ";12", "12;-"])
def test_two_columns_of_jp_that_agree_are_read(tmp_path: Path, cells: str) -> None:
    assert "BPKAD / pns / 16 JP / keu+kom" in history(
        tmp_path, f"nip;jp;jumlah_jam;tanggal_selesai\nnip;jp;jumlah_jam;tanggal_selesai\n{ANI};{cells};01-02-2027\n"
    )


def test_one_of_two_columns_is_chosen_by_calling_the_other_unused(tmp_path: Path) -> None:
    chosen = WITH_HISTORY.replace("layout: training", "layout: training, columns: {jumlah_jam: unused}")
    text = f"nip;jp;jumlah_jam;tanggal_selesai\n{ANI};4;12;01-02-2027\n"
    assert "BPKAD / pns / 8 JP / keu+kom" in history(tmp_path, text, chosen)


@pytest.mark.parametrize(
    ("head", "cells", "told"),
    [
        ("nip;nip_baru;jp;tanggal_selesai", f"{ANI};{BUDI};4;01-02-2027", "'nip' and 'nip_baru' both hold 'id'"),
        ("nip;jp;tanggal_selesai;tanggalselesaikursus", f"{ANI};4;01-02-2027;2027-03-01", "both hold 'last_training'"),
        ("nip;jp;tanggal_selesai;tanggalselesaikursus", f"{ANI};4;01-02-2027;2027-02-01", "8 JP"),
    ],
)
def test_every_other_meaning_is_looked_at_too(tmp_path: Path, head: str, cells: str, told: str) -> None:
    assert told in history(tmp_path, f"{head}\n{cells}\n")


@pytest.mark.parametrize(
    ("field", "one", "other", "apart"),
    [("agency", "BPKAD", "Dinas", True), ("agency", "BPKAD", "bpkad ", False), ("employment", "PNS", "P3K", True),
     ("employment", "PPPK", "P3K", False), ("gap:keu", "ya", "0", True), ("gap:keu", "ya", "1", False)],
)  # fmt: skip
def test_columns_of_the_list_that_the_scenario_gives_one_meaning(
    tmp_path: Path, field: str, one: str, other: str, apart: bool
) -> None:
    scenario = SCENARIO.replace("{NIP: id, Nama: name, OPD: agency, Jenis: employment, JP: hours}",
                                f"{{NIP: id, A: '{field}', B: '{field}'}}")  # fmt: skip
    keu = "" if field == "gap:keu" else ";gap:keu"
    file = write(tmp_path, [f"{ANI};{one};{other};1{';1' if keu else ''}"], scenario, f"NIP;A;B;gap:kom{keu}\n")
    assert (f"'A' and 'B' both hold '{field}'" in _read(file)) == apart


def test_codes_and_names_of_positions_in_siasn_are_no_contradiction(tmp_path: Path) -> None:
    scenario = SCENARIO.replace("columns: {NIP: id, Nama: name, OPD: agency, Jenis: employment, JP: hours}",
                                "layout: siasn")  # fmt: skip
    head = "nip_baru;jenis_jabatan_id;jenis_jabatan_nama;gap:keu;gap:kom\n"
    assert "fungsional" in _read(write(tmp_path, [f"{ANI};2;Jabatan Fungsional;1;1"], scenario, head)).lower()


def test_typed_columns_are_compared_by_what_they_mean(tmp_path: Path) -> None:
    file = write(tmp_path, GOOD, WITH_HISTORY.replace("diklat.csv", "diklat.parquet"))
    for second, told in ((4.0, "8 JP"), (12.0, "both hold 'hours'")):
        table = {"nip": [ANI], "jp": [4], "jumlah_jam": [second], "tanggal_selesai": ["01-02-2027"]}
        pyarrow.parquet.write_table(pyarrow.table(table), tmp_path / "diklat.parquet")
        assert told in _read(file)


@pytest.mark.parametrize(
    ("head", "unit"),
    [
        ("JP (hari)", "hari"),
        ("jumlah_jam (jam)", "jam"),
        ("Jumlah JP [menit]", "menit"),
        ("JP/hari", "hari"),
        ("JP per hari", "hari"),
        ("JP jam", "jam"),
    ],
)
def test_a_head_of_jp_that_names_another_unit_is_told_with_it(tmp_path: Path, head: str, unit: str) -> None:
    told = history(tmp_path, f"nip;{head};tanggal_selesai\n{ANI};4;01-02-2027\n")
    assert f"the column '{head}': its figures would be '{unit}', but JP are read, of 45 minutes each." in told
    assert "no column holds" not in told
    columns = "Nama: name, OPD: agency, Jenis: employment, JP: hours"
    scenario = SCENARIO.replace(columns, f"'{head}': hours")
    listed = write(tmp_path, [f"{ANI};4;1;1"], scenario, f"NIP;{head};gap:keu;gap:kom\n")
    assert f"its figures would be '{unit}'" in _read(listed)


@pytest.mark.parametrize("head", ["Jumlah Jam", "jumlahJam", "JUMLAH_JAM"])
def test_the_head_of_the_export_is_no_other_unit_in_any_spelling(tmp_path: Path, head: str) -> None:
    told = history(tmp_path, f"nip;{head};tanggal_selesai\n{ANI};4;01-02-2027\n")
    assert "8 JP" in told, "4 of the list and 4 of the history"


def test_a_head_with_a_remark_that_is_needed_is_the_example(tmp_path: Path) -> None:
    told = history(tmp_path, f"nip;JP (2027);tanggal_selesai\n{ANI};4;01-02-2027\n")
    assert "columns: {'JP (2027)': hours}" in told


@pytest.mark.parametrize("cell", ["(4)", "( 4,5 )"])
def test_jp_in_brackets_of_accounts_are_told_as_negative(tmp_path: Path, cell: str) -> None:
    told = history(tmp_path, f"nip;jp;tanggal_selesai\n{ANI};{cell};01-02-2027\n")
    assert "'jp' cannot be read (a negative number in the brackets of accounts)" in told
