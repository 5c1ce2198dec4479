"""Names in the workbench for a plan that has written groups beside its list of people."""

from __future__ import annotations

import io
import json

import pytest
from openpyxl import load_workbook

from tests.unit.people.people_files import write
from tests.unit.web.conftest import Desk
from tests.unit.web.plans import store_plan

SCENARIO = """
format: 1
scenario: {id: orang, fiscal_year: 2027, agency: Contoh}
competencies: [{id: keu, name: Keuangan, kind: technical}]
people: {table: pegawai.csv, columns: {NIP: id, Nama: name, OPD: agency}}
groups: [{id: guru, name: Guru, agency: Sekolah, headcount: 5, gaps: {keu: 3}}]
programmes: [{id: dua, hours: 16, closes: {keu: 0.9}, class_size: {min: 2, max: 9}}]
funds: [{id: apbd, kind: own, amount: 1_000_000}]
"""
HEAD = "NIP;Nama;OPD;gap:keu\n"
ROWS = [f"'1980010120050110{n:02d};Orang {n};BPKAD;{int(n < 4)}" for n in range(1, 5)]
PLACE = "/skenario/orang.yaml/nama"


@pytest.fixture
def planned(desk: Desk) -> Desk:
    write(desk.folder, ROWS, SCENARIO, HEAD).rename(desk.folder / "orang.yaml")
    store_plan(desk, "orang.yaml")
    return desk


def test_groups_beside_the_list_are_counted_on_every_page(planned: Desk) -> None:
    course = json.dumps(["dua", "2027", 1])
    page = planned.post(PLACE, cari="angkatan", angkatan=course).content.decode()
    assert "Orang 1" in page
    assert "And 3 people of &#39;Guru&#39;, without names" in page
    page = planned.post(PLACE, cari="perangkat", perangkat="Sekolah").content.decode()
    assert "And 3 people of &#39;Guru&#39;, without names: dua, 2027, class 1" in page
    for asked in ({"buku": "peserta", "angkatan": course}, {"buku": "penugasan"}, {"buku": "lampiran"}):
        content = planned.post(PLACE, cari="buku", **asked).content
        cells = [str(cell.value) for sheet in load_workbook(io.BytesIO(content)) for row in sheet for cell in row]
        assert any("Guru" in cell for cell in cells)


def test_who_attends_nothing_is_told_so(planned: Desk) -> None:
    page = planned.post(PLACE, cari="orang", id="198001012005011004").content.decode()
    assert "<dd>no programme of this plan</dd>" in page
    page = planned.post(PLACE, cari="perangkat", perangkat="BPKAD").content.decode()
    assert page.count("<td>no programme of this plan</td>") == 1
