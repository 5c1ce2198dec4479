"""A workbench that has ended writes nothing more: no thread of it is left once its end was waited for."""

from __future__ import annotations

import threading
from collections.abc import Callable

from tests.unit.web.conftest import Desk


def test_no_thread_outlives_the_end(make_desk: Callable[[], Desk]) -> None:
    before = set(threading.enumerate())
    bench = make_desk().bench
    with bench.variations._changed:
        bench.variations._begin()
    bench.questions._begin()
    assert {thread.name for thread in set(threading.enumerate()) - before} >= {"runs", "variations", "questions"}
    bench.runs.end(wait=60)
    left = {thread.name for thread in set(threading.enumerate()) - before}
    assert left.isdisjoint({"runs", "variations", "questions"})
