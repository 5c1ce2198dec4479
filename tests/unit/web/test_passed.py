"""The checker is asked once about a plan, and again about whatever is not that plan."""

from __future__ import annotations

import pytest

from planner.errors import CheckFailed
from planner.report.material import Material
from planner.report.views import summary
from planner.store.stored_plan import StoredPlan
from planner.web import cards, passed, sections
from planner.web.passed import PassedPlans
from tests.unit.web.conftest import Desk
from tests.unit.web.plans import SMALL, kept_run, store_plan


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The plans about which the checker is asked, by the SHA-256 of each."""
    found = list[str]()
    really = StoredPlan.verdict

    def verdict(stored: StoredPlan) -> object:
        found.append(stored.sha256)
        return really(stored)

    monkeypatch.setattr(StoredPlan, "verdict", verdict)
    monkeypatch.setattr(passed.PASSED, "_known", type(passed.PASSED._known)())
    return found


def test_a_plan_that_was_checked_when_it_was_made_is_not_checked_for_its_pages(desk: Desk, asked: list[str]) -> None:
    run, browser = kept_run(desk), desk.browser()
    for address in (SMALL, f"/rencana/{run}/", f"/rencana/{run}/laporan", f"{SMALL}kartu"):
        assert browser.get(address).status_code == 200
    assert asked == []
    desk.post(f"/rencana/{run}/periksa")
    assert len(asked) == 1, "whoever asks for the check gets one"


def test_a_changed_file_is_checked_whatever_was_passed_before(desk: Desk, asked: list[str]) -> None:
    kept_run(desk)
    file = desk.results / "contoh-kecil" / "plan.json"
    file.write_text(file.read_text().replace("30000000", "30000001"))
    assert "tile-value" not in desk.browser().get(SMALL).content.decode()
    assert len(asked) == 1


def test_the_scenario_belongs_to_what_is_remembered(desk: Desk) -> None:
    store_plan(desk, "contoh-kecil.yaml")
    known, kept = PassedPlans(), desk.bench.workspace.kept("contoh-kecil")
    assert kept is not None
    known.add(kept.stored.sha256, "another scenario")
    plain = dict(kept.stored.data, allocations=[])
    with pytest.raises(CheckFailed):
        known.checked(StoredPlan(kept.stored.path, kept.stored.scenario, plain, kept.stored.sha256))


def test_a_large_plan_shows_its_page_before_its_summary(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    store_plan(desk, "contoh-kecil.yaml")
    monkeypatch.setattr(sections, "MANY_GROUPS", 0)
    monkeypatch.setattr(sections, "_VIEWS", sections._KeptViews())
    browser = desk.browser()
    first = browser.get(SMALL).content.decode()
    assert 'hx-get="/skenario/contoh-kecil.yaml/ringkasan"' in first
    assert "?ringkasan=1" in first, "without script too"
    assert 'class="tile-value"' in first, "its headline figures are there at once"
    later = browser.get(f"{SMALL}ringkasan", HTTP_HX_REQUEST="true").content.decode()
    assert '<section class="summary">' in later
    assert "<html" not in later
    assert '<section class="summary">' in browser.get(SMALL).content.decode(), "what is made is shown at once"
    assert browser.get(f"{SMALL}ringkasan").headers["Location"] == SMALL


@pytest.fixture
def large(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A workbench whose scenario counts as a large one, of which nothing has been shown yet."""
    monkeypatch.setattr(sections, "MANY_GROUPS", 0)
    monkeypatch.setattr(sections, "_VIEWS", sections._KeptViews())
    return desk


def whole(text: str) -> str:
    """The part of a page that what comes later takes the place of."""
    return text.partition('id="whole"')[2]


@pytest.mark.parametrize("of_run", [False, True])
def test_the_report_of_a_large_plan_comes_in_parts(large: Desk, of_run: bool) -> None:
    run, browser = kept_run(large), large.browser()
    address = f"/rencana/{run}/laporan" if of_run else f"{SMALL}laporan"
    first = browser.get(address).content.decode()
    assert f'hx-get="{address}?lengkap=1" hx-select="#whole" hx-target="#whole"' in first
    assert f'<a href="{address}?lengkap=1">' in first, "without script too"
    assert '<section class="summary">' not in first
    browser.get(f"/rencana/{run}/?lengkap=1" if of_run else f"{SMALL}?ringkasan=1")
    begun = browser.get(address).content.decode()
    assert '<section class="summary">' in begun, "what is there is shown"
    assert 'href="#money"' in begun
    assert 'id="money"' not in begun
    complete = browser.get(f"{address}?lengkap=1").content.decode()
    assert 'id="money"' in whole(complete)
    assert "hx-get" not in whole(complete)
    assert 'id="money"' in browser.get(address).content.decode(), "what is made is shown at once"


def test_the_page_of_a_large_run_comes_before_what_it_says(large: Desk) -> None:
    run, browser = kept_run(large), large.browser()
    first = browser.get(f"/rencana/{run}/").content.decode()
    assert f'hx-get="/rencana/{run}/?lengkap=1"' in first
    assert "rencana.pdf" in whole(first)
    assert "Submit for approval" not in first, "nothing that is typed there is lost when the rest comes"
    complete = whole(browser.get(f"/rencana/{run}/?lengkap=1").content.decode())
    assert "Submit for approval" in complete
    assert '<section class="summary">' in complete


@pytest.mark.parametrize("query", ["", "dana=apbd"])
def test_the_reasons_of_a_large_plan_come_after_their_page(large: Desk, query: str) -> None:
    store_plan(large, "contoh-kecil.yaml")
    browser, more = large.browser(), f"{query}&amp;lengkap=1" if query else "lengkap=1"
    first = browser.get(f"{SMALL}mengapa?{query}").content.decode()
    assert f'hx-get="{SMALL}mengapa?{more}"' in first
    assert "APBD" not in whole(first)
    complete = whole(browser.get(f"{SMALL}mengapa?{query}&lengkap=1").content.decode())
    assert "APBD" in complete
    assert "hx-get" not in complete
    assert "APBD" in whole(browser.get(f"{SMALL}mengapa?{query}").content.decode()), "it is found once"


def test_the_key_figures_of_a_plan_are_worked_out_once_for_all_its_pages(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    store_plan(desk, "contoh-kecil.yaml")
    made: list[Material] = []

    def tiles(material: Material) -> tuple[summary.Tile, ...]:
        made.append(material)
        return summary.tiles(material)

    monkeypatch.setattr(cards, "tiles", tiles)
    for address in ("", "peta", "kartu", "tanya/", "ubah"):
        assert desk.browser().get(f"{SMALL}{address}").status_code == 200
    assert len(made) == 1
