"""The proof that was prepared beside the search proves what one that was not proves."""

from __future__ import annotations

import threading

import pytest

from planner.domain.attendance import NOTHING_LEARNT, Learnt
from planner.domain.decisions import Decisions
from planner.domain.scenario import Scenario
from planner.drafting.drafts import drafted
from planner.proof.ahead import ProofAhead
from planner.proof.proving import Judge, Worth, prove
from tests.unit.analysis.plans import tiny_ones


def test_a_prepared_proof_has_the_same_bounds() -> None:
    stood = 0
    for _plain, asked in tiny_ones(range(12)):
        judge = judge_of(asked.scenario)
        with ProofAhead(asked.scenario, NOTHING_LEARNT) as ahead:
            prepared = ahead.prepared(NOTHING_LEARNT, 60.0)
        assert prepared is not None
        stood += prepared.stood is not None  # there is nothing to stand in where nobody lacks anything
        made = prove(asked.scenario, judge, None, gap=0.0, prepared=prepared)
        assert made.bounds == prove(asked.scenario, judge, None, gap=0.0).bounds
    assert stood > 8


def judge_of(scenario: Scenario) -> Judge:
    def judge(decisions: Decisions) -> Worth | None:
        draft = drafted(scenario, decisions)
        return None if draft is None else draft.worth

    return judge


def test_what_is_learnt_meanwhile_makes_it_void() -> None:
    (_plain, asked) = next(iter(tiny_ones(range(1))))
    with ProofAhead(asked.scenario, NOTHING_LEARNT) as ahead:
        assert ahead.prepared(Learnt(), 60.0) is None


def test_one_that_is_not_done_in_time_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    (_plain, asked) = next(iter(tiny_ones(range(1))))
    goes_on = threading.Event()
    monkeypatch.setattr("planner.proof.ahead.prepare", lambda *_: goes_on.wait(60.0))
    with ProofAhead(asked.scenario, NOTHING_LEARNT) as ahead:
        assert ahead.prepared(NOTHING_LEARNT, 0.0) is None
        goes_on.set()
