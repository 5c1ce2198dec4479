"""The pictures of the README: a report as it opens, and what is in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

import pytest

from tests.browser.conftest import ROOT
from tests.pages.samples import GALLERY

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

REPORT: Final = GALLERY / "jambi-2027" / "report.html"
BESIDE: Final = """ids => {
    const shown = ids.map(column => {
        const made = document.createElement('div');
        made.append(...column.map(id => {
            const found = document.getElementById(id);
            return found.tagName === 'svg' ? found : found.closest('table');
        }));
        return made;
    });
    const all = document.createElement('div');
    all.append(...shown);
    all.style.cssText = 'display: grid; grid-template-columns: 1fr 1fr; gap: 3rem; padding: 1rem; align-items: start';
    shown[1].style.zoom = '.72';
    document.body.replaceChildren(all);
    document.body.style.maxWidth = 'none';
    document.body.style.padding = '0';
}"""
"""Leaves nothing of a page but some figures and tables, in columns."""


@pytest.fixture
def report(browser: Browser) -> Any:
    """Opens the report of a sample in a window of some size."""
    contexts = []

    def opened(width: int, height: int) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, locale="id-ID")
        contexts.append(context)
        page = context.new_page()
        page.goto(REPORT.as_uri())
        return page

    yield opened
    for context in contexts:
        context.close()


def test_the_readme_shows_the_report_as_it_is_today(
    report: Callable[[int, int], Page], taken: Callable[[Page, str], None]
) -> None:
    page = report(1000, 1300)
    assert page.get_by_role("heading", name="Ringkasan").is_visible()
    taken(page, "laporan")
    page = report(1360, 800)
    page.evaluate(BESIDE, [["chart-flow"], ["table-rka-form", "table-rka-performance"]])
    assert page.locator("svg").count() == 1
    assert page.locator("table").count() == 2
    taken(page, "galeri")
    assert (ROOT / "docs" / "img" / "galeri.png").is_file()
