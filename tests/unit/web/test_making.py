"""New scenarios in the workbench: from a file, from the starter, from another scenario."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from planner.scenario_io import read_scenario
from planner.scenario_io.scenario_workbook import workbook_bytes as form_of
from planner.web.mending import ASIDE
from tests.unit.web.conftest import Desk


def test_an_excel_file_becomes_a_scenario_and_a_broken_one_nothing(desk: Desk) -> None:
    book = form_of(read_scenario(desk.folder / "contoh-kecil.yaml"))
    sent = SimpleUploadedFile("isian.xlsx", book)
    made = desk.post("/baru", name="dari-excel", file=sent)
    assert made.status_code == 302, made.content.decode()
    assert read_scenario(desk.folder / "dari-excel.yaml").groups
    unnamed = desk.post("/baru", file=SimpleUploadedFile("Isian Diklat (2).xlsx", book))
    assert unnamed["Location"].endswith("/isian-diklat-2.yaml/")
    before = desk.files()
    for empty in (b"", b"id: x\n"):
        answer = desk.post("/baru", name="rusak", file=SimpleUploadedFile("rusak.xlsx", empty))
        assert answer.status_code == 422
    for broken in (b"PK\x03\x04 not a workbook", b"\xff\xfe\x00", b"format: 1\nscenario: 5\n"):
        answer = desk.post("/baru", name="rusak", file=SimpleUploadedFile("rusak.xlsx", broken))
        assert answer.status_code == 422
        assert "/tmp" not in answer.content.decode()
    assert desk.files() == before
    assert BytesIO(book).getvalue() == book


def _spoiled(book: bytes, **cells: str | int | None) -> bytes:
    """A workbook with other values in some cells, each given as SHEET_CELL."""
    opened = load_workbook(BytesIO(book))
    for place, value in cells.items():
        sheet, _, cell = place.partition("_")
        opened[sheet][cell] = value
    opened.save(spoiled := BytesIO())
    return spoiled.getvalue()


def test_faulty_cells_of_a_workbook_stand_beside_their_problems(desk: Desk) -> None:
    book = _spoiled(form_of(read_scenario(desk.folder / "contoh-kecil.yaml")), Kelompok_H4="<b>dua</b>", Dana_A3=None)
    before = desk.files()
    sent = desk.post("/baru", file=SimpleUploadedFile("isian.xlsx", book))
    assert sent.status_code == 422
    assert {name: content for name, content in desk.files().items() if ASIDE not in name} == before
    (desk.folder / "buku.xlsx").write_bytes(book)
    for page in (sent.content.decode(), desk.browser().get("/skenario/buku.xlsx/").content.decode()):
        assert "Kelompok!H4" in page
        assert "<b>" not in page
        cell = re.search(r'<td class="faulty">&lt;b&gt;dua&lt;/b&gt; <a class="mark" href="#(masalah-\d)"', page)
        assert cell
        assert re.search(rf'<li id="{cell[1]}">[^<]*Kelompok!H4', page)
        assert re.search(r'<td class="faulty"> *<a', page), "a cell that is blank is marked too"
        assert "arsiparis" in page, "the row is shown whole"


def test_formulas_without_a_result_among_faulty_cells_are_blank(desk: Desk) -> None:
    book = _spoiled(form_of(read_scenario(desk.folder / "contoh-kecil.yaml")), Kesenjangan_A4="tidak-ada")
    page = desk.post("/baru", file=SimpleUploadedFile("isian.xlsx", book)).content.decode()
    assert "tidak-ada <a" in page
    assert "nreadable" not in page, "they are names that stand beside ids, for who fills in"


def test_what_was_noticed_in_a_workbook_is_said(desk: Desk) -> None:
    book = _spoiled(form_of(read_scenario(desk.folder / "contoh-kecil.yaml")), Dana_A6="# catatan")
    made = desk.post("/baru", file=SimpleUploadedFile("isian.xlsx", book))
    assert made.status_code == 200
    assert "Dana!6" in made.content.decode()
    assert (desk.folder / "isian.yaml").is_file()


def test_a_scenario_begins_as_the_starter_or_as_last_year_s(desk: Desk) -> None:
    assert desk.post("/baru", source="")["Location"].endswith("/skenario.yaml/ubah")
    assert read_scenario(desk.folder / "skenario.yaml").id == "skenario"
    desk.post("/baru", name="tahun-depan", source="contoh-kecil.yaml", next_year="on")
    assert read_scenario(desk.folder / "tahun-depan.yaml").scenario.fiscal_year == 2028
    changed = set(desk.text("tahun-depan.yaml").splitlines()) - set(desk.text().splitlines())
    assert changed == {"  id: tahun-depan", "  fiscal_year: 2028"}
    noticed = desk.post("/baru", name="tiga", source="contoh-kecil.yaml", next_year="on")
    assert "amounts are those of 2027" in noticed.content.decode()


DATED = """\
format: 1
scenario: {id: bertahun, name: Rencana 2027-2028, fiscal_year: 2027, document_date: 1 Maret 2027, sources: [SK 5/2027]}
periods:   # dua tahun
  - {id: 2027-A, from: 4 Januari 2027, to: 2027-12-20}
  - {id: 2028-A, year: 2028, from: 1 Februari 2028, to: 29 Februari 2028}
competencies: [{id: keu, name: Keuangan, kind: technical}]
groups: [{id: analis, headcount: 20, gaps: {keu: 12}, new_gaps: {2028: {keu: 3}}}]
programmes:
  - id: bimtek
    hours: 8
    periods: [2027-A, 2028-A]
    dates: [5-7 April 2027]   # sudah pasti
    closes: {keu: 0.5}
    costs: [{item: Jasa, per: programme, price: {by: year, 2027: 1_000_000, 2028: 1_100_000}}]
funds: [{id: apbd, kind: own, amounts: {2027: 2_000_000, 2028: 3_000_000}, releases: {2027-A: 50%, 2028-A: 100%}}]
rules: [{name: Tahun pertama, measure: participants, where: {years: 2027, periods: 2027-A}, at_most: 10}]
"""


def test_years_days_and_names_of_periods_move_with_the_year(desk: Desk) -> None:
    (desk.folder / "bertahun.yaml").write_text(DATED)
    made = desk.post("/baru", name="depan", source="bertahun.yaml", next_year="on")
    assert made.status_code == 200
    said = made.content.decode()
    assert "weekdays, holidays" in said
    assert "The year 2027 still stands in these texts" in said
    text = desk.text("depan.yaml")
    assert "# dua tahun" in text
    assert "# sudah pasti" in text
    scenario = read_scenario(desk.folder / "depan.yaml")
    assert scenario.horizon == ("2028-A", "2029-A")
    assert scenario.years == ("2028", "2029")
    assert "2027" not in text.replace("SK 5/2027", "")
    assert str(getattr((scenario.periods or ())[1], "to", None)) == "2029-02-28"
    (desk.folder / "turunan.yaml").write_text("extends: bertahun.yaml\nscenario: {id: turunan}\n")
    made = desk.post("/baru", name="turunan-depan", source="turunan.yaml", next_year="on")
    assert "builds on no other file" in made.content.decode()
    assert read_scenario(desk.folder / "turunan-depan.yaml").years == ("2028", "2029")


def test_the_empty_workbook_is_that_of_planner_template(desk: Desk) -> None:
    sent = desk.browser().get("/baru/isian.xlsx")
    assert load_workbook(BytesIO(sent.content)).sheetnames[0] == "Guide"


@pytest.mark.parametrize(
    "name", ["../keluar", "-", ".git", "a/b", "contoh-kecil", "CONTOH-KECIL.yaml", "a\nb", "x" * 81]
)
def test_a_bad_or_taken_name_makes_nothing(desk: Desk, name: str) -> None:
    before = desk.files()
    assert desk.post("/baru", name=name, source="contoh-kecil.yaml").status_code == 422
    assert desk.files() == before


def test_a_copy_has_an_id_of_its_own(desk: Desk) -> None:
    assert desk.post("/baru", name="salinan.yaml", source="contoh-kecil.yaml")["Location"].endswith("salinan.yaml/ubah")
    assert read_scenario(desk.folder / "salinan.yaml").id == "salinan"
    assert desk.text("salinan.yaml").count("\n") == desk.text().count("\n")


def test_a_file_that_was_sent_gets_an_id_of_its_own_where_its_own_is_taken(desk: Desk) -> None:
    sent = desk.post("/baru", file=SimpleUploadedFile("contoh-kecil.yaml", desk.text().encode()))
    assert sent["Location"].endswith("/contoh-kecil-2.yaml/")
    assert read_scenario(desk.folder / "contoh-kecil-2.yaml").id == "contoh-kecil-2"
    changed = set(desk.text("contoh-kecil-2.yaml").splitlines()) - set(desk.text().splitlines())
    assert changed == {"  id: contoh-kecil-2"}


def test_a_scenario_in_brackets_is_copied_too(desk: Desk) -> None:
    text = "extends: contoh-kecil.yaml\nscenario: {id: hemat, name: Hemat}\n"
    (desk.folder / "hemat.yaml").write_text(text)
    desk.post("/baru", name="lebih-hemat", source="hemat.yaml")
    assert desk.text("lebih-hemat.yaml") == text.replace("id: hemat", "id: lebih-hemat")
