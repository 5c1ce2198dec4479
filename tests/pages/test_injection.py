"""Whatever a scenario says is printed as text: it is never markup, template, style or address."""

from __future__ import annotations

from typing import Any

import pytest

from planner.plans.comparison import compare
from planner.report import render_comparison, render_report
from planner.report.wording.escape import css_text, visible
from tests.pages.markup import read
from tests.scenarios.builders import plan, scenario
from tests.scenarios.hostile import HOSTILE, with_text_everywhere


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_printed_as_it_stands(text: str) -> None:
    built = with_text_everywhere(text)
    harmless = read(render_report(scenario(), plan()))
    page = read(render_report(built, plan(built), [text]))
    shown = page.visible_text()
    assert " ".join(text.split()) in shown
    assert "49" not in text
    _same_structure(harmless.all("main")[0].all("table"), page.all("main")[0].all("table"))
    tags = {e.tag for e in page}
    assert tags == {e.tag for e in harmless} | {"aside"}
    assert not [name for e in page for name in e.attributes if name.startswith("on")]
    assert all(e.attributes["href"].startswith("#") for e in page if "href" in e.attributes)


def _same_structure(harmless: list[Any], hostile: list[Any]) -> None:
    assert [len(table.rows()) for table in harmless] == [len(table.rows()) for table in hostile]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_inert_in_a_comparison(text: str) -> None:
    one, other = with_text_everywhere(text), with_text_everywhere(f"{text} x")
    page = read(render_comparison(compare([(one, plan(one)), (other, plan(other))])))
    assert " ".join(text.split()) in page.visible_text()
    assert not [e for e in page if e.tag in ("script", "img")]


def test_a_style_sheet_string_can_end_neither_itself_nor_its_element() -> None:
    for text in HOSTILE:
        quoted = css_text(text)
        assert quoted[0] == quoted[-1] == '"'
        assert not set('"<>&\\\n{};') & set(quoted[1:-1].replace("\\", ""))
    assert css_text("Jambi 2027") == '"Jambi 2027"'


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("biasa — é ✓\nbaris\tdua", "biasa — é ✓\nbaris\tdua"),
        ("terbalik\u202etxt.exe", "terbalik[U+202E]txt.exe"),
        ("nol\u200blebar\ufeff", "nol[U+200B]lebar[U+FEFF]"),
        ("lonceng\x07 nul\x00", "lonceng[U+0007] nul[U+0000]"),
        ("\ud800 sendiri", "[U+D800] sendiri"),
        ("baris\u2028baru", "baris[U+2028]baru"),
    ],
)
def test_what_cannot_be_seen_is_shown_by_its_number(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_unseen_characters_are_shown_wherever_they_come_from() -> None:
    page = render_report(scenario(), plan(), ["tipu\u202edaya \ud800"])
    assert "tipu[U+202E]daya [U+D800]" in page
    page.encode()
