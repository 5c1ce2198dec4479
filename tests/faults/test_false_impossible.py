"""No scenario is called impossible on the word of one engine, whatever has been learnt before."""

from __future__ import annotations

import pytest

from planner.errors import NoPlanInTime
from planner.solve import second
from planner.solve.cbc import Cbc
from planner.solve.highs_plain import HighsPlain
from planner.solve.infeasible import explain
from planner.solve.outcome import Ending, Outcome
from tests.faults.fake_solver import judged
from tests.unit.solve.fake_engine import SCENARIO, replace_highs

LEARNT = 1_100_077
"""Lies of which one makes the search learn about attendance, and the next is "impossible"."""


def test_what_was_learnt_does_not_make_a_scenario_impossible(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another engine is asked; without it, one would have been believed."""
    assert judged(LEARNT)[1] == []
    monkeypatch.setattr(second, "found_otherwise", lambda *_, **__: None)
    assert "called impossible where there is a plan" in "".join(judged(LEARNT)[1])


def test_an_engine_does_not_confirm_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    replace_highs(monkeypatch, lambda model, options: Outcome(Ending.INFEASIBLE))
    for engine in (HighsPlain, Cbc):
        monkeypatch.setattr(engine, "run", lambda *_: Outcome(Ending.STOPPED))
    with pytest.raises(NoPlanInTime):
        explain(SCENARIO)
