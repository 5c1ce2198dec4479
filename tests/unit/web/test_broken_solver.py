"""The workbench with a search that breaks or is stopped after it has found a plan: the better plan stays."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from planner import nation
from planner.domain.decisions import Decisions
from planner.drafting.drafts import Answer
from planner.planning import adopt
from planner.store.stored_plan import read_stored
from planner.web.plan_run import State
from tests.unit.web.conftest import Desk
from tests.unit.web.plans import SMALL, over, store_plan


def broken(scenario: Any, *_limits: Any, **_options: Any) -> Answer:
    """A plan that trains nobody, and how the solver broke."""
    made = adopt(scenario, Decisions())
    return Answer(replace(made, solver=replace(made.solver, failed=True)), broke="Memorinya habis.")


def test_the_plan_is_kept_and_what_broke_is_said(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nation, "plan", broken)
    desk.post(f"{SMALL}susun")
    assert over(desk) is State.FAILED
    assert "Memorinya habis." in desk.browser().get(SMALL).content.decode()
    stored = read_stored(desk.results / "contoh-kecil")
    assert stored.verdict().passed
    (run,) = desk.bench.archive.folders.ids()
    assert desk.bench.archive.folders.facts(run).interrupted


def test_a_better_plan_that_is_stored_stays(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    better = store_plan(desk, "contoh-kecil.yaml")
    monkeypatch.setattr(nation, "plan", broken)
    desk.post(f"{SMALL}susun")
    assert over(desk) is State.FAILED
    assert read_stored(desk.results / "contoh-kecil").data["gaps_closed"] == float(better.gaps_closed)
    page = desk.browser().get(SMALL).content.decode()
    assert "A better plan was made before, and stays." in page


def stopped(scenario: Any, *_limits: Any, **_options: Any) -> Answer:
    """A plan that trains nobody, at which a user has stopped the search."""
    made = adopt(scenario, Decisions())
    return Answer(replace(made, solver=replace(made.solver, interrupted=True)))


def test_a_better_plan_that_is_stored_stays_when_a_search_is_stopped(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    better = store_plan(desk, "contoh-kecil.yaml")
    monkeypatch.setattr(nation, "plan", stopped)
    desk.post(f"{SMALL}susun")
    assert over(desk) is State.STOPPED
    assert read_stored(desk.results / "contoh-kecil").data["gaps_closed"] == float(better.gaps_closed)
    page = desk.browser().get(SMALL).content.decode()
    assert "Stopped: a better plan was made before, and stays." in page
    (run,) = desk.bench.archive.folders.ids()
    facts = desk.bench.archive.folders.facts(run)
    assert (facts.interrupted, facts.gaps_closed) == (True, 0), "the history has what was found now"


def test_a_stopped_search_replaces_a_plan_that_is_no_better(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.post(f"{SMALL}susun")
    over(desk)
    text = desk.text().replace("headcount: 30", "headcount: 31")
    (desk.folder / "contoh-kecil.yaml").write_text(text)
    monkeypatch.setattr(nation, "plan", stopped)
    desk.post(f"{SMALL}susun")
    assert over(desk) is State.STOPPED
    assert read_stored(desk.results / "contoh-kecil").data["gaps_closed"] == 0, "that was of another scenario"
    assert "Stopped: this is the best plan found so far" in desk.browser().get(SMALL).content.decode()
