"""Entries of a scenario are moved up and down in the forms."""

from __future__ import annotations

from planner.web.workspace import state_of
from tests.unit.web.conftest import Desk

SMALL = "/skenario/contoh-kecil.yaml/ubah"


def test_records_are_moved_up_and_down_with_their_comments(desk: Desk) -> None:
    file = desk.folder / "contoh-kecil.yaml"
    file.write_text(before := desk.text().replace("  - id: elearning", "  # murah\n  - id: elearning"))
    sent = {"di": "programmes", "butir": "elearning-arsip", "ke": "naik", "opened": state_of(before)}
    moved = desk.post(f"{SMALL}/urutan", **sent)
    assert moved.status_code == 302
    assert sorted(desk.text().splitlines()) == sorted(before.splitlines())
    assert "programmes:\n  # murah\n  - id: elearning-arsip\n" in desk.text()
    page = desk.browser().get(moved["Location"]).content.decode()
    assert page.index("E-learning kearsipan") < page.index("Bimtek pengelolaan keuangan")
    assert 'aria-label="Move Bimtek pengelolaan keuangan up"' in page
    stale = sent | {"butir": "bimtek-keuangan"}
    assert desk.post(f"{SMALL}/urutan", **stale).status_code == 409, "the file has changed since"
    now = state_of(desk.text())
    assert desk.post(f"{SMALL}/urutan", **sent | {"opened": now}).status_code == 422, "it is the first already"
    assert desk.post(f"{SMALL}/urutan", **sent | {"opened": now, "ke": "turun"}).status_code == 302
    assert sorted(desk.text().splitlines()) == sorted(before.splitlines())
    assert desk.post(f"{SMALL}/urutan", **sent | {"butir": "tidak-ada"}).status_code == 404
    assert desk.browser().get(f"{SMALL}/urutan").status_code == 405
