"""A planner's morning at the workbench, in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.browser.conftest import Site, Visitor

Serve = Callable[..., Site]
Visit = Callable[..., Visitor]
SMALL = "/skenario/contoh-kecil.yaml/"


def test_a_scenario_is_planned_and_its_documents_come(serve: Serve, visit: Visit, picture: Any) -> None:
    planner = visit(serve("contoh-kecil.yaml"))
    page = planner.page
    page.get_by_role("link", name="Contoh kecil").click()
    page.get_by_role("button", name="Susun rencana").click()
    page.locator(".run-done").wait_for()
    page.get_by_role("heading", name="Ringkasan").wait_for()
    with page.expect_download() as download:
        page.get_by_role("link", name="Excel").click()
    assert download.value.path().read_bytes().startswith(b"PK")
    page.get_by_role("link", name="Laporan lengkap").click()
    page.get_by_role("navigation", name="Daftar isi").wait_for()
    page.go_back()
    page.get_by_role("heading", name="Ringkasan").wait_for()
    picture(planner, "rencana-kecil")
