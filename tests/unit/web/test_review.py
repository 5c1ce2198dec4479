"""A plan is submitted, commented on, returned or approved; what is approved stays so, and all of it is written down."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from importlib import import_module
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest

from planner.errors import InputError, MissingPackage, PlannerError
from planner.web import documents
from planner.web.same_name import alike, same
from tests.unit.web.conftest import Desk
from tests.unit.web.plans import SMALL, kept_run

EVIL = "<script>alert(1)</script>"


@pytest.fixture(autouse=True)
def without_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    """Documents but the PDF, which takes longest to make and is the report once more."""
    quick = {name: made for name, made in documents.DOCUMENTS.items() if name != "rencana.pdf"}
    monkeypatch.setattr(documents, "DOCUMENTS", quick)


@pytest.fixture
def submitted(desk: Desk) -> tuple[Desk, str]:
    """A workbench with a plan that Budi has submitted."""
    run = kept_run(desk)
    assert act(desk, run, "ajukan", who="Budi").status_code == 302
    return desk, run


def act(desk: Desk, run: str, word: str, **fields: Any) -> Any:
    return desk.post(f"/rencana/{run}/{word}", **fields)


def lines(desk: Desk) -> list[Any]:
    return [line for _next, line in desk.bench.archive.journal.lines()]


def test_a_second_person_approves_and_the_documents_are_frozen_and_say_so(
    submitted: tuple[Desk, str],
) -> None:
    desk, run = submitted
    assert act(desk, run, "setujui", who=" bUDI ").status_code == 409
    act(desk, run, "tanggapi", who="Siti", section="money", note=f"Berapa? {EVIL}")
    page = desk.browser().get(f"/rencana/{run}/").content.decode()
    assert EVIL not in page
    assert f"/rencana/{run}/laporan#money" in page
    assert "I am somebody else than Budi" in page
    assert "may be" in act(desk, run, "setujui", who="Budi S.").content.decode()
    assert act(desk, run, "setujui", who="budi.", another="on").status_code == 409, "the same name"
    assert act(desk, run, "setujui", who="Siti", another="on").status_code == 302
    assert lines(desk)[-1].facts["another"] is True
    page = desk.browser().get(f"/rencana/{run}/").content.decode()
    assert "Approved by Siti" in page
    assert "says to be somebody else" in page
    assert "had the checker judge again (it holds), before submitting it, a plan" in page
    assert "approved" in desk.browser().get(f"{SMALL}kartu").content.decode()
    assert f'href="/rencana/{run}/berkas/rencana.xlsx"' in desk.browser().get(SMALL).content.decode()
    for address in (SMALL, f"{SMALL}laporan", f"/rencana/{run}/laporan"):
        assert "Approved by Siti" in desk.browser().get(address).content.decode(), address
    for document in ("report.html", "plan.json"):
        answer = desk.browser().get(f"{SMALL}berkas/{document}")
        assert answer["Location"] == f"/rencana/{run}/berkas/{document}", "an old link leads to what was approved"
    printed = desk.browser().get(f"/rencana/{run}/berkas/report.html").content.decode()
    assert "Siti pada" in printed
    assert "diajukan oleh Budi" in printed
    with ZipFile(BytesIO(desk.browser().get(f"/rencana/{run}/berkas/word.zip").content)) as made:
        texts = [
            ZipFile(BytesIO(made.read(each))).read("word/document.xml").decode()
            for each in made.namelist()
            if "docx" in each
        ]
    assert all("Siti pada" in text for text in texts), "each document says who has approved it"
    assert lines(desk)[-1].facts["documents"]["report.html"]
    assert desk.bench.archive.journal.fault() is None
    first = desk.browser().get(f"/rencana/{run}/berkas/rencana.xlsx").content
    for word in ("hapus", "ajukan", "tarik", "tanggapi", "kembalikan", "setujui"):
        assert act(desk, run, word, who="Rina", note="x").status_code == 409, word
    file = desk.bench.archive.folders.folder(run) / "approved" / "rencana.xlsx"
    assert file.read_bytes() == first
    file.write_bytes(first + b" ")
    assert desk.browser().get(f"/rencana/{run}/berkas/rencana.xlsx").status_code == 409


def test_a_returned_plan_may_be_submitted_again(submitted: tuple[Desk, str]) -> None:
    desk, run = submitted
    assert act(desk, run, "kembalikan", who="Siti").status_code == 409  # without a reason
    assert act(desk, run, "kembalikan", who="Siti", note="anggaran lama").status_code == 302
    assert "returned" in desk.browser().get(f"{SMALL}kartu").content.decode()
    page = desk.browser().get(SMALL).content.decode()
    assert "Siti (typed) has returned this plan" in page
    assert "anggaran lama" in page, "the planner need not look for the reason"
    assert f'href="/rencana/{run}/"' in page
    assert act(desk, run, "setujui", who="Siti").status_code == 409
    assert act(desk, run, "ajukan", who="Budi").status_code == 302
    assert "anggaran lama" not in desk.browser().get(SMALL).content.decode()
    assert "the command that answers it" not in desk.browser().get(f"/rencana/{run}/").content.decode()
    assert act(desk, run, "tarik", who="Budi").status_code == 302
    assert [line.action for line in lines(desk)[-4:]] == ["returned", "verified", "submitted", "withdrawn"]


@pytest.mark.parametrize("who", ["", "   ", "\n\t"])
def test_who_has_no_name_submits_nothing(desk: Desk, who: str) -> None:
    run = kept_run(desk)
    assert act(desk, run, "ajukan", who=who).status_code == 409
    assert "submitted" not in [line.action for line in lines(desk)]


def test_a_name_and_a_note_are_text_whatever_is_in_them(desk: Desk) -> None:
    run = kept_run(desk)
    assert act(desk, run, "ajukan", who=f"{EVIL}\r\nSet-Cookie: a=b", note=EVIL).status_code == 302
    assert act(desk, run, "tanggapi", who="Siti", note="x" * 5000).status_code == 409
    for address in (f"/rencana/{run}/", "/riwayat", "/catatan"):
        assert EVIL not in desk.browser().get(address).content.decode()


def test_the_journal_shows_every_act_and_where_it_was_changed(submitted: tuple[Desk, str]) -> None:
    desk, run = submitted
    page = desk.browser().get("/catatan").content.decode()
    assert "All lines are as they were written." in page
    assert page.index("submitted a plan") < page.index("made a plan")
    assert desk.post("/catatan", note="x").status_code == 405
    journal = desk.bench.archive.journal
    told = journal.path.read_text().splitlines()
    changed = json.loads(told[1]) | {"who": "Siti"}
    journal.path.write_text("\n".join([told[0], json.dumps(changed), *told[2:]]) + "\n")
    assert journal.fault() == 2
    desk.bench.archive.rebuild()
    assert "Line 2 of the journal" in desk.browser().get(f"/rencana/{run}/").content.decode()
    assert "Line 2 of the journal" in desk.browser().get("/catatan").content.decode()
    journal.path.write_text("\n".join([told[0], *told[2:]]) + "\n")
    assert journal.fault() == 2


@pytest.mark.parametrize("word", ["semat", "hapus", "pulihkan", "periksa", "ajukan", "tanggapi", "setujui"])
def test_no_link_and_no_other_page_does_anything_with_a_run(desk: Desk, word: str) -> None:
    run = kept_run(desk)
    before = desk.files()
    assert desk.browser().get(f"/rencana/{run}/{word}").status_code == 405
    assert desk.browser().post(f"/rencana/{run}/{word}").status_code == 403
    for page in ("", "laporan", "berkas/plan.json"):
        desk.browser().get(f"/rencana/{run}/{page}")
    desk.browser().get("/riwayat")
    assert {k: v for k, v in desk.files().items() if "sqlite" not in k} == {
        k: v for k, v in before.items() if "sqlite" not in k
    }


def test_a_line_that_somebody_else_has_written_approves_nothing(submitted: tuple[Desk, str]) -> None:
    desk, run = submitted
    archive = desk.bench.archive
    last = lines(desk)[-1]
    forged = replace(last, number=last.number + 1, action="approved", who="Siti", before=last.hash)
    with archive.journal.path.open("a") as file:
        file.write(forged.text() + "\n")
    archive.follow()
    assert archive.run(run).review == "submitted"
    archive.rebuild()
    assert archive.run(run).review == "submitted"
    assert archive.fault() == forged.number


def test_another_plan_in_the_folder_of_a_run_is_not_that_run(submitted: tuple[Desk, str]) -> None:
    desk, run = submitted
    file = desk.bench.archive.folders.folder(run) / "plan.json"
    file.write_text(file.read_text() + "\n")  # it holds, but it is not the file that was submitted
    page = desk.browser().get(f"/rencana/{run}/").content.decode()
    assert "has been changed since it was made" in page
    assert act(desk, run, "setujui", who="Siti").status_code == 409
    assert desk.bench.archive.run(run).review == "submitted"


def test_only_a_document_whose_package_is_missing_is_left_out_of_an_approval(
    submitted: tuple[Desk, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, run = submitted
    folder = desk.bench.archive.folders.folder(run)
    usual = dict(documents.DOCUMENTS)
    for failure in (InputError("the logo is missing"), PlannerError("the logo is missing"), KeyError("logo")):
        monkeypatch.setattr(documents, "DOCUMENTS", usual | {"rencana.xlsx": _failing(failure)})
        page = act(desk, run, "setujui", who="Siti")
        assert page.status_code == 409
        words = page.content.decode()
        assert "The plan is not approved, since its document rencana.xlsx cannot be made" in words
        assert ("the logo is missing" in words) == isinstance(failure, PlannerError)
        assert desk.bench.archive.run(run).review == "submitted"
        assert not (folder / "approved").exists()
        assert not list(folder.glob(".approved*"))
    monkeypatch.setattr(documents, "DOCUMENTS", usual | {"rencana.xlsx": _failing(MissingPackage("XlsxWriter"))})
    assert act(desk, run, "setujui", who="Siti").status_code == 302
    assert sorted(lines(desk)[-1].facts["documents"]) == ["plan.json", "report.html", "tables.zip", "word.zip"]


def _failing(error: Exception) -> documents.PlanDocument:
    def make(*_args: Any) -> bytes:
        raise error

    return documents.PlanDocument("", "application/octet-stream", make)


@pytest.mark.parametrize(
    ("module", "ensure"),
    [
        ("xlsxwriter", "planner.spreadsheets.new_workbook"),
        ("docxtpl", "planner.report.word"),
        ("icalendar", "planner.report.icalendar_file"),
    ],
)
def test_a_missing_package_has_an_error_of_its_own(module: str, ensure: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MissingPackage, match="pip install"):
        import_module(ensure).ensure_available()


SAME = [("Budi", "budi"), ("Budi Santoso", "SANTOSO, Budi"), ("Drs. Budi Santoso, M.Si.", "Budi Santoso")]
ALIKE = [("Budi", "Budi S."), ("B. Santoso", "Budi Santoso"), ("Budi Santosa", "Budi Santoso"), ("Pak Budi S", "Budi")]
OTHERS = [("Budi", "Siti"), ("Budi Santoso", "Budi Hartono"), ("Ani", "Ana")]


def test_typed_names_are_compared_as_people_write_them() -> None:
    assert all(same(one, other) for one, other in SAME)
    assert not any(same(one, other) for one, other in (*ALIKE, *OTHERS))
    assert all(alike(one, other) for one, other in (*SAME[:1], *ALIKE))
    assert not any(alike(one, other) for one, other in OTHERS)
