"""The questions of the registry in the workbench: their forms, their answers, and how they are found again."""

from __future__ import annotations

import asyncio
import html
import json
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import RequestFactory

from planner.analysis.registry import QUESTIONS
from planner.analysis.repairs.smallest import Repair, Repairs
from planner.batch.batch_progress import BatchProgress
from planner.domain.scenario import Scenario
from planner.errors import PlannerError
from planner.locale import LANGUAGES, speaking
from planner.planning import plan
from planner.plans.plan import Plan
from planner.scenario_io import read_scenario
from planner.web.foreseen import foreseen_words
from planner.web.middleware import LANGUAGE_COOKIE
from planner.web.pages import asking
from planner.web.plan_run import State
from planner.web.questions import AskedQuestion, Questions
from tests.unit.web.conftest import Desk
from tests.unit.web.plans import SMALL, store_plan

ASK = f"{SMALL}tanya/"
IMPOSSIBLE = "\nrules:\n  - {id: semua, name: Semua, measure: participants, at_least: 40}\n"


@pytest.fixture
def planned(make_desk: Callable[[], Desk]) -> Desk:
    desk = make_desk()
    store_plan(desk, "contoh-kecil.yaml")
    return desk


def answered(desk: Desk) -> AskedQuestion:
    """The newest question of the small example, once it is over."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        asked = desk.bench.questions.of_file("contoh-kecil.yaml")[0]
        if asked.state.is_over:
            return asked
        time.sleep(0.02)
    raise AssertionError("no answer")


TYPED = re.compile(
    r"[ '\"]--[a-z]+|\b(?:PATH|STEP|FROM|TO|RUPIAH|SHARE|YEAR|FOLDER)\b|planner [a-z]+ [A-Z{]|=FROM|</code>"
    r"|\[default|\"(?:ID|N|ID,\.\.\.|LOW\.\.HIGH)\""
)
"""Words that are typed in a terminal."""


@pytest.mark.parametrize("question", [each.name for each in QUESTIONS])
def test_every_question_has_a_page_with_its_form(planned: Desk, question: str) -> None:
    found = planned.browser().get(f"{ASK}{question}/")
    text = found.content.decode()
    assert found.status_code == 200
    assert "csrfmiddlewaretoken" in text
    for word in next(each for each in QUESTIONS if each.name == question).definition().parameters.model_fields:
        if word == "year":
            assert 'name="year"' not in text, "of one year there is nothing to choose"
        elif word not in ("first", "causes"):
            assert f'name="{word}"' in text or word == "last" or f'name="{word}-input"' in text
    assert not TYPED.search(text), "pages name fields and no options"


def test_a_question_is_answered_in_the_background_kept_and_found_again(planned: Desk) -> None:
    client = planned.browser()
    asked_for = {
        "vary-input": ["own-budget", "prices"],
        "vary-from": ["50%", "100%"],
        "vary-to": ["100%", ""],
        "vary-step": ["50%", ""],
        "vary-values": ["", ""],
    }
    answer = planned.post(f"{ASK}whatif/", client, **asked_for)
    assert answer.status_code == 302
    asked = answered(planned)
    assert asked.state is State.DONE, asked.error
    page = client.get(answer["Location"]).content.decode()
    assert "Answered; every plan used here was checked." in page
    assert 'class="answer"' in page
    assert answer["Location"].endswith("?vary=own-budget%3D50%25%3A100%25%3A50%25&vary=prices%3D100%25#asked")
    assert '<option value="own-budget" selected>' in page
    assert 'name="vary-to" value="100%"' in page
    assert not TYPED.search(page)
    assert f'href="{SMALL}bila?own-budget=12250000&amp;prices=100%25"' in page, "each point opens where it can be moved"
    assert (planned.results / "contoh-kecil" / "what-if" / "whatif.html").exists()
    again = planned.post(f"{ASK}whatif/", client, **asked_for)
    assert again["Location"] == answer["Location"]
    assert len(planned.bench.questions.of_file("contoh-kecil.yaml")) == 1, "asked already"
    listed = client.get(ASK).content.decode()
    assert "answered" in listed
    assert answer["Location"].removesuffix("#asked").replace("&", "&amp;") in listed


def test_an_answer_that_is_kept_beside_the_plan_is_shown_after_a_new_start(planned: Desk) -> None:
    planned.post(f"{ASK}partners/")
    assert answered(planned).state is State.DONE
    planned.bench.questions._known.clear()
    page = planned.browser().get(f"{ASK}partners/").content.decode()
    assert 'class="answer"' in page


def test_an_answer_is_read_in_the_language_of_the_page(planned: Desk) -> None:
    """It once stayed in the language in which it was asked, however often it was asked in another one."""
    planned.post(f"{ASK}sure/")
    assert answered(planned).state is State.DONE
    told = answered(planned).told
    questions = {language: told[language].sections[0].question for language in LANGUAGES}
    assert len(set(questions.values())) == len(LANGUAGES)
    browsers = {language: planned.browser() for language in LANGUAGES}
    for language, browser in browsers.items():
        browser.cookies[LANGUAGE_COOKIE] = language
        page = html.unescape(browser.get(f"{ASK}sure/").content.decode())
        shown = page.partition('id="answer"')[2]
        assert [each for each in LANGUAGES if questions[each] in shown] == [language]
        assert 'id="other-language"' not in page
    planned.bench.questions._known.clear()
    kept = {language: browser.get(f"{ASK}sure/").content.decode() for language, browser in browsers.items()}
    assert 'id="other-language"' not in kept["id"], "what is kept beside the plan is in the language of its documents"
    assert 'id="other-language"' in kept["en"]
    assert "Ask again in this language" in kept["en"]


def test_an_answer_older_than_a_better_plan_says_so_and_is_made_again(planned: Desk) -> None:
    client = planned.browser()
    words = "another question has found a better plan for 1 of the plans compared here"
    planned.post(f"{ASK}partners/", client)
    first = answered(planned)
    assert words not in client.get(f"{ASK}partners/").content.decode()
    planned.post(f"{ASK}partners/", client)
    assert answered(planned) is first, "there is nothing new"
    key, level = next(iter(first.levels.items()))
    other = planned.results / "contoh-kecil" / "what-if" / "dropout.json"
    other.write_text(json.dumps({"levels": {key: level + 1}}), encoding="utf-8")
    assert words in client.get(f"{ASK}partners/").content.decode()
    planned.post(f"{ASK}partners/", client)
    assert answered(planned) is not first


def test_why_not_is_asked_with_what_the_scenario_has(planned: Desk) -> None:
    client = planned.browser()
    scenario = read_scenario(planned.folder / "contoh-kecil.yaml")
    group, programme = scenario.groups[0].id, scenario.programmes[-1].id
    form = client.get(f"{ASK}why/?group={group}").content.decode()
    assert f'<option value="{group}" selected>' in form
    answer = planned.post(f"{ASK}why/", client, group=group, programme=programme)
    asked = answered(planned)
    assert asked.state is State.DONE, asked.error
    assert f"group={group}" in answer["Location"]
    page = client.get(answer["Location"]).content.decode()
    assert 'class="answer"' in page
    assert "contoh-kecil.yaml:" in page
    assert str(planned.folder) not in page, "files are named, not where the folder is"


@pytest.mark.parametrize(
    ("question", "given"),
    [
        ("whatif", {}),
        ("whatif", {"vary": "<script>=1,2"}),
        ("whatif", {"vary-input": "own-budget"}),
        ("whatif", {"vary-input": "own-budget", "vary-from": "1 miliar", "vary-to": "2%", "vary-step": "x"}),
        ("whatif", {"vary-input": "groups.x.y", "vary-values": "1"}),
        ("cuts", {"cut": "0%"}),
        ("sure", {"closes": "1", "uptake": "1", "prices": "1"}),
        ("curve", {"points": "9999"}),
        ("alternatives", {"near": "/etc/passwd"}),
        ("partners", {"partners": "tidak-ada"}),
        ("why", {"group": "x"}),
        ("compare", {"other": "tidak-ada"}),
    ],
)
def test_what_cannot_be_asked_is_named_and_nothing_begins(planned: Desk, question: str, given: dict[str, Any]) -> None:
    before = planned.files()
    answer = planned.post(f"{ASK}{question}/", **given)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "This question cannot be asked yet:" in text
    assert "<script>=" not in text
    assert not TYPED.search(text)
    assert not planned.bench.questions.of_file("contoh-kecil.yaml")
    assert planned.files() == before


def test_a_question_that_waits_can_be_stopped_and_asked_again(planned: Desk) -> None:
    client = planned.browser()
    with planned.bench.runs.turn.taken():
        planned.post(f"{ASK}habits/", client)
        page = client.get(f"{ASK}habits/").content.decode()
        assert "Waiting for another plan to be finished." in page
        planned.post(f"{ASK}habits/hentikan", client)
        assert answered(planned).state is State.STOPPED, "it ends before its turn comes"
    assert "asking again goes on from there" in client.get(f"{ASK}habits/").content.decode()


def test_what_is_known_beforehand_gives_way_to_how_far_it_is(planned: Desk) -> None:
    with planned.bench.runs.turn.taken():
        planned.post(f"{ASK}habits/")
        asked = planned.bench.questions.of_file("contoh-kecil.yaml")[0]
        asked.beforehand = "3 plans to make, about 30 s to go"
        page = planned.browser().get(f"{ASK}habits/").content.decode()
        assert "3 plans to make" in page
        asked.words = "3 of 3 plans made"
        page = planned.browser().get(f"{ASK}habits/").content.decode()
        assert "3 of 3 plans made" in page
        assert "s to go" not in page, "no time that is over"
        planned.post(f"{ASK}habits/hentikan")
    answered(planned)


def test_the_news_of_a_question_end_with_it(planned: Desk) -> None:
    planned.post(f"{ASK}habits/")

    async def told() -> bytes:
        answer = asking.news(RequestFactory().get(f"{ASK}habits/berita"), "contoh-kecil.yaml", "habits")
        return b"".join([part async for part in answer.streaming_content])

    with speaking("en"):
        news = asyncio.run(told()).decode()
    assert news.count("event: over") == 1
    assert "Answered; every plan used here was checked." in news
    parts = news.split("event: ")
    assert not any("stop-asked" in part for part in parts if part.startswith("asked\n")), "a press would be lost"


def test_a_repair_of_an_impossible_scenario_becomes_a_scenario(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    file = desk.folder / "contoh-kecil.yaml"
    possible = read_scenario(file)
    file.write_text(file.read_text() + IMPOSSIBLE)
    found = Repairs((), (Repair((), possible, plan(possible, inline=True).plan, True),), (), True)
    monkeypatch.setattr(Questions, "_repaired", lambda *_given: found)
    monkeypatch.setattr("planner.web.questions.sections", lambda *_given: ())
    client = desk.browser()
    desk.post(f"{ASK}repair/", client)
    assert answered(desk).state is State.DONE, answered(desk).error
    assert "Apply repair 1" in client.get(f"{ASK}repair/").content.decode()
    for unknown in ("99", "-1", "\N{SUPERSCRIPT TWO}", "9" * 5_000):
        assert desk.post(f"{ASK}repair/terapkan", client, number=unknown)["Location"] == f"{ASK}repair/"
    made = desk.post(f"{ASK}repair/terapkan", client, number="0")
    assert made.status_code == 302
    name = Path(made["Location"]).name
    desk.bench.runs.stop(name)
    text = (desk.folder / name).read_text()
    assert "extends: contoh-kecil.yaml" in text
    assert read_scenario(desk.folder / name).rules == possible.rules


def test_the_plans_of_a_question_are_counted_before_it_is_asked(planned: Desk) -> None:
    browser, before = planned.browser(), planned.files()
    page = browser.get(f"{SMALL}tanya/curve/").content.decode()
    assert f'hx-get="{SMALL}tanya/curve/banyaknya"' in page
    for query, words in (("points=7", "At least 7 plans are made."), ("points=2", "At least 2 plans are made.")):
        for _each in range(500):
            said = browser.get(f"{SMALL}tanya/curve/banyaknya?{query}").content.decode()
            if "Counting" not in said:
                break
            time.sleep(0.02)
        assert words in said
    assert not browser.get(f"{SMALL}tanya/curve/banyaknya?points=x").content.strip()
    assert planned.files().keys() == before.keys(), "nothing is made for it"


def test_a_page_without_javascript_says_how_many_plans_there_would_be(
    planned: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "COUNTED_WITHIN", 60.0)
    client = planned.browser()
    page = client.get(f"{ASK}curve/").content.decode()
    assert "At least 21 plans are made." in page
    assert '<noscript> <button name="hitung" value="1"' in page
    answer = planned.post(f"{ASK}curve/", client, points="7", hitung="1")
    assert "At least 7 plans are made." in client.get(answer["Location"]).content.decode()
    assert not planned.bench.questions.of_file("contoh-kecil.yaml"), "nothing was asked"
    assert planned.post(f"{ASK}curve/", client, points="x", hitung="1").status_code == 422
    monkeypatch.setattr(asking, "COUNTED_WITHIN", 0.0)
    slow = client.get(f"{ASK}curve/?points=9").content.decode()
    assert "being counted" in slow
    assert f'href="{ASK}curve/?points=9">Look again' in slow


def test_what_is_taken_for_an_empty_field_is_said_beside_it(planned: Desk) -> None:
    page = planned.browser().get(f"{ASK}curve/").content.decode()
    assert "Smallest total of own funds. Left empty: Rp0." in page
    assert "whose effect is computed. Left empty: 100 juta." in page
    assert "one on each line. Left empty: 10%, 20%, 30%." in planned.browser().get(f"{ASK}cuts/").content.decode()


def test_what_is_foreseen_is_said_by_what_the_plan_took() -> None:
    first = BatchProgress(1, 2, 8, 2, 0.0)
    with speaking("en"):
        assert foreseen_words(first, 0, 1.0, 2) == "At least 6 plans are made."
        assert foreseen_words(first, 21, 10.0, 2) == "At least 19 plans are made; about 2 min, by what this plan took."
        assert foreseen_words(first, 0, 10.0, 2) == "At least 6 plans are made; about 30 s, by what this plan took."
        assert "at once" in foreseen_words(None, 0, 10.0, 2)


def test_what_is_no_question_is_not_found_and_reading_asks_nothing(desk: Desk) -> None:
    client = desk.browser()
    assert client.get(f"{ASK}rahasia/").status_code == 404
    assert "First a plan" in client.get(f"{ASK}partners/").content.decode()
    assert desk.post(f"{ASK}partners/", client).status_code == 302
    assert client.get(f"{ASK}partners/hentikan").status_code == 405
    assert not desk.bench.questions.of_file("contoh-kecil.yaml")


def test_what_was_asked_is_listed_by_names_and_not_as_the_address_has_it(planned: Desk) -> None:
    scenario = read_scenario(planned.folder / "contoh-kecil.yaml")
    group, programme = scenario.groups[0], scenario.programmes[-1]
    planned.post(f"{ASK}why/", group=group.id, programme=programme.id)
    planned.post(
        f"{ASK}whatif/", **{"vary-input": "own-budget", "vary-from": "80%", "vary-to": "90%", "vary-step": "10%"}
    )
    page = planned.browser().get(ASK).content.decode()
    listed = page[page.index("asked-list") : page.index("question-list")]
    assert f"Group: {group.label} · Programme: {programme.label}" in listed
    assert ": 80% to 90%, in steps of 10%" in listed
    assert "own-budget" not in re.sub(r"<[^>]*>", "", listed)


def test_a_folder_without_another_plan_says_so_in_place_of_an_empty_list(planned: Desk) -> None:
    page = planned.browser().get(f"{ASK}compare/").content.decode()
    assert "No other plan yet" in page
    assert "<select" not in page


def test_where_there_is_no_other_plan_none_can_be_typed(desk: Desk) -> None:
    store_plan(desk, "contoh-kecil.yaml")
    for question in ("habits", "alternatives"):
        page = desk.browser().get(f"/skenario/contoh-kecil.yaml/tanya/{question}/").content.decode()
        assert "no other plan in this folder yet" in page


def test_questions_begin_from_the_decimals_that_are_stored_not_from_the_floats_beside_them(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """139.025 is printed as 139.03 on the command line, and as 139.02 where the float below it is rounded."""
    store_plan(desk, "contoh-kecil.yaml")
    seen: list[Plan] = []

    def inquiry(_scenario: Scenario, asked_about: Plan, *_more: Any) -> Any:
        seen.append(asked_about)
        raise PlannerError("enough")

    monkeypatch.setattr("planner.web.questions.Inquiry", inquiry)
    desk.post("/skenario/contoh-kecil.yaml/tanya/sure/")
    for _wait in range(500):
        if seen:
            break
        time.sleep(0.01)
    kept = desk.bench.workspace.kept("contoh-kecil")
    assert kept is not None
    assert seen == [kept.as_written]
    assert all(each.closed.denominator < 2**20 for each in seen[0].closings)
