"""Threads that may be left out."""

from __future__ import annotations

import threading
from contextvars import ContextVar

import pytest

from planner.processes.threads import started

ASKED: ContextVar[str] = ContextVar("ASKED", default="nobody")


def test_work_is_done_in_the_context_of_who_asked() -> None:
    heard: list[str] = []
    ASKED.set("planner")
    thread = started(lambda: heard.append(ASKED.get()), "hearing")
    assert thread is not None
    thread.join()
    assert heard == ["planner"]


def test_where_no_thread_can_start_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", refuse)
    assert started(lambda: None, "refused") is None
