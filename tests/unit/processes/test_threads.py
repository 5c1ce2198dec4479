"""Threads that may be left out, and threads that end before they begin."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar
from typing import Any

import pytest

from planner.errors import wants_memory
from planner.processes.threads import end_waiting_for_dead_threads, started

ASKED: ContextVar[str] = ContextVar("ASKED", default="nobody")

BEGINS: Any = threading.Thread._bootstrap  # type: ignore[attr-defined]  # what the system's new thread runs


@pytest.fixture
def beginning(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[Any], None]], None]:
    """Let new threads begin in another way."""
    monkeypatch.setattr(threading.Thread, "start", threading.Thread.start)
    monkeypatch.setattr(sys, "unraisablehook", lambda _what: None)
    end_waiting_for_dead_threads()
    return lambda begins: monkeypatch.setattr(threading.Thread, "_bootstrap", begins)


def no_memory(_thread: threading.Thread) -> None:
    raise MemoryError


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


def test_nobody_waits_for_a_thread_that_ends_before_it_begins(beginning: Any) -> None:
    beginning(no_memory)
    lost = threading.Thread(target=lambda: None, daemon=True)
    with pytest.raises(RuntimeError, match="can't start new thread") as error:
        lost.start()
    assert wants_memory(error.value)
    assert not lost.is_alive()
    assert lost not in threading.enumerate()
    assert started(lambda: None, "lost") is None
    with ThreadPoolExecutor(1) as pool, pytest.raises(RuntimeError, match="can't start new thread"):
        pool.submit(int)


def test_a_thread_that_begins_late_is_waited_for(beginning: Any) -> None:
    def late(thread: threading.Thread) -> None:
        time.sleep(0.2)
        BEGINS(thread)

    beginning(late)
    heard: list[str] = []
    thread = threading.Thread(target=lambda: heard.append(threading.current_thread().name), name="late", daemon=True)
    thread.start()
    assert thread.ident is not None
    thread.join()
    assert (heard, thread.is_alive()) == (["late"], False)
    with pytest.raises(RuntimeError, match="once"):
        thread.start()


def test_memory_that_comes_back_lets_threads_begin_again(beginning: Any) -> None:
    beginning(no_memory)
    assert started(lambda: None, "lost") is None
    beginning(BEGINS)
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(abs, range(-100, 0))) == [*range(100, 0, -1)]


def test_each_process_of_the_planner_ends_waiting_for_dead_threads() -> None:
    program = """
import sys, threading
from planner.processes.lean import set_up_process
set_up_process()
sys.unraisablehook = lambda what: None
class Lost(threading.Thread):
    def _bootstrap(self):
        raise MemoryError
try:
    Lost(daemon=True).start()
except RuntimeError as error:
    print(error)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout == "can't start new thread: it ended before it began\n"
