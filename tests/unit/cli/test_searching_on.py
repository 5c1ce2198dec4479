"""`planner plan --from` goes on from a plan made before, and writes nothing worse."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from planner import planning
from planner.domain.decisions import Decisions
from planner.errors import Interrupted, NoPlanInTime
from planner.scenario_io import read_scenario
from planner.store.results import write_results
from planner.store.stored_plan import read_stored
from tests.unit.cli.engine import Engine

Run = Callable[..., Result]
FOLDER = Path("reports") / "kecil"


@pytest.fixture
def stored(results: Path, tmp_path: Path) -> Path:
    """The folder of the best plan, as `planner plan` has stored it before."""
    shutil.copytree(results, tmp_path / "reports", dirs_exist_ok=True)
    return tmp_path / FOLDER


@pytest.fixture
def nobody(scenario: Path, tmp_path: Path) -> Path:
    """The folder of a plan that trains nobody."""
    read = read_scenario(scenario)
    write_results(read, planning.adopt(read, Decisions()), tmp_path / "kosong")
    return tmp_path / "kosong"


def test_a_better_plan_is_written(run: Run, engine: Engine, scenario: Path, nobody: Path) -> None:
    result = run("plan", scenario, "--from", nobody, "--gap", "0.001%")
    assert result.exit_code == 0, result.stderr
    assert "menemukan rencana yang lebih baik" in result.stdout
    assert read_stored(FOLDER).plan().gaps_closed == 6
    assert engine.asked[0][1].gap == 0.00001


@pytest.mark.parametrize("late", [False, True])
def test_a_worse_one_or_none_leaves_the_plan_as_it_was(
    run: Run, engine: Engine, scenario: Path, stored: Path, late: bool
) -> None:
    before = (stored / "plan.json").read_bytes()
    engine.finds, engine.fail = Decisions(), {"kecil": NoPlanInTime("late")} if late else {}
    result = run("plan", scenario, "--from", stored)
    assert result.exit_code == 0, result.stderr
    assert "tidak menemukan rencana yang lebih baik" in result.stdout
    assert (stored / "plan.json").read_bytes() == before


def test_a_better_plan_in_the_folder_of_results_stays(
    run: Run, engine: Engine, scenario: Path, stored: Path, nobody: Path
) -> None:
    before = (stored / "plan.json").read_bytes()
    engine.finds = Decisions()
    result = run("plan", scenario, "--from", nobody)
    assert "Rencana yang sudah tersimpan lebih baik" in result.stderr
    assert (stored / "plan.json").read_bytes() == before


def test_ctrl_c_leaves_what_there_was(run: Run, engine: Engine, scenario: Path, stored: Path) -> None:
    before = (stored / "plan.json").read_bytes()
    engine.fail["kecil"] = Interrupted("stopped")
    assert run("plan", scenario, "--from", stored).exit_code == 130
    assert (stored / "plan.json").read_bytes() == before
    engine.fail, engine.interrupted = {}, True
    result = run("plan", scenario, "--from", stored)
    assert result.exit_code == 130
    assert (stored / "plan.json").read_bytes() == before


def test_what_is_no_plan_of_the_scenario_is_refused(run: Run, engine: Engine, scenario: Path, stored: Path) -> None:
    result = run("plan", scenario, "--from", stored, "--set", "funds.apbd.amount=1 juta")
    assert result.exit_code == 2
    assert "ini bukan rencana bagi 'kecil' seperti sekarang" in result.stderr
    assert not engine.asked
    assert run("plan", scenario, "--from", "tidak-ada").exit_code == 2
    assert run("plan", scenario, scenario, "--from", stored).exit_code == 2


def test_a_plan_of_less_money_is_a_beginning_for_more(run: Run, engine: Engine, scenario: Path, stored: Path) -> None:
    result = run("plan", scenario, "--from", stored, "--set", "funds.apbd.amount=3 juta")
    assert result.exit_code == 0, result.stderr
