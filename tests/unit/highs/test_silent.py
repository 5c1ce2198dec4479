"""HiGHS as it is used here: in silence, and in the thread that calls it."""

from __future__ import annotations

import threading
from typing import Any

import highspy
import pytest

from planner.highs.silent import SilentHighs


def run(**options: Any) -> str:
    """Solve a model of one variable; how the run ended."""
    highs: Any = SilentHighs()
    for name, value in options.items():
        highs.setOptionValue(name, value)
    highs.addCol(1.0, 2.5, 4.0, 0, [], [])
    highs.changeColIntegrality(0, highspy.HighsVarType.kInteger)
    return str(highs.run())


def test_highs_keeps_to_the_thread_that_calls_it_and_prints_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    """Once a thread is settled on one, HiGHS refuses to run with two in it."""
    ended: list[str] = []
    asked: list[dict[str, Any]] = [{}, {"threads": 1}, {"threads": 2}, {}]
    thread = threading.Thread(target=lambda: ended.extend(run(**options) for options in asked))
    thread.start()
    thread.join()
    assert ended == ["HighsStatus.kOk", "HighsStatus.kOk", "HighsStatus.kError", "HighsStatus.kOk"]
    assert capfd.readouterr() == ("", "")


def test_highs_runs_also_where_others_settled_on_more_threads() -> None:
    ended: list[str] = []

    def others_first() -> None:
        other: Any = highspy.Highs()
        other.setOptionValue("output_flag", False)
        other.setOptionValue("threads", 2)
        other.addCol(1.0, 0.0, 1.0, 0, [], [])
        ended.append(str(other.run()))
        ended.append(run())

    thread = threading.Thread(target=others_first)
    thread.start()
    thread.join()
    assert ended == ["HighsStatus.kOk", "HighsStatus.kOk"]
