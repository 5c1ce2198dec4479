"""A workbook of the template is read wherever a scenario is; whatever else it is, is called so."""

from __future__ import annotations

import datetime
import io
import zipfile
from pathlib import Path

import openpyxl
import pytest

from planner.domain.periods import days_from_to
from planner.errors import InputError
from planner.scenario_io import read_located, read_scenario
from planner.scenario_io.scenario_workbook import imported
from tests.unit.scenario_io.minimal import write
from tests.unit.scenario_io.scenario_workbook.books import appending, book, own_template, setting, told


def test_it_gives_the_same_scenario_as_its_import_and_takes_changes(tmp_path: Path) -> None:
    path = write(tmp_path, own_template(), "buku.xlsx")
    loaded = read_located(path)

    assert loaded.scenario.sha256 == imported(own_template(), "b.xlsx").scenario.sha256
    assert loaded.files == (path,)
    assert loaded.where(("groups", "milik-analis", "headcount")) == (f"{path}:Groups!H3", None, None)
    changed = read_located(path, ["groups.milik-analis.headcount=300"])
    assert changed.scenario.groups[0].headcount == 300
    assert read_scenario(path).groups[0].headcount == 120
    upper = write(tmp_path, own_template(), "BUKU2.XLSX")
    assert read_scenario(upper).sha256 == loaded.scenario.sha256


def test_a_scenario_may_extend_a_workbook(tmp_path: Path) -> None:
    write(tmp_path, own_template(), "buku.xlsx")
    over = write(tmp_path, "extends: buku.xlsx\ngroups: [{id: milik-analis, headcount: 200}]\n")

    assert read_scenario(over).groups[0].headcount == 200


def test_all_that_is_wrong_is_told_at_once_by_sheet_and_cell_references_too(tmp_path: Path) -> None:
    data = book(
        setting("Groups!H3", "banyak"), appending("Groups", "contoh-analis", *[None] * 6, 5),
        setting("Gaps!A3", "hantu"), setting("Programmes!L3", "TW2, TW3"), setting("Programmes!M3", "dasar"),
        setting("Costs!A3", "bimtek"), setting("Seats!A3", "unja"), setting("Costs!D4", "lusin"),
    )  # fmt: skip
    with pytest.raises(InputError) as caught:
        imported(data, str(tmp_path / "b.xlsx"))
    found = [str(problem).partition("b.xlsx:")[2] for problem in caught.value.problems]

    assert [text.split(":")[0] for text in found] == [
        "Groups!H3", "Groups!A4", "Gaps!A3", "Programmes!L3", "Programmes!M3", "Costs!A3", "Costs!D4", "Seats!A3",
    ]  # fmt: skip
    assert "Separate several values with semicolons" in found[3]
    assert not any("groups[" in text or "programmes[" in text for text in found)


def zipped(**parts: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return file.getvalue()


def other_workbook() -> bytes:
    workbook = openpyxl.Workbook()
    assert workbook.active is not None
    workbook.active.append(["id", "headcount"])
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


OTHERS: list[tuple[str, bytes, str]] = [
    ("b.xlsx", other_workbook(), "none of the sheets of a scenario. Start from the workbook that `planner template`"),
    ("b.docx", zipped(word__document_xml="<x/>"), "this is a Word document (.docx)"),
    ("b.pptx", zipped(ppt__presentation_xml="<x/>"), "this is a presentation (.pptx)"),
    ("b.ods", zipped(mimetype="application/vnd.oasis.opendocument.spreadsheet"), "an OpenDocument workbook (ODS)"),
    ("b.odt", zipped(mimetype="application/vnd.oasis.opendocument.text"), "an OpenDocument text (.odt)"),
    ("b.pdf", b"%PDF-1.7 ...", "this is a PDF document"),
    ("b.html", b"<!DOCTYPE html><html></html>", "this is a web page (HTML); it cannot"),
    ("b.xls", b"<html><body><table></table></body></html>", "this is a web page (HTML), even if it is called .xls"),
    ("b.xlsx", b"<table><tr><td>1</td></tr></table>", "this is a web page (HTML), even if it is called .xls"),
    ("b.xls", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "an old Office file (.xls or .doc), or one with a password"),
    ("b.xml", b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', "Excel 2003"),
    ("b.rtf", b"{\\rtf1", "this is a text document (.rtf)"),
    ("b.rar", b"Rar!\x1a", "a packed file"),
    ("b.jpg", b"\xff\xd8\xff\xe0", "this is a picture"),
    ("b.parquet", b"PAR1xxxxPAR1", "this is a Parquet table"),
    ("b.csv", b"id,headcount\n", "this is a table, not a scenario. Name it in a scenario, such as groups: {table"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "data", "words"), OTHERS, ids=[f"{o[0]} {o[2][:30]}" for o in OTHERS])
def test_another_file_is_called_what_it_is_with_what_to_do(tmp_path: Path, name: str, data: bytes, words: str) -> None:
    path = write(tmp_path, data, name)
    with pytest.raises(InputError) as caught:
        read_located(path)
    (problem,) = caught.value.problems

    assert str(problem).startswith(f"{path}: ")
    assert words in str(problem)
    assert problem.remedy


def test_sheets_are_read_as_offices_fill_them_in() -> None:
    def office(workbook: openpyxl.Workbook) -> None:
        groups = workbook["Groups"]
        groups.insert_rows(1, 2)
        groups["A1"] = "DAFTAR KELOMPOK ASN"
        groups.merge_cells("A1:H1")
        groups["B5"] = "-"
        groups.append(["# lama", None, None, None, None, None, None, 9])
        groups.append([])
        groups.append(["Sumber: BKD"])
        gaps = workbook["Gaps"]
        gaps.insert_cols(1)
        gaps["A2"], gaps["A3"] = "No", 1

    loaded = imported(book(office, setting("Costs!G3", "Rp900.000,-"), setting("Funds!D3", "100jt")), "b.xlsx")
    group = loaded.scenario.groups[0]
    assert (group.id, group.name, group.headcount, dict(group.gaps)) == (
        "contoh-analis", "", 120, {"contoh-keuangan": 70},
    )  # fmt: skip
    assert loaded.scenario.programmes[0].costs[0].price == 900_000
    assert loaded.scenario.funds[0].amount == 100_000_000
    assert [str(warning).partition("Groups")[2].partition(":")[0] for warning in loaded.warnings] == ["!1", "!6", "!8"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (appending("Groups", "JUMLAH", *[None] * 6, 120), "Groups!4: this row is a sum or a mean of others"),
        (appending("Gaps", "TOTAL", None, 60), "Gaps!4: this row is a sum or a mean of others ('TOTAL')."),
        (appending("Costs", "Jumlah", *[None] * 5, 900_000), "Costs!6: this row is a sum or a mean of others"),
        (setting("Funds!D3", "Rp 500,000.00"), "Funds!D3: column 'amount': 'contoh-apbd': 'Rp 500,000.00' could"),
        (setting("Funds!D3", "1,5E+09"), "Funds!D3: '1,5E+09' is a number shortened to a power of ten"),
        (setting("Funds!D3", 0.5), "Funds!D3: column 'amount': 'contoh-apbd': 0.5 has a fraction of a rupiah."),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else "",
)  # fmt: skip
def test_what_a_sheet_could_be_misread_in_is_refused(change: object, words: str) -> None:
    found = told(book(change))  # type: ignore[arg-type]  # a change
    assert any(text.startswith(f"b.xlsx:{words}") for text in found), found


def test_groups_without_a_row_of_gaps_are_counted_and_a_rule_may_be_called_total() -> None:
    data = book(appending("Groups", "lain", *[None] * 6, 9), setting("Rules!A3", "Jumlah peserta"))
    warnings = [str(warning) for warning in imported(data, "b.xlsx").warnings]
    assert "b.xlsx:Gaps: 1 group has no row on this sheet, and so no gap: 'lain'." in warnings


def test_a_code_that_its_cell_shows_otherwise_is_refused() -> None:
    def coded(workbook: openpyxl.Workbook) -> None:
        workbook["Groups"]["A3"] = 12
        workbook["Groups"]["A3"].number_format = "000"

    assert told(book(coded))[0].startswith(
        "b.xlsx:Groups!A3: column 'id': this cell shows 012 but holds the number 12."
    )


def test_a_wrong_place_of_a_price_list_is_told_once_at_its_cell() -> None:
    line = ["contoh-bimtek", "x", None, "participant", None, None, None, "Perjalanan dinas"]
    lines = [appending("Costs", line[0], f"Jalan {n}", *line[2:]) for n in range(5)]
    found = told(book(setting("Prices!C3", "Kota Jambi"), setting("Prices!C4", "Kotaa"), *lines))
    assert found == [
        "b.xlsx:Prices!C4: column 'value': there is a price for the location 'Kotaa', which no group has. Did you mean"
        " 'Kota'?"
    ]
    warned = [str(w) for w in imported(book(setting("Prices!C4", "Kotaa"), *lines), "b.xlsx").warnings]
    assert [text.partition(": ")[0] for text in warned] == ["b.xlsx:Prices!D4"]


def test_rows_of_other_sheets_may_give_the_name_of_what_they_belong_to() -> None:
    named = book(
        setting("Gaps!A3", "financial  Analysts"),
        setting("Gaps!C2", "Regional financial management"),
        setting("Costs!A3", "Technical guidance on regional finance"),
        setting("Seats!A3", "Partner university"),
    )
    assert imported(named, "b.xlsx").scenario == imported(book(), "b.xlsx").scenario


def test_a_date_is_read_where_a_date_belongs_and_nowhere_else() -> None:
    day = datetime.date(2027, 1, 4)
    dated = imported(book(setting("Periods!C3", day), setting("Periods!D3", "31 Maret 2027")), "b.xlsx").scenario
    assert days_from_to((dated.periods or ())[0]) == (day, datetime.date(2027, 3, 31))
    rows = appending("Scenario", None, "document_date", day)
    assert imported(book(rows), "b.xlsx").scenario.scenario.document_date == day
    (problem,) = told(book(setting("Groups!C3", day)))
    assert "Groups!C3: this cell holds a date or a time." in problem
    (problem,) = told(book(setting("Periods!C3", datetime.datetime(2027, 1, 4, 8, 30))))
    assert "Periods!C3: this cell holds a date or a time." in problem
