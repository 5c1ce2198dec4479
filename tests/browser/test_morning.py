"""A planner's morning at the workbench, in a real browser."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from io import BytesIO
from typing import TYPE_CHECKING, Any

from openpyxl import load_workbook

from planner.locale import speaking
from planner.scenario_io import read_scenario
from planner.scenario_io.scenario_workbook import workbook_bytes as form_of
from tests.browser.conftest import ROOT, Site, Visitor

if TYPE_CHECKING:
    from playwright.sync_api import Page

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


def test_an_excel_file_is_dropped_and_its_faulty_cell_is_shown(serve: Serve, visit: Visit, picture: Any) -> None:
    planner = visit(serve())
    page = planner.page
    page.get_by_text("Belum ada skenario").wait_for()
    for value, seen in (("tiga puluh", ".faulty"), (30, ".empty")):
        _drop(page, "Isian Diklat.xlsx", _workbook(value))
        page.locator(seen).wait_for()
        if seen == ".faulty":
            assert "tiga puluh" in page.locator(seen).inner_text()
            assert page.get_by_text("Kelompok!H3").count() == 1
            assert planner.violations() == []
            picture(planner, "sel-salah")
    assert page.url.endswith("/skenario/isian-diklat.yaml/")
    assert (planner.site.folder / "isian-diklat.yaml").is_file()


def _workbook(people: str | int | None) -> bytes:
    """The small example as a workbook, with another number of people in its first group."""
    with speaking("id"):
        book = load_workbook(BytesIO(form_of(read_scenario(ROOT / "scenarios" / "contoh-kecil.yaml"))))
    book["Kelompok"]["H3"] = people
    book.save(saved := BytesIO())
    return saved.getvalue()


def _drop(page: Page, name: str, content: bytes) -> None:
    """Drop a file on the page, as a mouse does."""
    made = """([name, content]) => {
        const moved = new DataTransfer();
        moved.items.add(new File([Uint8Array.from(atob(content), c => c.charCodeAt(0))], name));
        return moved;
    }"""
    moved = page.evaluate_handle(made, [name, b64encode(content).decode()])
    page.dispatch_event("main", "drop", {"dataTransfer": moved})
