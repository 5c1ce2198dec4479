"""What has happened, sent to the workbench, and the plan of what is left."""

from __future__ import annotations

import html
import io
from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from planner.planning import plan
from planner.scenario_io import read_scenario
from planner.scenario_io.scenario_workbook.actuals_sheets import ACTUALS
from planner.store.stored_plan import FIRST_PLAN
from planner.web.plan_run import State
from tests.unit.web.conftest import Desk
from tests.unit.web.plans import SMALL, over, store_plan

HERE = f"{SMALL}realisasi"


@pytest.fixture
def planned(make_desk: Callable[[], Desk]) -> Desk:
    desk = make_desk()
    store_plan(desk, "contoh-kecil.yaml")
    return desk


def workbook(desk: Desk) -> bytes:
    horizon = read_scenario(desk.folder / "contoh-kecil.yaml").horizon
    answer = desk.browser().get(f"{HERE}/isian.xlsx?sampai={horizon[0]}")
    assert answer.status_code == 200
    return bytes(answer.content)


def test_what_has_happened_is_sent_back_and_the_rest_is_planned(planned: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    # a process of its own would take seconds to start
    monkeypatch.setattr("planner.solve.worker.Worker", nullcontext)
    monkeypatch.setattr("planner.planning.plan", lambda scenario, *_args, **_more: plan(scenario, inline=True))
    page = planned.browser().get(HERE).content.decode()
    assert "What has happened" in page
    assert "<dt>Attended <code>attended</code></dt>" in page
    first = read_scenario(planned.folder / "contoh-kecil.yaml").horizon[0]
    sent = SimpleUploadedFile("realisasi.xlsx", workbook(planned))
    made = planned.post(HERE, file=sent, sampai=first)
    assert made.status_code == 302, made.content.decode()
    name = made["Location"].rstrip("/").rpartition("/")[2]
    assert over(planned, name) is State.DONE, planned.bench.runs.latest(name)
    scenario = read_scenario(planned.folder / name)
    assert scenario.facts.over == (first,)
    assert scenario.scenario.label.endswith(f", sisa sesudah {first}"), "its title is not that of the first plan"
    assert (planned.results / scenario.id / FIRST_PLAN).exists()
    report = planned.browser().get(f"{made['Location']}laporan").content.decode()
    assert "plan, actual and rest" in report


def test_facts_that_can_hardly_be_are_told_on_the_page(planned: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The scenario made of them is there and planned; the page names sheet, cell, value and remedy."""
    monkeypatch.setattr("planner.solve.worker.Worker", nullcontext)
    monkeypatch.setattr("planner.planning.plan", lambda scenario, *_args, **_more: plan(scenario, inline=True))
    book = load_workbook(io.BytesIO(workbook(planned)))
    sheet = next(book[name] for name in ACTUALS["attended"].names if name in book.sheetnames)
    heads = [cell.value for cell in sheet[2]]
    cell = sheet.cell(row=3, column=heads.index("participants") + 1, value=99)
    stream = io.BytesIO()
    book.save(stream)
    made = planned.post(HERE, file=SimpleUploadedFile("realisasi.xlsx", stream.getvalue()))
    assert made.status_code == 200
    page = html.unescape(made.content.decode())
    assert "being planned. Look at this in what has happened:" in page
    assert f"realisasi.xlsx:{sheet.title}!{cell.coordinate}: column 'Participants': 99 people of" in page
    assert "correct the number, or the headcount of the group." in page
    assert "What has happened breaks" in page
    name = page.partition('href="/skenario/')[2].partition("/")[0]
    assert over(planned, name) is State.DONE
    assert read_scenario(planned.folder / name).facts.people


def test_a_faulty_cell_is_named_and_nothing_is_made(planned: Desk) -> None:
    book = load_workbook(io.BytesIO(workbook(planned)))
    sheet = next(each for each in book.worksheets[1:] if each.max_row > 1)
    sheet.cell(sheet.max_row, sheet.max_column).value = "banyak"
    changed = io.BytesIO()
    book.save(changed)
    before = planned.files()
    answer = planned.post(HERE, file=SimpleUploadedFile("realisasi.xlsx", changed.getvalue()))
    assert answer.status_code == 422
    assert f"{sheet.title}!" in answer.content.decode()
    assert "/tmp" not in answer.content.decode()
    assert planned.files() == before


@pytest.mark.parametrize(("name", "content"), [("Data Lain.csv", b"a,b\n1,2\n"), ("Data Lain.xlsx", b"PK\x03\x04 x")])
def test_a_wrong_file_is_called_as_it_was_sent(planned: Desk, name: str, content: bytes) -> None:
    answer = planned.post(HERE, file=SimpleUploadedFile(name, content)).content.decode()
    assert name in answer
    assert "tmp" not in answer.partition("<main")[2].lower().replace("attempt", "")


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"file": SimpleUploadedFile("x.xlsx", b"PK\x03\x04 broken")},
        {"file": SimpleUploadedFile("../keluar.csv", b"a,b\n")},
        {"file": SimpleUploadedFile("attended.csv", b"\xff\xfe")},
        {"sampai": "TW9"},
    ],
)
def test_what_is_no_table_of_actuals_makes_nothing(planned: Desk, sent: dict[str, Any]) -> None:
    before = planned.files()
    answer = planned.post(HERE, **sent)
    assert answer.status_code == 422
    assert "/tmp" not in answer.content.decode()
    assert planned.files() == before


def test_without_a_plan_nothing_can_have_happened(desk: Desk) -> None:
    client = desk.browser()
    assert client.get(HERE)["Location"] == SMALL
    assert desk.post(HERE, client)["Location"] == SMALL
    assert client.get(f"{HERE}/isian.xlsx").status_code == 404
