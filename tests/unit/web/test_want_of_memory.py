"""The workbench where memory runs out: a sentence instead of an error of the server, and nothing is changed."""

from __future__ import annotations

import threading
import time
from types import SimpleNamespace
from typing import Any

import pytest

from planner import errors, nation
from planner.batch import changing_process
from planner.batch.changing_process import ChangingProcess
from planner.processes.child_process import ChildProcess
from planner.scenario_io import read_scenario
from planner.web import page
from planner.web.plan_run import State
from tests.unit.web.conftest import SHIPPED, Desk
from tests.unit.web.plans import SMALL, over, store_plan

SENTENCE = "There is not enough memory for this scenario. Close other programs or make it smaller."

WANTING = (
    MemoryError(),
    ImportError("libsqlite3.so.0: failed to map segment from shared object"),
    RuntimeError("can't start new thread"),
    OSError(12, "Cannot allocate memory"),
)


def failing(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    """Every page is made of templates, and these cannot be had."""

    def get_template(name: str) -> Any:
        raise error

    monkeypatch.setattr(page, "environment", lambda: SimpleNamespace(get_template=get_template))


@pytest.mark.parametrize("error", WANTING, ids=repr)
def test_a_page_that_cannot_be_made_for_want_of_memory_says_so(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    client, before = desk.browser(), desk.files()
    failing(monkeypatch, error)
    answer = client.get(SMALL)
    assert (answer.status_code, answer.content.decode()) == (
        503,
        SENTENCE,
    )
    monkeypatch.undo()
    assert client.get(SMALL).status_code == 200
    assert desk.files() == before


def test_another_defect_is_not_called_want_of_memory(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    client = desk.browser()
    failing(monkeypatch, RuntimeError("pecah"))
    with pytest.raises(RuntimeError, match="pecah"):
        client.get(SMALL)


@pytest.mark.parametrize("words", ["all", "none"])
def test_a_run_that_fails_for_want_of_memory_says_so_and_the_next_is_made(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    def fail(*_: object, **_also: object) -> None:
        raise MemoryError

    with monkeypatch.context() as wanting:
        wanting.setattr(nation, "plan", fail)
        if words == "none":
            wanting.setattr(errors, "wants_memory", fail)
        desk.post(f"{SMALL}susun")
        assert over(desk) is State.FAILED
    run = desk.bench.runs.latest("contoh-kecil.yaml")
    assert run is not None
    assert run.error is not None
    assert run.error.message == SENTENCE
    desk.post(f"{SMALL}susun")
    assert over(desk) is State.DONE


def test_a_queue_whose_thread_has_died_goes_on_with_the_next_run(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise MemoryError

    died: list[object] = []
    with monkeypatch.context() as wanting:
        wanting.setattr(threading, "excepthook", lambda what: died.append(what.exc_type))
        wanting.setattr(desk.bench.runs.waiting, "over", fail)
        desk.post(f"{SMALL}susun")
        over(desk)
        until = time.monotonic() + 60
        while not died and time.monotonic() < until:
            time.sleep(0.01)
    assert died == [MemoryError]
    desk.post(f"{SMALL}susun")
    assert over(desk) is State.DONE


@pytest.mark.parametrize("name", ["questions", "foreseen"])
def test_a_question_for_which_no_thread_can_start_can_be_asked_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    store_plan(desk, "contoh-kecil.yaml")
    start: Any = threading.Thread.start

    def refuse(thread: threading.Thread) -> None:
        if thread.name == name:
            raise RuntimeError("can't start new thread")
        start(thread)

    address = f"{SMALL}tanya/partners/"
    with monkeypatch.context() as wanting:
        wanting.setattr(threading.Thread, "start", refuse)
        assert desk.browser().get(address).status_code == 200
        found = desk.post(address)
        assert found.status_code == (503 if name == "questions" else 302)
    desk.post(address)
    until = time.monotonic() + 60
    while not desk.bench.questions.of_file("contoh-kecil.yaml")[0].state.is_over and time.monotonic() < until:
        time.sleep(0.02)
    assert desk.bench.questions.of_file("contoh-kecil.yaml")[0].state is State.DONE


def test_no_process_is_left_where_nobody_can_listen_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[ChildProcess] = []

    def remember(module: str) -> ChildProcess:
        begun.append(ChildProcess(module))
        return begun[0]

    def refuse(_thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(changing_process, "ChildProcess", remember)
    monkeypatch.setattr(threading.Thread, "start", refuse)
    with pytest.raises(RuntimeError, match="can't start new thread"):
        ChangingProcess(read_scenario(SHIPPED / "contoh-kecil.yaml"))
    assert begun[0]._ended
