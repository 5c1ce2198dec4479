"""The map of coverage, and the reason of whatever stays open, is not held, not used or left over."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser

import pytest

from planner.plans.open_gaps import OpenGaps
from planner.plans.plan_rows import Closing
from planner.plans.stored_figures import as_written
from planner.report.material import Material
from planner.report.wording.formats import Formats
from planner.web.coverage_tiles import groups_in, tiles, ways
from planner.web.pages import why
from tests.unit.web.conftest import Desk
from tests.unit.web.plans import SMALL, store_plan


@pytest.fixture
def planned(make_desk: Callable[[], Desk]) -> Desk:
    desk = make_desk()
    store_plan(desk, "contoh-kecil.yaml")
    return desk


class Links(HTMLParser):
    """The addresses that a page leads to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [str(value) for name, value in attrs if tag == "a" and name == "href"]


def test_everything_that_the_map_shows_opens_and_has_a_reason(planned: Desk) -> None:
    client, seen, ahead = planned.browser(), set[str](), [f"{SMALL}peta", f"{SMALL}mengapa"]
    while ahead:
        address = ahead.pop()
        if address in seen or not address.startswith((f"{SMALL}peta", f"{SMALL}mengapa")):
            continue
        seen.add(address)
        answer = client.get(address)
        assert answer.status_code == 200, address
        ahead += Links(answer.content.decode()).found
    assert any("kompetensi=" in each for each in seen)
    assert (
        any("program=" in each for each in seen)
        or "Every programme is held" in client.get(f"{SMALL}mengapa").content.decode()
    )
    assert any("dana=" in each for each in seen)


def test_what_keeps_the_gaps_of_a_plan_open_is_found_once_for_all_its_pages(
    planned: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    found: list[str] = []
    explain = OpenGaps._explain

    def counted(gaps: OpenGaps, closing: Closing) -> object:
        found.append(closing.group)
        return explain(gaps, closing)

    monkeypatch.setattr(OpenGaps, "_explain", counted)
    client = planned.browser()
    client.get(f"{SMALL}mengapa")
    first = len(found)
    for address in ("mengapa", "mengapa?dana=apbd", "peta", "ringkasan"):
        client.get(f"{SMALL}{address}")
    assert first
    assert len(found) == first


def test_a_gap_left_open_has_its_reason_and_what_forcing_it_in_would_cost(planned: Desk) -> None:
    kept = planned.bench.workspace.kept("contoh-kecil")
    assert kept is not None
    material = Material(kept.stored.scenario, as_written(kept.plan), Formats("en"))
    row = material.open_gaps.rows[0]
    page = planned.browser().get(f"{SMALL}mengapa", {"kelompok": row.group, "kompetensi": row.competency})
    text = page.content.decode()
    assert "stay open:" in text
    assert f'action="{SMALL}tanya/why/"' in text
    assert f'name="group" value="{row.group}"' in text


def test_tiles_add_up_to_what_the_plan_closes(planned: Desk) -> None:
    kept = planned.bench.workspace.kept("contoh-kecil")
    assert kept is not None
    material = Material(kept.stored.scenario, as_written(kept.plan), Formats("en"))
    for by in ways(material):
        parts = tiles(material, by)
        inside = [group.id for part in parts for group in groups_in(material, by, part.key)]
        assert sorted(inside) == sorted(group.id for group in material.scenario.groups if group.gaps)


@pytest.mark.parametrize(
    "query",
    [
        "peta?bagian=tidak-ada",
        "mengapa?program=tidak-ada",
        "mengapa?dana=x",
        "mengapa?kelompok=analis",
        "mengapa?kelompok=x&kompetensi=y",
    ],
)
def test_what_the_scenario_has_not_is_not_found(planned: Desk, query: str) -> None:
    assert planned.browser().get(f"{SMALL}{query}").status_code == 404


def test_without_a_plan_there_is_no_map(desk: Desk) -> None:
    for address in ("peta", "mengapa"):
        assert desk.browser().get(f"{SMALL}{address}")["Location"] == SMALL


def test_after_a_change_reasons_are_still_those_of_the_plan_and_say_so(planned: Desk) -> None:
    file = planned.folder / "contoh-kecil.yaml"
    file.write_text(file.read_text().replace("headcount: 30", "headcount: 31"))
    text = planned.browser().get(f"{SMALL}mengapa?dana=apbd").content.decode()
    assert "plan again to see what follows" in text


def test_many_tiles_are_shown_in_pages_of_which_each_leads_to_the_next(
    planned: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(why, "MOST_TILES", 1)
    monkeypatch.setattr(why, "MOST_GROUPS", 1)
    browser = planned.browser()
    first = browser.get(f"{SMALL}peta?menurut=kelompok").content.decode()
    assert "page 1 of 2, 2 entries" in first
    last = browser.get(f"{SMALL}peta?menurut=kelompok&hal=2").content.decode()
    shown = [re.findall('class="cell-name">([^<]+)<', text) for text in (first, last)]
    assert sorted(map(len, shown)) == [1, 1]
    assert shown[0] != shown[1]
    assert f'href="{SMALL}peta?menurut=kelompok&amp;hal=2"' in first
    assert f'href="{SMALL}peta?menurut=kelompok&amp;hal=1"' in last


def test_a_part_with_many_groups_is_shown_in_pages(planned: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    text = planned.text().replace("headcount: 30", "agency: Dinas A, headcount: 30")
    other = "  - {id: lain, name: Lain, agency: Dinas B, headcount: 4, gaps: {arsip: 2}}\n"
    text = text.replace("headcount: 20", "agency: Dinas A, headcount: 20").replace(
        "\nprogrammes:", f"{other}\nprogrammes:"
    )
    (planned.folder / "contoh-kecil.yaml").write_text(text)
    store_plan(planned, "contoh-kecil.yaml")
    monkeypatch.setattr(why, "MOST_GROUPS", 1)
    pages = [planned.browser().get(f"{SMALL}peta?bagian=Dinas+A&hal={n}").content.decode() for n in (1, 2)]
    assert [text.count('class="group-gaps"') for text in pages] == [1, 1]
    assert "page 1 of 2, 2 entries" in pages[0]
    assert f'href="{SMALL}peta?menurut=instansi&amp;bagian=Dinas%20A&amp;hal=2"' in pages[0]
    assert "Pengelola arsip" in pages[1]


def test_a_reason_that_all_groups_share_is_said_once(planned: Desk) -> None:
    text = planned.text().replace("amount: 24_500_000", "amount: 6_000_000")
    assert text != planned.text()
    (planned.folder / "contoh-kecil.yaml").write_text(text)
    store_plan(planned, "contoh-kecil.yaml")
    page = planned.browser().get(f"{SMALL}mengapa?program=bimtek-keuangan").content.decode()
    assert page.count("For every group:") == 1
    assert "Analis keuangan" in page
    assert "One more:" not in page
    assert "One more:" in planned.browser().get(f"{SMALL}mengapa?program=elearning-arsip").content.decode()
