"""Lists of activities are read whether the code stands in one cell or in six; scenarios name them by code."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from planner.errors import InputError
from planner.scenario_io import read_text
from planner.scenario_io.activity_list import offered_activities
from planner.scenario_io.problems import Refused
from tests.unit.scenario_io.minimal import MINIMAL

IN_SIX_CELLS = """\
DAFTAR SUB KEGIATAN;;;;;;
Kode;;;;;;Nama Sub Kegiatan
5.;04.;02.;;;;PROGRAM PENGEMBANGAN SUMBER DAYA MANUSIA
5.;04.;02.;1.;02.;;Sertifikasi, Kelembagaan
5.;04.;02.;1.;02.;0007;Pimpinan Daerah, JPT, JF
5.;04.;02.;1.;01.;0003;Kompetensi Teknis
"""
IN_ONE_CELL = """\
No,Kode,Nomenklatur,Indikator,Satuan
1,5.04.02.1.02,Sertifikasi,,
2,5.4.2.1.2.7,Pimpinan Daerah,Jumlah ASN,orang
3,504021010003,Kompetensi Teknis,,
4,5.04.02.1.02.0007,Nama lain,,
5,5.04.02.1.02.00071,Salah,,
"""


def listed(folder: Path, text: str) -> tuple[list[dict[str, str]], list[str]]:
    path = folder / "kegiatan.csv"
    path.write_text(text, encoding="utf-8")
    found, doubts = offered_activities(path)
    return found, list(map(str, doubts))


def test_a_code_in_six_cells_is_one(tmp_path: Path) -> None:
    found, doubts = listed(tmp_path, IN_SIX_CELLS)
    assert found == [
        {"code": "5.04.02.1.02.0007", "name": "Pimpinan Daerah, JPT, JF"},
        {"code": "5.04.02.1.01.0003", "name": "Kompetensi Teknis"},
    ]
    assert doubts == []


def test_codes_in_every_spelling_are_read_and_the_others_told(tmp_path: Path) -> None:
    found, doubts = listed(tmp_path, IN_ONE_CELL)
    assert [each["code"] for each in found] == ["5.04.02.1.02.0007", "5.04.02.1.01.0003"]
    assert (found[0]["indicator"], found[0]["target_unit"]) == ("Jumlah ASN", "orang")
    assert len(doubts) == 2
    assert "kegiatan.csv:5:2" in doubts[0]
    assert "with another name" in doubts[0]
    assert "kegiatan.csv:6:2" in doubts[1]
    assert "'00071' has a digit too many" in doubts[1]


IN_THE_FORM_OF_THE_MINISTRY = """\
NOMENKLATUR PERENCANAAN
Urusan;Bidang Urusan;Program;Kegiatan;Sub Kegiatan;Nomenklatur Urusan Kabupaten/Kota;Indikator;Satuan
5;04;02;;;PROGRAM PENGEMBANGAN SDM;;
5;04;02;2.01;;Pengembangan Kompetensi Teknis;;
5;04;02;2.01;0003;Kompetensi Teknis Umum;Jumlah ASN;Orang
X;XX;01;2.05;0009;Pendidikan dan Pelatihan Pegawai;Jumlah orang;Orang
"""


def test_levels_of_a_code_may_have_columns_with_heads_of_their_own(tmp_path: Path) -> None:
    found, doubts = listed(tmp_path, IN_THE_FORM_OF_THE_MINISTRY)
    assert [(each["code"], each["name"]) for each in found] == [
        ("5.04.02.2.01.0003", "Kompetensi Teknis Umum"),
        ("X.XX.01.2.05.0009", "Pendidikan dan Pelatihan Pegawai"),
    ]
    assert found[0]["indicator"] == "Jumlah ASN"
    assert doubts == []


def test_a_level_stored_as_a_number_that_may_have_lost_a_zero_is_told(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    levels = ("Urusan", "Bidang", "Program", "Kegiatan", "Sub Kegiatan")
    sheet.append([*(f"Kode {level}" for level in levels), "Nama Sub Kegiatan"])
    sheet.append([5, 4, 2, 2.01, 3, "Teknis"])
    sheet.append([5, 4, 2, 2.1, 4, "Lain"])
    book.save(tmp_path / "kegiatan.xlsx")
    found, doubts = offered_activities(tmp_path / "kegiatan.xlsx")
    assert [each["code"] for each in found] == ["5.04.02.2.01.0003"]
    assert "'2.1' is a number that may have lost a zero" in str(doubts[0])


def test_beside_a_column_of_whole_codes_levels_are_names(tmp_path: Path) -> None:
    rows = "Kode;Urusan;Program;Kegiatan;Sub Kegiatan\n5.04.02.1.02.0007;Diklat;SDM;Sertifikasi;Pimpinan Daerah\n"
    found, doubts = listed(tmp_path, rows)
    assert [each["code"] for each in found] == ["5.04.02.1.02.0007"]
    assert doubts == []


def test_a_code_may_stand_in_one_cell_with_its_name(tmp_path: Path) -> None:
    rows = "Sub Kegiatan\n5.04.02.1.02.0007 Pimpinan Daerah, JPT\n5.04.02.1.01.0003 - Kompetensi Teknis\n"
    found, doubts = listed(tmp_path, rows.replace(",", ""))
    assert found == [
        {"code": "5.04.02.1.02.0007", "name": "Pimpinan Daerah JPT"},
        {"code": "5.04.02.1.01.0003", "name": "Kompetensi Teknis"},
    ]
    assert doubts == []


def test_what_is_no_list_of_activities_says_so(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="no list of activities"):
        listed(tmp_path, "a,b\n1,2\n")
    with pytest.raises(InputError, match="no code has six levels"):
        listed(tmp_path, "Kode,Nama\n5.04.02,Program\n")


def scenario(activities: str, activity: str) -> str:
    text = MINIMAL.replace("  - id: bimtek\n", f"  - id: bimtek\n    activity: {activity}\n")
    return text.replace("programmes:\n", f"activities: {activities}\nprogrammes:\n")


def test_programmes_name_their_activity_in_any_spelling() -> None:
    read = read_text(scenario("[{code: 5.04.02.1.02.0007, name: Pimpinan}]", "5.4.2.1.2.7"))
    assert (read.activities[0].code, read.programmes[0].activity) == ("5.04.02.1.02.0007", "5.04.02.1.02.0007")


@pytest.mark.parametrize(
    ("activities", "activity", "words"),
    [
        ("[{code: 5.04.02.1.02.0007}]", "5.04.02.1.02.0008", "unknown activity: '5.04.02.1.02.0008'.*Did you mean"),
        ("[{code: 5.04.02.1.02.0007}, {code: 5.4.2.1.2.7}]", "5.4.2.1.2.7", "is defined twice"),
        ("[{code: 5.04.02.1.02.00071}]", "5.4.2.1.2.7", "digit too many"),
    ],
)
def test_activities_that_are_not_there_or_twice_are_refused(activities: str, activity: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        read_text(scenario(activities, activity))


def test_a_row_with_a_name_whose_code_is_none_is_told_and_a_note_is_not(tmp_path: Path) -> None:
    found, doubts = listed(tmp_path, "Kode;Nama\n5.04.02.1.02.0007;Pimpinan\nx;Kompetensi Teknis\nSumber: Bappeda;\n")
    assert [row["code"] for row in found] == ["5.04.02.1.02.0007"]
    assert len(doubts) == 1
    assert "kegiatan.csv:3" in doubts[0]
    assert "'x'" in doubts[0]
