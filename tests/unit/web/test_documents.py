"""The documents of a plan: all that there are, each with its link, and frozen with an approval."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZipFile

import pytest

from planner.web import documents
from tests.unit.web.conftest import Desk
from tests.unit.web.plans import SMALL, kept_run

DAYS = "periods:\n  - {id: TW1, from: 2027-02-01, to: 2027-03-31}\n\ngroups:\n"


@pytest.fixture
def dated(desk: Desk) -> Desk:
    """A workbench with a scenario in which the days of classes are known."""
    (desk.folder / "contoh-kecil.yaml").write_text(desk.text().replace("groups:\n", DAYS, 1))
    return desk


def links(text: str) -> list[str]:
    """The documents that a page leads to."""
    return re.findall(r'href="[^"]*/berkas/([^"]+)"', text)


def test_every_document_has_its_link_on_the_pages_of_a_plan_and_opens(dated: Desk) -> None:
    run, browser = kept_run(dated), dated.browser()
    for here in (SMALL, f"/rencana/{run}/"):
        assert links(browser.get(here).content.decode()) == list(documents.DOCUMENTS)
        for name in documents.DOCUMENTS:
            if name != "rencana.pdf":  # it takes longest, and is the report once more
                assert browser.get(f"{here}berkas/{name}").status_code == 200, name


def test_the_calendar_has_the_classes_of_the_plan(dated: Desk) -> None:
    run, browser = kept_run(dated), dated.browser()
    given = browser.get(f"/rencana/{run}/berkas/rencana.ics")
    assert given["Content-Type"] == "text/calendar; charset=utf-8"
    assert f'filename="contoh-kecil-{run}-rencana.ics"' in given["Content-Disposition"]
    text = given.content.decode()
    assert text.startswith("BEGIN:VCALENDAR")
    assert "DTSTART;VALUE=DATE:20270201" in text


def test_where_no_days_are_known_there_is_no_calendar(desk: Desk) -> None:
    kept_run(desk)
    assert "rencana.ics" not in links(desk.browser().get(SMALL).content.decode())
    assert desk.browser().get(f"{SMALL}berkas/rencana.ics").status_code == 404


def test_the_tables_are_those_of_the_folder_of_results(desk: Desk) -> None:
    kept_run(desk)
    with ZipFile(BytesIO(desk.browser().get(f"{SMALL}berkas/tables.zip").content)) as made:
        assert {"sipd.csv", "rka.csv", "data/rka.csv"} <= set(made.namelist())
        assert made.read("rka.csv").startswith(b"\xef\xbb\xbf")


def test_an_approved_plan_leads_to_the_documents_that_were_frozen(dated: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = dict(documents.DOCUMENTS)
    before = {name: usual[name] for name in ("rencana.xlsx", "plan.json")}
    monkeypatch.setattr(documents, "DOCUMENTS", before)  # as when there were fewer
    run = kept_run(dated)
    dated.post(f"/rencana/{run}/ajukan", who="Budi")
    assert dated.post(f"/rencana/{run}/setujui", who="Siti").status_code == 302
    monkeypatch.setattr(documents, "DOCUMENTS", usual)
    for here in (SMALL, f"/rencana/{run}/"):
        assert links(dated.browser().get(here).content.decode()) == ["rencana.xlsx", "plan.json"]
