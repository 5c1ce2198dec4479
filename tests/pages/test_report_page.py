"""The report is one sound HTML document that needs nothing else."""

from __future__ import annotations

import itertools
import json
import re
from collections import Counter
from datetime import date

import pytest

from planner.plans.plan import Plan
from planner.report import render_comparison, render_report
from planner.report.charts.drawing import Drawing
from planner.report.material import Material, material_of
from planner.report.views.document import headline, report
from planner.report.views.table import Figure
from planner.report.wording.formats import Formats
from tests.pages.comparisons import small_comparison
from tests.pages.markup import Element, read
from tests.scenarios.builders import large, plan, scenario

DAY = date(2027, 8, 17)


@pytest.fixture(scope="module")
def page() -> str:
    return render_report(scenario(), plan(), made_on=DAY)


@pytest.fixture(scope="module", params=["small", "large", "comparison"])
def document(request: pytest.FixtureRequest) -> Element:
    if request.param == "comparison":
        return read(render_comparison(small_comparison(), made_on=DAY))
    return read(render_report(*((scenario(), plan()) if request.param == "small" else large(60, 30, 45)), made_on=DAY))


def test_every_id_is_unique_and_every_reference_has_its_target(document: Element) -> None:
    ids = Counter(e.attributes["id"] for e in document if "id" in e.attributes)
    assert [id for id, times in ids.items() if times > 1] == []
    for element in document:
        for name in ("aria-labelledby", "aria-describedby"):
            for id in element.attributes.get(name, "").split():
                assert id in ids
        if (link := element.attributes.get("href")) is not None:
            assert link.startswith("#")
            assert link[1:] in ids
        if (fill := element.attributes.get("fill", "")).startswith("url("):
            assert fill[5:-1] in ids


def test_the_headline_says_what_the_report_begins_with_and_makes_no_more() -> None:
    alone = material_of(scenario(), plan())
    short, full = headline(alone), report(material_of(scenario(), plan()), DAY)
    assert (short.front, short.contents, short.summary) == (full.front, full.contents, full.summary)
    assert "budget_lines" not in vars(alone), "the annexes are not worked out"


def test_nothing_is_fetched_and_nothing_runs(document: Element) -> None:
    tags = {e.tag for e in document}
    assert tags.isdisjoint({"script", "link", "img", "iframe", "object", "embed", "base", "form", "audio", "video"})
    for element in document:
        assert not [name for name in element.attributes if name.startswith("on")]
        assert {"src", "srcset", "style", "action", "background", "data", "xlink:href"}.isdisjoint(element.attributes)
    style = document.one("style").text
    assert re.findall(r'url\((?!"data:font/woff2;base64,)', style) == []
    assert "@import" not in style


def test_the_policy_of_the_page_forbids_what_it_does_not_need(document: Element) -> None:
    policy = document.one("meta", **{"http-equiv": "Content-Security-Policy"}).attributes["content"]
    assert policy == "default-src 'none'; style-src 'unsafe-inline'; font-src data:"


def test_every_chart_has_title_description_and_a_table_beside_it(document: Element) -> None:
    charts = document.all("svg")
    assert charts
    for chart in charts:
        assert chart.attributes["role"] == "img"
        title, description = (e for e in chart if e.tag == "desc" or "-title" in e.attributes.get("id", ""))
        assert title.text
        assert description.text
        assert chart.attributes["aria-labelledby"].split() == [title.attributes["id"], description.attributes["id"]]
    order = [e.tag for e in document if e.tag in ("figure", "table")]
    assert order[-1] == "table"
    assert all("table" in order[place:] for place, tag in enumerate(order) if tag == "figure")


def test_charts_carry_their_looks_in_attributes(document: Element) -> None:
    for chart in document.all("svg"):
        for element in chart:
            if element.tag == "text":
                assert {"font-size", "fill", "x", "y"} <= element.attributes.keys()
            if element.tag == "rect":
                assert {"fill", "width", "height"} <= element.attributes.keys()


def test_headings_go_down_one_level_at_a_time(document: Element) -> None:
    levels = [int(e.tag[1]) for e in document if re.fullmatch(r"h[1-6]", e.tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_the_contents_list_names_the_sections_in_their_order(document: Element) -> None:
    links = [e.attributes["href"][1:] for e in document.one("nav").all("a")]
    assert links == [e.attributes["id"] for e in document.all("h2") if e.attributes["id"] != "front"]


def test_tables_have_a_caption_and_headed_columns_and_rows(document: Element) -> None:
    for table in document.all("table"):
        assert table.one("caption").text
        assert all(e.attributes.get("scope") in ("col", "row") for e in table.all("th"))
        rows = table.all("tr")
        assert {row.across() for row in rows} == {len(rows[0].cells())}


def test_every_table_scrolls_inside_its_own_group(document: Element) -> None:
    """A region would be a landmark, of which no two may have one name: pages of partners have tables of one name."""
    groups = [e for e in document if e.attributes.get("role") == "group"]
    assert sum(len(e.all("table")) for e in groups) == len(document.all("table"))
    assert all(e.attributes["tabindex"] == "0" for e in groups)
    assert not any(e.attributes.get("role") == "region" for e in document)


def test_the_same_plan_gives_the_same_page(page: str) -> None:
    assert render_report(scenario(), plan(), made_on=DAY) == page


def test_a_stored_plan_gives_the_same_page_as_the_plan_it_was(page: str) -> None:
    assert render_report(scenario(), Plan.from_plain(json.loads(plan().to_json())), made_on=DAY) == page
    big, answer = large(30, 12, 20)
    again = Plan.from_plain(json.loads(answer.to_json()))
    assert render_report(big, again, made_on=DAY) == render_report(big, answer, made_on=DAY)


def test_the_date_may_be_set_from_outside(monkeypatch: pytest.MonkeyPatch, page: str) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1818504000")
    assert "17 Agustus 2027" in page
    assert render_report(scenario(), plan()) == page


def test_warnings_stand_in_the_report() -> None:
    page = read(render_report(scenario(), plan(), ["Dana X tidak dapat dipakai <siapa pun>."], made_on=DAY))
    assert page.one("aside", class_="warnings").all("li")[0].text == "Dana X tidak dapat dipakai <siapa pun>."


def test_long_tables_are_folded_and_still_whole() -> None:
    big, its_plan = large(60, 30, 45)
    document = read(render_report(big, its_plan, made_on=DAY))
    folded = [table.attributes["id"] for fold in document.all("details", class_="fold") for table in fold.all("table")]
    assert "table-group-costs" in folded
    rows = document.one("table", id="table-group-costs").rows()
    assert len(rows) == 60 + 2


def test_a_chart_of_very_many_programmes_shows_the_most_expensive() -> None:
    big, its_plan = large(20, 20, 60)
    made = report(Material(big, its_plan, Formats("id")), DAY).money.by_programme
    assert isinstance(made, Figure)
    assert made.note
    assert len(made.tables[0].rows) > 40
    assert sum(_bars(drawing) for drawing in made.drawings) == 40


def _bars(drawing: Drawing) -> int:
    return sum(label.text.startswith("Rp") for label in drawing.labels)


def test_a_scenario_without_gaps_or_money_is_reported_as_such() -> None:
    from planner.domain.decisions import Decisions

    empty = scenario(
        groups=[{"id": "g", "name": "Kelompok tanpa kesenjangan", "headcount": 10}], rules=[], periods=None,
        programmes=[{"id": "p", "name": "Program", "closes": {"komunikasi": 1}}],
        funds=[{"id": "apbd", "name": "APBD", "kind": "own", "amount": 0}],
    )  # fmt: skip
    text = read(render_report(empty, plan(empty, Decisions()), made_on=DAY)).visible_text()
    assert "tidak ada yang perlu ditutup" in text
    assert "Tidak ada program yang diselenggarakan" in text
    assert "nan" not in text.split()
