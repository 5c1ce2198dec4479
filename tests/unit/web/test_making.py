"""New scenarios in the workbench: from a file, from the starter, from another scenario."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from planner.scenario_io import read_scenario
from planner.scenario_io.scenario_workbook import workbook_bytes as form_of
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
    assert desk.files() == before
    (desk.folder / "buku.xlsx").write_bytes(book)
    for page in (sent.content.decode(), desk.browser().get("/skenario/buku.xlsx/").content.decode()):
        assert "Kelompok!H4" in page
        assert "<b>" not in page
        cell = re.search(r'<td class="faulty">&lt;b&gt;dua&lt;/b&gt; <a class="mark" href="#(masalah-\d)"', page)
        assert cell
        assert re.search(rf'<li id="{cell[1]}">[^<]*Kelompok!H4', page)
        assert re.search(r'<td class="faulty"> *<a', page), "a cell that is blank is marked too"
        assert "arsiparis" in page, "the row is shown whole"


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
    refused = desk.post("/baru", name="dua", source="contoh-kecil.yaml", next_year="on")
    assert refused.status_code == 302
    dated = desk.text().replace("groups:", "periods: [{id: A, year: 2027}, {id: B, year: 2028}]\ngroups:", 1)
    (desk.folder / "bertahun.yaml").write_text(dated.replace("id: contoh-kecil", "id: bertahun"))
    before = desk.files()
    refused = desk.post("/baru", name="tiga", source="bertahun.yaml", next_year="on")
    assert refused.status_code == 422
    assert "periods have years" in refused.content.decode()
    assert desk.files() == before


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
