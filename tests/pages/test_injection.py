"""Whatever a scenario says is printed as text: it is never markup, template, style or address."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import pytest

from planner.domain.scenario import Scenario
from planner.plans.comparison import compare
from planner.report import render_comparison, render_report
from planner.report.wording.escape import css_text, visible
from tests.builders import SMALL, plan, scenario
from tests.pages.markup import read

HOSTILE = [
    "<script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "</title></svg><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)',
    "' onfocus='alert(1)",
    "{{7*7}} {% include 'style.css.j2' %} ${7*7}",
    "javascript:alert(1)",
    "]]><!-- &amp; &#60;b&#62; -->",
    '"; } body { display: none } @import url(http://example.org/x.css); a { content: "',
    "\\3c /style\\3e \\",
    "%(num)s {closed} %s {0} {}",
]


def with_text_everywhere(text: str) -> Scenario:
    """The small scenario in which every name and free text is `text` and a number of its own."""
    numbers = iter(range(1000))
    plain = _renamed(copy.deepcopy(SMALL), text, numbers)
    plain["scenario"] |= {"agency": text, "description": text, "sources": [text], "assumptions": [text]}
    plain["scenario"]["citations"] = {"floor_share": text, "hours_target": text}
    for fund in plain["funds"]:
        if "items" in fund.get("pays", {}):
            fund["pays"]["items"] = {"per": "class"}
    return Scenario.model_validate(plain)


def _renamed(value: Any, text: str, numbers: Iterator[int]) -> Any:
    if isinstance(value, list):
        return [_renamed(part, text, numbers) for part in value]
    if not isinstance(value, dict):
        return value
    renamed = {key: _renamed(part, text, numbers) for key, part in value.items()}
    for key in ("name", "item", "provider", "form"):
        if isinstance(renamed.get(key), str):
            renamed[key] = f"{text} {next(numbers)}"
    return renamed


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
