"""Names in the workbench for a plan that has written groups beside its list of people."""

from __future__ import annotations

import io
import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
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
LIST = "/skenario/orang.yaml/pegawai"
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


def test_who_may_be_counted_twice_is_told_and_somebody_chooses(desk: Desk) -> None:
    plain = SCENARIO.replace("people: {table: pegawai.csv, columns: {NIP: id, Nama: name, OPD: agency}}\n", "")
    (desk.folder / "orang.yaml").write_text(plain.replace("agency: Sekolah", "agency: Bpkad"))
    table = ("\ufeff" + HEAD + "\n".join(ROWS)).encode()
    assert desk.post(LIST, file=SimpleUploadedFile("asn.csv", table)).status_code == 302
    page = desk.browser().get(LIST).content.decode()
    assert "4 + 5 = 9 people" in page
    assert not re.search(r'name="ganti"[^>]* checked', page), "nothing is chosen beforehand"
    form = page.split('name="daftar"')[1].split("</form>")[0]
    fields = dict(re.findall(r'hidden" name="([\w-]+)" value="([^"]*)"', form))
    fields |= {"daftar": page.split('daftar" value="')[1].split('"')[0], "nip": "on"}
    for name, options in re.findall(r'<select id="[^"]*" name="([^"]*)">(.*?)</select>', form):
        fields[name] = chosen[1] if (chosen := re.search(r'value="([^"]*)" selected', options)) else ""
    refused = desk.post(LIST, **fields, aksi="simpan")
    assert refused.status_code == 422
    assert "Choose whether the list takes the place" in refused.content.decode()
    assert desk.post(LIST, **fields, aksi="simpan", ganti="ya").status_code == 302
    assert not re.search("^groups:", (desk.folder / "orang.yaml").read_text(), re.MULTILINE)


def test_groups_of_other_agencies_stay_beside_the_list_unless_it_is_said(desk: Desk) -> None:
    plain = SCENARIO.replace("people: {table: pegawai.csv, columns: {NIP: id, Nama: name, OPD: agency}}\n", "")
    (desk.folder / "orang.yaml").write_text(plain)
    table = ("\ufeff" + HEAD + "\n".join(ROWS)).encode()
    desk.post(LIST, file=SimpleUploadedFile("asn.csv", table))
    page = desk.browser().get(LIST).content.decode()
    assert re.search(r'name="ganti" value="tidak" checked', page)
    assert "= 9 people" not in page
