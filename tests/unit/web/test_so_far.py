"""While a plan is searched, the best checked one so far is shown."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import RequestFactory

from planner import nation
from planner.drafting.drafts import Answer
from planner.locale import speaking
from planner.web.pages import planning
from tests.unit.web.conftest import Desk
from tests.unit.web.plans import SMALL, over


@pytest.fixture
def end(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Every search tells its plan early, and ends once this is set."""
    search, ended = nation.plan, threading.Event()

    def slow(*of: Any, early: Callable[[Any], None], **how: Any) -> Answer:
        found = search(*of, **how)
        early(found.plan)
        assert ended.wait(60)
        return found

    monkeypatch.setattr(nation, "plan", slow)
    yield ended
    ended.set()


def shown_so_far(desk: Desk) -> None:
    run = desk.bench.runs.latest("contoh-kecil.yaml")
    assert run is not None
    for _tick in range(1200):
        if run.early is not None:
            return
        threading.Event().wait(0.05)
    raise AssertionError("no plan was told")


def test_a_plan_so_far_is_shown_with_what_it_holds_and_goes_once_the_search_is_over(
    desk: Desk, end: threading.Event
) -> None:
    desk.post(f"{SMALL}susun")
    shown_so_far(desk)
    page = desk.browser().get(SMALL).content.decode()
    assert "A plan so far" in page
    assert "the search for a better one goes on" in page
    assert "20.2 of 40" in page, "its key figures"
    assert "table-programmes" in page
    assert not (desk.results / "contoh-kecil").exists(), "it is not stored"
    end.set()
    over(desk)
    page = desk.browser().get(SMALL).content.decode()
    assert "A plan so far" not in page
    assert "20.2 of 40" in page


def test_the_news_bring_it_once(desk: Desk, end: threading.Event) -> None:
    desk.post(f"{SMALL}susun")
    shown_so_far(desk)

    async def told() -> bytes:
        answer = planning.news(RequestFactory().get(f"{SMALL}berita"), "contoh-kecil.yaml")
        parts = []
        async for part in answer.streaming_content:
            parts.append(part)
            if b"event: early" in part:
                end.set()
        return b"".join(parts)

    with speaking("en"):
        news = asyncio.run(told()).decode()
    assert 'id="state-now" hx-swap-oob="true"' in news, "beside the title too, where it said that it waits"
    parts = news.split("event: ")
    assert not any("stop-run" in part for part in parts if part.startswith("run\n")), "a press on it would be lost"
    assert [part.startswith("stop\n") for part in parts].count(True) <= 2, "it is sent where it changes"
    assert news.count("A plan so far</strong>") == 1
    assert news.index("event: early") < news.index("event: over")


def test_its_card_asks_until_the_plan_is_there(desk: Desk, end: threading.Event) -> None:
    desk.post(f"{SMALL}susun")
    shown_so_far(desk)
    card = desk.browser().get(f"{SMALL}kartu").content.decode()
    again = f"{SMALL}kartu?seperti=disusun"
    assert f'hx-get="{again}" hx-trigger="every 3s"' in card
    assert desk.browser().get(again).status_code == 204, "nothing new: what has the focus keeps it"
    end.set()
    over(desk)
    card = desk.browser().get(again).content.decode()
    assert "50.5%" in card
    assert "every 3s" not in card


@pytest.mark.parametrize("page", ["bila", "tanya/partners/"])
def test_pages_that_need_the_plan_say_that_it_is_being_made(desk: Desk, end: threading.Event, page: str) -> None:
    asked = desk.browser().get(f"{SMALL}{page}").content.decode()
    assert "Make the plan</button></form>\n</section>" in asked.replace("\n\n", "\n")
    desk.post(f"{SMALL}susun")
    shown_so_far(desk)
    asked = desk.browser().get(f"{SMALL}{page}").content.decode()
    assert "The plan is being made." in asked
    assert "<button>Make the plan" not in asked
    end.set()
    over(desk)
