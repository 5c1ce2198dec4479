"""A solver that lies in every way drives the product: nothing wrong is shown, stored or exported."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from click.testing import CliRunner

from planner.cli.group import cli
from planner.planning import plan
from planner.scenario_io import read_scenario
from planner.solve.engine import EngineName
from planner.solve.outcome import Ending
from planner.store.stored_plan import read_stored
from tests.faults.fake_solver import FaultySolver, faults, lying
from tests.sampled import few
from tests.unit.cli import worker_here

SHIPPED = Path(__file__).parents[2] / "scenarios" / "contoh-kecil.yaml"


def test_nothing_wrong_comes_of_thousands_of_lies() -> None:
    number, wrong = faults(few(1200, 30), seed=10_000_000)
    assert wrong == []
    assert number >= few(1200, 30)


def test_its_lies_are_of_every_kind() -> None:
    """Every ending with and without a point, values and bounds that are no numbers, and errors."""
    dice = random.Random(3)
    told: list[str] = []
    scenario = read_scenario(SHIPPED)
    while len(told) < 60:
        faulty = FaultySolver(dice)
        with lying(faulty, *EngineName), suppress(Exception):
            plan(scenario, inline=True, validated=True)
        told += faulty.told
    text = "\n".join(told)
    for word in (*Ending, "raises", "none", "off", "odd", "nan", "inf", "None"):
        assert word in text, word


@pytest.fixture
def commands_here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., int]:
    """Runs a command whose searches run in this process, with an engine that lies; its exit code."""
    monkeypatch.setattr("planner.solve.worker.Worker", worker_here.WorkerHere)
    monkeypatch.setattr("planner.solve.run.Worker", worker_here.WorkerHere)
    monkeypatch.chdir(tmp_path)
    shutil.copy(SHIPPED, tmp_path / "contoh-kecil.yaml")

    def run(seed: int, *arguments: str) -> int:
        with lying(FaultySolver(random.Random(seed)), EngineName.HIGHS):
            done = CliRunner().invoke(cli, list(arguments), prog_name="planner")
        assert "Traceback" not in done.output
        assert "Maaf: ini cacat" not in done.output, done.output
        return done.exit_code

    return run


def test_a_command_stores_what_was_checked_or_nothing(commands_here: Callable[..., int], tmp_path: Path) -> None:
    best = read_stored(SHIPPED.parents[1] / "reports" / "gallery" / "contoh-kecil").data
    for number in range(few(60, 60)):
        place = tmp_path / "reports" / "contoh-kecil"
        code = commands_here(20_000_000 + number, "plan", "contoh-kecil.yaml")
        if not place.exists():
            assert code in (3, 4, 5, 6)
            continue
        stored = read_stored(place)
        assert stored.verdict().passed
        assert stored.data["weighted_gaps_closed"] <= best["weighted_gaps_closed"]
        assert stored.data["objective"][0]["exact_bound"] >= best["weighted_gaps_closed"]
        assert f"{stored.data['total_cost']:,}".replace(",", ".") in (place / "report.html").read_text()
        shutil.rmtree(place)


def test_what_if_tables_hold_only_what_can_be(commands_here: Callable[..., int], tmp_path: Path) -> None:
    vary = ("--vary", "own-budget=0:60 juta:60 juta", "--csv", "hasil.csv", "--jobs", "0")
    for number in range(few(20, 20)):
        commands_here(20_001_000 + number, "whatif", "contoh-kecil.yaml", *vary)
        table = tmp_path / "data" / "hasil.csv"
        if table.exists():
            rows = [row.split(",") for row in table.read_text(encoding="utf-8-sig").splitlines()[1:]]
            for budget, _status, closed, _weighted, _total, own, *_rest in rows:
                assert not own or int(own) <= int(budget)
                assert not closed or float(closed) <= 40
            table.unlink()
        shutil.rmtree(tmp_path / "reports", ignore_errors=True)
