"""Everybody can read the report: text stands out on its ground, light and dark, and axe finds nothing.

The contrast of the colours is computed here and needs no browser. axe runs where there is a Chromium.
"""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from planner.report import render_comparison, render_report
from planner.report.charts.palette import contrast
from planner.report.page import TEMPLATES
from tests.pages.comparisons import small_comparison
from tests.pages.samples import GALLERY
from tests.scenarios.builders import plan, scenario

if TYPE_CHECKING:
    from playwright.sync_api import Browser

STYLE: Final = (TEMPLATES / "style.css.j2").read_text(encoding="utf-8")
TEXT_ON_GROUND: Final = [
    *((text, ground) for text in ("ink", "soft", "accent") for ground in ("paper", "wash")),
    *(("ink", ground) for ground in ("faint", "warn-wash")),
    ("good", "good-wash"),
    ("bad", "bad-wash"),
    ("bad", "paper"),
]
"""Which colour of text stands on which ground, by the names of the style sheet."""


def colours(dark: bool) -> dict[str, str]:
    """The colours of the page by name."""
    blocks = re.findall(r":root \{(.*?)\}", STYLE, re.DOTALL)
    found = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", blocks[0]))
    return found | dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", blocks[1])) if dark else found


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT_ON_GROUND)
def test_text_stands_out_on_its_ground(text: str, ground: str, dark: bool) -> None:
    found = colours(dark)
    assert contrast(found[text], found[ground]) >= 4.5


def test_every_head_of_a_row_or_column_has_words() -> None:
    page = render_report(scenario(), plan())
    assert re.findall(r"<th[^>]*>(?:<span>)?\s*(?:</span>)?</th>", page) == []


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("pages")
    (folder / "report.html").write_text(render_report(scenario(), plan()), encoding="utf-8")
    (folder / "comparison.html").write_text(render_comparison(small_comparison()), encoding="utf-8")
    return [*sorted(folder.iterdir()), GALLERY / "padang-pariaman-2017" / "report.html"]


@pytest.mark.parametrize(("width", "scheme"), [(1200, "light"), (390, "dark")])
def test_axe_finds_nothing_and_the_page_fits_its_window(
    pages: list[Path], browser: Browser, width: int, scheme: str
) -> None:
    axe = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
    settings: dict[str, Any] = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme}
    page = browser.new_context(**settings, bypass_csp=True).new_page()
    for file in pages:
        page.goto(file.as_uri())
        page.evaluate(axe)
        page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true })")
        found = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
        assert [(each["id"], each["nodes"][0]["html"]) for each in found] == [], file
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), file
    page.context.close()


WITHOUT_HINT: Final = """() => [...document.querySelectorAll('.scroll')]
  .filter(part => part.offsetParent !== null && part.scrollWidth > part.clientWidth + 1)
  .filter(part => !(part.previousElementSibling?.matches('.sideways') && part.previousElementSibling.offsetParent))
  .map(part => part.querySelector('caption')?.innerText ?? part.ariaLabel)"""
"""Tables and charts in a page that can be scrolled sideways, and do not say so."""


def test_on_a_phone_all_that_is_scrolled_sideways_says_so(pages: list[Path], browser: Browser) -> None:
    page = browser.new_context(viewport={"width": 390, "height": 844}).new_page()
    for file in pages:
        page.goto(file.as_uri())
        page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true })")
        assert page.evaluate(WITHOUT_HINT) == [], file
    page.context.close()
