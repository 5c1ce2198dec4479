"""The workbench with a solver that breaks after it has found a plan: the plan is there, and so is what broke."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from planner import nation
from planner.domain.decisions import Decisions
from planner.drafting.drafts import Answer
from planner.planning import adopt
from planner.store.stored_plan import read_stored
from planner.web.runs import State
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
