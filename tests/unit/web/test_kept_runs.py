"""Every plan that is made stays: it is listed, opened, checked again, deleted and brought back, and compared."""

from __future__ import annotations

import json
import os
import re
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from planner.store.stored_plan import StoredPlan, read_stored
from planner.web import archive
from tests.unit.web.conftest import Desk
from tests.unit.web.plans import SMALL, kept_run, store_plan


def test_a_run_shows_its_own_plan_and_documents_whatever_is_planned_later(desk: Desk) -> None:
    run = kept_run(desk)
    (desk.folder / "contoh-kecil.yaml").unlink()
    client = desk.browser()
    assert client.get(f"/rencana/{run}/berkas/plan.json").json()["scenario"]["id"] == "contoh-kecil"
    assert "<h1>Contoh kecil" in client.get(f"/rencana/{run}/berkas/report.html").content.decode()
    assert client.get(f"/rencana/{run}/berkas/rencana.xlsx").content.startswith(b"PK")
    words = ZipFile(BytesIO(client.get(f"/rencana/{run}/berkas/word.zip").content)).namelist()
    assert "surat-pengantar.docx" in words
    assert client.get(f"/rencana/{run}/laporan").content.decode().count("<section") > 10
    assert client.get(f"/rencana/{run}/berkas/scenario.yaml").status_code == 404


@pytest.mark.parametrize("name", ["x", "..", "20270101T000000-00000000", "%2e%2e", ".runs"])
def test_what_is_no_run_is_not_found(desk: Desk, name: str) -> None:
    assert desk.browser().get(f"/rencana/{name}/").status_code == 404
    assert desk.post(f"/rencana/{name}/hapus").status_code == 404


def test_a_changed_plan_is_found_and_not_shown(desk: Desk) -> None:
    run = kept_run(desk)
    file = desk.bench.archive.folders.folder(run) / "plan.json"
    file.write_text(file.read_text().replace("30000000", "30000001"))
    page = desk.browser().get(f"/rencana/{run}/").content.decode()
    assert "This plan may not be used" in page
    assert "tile-value" not in page
    assert desk.browser().get(f"/rencana/{run}/berkas/rencana.pdf").status_code == 409
    desk.post(f"/rencana/{run}/periksa")
    assert "broken" in desk.browser().get("/riwayat").content.decode()
    assert desk.post(f"/rencana/{run}/ajukan", who="Budi").status_code == 409


def test_a_run_is_deleted_and_brought_back_but_not_while_it_is_pinned(desk: Desk) -> None:
    run = kept_run(desk)
    desk.post(f"/rencana/{run}/semat")
    assert desk.post(f"/rencana/{run}/hapus").status_code == 409
    desk.post(f"/rencana/{run}/lepas")
    gone = desk.post(f"/rencana/{run}/hapus")["Location"]
    assert f"/rencana/{run}/pulihkan" in desk.browser().get(gone).content.decode()
    assert f"/rencana/{run}/" not in desk.browser().get("/riwayat").content.decode()
    assert f"/rencana/{run}/" in desk.browser().get("/riwayat?tampil=deleted").content.decode()
    desk.post(f"/rencana/{run}/pulihkan")
    assert f"/rencana/{run}/" in desk.browser().get("/riwayat").content.decode()


def test_runs_of_one_scenario_are_compared_and_told_apart(desk: Desk) -> None:
    runs = [kept_run(desk), kept_run(desk)]
    page = desk.browser().get(f"/riwayat/banding?rencana={runs[0]}&rencana={runs[1]}")
    assert page.status_code == 200
    assert 'class="bar"' in page.content.decode(), "it is a page of the workbench"
    assert len(set(re.findall(r"Contoh kecil[^<]*\(([^<)]*)\)", page.content.decode()))) >= 1
    printed = desk.browser().get(f"/riwayat/banding?rencana={runs[0]}&rencana={runs[1]}&cetak=1").content.decode()
    assert "<h1>" in printed
    assert 'class="bar"' not in printed
    assert desk.browser().get("/riwayat/banding").status_code == 302
    assert desk.browser().get("/riwayat/banding?rencana=x&rencana=y").status_code == 404


def test_the_index_is_made_anew_from_the_folders(desk: Desk) -> None:
    run = kept_run(desk)
    desk.post(f"/rencana/{run}/semat")
    before = desk.browser().get("/riwayat").content.decode().split("<main")[1]
    from planner.web.records.models import KeptRun, WrittenLine

    KeptRun.objects.all().delete()
    WrittenLine.objects.all().delete()
    assert desk.bench.archive.rebuild() == 1
    assert desk.browser().get("/riwayat").content.decode().split("<main")[1] == before


def test_a_crash_leaves_neither_half_a_run_nor_half_a_line(desk: Desk) -> None:
    run = kept_run(desk)
    archive = desk.bench.archive
    (archive.folders.top / ".20270101T000000-00000000.unfinished").mkdir()
    with archive.journal.path.open("a") as file:
        file.write('{"number": 2, "at": "2027')
    os.utime(archive.folders.top / ".20270101T000000-00000000.unfinished", (0, 0))
    (archive.folders.top / ".20270101T000000-00000001.unfinished").mkdir()
    partial = archive.folders.folder(run) / ".plan.json.0123abcd.partial"
    partial.touch()
    os.utime(partial, (0, 0))
    archive.tidy()
    assert not partial.exists()
    assert list(archive.folders.ids()) == [run]
    assert [path.name[-19:] for path in archive.folders.top.glob(".*unfinished")] == ["00000001.unfinished"]
    desk.post(f"/rencana/{run}/semat")
    assert [line.action for _next, line in archive.journal.lines() if line] == ["made", "pinned"]
    assert archive.journal.fault() is None


def test_a_long_list_has_pages(desk: Desk) -> None:
    from planner.web.records.models import KeptRun

    first = desk.bench.archive.run(kept_run(desk))
    KeptRun.objects.bulk_create(
        KeptRun(**{**{f.name: getattr(first, f.name) for f in KeptRun._meta.fields}, "run": f"{number:032}"})
        for number in range(60)
    )
    page = desk.browser().get("/riwayat").content.decode()
    assert page.count('name="rencana"') == 50
    assert 'rel="next"' in page
    rest = desk.browser().get("/riwayat?halaman=2").content.decode()
    assert rest.count('name="rencana"') == 11
    for odd in ("0", "-1", "x", "9" * 30, "99"):
        assert desk.browser().get(f"/riwayat?halaman={odd}").status_code == 200


def test_a_plan_of_the_command_line_is_kept_when_it_is_submitted(desk: Desk) -> None:
    store_plan(desk, "contoh-kecil.yaml")
    assert desk.browser().get(SMALL).status_code == 200
    assert desk.bench.archive.is_empty
    to = desk.post(f"{SMALL}ajukan", who="Budi", note="mohon diperiksa")["Location"]
    assert "in review" in desk.browser().get(to).content.decode()
    assert "in review" in desk.browser().get(f"{SMALL}kartu").content.decode()
    assert desk.post(f"{SMALL}ajukan", who="Budi").status_code == 409
    assert json.loads((desk.bench.archive.folders.folder(to.split("/")[2]) / "run.json").read_text())["made_by"] == ""


def test_a_run_tells_warnings_in_the_words_of_forms_while_its_scenario_is_the_same(desk: Desk) -> None:
    file = desk.folder / "contoh-kecil.yaml"
    text = file.read_text()
    file.write_text(text.replace("headcount: 30", "headcount: 30, max_hours: 1", 1))
    run = kept_run(desk)
    assert desk.bench.archive.warnings(desk.bench.archive.run(run)), "something is noticed"
    for address in (f"/rencana/{run}/", f"/rencana/{run}/laporan"):
        page = desk.browser().get(address).content.decode()
        assert "contoh-kecil.yaml:" not in page, "the line of a file is for who edits its text"
        assert "programmes[" not in page
    file.write_text(text)
    assert "programmes[" in desk.browser().get(f"/rencana/{run}/").content.decode(), "as it was noticed then"


def test_the_plan_of_a_run_is_read_once_and_anew_where_its_files_are_changed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str | Path] = []

    def read_once_more(folder: str | Path) -> StoredPlan:
        read.append(folder)
        return read_stored(folder)

    monkeypatch.setattr(archive, "read_stored", read_once_more)
    run, browser = kept_run(desk), desk.browser()
    for address in (f"/rencana/{run}/", f"/rencana/{run}/laporan", f"/rencana/{run}/"):
        assert browser.get(address).status_code == 200
    assert len(read) == 1
    file = desk.bench.archive.folders.folder(run) / "plan.json"
    was = file.stat()
    file.write_text(file.read_text().replace("30000000", "30000001"))
    os.utime(file, ns=(was.st_atime_ns, was.st_mtime_ns))  # as somebody does who does not want it to be seen
    assert "has been changed since it was made" in browser.get(f"/rencana/{run}/").content.decode()
