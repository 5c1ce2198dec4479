"""The workbench with a solver that lies: what it shows, keeps and gives out has been checked."""

from __future__ import annotations

import random

import pytest

from planner.solve import run as solve_run
from planner.solve import worker
from planner.solve.engine import EngineName
from planner.store.stored_plan import read_stored
from planner.web.plan_run import State
from tests.faults.fake_solver import FaultySolver, lying
from tests.sampled import few
from tests.unit.cli.worker_here import WorkerHere
from tests.unit.web.conftest import Desk
from tests.unit.web.plans import SMALL, over, store_plan


@pytest.fixture(autouse=True)
def _search_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Searches run in the process of the test, where the solver lies."""
    for module in (solve_run, worker):
        monkeypatch.setattr(module, "Worker", WorkerHere)


def test_what_is_shown_and_kept_has_been_checked(desk: Desk) -> None:
    lies = 0
    for seed in range(few(12, 12)):
        kept = set(desk.bench.archive.folders.ids())
        with lying(faulty := FaultySolver(random.Random(seed)), EngineName.HIGHS):
            desk.post(f"{SMALL}susun")
            state = over(desk)
        lies += faulty.answers
        page = desk.browser().get(SMALL).content.decode()
        assert "Traceback" not in page
        place = desk.results / "contoh-kecil"
        new = set(desk.bench.archive.folders.ids()) - kept
        if state is State.DONE:
            assert read_stored(place).verdict().passed
            assert len(new) == 1
        else:
            assert not new
        for run in new:
            assert read_stored(desk.bench.archive.folders.folder(run)).verdict().passed
    assert lies, "the run asked the solver of this test"


def test_an_answer_to_a_change_has_been_checked(desk: Desk) -> None:
    store_plan(desk, "contoh-kecil.yaml")
    for seed in range(few(12, 4)):
        with lying(FaultySolver(random.Random(seed)), EngineName.HIGHS):
            client = desk.browser()
            for _again in range(200):
                part = client.get(f"{SMALL}bila/jawaban?own-budget={60 + seed}%25&version=1").content.decode()
                if "hx-get" not in part:
                    break
        assert "Traceback" not in part
        if "<dd>" in part:
            assert "Checked independently" in part
