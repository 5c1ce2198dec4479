"""Names of a plan of what is left in the workbench: participants' lists that came back say who has attended."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from openpyxl import load_workbook

from planner.planning import plan
from planner.store.forgetting import forget
from planner.web.plan_run import State
from tests.unit.people.people_files import write
from tests.unit.web.conftest import Desk
from tests.unit.web.plans import over, store_plan

SCENARIO = """
format: 1
scenario: {id: orang, fiscal_year: 2027, agency: Contoh, hours_target: 20}
periods: [TW1, TW2]
competencies: [{id: keu, name: Keuangan, kind: technical}]
people:
  table: pegawai.csv
  columns: {NIP: id, Nama: name, OPD: agency}
programmes:
  - {id: dua, hours: 16, closes: {keu: 0.9}, class_size: {min: 2, max: 3}, classes: {per_period: 1}}
funds: [{id: apbd, kind: own, amount: 1_000_000}]
"""
HEAD = "NIP;Nama;OPD;gap:keu\n"
ROWS = [f"'1980010120050110{n:02d};Orang {n};BPKAD;1" for n in range(1, 8)]


def filled(content: bytes, mark: str = "ya") -> bytes:
    """A participants' list in which everybody was there."""
    book = load_workbook(io.BytesIO(content))
    for sheet in book:
        for row in sheet.iter_rows(min_row=6):
            if isinstance(row[0].value, int):
                row[5].value = mark
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def participants(desk: Desk, names: str, period: str) -> tuple[bytes, set[str]]:
    """The lists of the class in a period, and the ids in them."""
    page = desk.browser().get(names).content.decode()
    courses = [html.unescape(key) for key in re.findall(r'<option value="([^"]*)"', page)]
    course = next(key for key in courses if f'"{period}"' in key)
    content = desk.post(names, cari="buku", buku="peserta", angkatan=course).content
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    return content, {str(row[1].value) for row in sheet.iter_rows(min_row=6) if isinstance(row[0].value, int)}


type Rest = tuple[str, bytes, set[str]]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Rest]]:
    """A folder for the files of the workbench with a plan of what is left once made, and what is told of it."""
    return tmp_path_factory.mktemp("rest") / "kept", []


@pytest.fixture
def rest(
    make_desk: Callable[[], Desk], kept: tuple[Path, list[Rest]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[Desk, str, bytes, set[str]]:
    """A plan of what is left after TW1, the address of its names, the lists of TW1, and who is in them."""
    folder, told = kept
    if not told:
        made = planned_rest(make_desk(), monkeypatch)
        connections["default"].close()
        copytree(tmp_path, folder)
        told.append(made)
    else:
        copytree(folder, tmp_path, dirs_exist_ok=True)
    return make_desk(), *told[0]


def planned_rest(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Rest:
    """Plan what is left after TW1; the address of its names, the lists of TW1, and who is in them."""
    monkeypatch.setattr("planner.solve.worker.Worker", nullcontext)
    monkeypatch.setattr("planner.planning.plan", lambda scenario, *_args, **_more: plan(scenario, inline=True))
    write(desk.folder, ROWS, SCENARIO, HEAD).rename(desk.folder / "orang.yaml")
    store_plan(desk, "orang.yaml")
    lists, came = participants(desk, "/skenario/orang.yaml/nama", "TW1")
    blank = desk.browser().get("/skenario/orang.yaml/realisasi/isian.xlsx?sampai=TW1").content
    made: Any = desk.post("/skenario/orang.yaml/realisasi", file=SimpleUploadedFile("r.xlsx", blank), sampai="TW1")
    name = made["Location"].rstrip("/").rpartition("/")[2]
    assert over(desk, name) is State.DONE
    return f"/skenario/{name}/nama", lists, came


def test_lists_that_came_back_name_the_seats_that_are_left(rest: tuple[Desk, str, bytes, set[str]]) -> None:
    desk, names, lists, came = rest
    page = desk.browser().get(names).content.decode()
    assert "Who has attended" in page
    assert "One person" not in page, "nobody is named before the lists are here"
    answer = desk.post(names, cari="orang", id=min(came))
    assert "Send the participants" in answer.content.decode()
    sent = SimpleUploadedFile("dua-TW1.xlsx", filled(lists))
    assert desk.post(names, cari="daftar", file=sent).status_code == 302
    page = desk.browser().get(names).content.decode()
    assert "1 workbook with lists is here." in page
    assert not re.search("Orang|19800101", page)
    _lists, to_come = participants(desk, names, "TW2")
    assert to_come
    assert not to_come & came, "nobody is sent to a course twice"
    person = desk.post(names, cari="orang", id=min(came)).content.decode()
    assert "dua, TW1" in person
    kinds = [line.facts.get("what") for _next, line in desk.bench.archive.journal.lines() if line is not None]
    assert "lists" in kinds
    forget(min(came), desk.folder)
    kept = next(desk.folder.rglob("dua-TW1.xlsx"))
    cells = {cell.value for sheet in load_workbook(kept) for row in sheet.iter_rows() for cell in row}
    assert min(came) not in cells, "who is forgotten is in no list that came back"
    assert desk.post(names, cari="buang").status_code == 302
    assert not [*desk.folder.rglob("dua-TW1.xlsx")]


def test_hidden_rows_of_lists_that_came_back_are_told(rest: tuple[Desk, str, bytes, set[str]]) -> None:
    desk, names, lists, _came = rest
    book = load_workbook(io.BytesIO(filled(lists)))
    book.worksheets[0].row_dimensions[7].hidden = True
    book.save(changed := io.BytesIO())
    answer = desk.post(names, cari="daftar", file=SimpleUploadedFile("dua-TW1.xlsx", changed.getvalue()))
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "<li>dua-TW1.xlsx:" in page
    assert "1 hidden row was read: 7." in page
    assert "1 workbook with lists is here." in page


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        (None, "Choose the participants"),
        (("dua-TW1.csv", b"a;b"), "send the lists as Excel workbooks"),
        (("../dua.xlsx.exe", b"PK"), "send the lists as Excel workbooks"),
        (("dua-TW1.xlsx", b"PK broken"), "dua-TW1.xlsx"),
        (("dua-TW1.xlsx", "tidak"), "the lists name 0 people"),
        (("dua-TW1.xlsx", ""), "it is not stated whether this person was present"),
    ],
)
def test_lists_that_are_not_what_happened_are_refused_and_not_kept(
    rest: tuple[Desk, str, bytes, set[str]], sent: Any, told: str
) -> None:
    desk, names, lists, _came = rest
    good = SimpleUploadedFile("dua-TW1.xlsx", filled(lists))
    assert desk.post(names, cari="daftar", file=good).status_code == 302
    before = desk.files()
    content = filled(lists, sent[1]) if sent and isinstance(sent[1], str) else sent and sent[1]
    answer = desk.post(names, cari="daftar", **({"file": SimpleUploadedFile(sent[0], content)} if sent else {}))
    assert answer.status_code == 422
    page = html.unescape(answer.content.decode())
    assert told in page
    assert str(desk.folder) not in page
    assert not re.search("Orang [0-9]|19800101", page)
    assert desk.files() == before
