"""What is awaited when a server ends, however it does, is gone on with by the next one."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import replace
from typing import Any

import pytest

from planner.errors import InfeasibleError, PlannerError
from planner.version import VERSION
from planner.web.impossible import FILE as IMPOSSIBLE
from planner.web.impossible import ImpossibleScenarios
from planner.web.plan_run import State
from planner.web.resuming import resume
from planner.web.waiting import FILE, MOST_BRIEF_TRIES, MOST_TRIES, Awaited, WaitingList
from tests.unit.web.conftest import Desk
from tests.unit.web.plans import SMALL, over, store_plan

NAME = "contoh-kecil.yaml"
CHANGES: list[dict[str, Any]] = [
    {"sha256": "0" * 64},
    {"tries": MOST_TRIES},
    {"brief": MOST_BRIEF_TRIES},
    {"name": "x.yaml"},
]


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Searches stand still until this is set."""
    gate = threading.Event()

    def planned(*_args: Any, **_more: Any) -> Any:
        gate.wait(20)
        raise PlannerError("searched")  # a plan with its documents would take long

    monkeypatch.setattr("planner.solve.worker.Worker", nullcontext)
    monkeypatch.setattr("planner.planning.plan", planned)
    monkeypatch.setattr("planner.web.waiting.LASTING", 0.0)
    yield gate
    gate.set()


def listed(desk: Desk) -> list[Awaited]:
    return WaitingList(desk.results).left


def until_begun(desk: Desk) -> None:
    for _each in range(500):
        if any(each.tries for each in listed(desk)):
            return
        threading.Event().wait(0.01)
    raise AssertionError(listed(desk))


def test_a_search_that_a_killed_server_left_is_made_by_the_next(
    make_desk: Callable[[], Desk], held: threading.Event
) -> None:
    killed = make_desk()
    (killed.folder / "lain.yaml").write_text(killed.text().replace("id: contoh-kecil", "id: lain"))
    killed.post(f"{SMALL}susun", who="Budi")
    until_begun(killed)
    killed.post("/skenario/lain.yaml/susun")
    assert [(each.name, each.tries) for each in listed(killed)] == [(NAME, 1), ("lain.yaml", 0)]
    left = (killed.results / FILE).read_bytes()  # nothing more is written by a process that is killed
    killed.bench.runs.end()
    assert (killed.results / FILE).read_bytes() == left, "one that is ended leaves the same"
    after = make_desk()
    held.set()
    resume(after.bench)
    assert over(after, NAME) is over(after, "lain.yaml") is State.FAILED
    assert str(after.bench.runs.latest("lain.yaml").error) == "searched"  # type: ignore[union-attr]
    assert not listed(after)


def test_what_was_stopped_changed_or_ends_servers_is_not_begun_again(
    make_desk: Callable[[], Desk], held: threading.Event
) -> None:
    first = make_desk()
    first.post(f"{SMALL}susun")
    until_begun(first)
    first.post(f"{SMALL}hentikan")
    assert not listed(first)
    first.bench.runs.end()
    held.set()
    awaited = Awaited(NAME, first.bench.workspace.file(NAME).load().scenario.sha256, "en")
    for changed in CHANGES:
        each = replace(awaited, **changed)
        WaitingList(first.results).add(each)
        desk = make_desk()
        resume(desk.bench)
        run = desk.bench.runs.latest(NAME)
        assert (run is None) == (each.name != NAME)
        assert run is None or run.state is State.STOPPED
        assert not listed(desk)
        if run is not None:
            page = desk.browser().get(SMALL).content.decode()
            assert ("changed while the server" in page) != ("again and again" in page)
        desk.bench.runs.end()


def test_a_question_that_was_awaited_is_asked_again(make_desk: Callable[[], Desk]) -> None:
    desk = make_desk()
    store_plan(desk, NAME)
    sha256 = desk.bench.workspace.file(NAME).load().scenario.sha256
    WaitingList(desk.results).add(Awaited(NAME, sha256, "en", question="whatif", query="vary=own-budget%3D50%25"))
    again = make_desk()
    resume(again.bench)
    asked = again.bench.questions.of_file(NAME)
    assert [(each.question, each.query) for each in asked] == [("whatif", "vary=own-budget%3D50%25")]
    again.bench.questions.stop(asked[0].id)
    assert not listed(again)


def test_a_question_that_ended_servers_twice_stays_listed_and_can_be_asked(make_desk: Callable[[], Desk]) -> None:
    desk = make_desk()
    store_plan(desk, NAME)
    sha256 = desk.bench.workspace.file(NAME).load().scenario.sha256
    awaited = Awaited(NAME, sha256, "en", question="whatif", query="vary=own-budget%3D50%25", tries=MOST_TRIES)
    WaitingList(desk.results).add(awaited)
    for _restart in range(3):
        again = make_desk()
        resume(again.bench)
        [asked] = again.bench.questions.of_file(NAME)
        assert asked.state is State.FAILED
        assert listed(again) == [awaited], "the next server lists it too"
    page = again.browser().get(f"{SMALL}tanya/").content.decode()
    assert "not answered" in page
    here = f"{SMALL}tanya/whatif/"
    assert "again and again" in again.browser().get(f"{here}?{awaited.query}").content.decode()
    shown = again.browser().get(f"{here}?{awaited.query}").content.decode()
    assert 'id="try-again"' in shown
    assert "the answer waits for you" not in shown
    again.post(here, vary="own-budget=50%")
    [asked] = again.bench.questions.of_file(NAME)
    assert asked.tries <= 1, "it is a new one for whoever asks"
    assert len(listed(again)) <= 1
    again.bench.questions.stop(asked.id)
    assert not listed(again)


def test_a_server_that_ends_soon_after_a_search_began_counts_little(desk: Desk) -> None:
    waiting = WaitingList(desk.results)
    waiting.begun(waiting.add(Awaited(NAME, "0", "en", tries=MOST_TRIES - 1)))
    [left] = listed(desk)
    assert (left.tries, left.brief) == (MOST_TRIES - 1, 1)
    assert not left.ends_servers
    assert replace(left, brief=MOST_BRIEF_TRIES).ends_servers


def test_a_question_that_is_still_to_be_asked_again_is_shown_as_waiting(make_desk: Callable[[], Desk]) -> None:
    desk = make_desk()
    store_plan(desk, NAME)
    sha256 = desk.bench.workspace.file(NAME).load().scenario.sha256
    WaitingList(desk.results).add(Awaited(NAME, sha256, "en", question="whatif", query="vary=own-budget%3D50%25"))
    page = make_desk().browser().get(f"{SMALL}tanya/whatif/?vary=own-budget%3D50%25").content.decode()
    assert "Waiting for another plan to be finished." in page
    assert "sse-connect" in page


def test_a_question_about_a_scenario_that_was_changed_meanwhile_says_so(make_desk: Callable[[], Desk]) -> None:
    desk = make_desk()
    store_plan(desk, NAME)
    WaitingList(desk.results).add(Awaited(NAME, "0" * 64, "en", question="whatif", query="vary=own-budget%3D50%25"))
    again = make_desk()
    resume(again.bench)
    [asked] = again.bench.questions.of_file(NAME)
    assert "changed while the server" in str(asked.error)
    assert not listed(again), "it is about nothing that is there"


@pytest.mark.parametrize("text", ["", "{}", "[1, null, {}]", '[{"name": 1, "sha256": "x", "language": "id"}]', "\xff"])
def test_a_list_that_is_none_says_nothing(desk: Desk, text: str) -> None:
    file = desk.results / FILE
    file.write_text(text, encoding="latin-1")
    assert not listed(desk)


def test_a_scenario_that_is_impossible_stays_so_after_the_server_has_ended(
    make_desk: Callable[[], Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    def impossible(*_args: Any, **_more: Any) -> Any:
        raise InfeasibleError("two rules clash")

    monkeypatch.setattr("planner.solve.worker.Worker", nullcontext)
    monkeypatch.setattr("planner.planning.plan", impossible)
    first = make_desk()
    first.post(f"{SMALL}susun")
    assert over(first) is State.IMPOSSIBLE
    first.bench.runs.end()
    after = make_desk()
    assert "state-impossible" in after.browser().get(f"{SMALL}kartu").content.decode()
    page = after.browser().get(SMALL).content.decode()
    assert "two rules clash" in page
    assert "state-impossible" in page
    (after.folder / NAME).write_text(after.text().replace("headcount: 30", "headcount: 31"))
    assert "state-impossible" not in after.browser().get(f"{SMALL}kartu").content.decode(), "it is another scenario"
    assert "two rules clash" not in after.browser().get(SMALL).content.decode()


def test_what_another_version_found_impossible_or_what_is_no_list_is_not_believed(
    make_desk: Callable[[], Desk],
) -> None:
    known = make_desk()
    sha256 = known.bench.workspace.file(NAME).load().scenario.sha256
    known.bench.runs.impossible.add(NAME, sha256, "why", 1.0)
    file = known.results / IMPOSSIBLE
    assert ImpossibleScenarios(known.results).about(NAME) == (sha256, "why", 1.0)
    told = file.read_text()
    for other in (told.replace(VERSION, "0.0.0"), "[]", "{", "", told.replace("why", "w").replace('"sha256"', '"x"')):
        file.write_text(other)
        assert ImpossibleScenarios(known.results).about(NAME) is None


def test_a_plan_ends_what_was_said_to_be_impossible(desk: Desk) -> None:
    desk.bench.runs.impossible.add(NAME, "0", "why", 1.0)
    desk.bench.runs.impossible.forget(NAME)
    assert ImpossibleScenarios(desk.results).about(NAME) is None
