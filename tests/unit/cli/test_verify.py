"""`planner verify`: stored plans checked again, without a solver."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

import planner
from planner.cli.verify import proven
from planner.locale import speaking
from planner.planning import adopt
from planner.store.stored_plan import read_stored

Run = Callable[..., Result]


def changed(folder: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """Change the stored plan by hand."""
    file = folder / "plan.json"
    plan = json.loads(file.read_text(encoding="utf-8"))
    change(plan)
    file.write_text(json.dumps(plan), encoding="utf-8")


@pytest.mark.parametrize("name", [".", "plan.json"])
def test_a_plan_that_holds_says_what_was_proven(run: Run, stored: Path, name: str) -> None:
    result = run("verify", stored / name)
    assert result.exit_code == 0, result.stderr
    assert "rencana ini benar" in result.stdout
    assert "SHA-256" in result.stdout
    assert "Rp2.000.000" in result.stdout
    assert result.stderr == ""


def test_a_plan_that_is_not_proven_is_told_to_be_so(run: Run, scenario: Path, stored: Path) -> None:
    assert "menurut rencana ini: Terbukti terbaik" in run("verify", stored).stdout
    made = planner.read_scenario(scenario)
    file = stored / "plan.json"
    best = planner.Plan.from_plain(json.loads(file.read_text(encoding="utf-8"))).decisions(made)
    file.write_text(adopt(made, best).to_json(), encoding="utf-8")
    result = run("verify", stored)
    assert result.exit_code == 0, result.stderr
    assert "menurut rencana ini: Rencana terbaik yang ditemukan" in result.stdout
    assert "erbukti terbaik" not in result.stdout


def test_a_rupiah_too_much_is_found(run: Run, stored: Path) -> None:
    changed(stored, lambda plan: plan["payments"][0].update(amount=plan["payments"][0]["amount"] + 1))
    result = run("verify", stored)
    assert result.exit_code == 5
    assert "TIDAK benar" in result.stderr
    assert result.stdout == ""


def test_another_scenario_is_found(run: Run, stored: Path) -> None:
    file = stored / "scenario.yaml"
    text = file.read_text(encoding="utf-8")
    assert "headcount: 20" in text
    file.write_text(text.replace("headcount: 20", "headcount: 21"), encoding="utf-8")
    result = run("verify", stored)
    assert result.exit_code == 5
    assert "sha256" in result.stderr


@pytest.mark.parametrize(
    "content",
    [b"", b"bukan json", b"{", b"[1, 2]", b"{}", b"\xff\xfe", b"[" * 100_000, b'{"format": ' + b"9" * 6000 + b"}"],
    ids=["empty", "words", "cut", "list", "object", "latin", "deep", "digits"],
)
def test_what_is_no_plan_is_refused_as_input(run: Run, stored: Path, content: bytes) -> None:
    (stored / "plan.json").write_bytes(content)
    result = run("verify", stored)
    assert result.exit_code == 2
    assert str(stored / "plan.json") in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("missing", ["plan.json", "scenario.yaml"])
def test_a_missing_file_is_named(run: Run, stored: Path, missing: str) -> None:
    (stored / missing).unlink()
    result = run("verify", stored)
    assert result.exit_code == 2
    assert missing in result.stderr


def test_a_plan_of_wrong_shapes_is_a_finding_and_no_crash(run: Run, stored: Path) -> None:
    changed(stored, lambda plan: plan.update(allocations=[{"group": 7}], total_cost="banyak"))
    assert run("verify", stored).exit_code == 5


def test_several_plans_are_checked_and_the_worst_counts(run: Run, stored: Path) -> None:
    result = run("verify", stored, "tidak-ada")
    assert result.exit_code == 2
    assert "rencana ini benar" in result.stdout


def test_no_solver_and_no_modelling_library_is_needed(stored: Path) -> None:
    code = (
        "import sys\n"
        "for name in ('pulp', 'highspy', 'cbcbox', 'ortools'): sys.modules[name] = None\n"
        "sys.argv = ['planner', 'verify', sys.argv[1]]\n"
        "from planner.cli import main; main()"
    )
    environment = os.environ | {"PYTHONPATH": str(Path(planner.__file__).parents[1])}
    done = subprocess.run(
        [sys.executable, "-c", code, str(stored)], capture_output=True, text=True, check=False, env=environment
    )
    assert done.returncode == 0, done.stderr
    assert "rencana ini benar" in done.stdout


def test_gaps_are_rounded_as_the_report_rounds_them(stored: Path) -> None:
    found = read_stored(str(stored))
    found.data["gaps_closed"] = 1592.225  # as a float it is a little below
    with speaking("en"):
        assert "An expected 1,592.23 of" in proven(found, found.verdict())[-1]
