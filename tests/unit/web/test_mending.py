"""Faulty cells of a workbook that was sent are corrected on the page; the workbook stays as it was."""

from __future__ import annotations

import html
import re
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from planner.scenario_io import read_scenario
from planner.scenario_io.scenario_workbook import workbook_bytes as form_of
from planner.web.mending import ASIDE, FIELD, MOST_KEPT, keep_aside, kept_aside
from tests.scenarios.changed_books import spoiled, with_results
from tests.unit.web.conftest import Desk

FAULTY = {"Kelompok_H4": "dua", "Dana_A3": None, "Dana_D4": "6.000.000"}
RIGHT = {"Kelompok!H4": "20", "Dana!A3": "apbd", "Dana!D4": "Rp6.000.000"}


def spoiled_example(desk: Desk, **cells: Any) -> bytes:
    """The small example as a workbook, with other values in some cells."""
    return spoiled(form_of(read_scenario(desk.folder / "contoh-kecil.yaml")), **cells)


def fields_of(page: str) -> dict[str, str]:
    """What the fields of the form of corrections hold."""
    found = {}
    for tag in re.findall("<input [^>]*>", page):
        given = {name: html.unescape(value) for name, value in re.findall(r'([a-z-]+)="([^"]*)"', tag)}
        if given.get("name", "").startswith((FIELD, "kiriman", "dari", "buku")):
            found[given["name"]] = given.get("value", "")
    return found


def sent(desk: Desk, book: bytes) -> str:
    answer = desk.post("/baru", file=SimpleUploadedFile("isian.xlsx", book))
    assert answer.status_code == 422
    page: str = answer.content.decode()
    return page


def test_faulty_cells_are_corrected_on_the_page_until_the_scenario_is_made(desk: Desk) -> None:
    book = spoiled_example(desk, **FAULTY)
    page = sent(desk, book)
    fields = fields_of(page)
    cells = {name: text for name, text in fields.items() if name.startswith(FIELD)}
    assert cells == {f"{FIELD}Kelompok!H4": "dua", f"{FIELD}Dana!A3": "", f"{FIELD}Dana!D4": "6.000.000"}
    assert re.search(r'<li id="masalah-\d">[^<]*Kelompok!H4[^<]*<span class="cell-field">', page), "beside its problem"
    again = desk.post("/baru", **fields)
    assert again.status_code == 422
    assert [path.name for path in desk.folder.glob("*.yaml")] == ["contoh-kecil.yaml"]
    first = fields | {f"{FIELD}Kelompok!H4": "20"}
    page = desk.post("/baru", **first).content.decode()
    assert "Corrected so far" in page
    assert "was dua" in page
    fields = fields_of(page)
    assert fields[f"{FIELD}Kelompok!H4"] == "20", "what was corrected goes on with the others"
    fields |= {f"{FIELD}Dana!A3": "apbd", f"{FIELD}Dana!D4": "Rp6.000.000"}
    made = desk.post("/baru", **fields)
    assert made.status_code == 200
    told = made.content.decode()
    assert "The scenario is made of the workbook with your corrections." in told
    assert re.search("Kelompok!H4</th><td>dua</td><td>20</td>", told)
    assert re.search("Dana!A3</th><td>blank</td><td>apbd</td>", told)
    scenario, shipped = read_scenario(desk.folder / "isian.yaml"), read_scenario(desk.folder / "contoh-kecil.yaml")
    assert scenario.changed(scenario=shipped.scenario).sha256 == shipped.changed(scenario=shipped.scenario).sha256
    kept = [path.read_bytes() for path in (desk.folder / ASIDE).glob("*")]
    assert kept == [book], "the workbook that was sent stays as it was"
    downloaded = desk.post("/baru", **fields_of(told), unduh="1")
    assert "isian-" in downloaded["Content-Disposition"]
    opened, before = load_workbook(BytesIO(downloaded.content)), load_workbook(BytesIO(book))
    differ = {
        f"{sheet.title}!{cell.coordinate}": cell.value
        for sheet in opened
        for row in sheet.iter_rows()
        for cell in row
        if cell.value != before[sheet.title][cell.coordinate].value
    }
    assert differ == {"Kelompok!H4": 20, "Dana!A3": "apbd", "Dana!D4": 6_000_000}


def test_a_workbook_of_the_folder_is_corrected_into_a_scenario_beside_it(desk: Desk) -> None:
    book = spoiled_example(desk, **FAULTY)
    (desk.folder / "buku.xlsx").write_bytes(book)
    fields = fields_of(desk.browser().get("/skenario/buku.xlsx/").content.decode())
    assert fields["buku"] == "buku.xlsx"
    made = desk.post("/baru", **(fields | {f"{FIELD}{place}": text for place, text in RIGHT.items()}))
    assert made.status_code == 200
    assert (desk.folder / "buku.xlsx").read_bytes() == book
    assert read_scenario(desk.folder / "buku-2.yaml").groups


def test_a_row_that_is_wrong_as_a_whole_is_taken_out_by_its_mark(desk: Desk) -> None:
    page = sent(desk, spoiled_example(desk, Kelompok_A5="Jumlah", Kelompok_H5=50))
    fields = fields_of(page)
    assert fields[f"{FIELD}Kelompok!A5"] == "Jumlah"
    assert desk.post("/baru", **(fields | {f"{FIELD}Kelompok!A5": "# Jumlah"})).status_code == 200


def test_formulas_that_read_a_corrected_cell_are_asked_for(desk: Desk) -> None:
    book = with_results(spoiled_example(desk, Kelompok_H3="tiga", Kelompok_H4="=H3-10"), {"H3-10": "20"})
    fields = fields_of(sent(desk, book))
    page = desk.post("/baru", **(fields | {f"{FIELD}Kelompok!H3": "30"})).content.decode()
    assert "this formula has no stored result" in page
    assert fields_of(page)[f"{FIELD}Kelompok!H4"] == ""
    made = desk.post("/baru", **(fields_of(page) | {f"{FIELD}Kelompok!H4": "20"}))
    assert made.status_code == 200


def test_what_was_sent_is_kept_for_a_while_only(desk: Desk) -> None:
    work = desk.bench.workspace
    marks = [keep_aside(work, f"PK{number}".encode()) for number in range(MOST_KEPT + 1)]
    assert kept_aside(work, marks[0]) is None
    assert kept_aside(work, marks[-1]) == f"PK{MOST_KEPT}".encode()
    assert all(kept_aside(work, mark) is None for mark in ("", "../x", "0" * 32))
    gone = desk.post("/baru", kiriman=marks[0])
    assert gone.status_code == 422
    assert "send it again" in gone.content.decode()
    before = desk.files()
    assert desk.post("/baru", buku="tidak-ada.xlsx").status_code == 404
    assert desk.files() == before
