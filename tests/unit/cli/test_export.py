"""`planner export` and `planner plan --xlsx`: a workbook from a plan that holds, and from no other."""

from __future__ import annotations

import errno
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from openpyxl import load_workbook

from tests.unit.cli.engine import Engine

Run = Callable[..., Result]


def test_a_workbook_is_made_from_a_stored_plan(run: Run, stored: Path) -> None:
    result = run("export", stored, "--xlsx", "--lang", "en")
    assert result.exit_code == 0, result.stderr
    assert f"Workbook: {stored / 'rencana.xlsx'}" in result.stdout
    assert result.stderr == ""
    assert load_workbook(stored / "rencana.xlsx").sheetnames[3:7] == ["Kehadiran", "RAB", "RKA", "Harga satuan"]


def test_planning_with_a_workbook_writes_the_same_file(run: Run, stored: Path, scenario: Path) -> None:
    assert run("export", stored / "plan.json", "--xlsx").exit_code == 0
    exported = (stored / "rencana.xlsx").read_bytes()
    plan = (stored / "plan.json").read_bytes()
    result = run("plan", scenario, "--xlsx")
    assert result.exit_code == 0, result.stderr
    assert str(Path("reports") / "kecil" / "rencana.xlsx") in result.stdout
    if (stored / "plan.json").read_bytes() == plan:
        assert (stored / "rencana.xlsx").read_bytes() == exported


def test_a_workbook_of_an_earlier_plan_does_not_stay_beside_a_new_one(run: Run, stored: Path, scenario: Path) -> None:
    assert run("export", stored, "--xlsx").exit_code == 0
    assert run("plan", scenario).exit_code == 0
    assert not (stored / "rencana.xlsx").exists()


def test_a_workbook_is_written_whole_or_not_at_all(run: Run, stored: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("export", stored, "--xlsx").exit_code == 0
    before = {path.name: path.read_bytes() for path in stored.iterdir() if path.is_file()}

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    result = run("export", stored, "--xlsx")
    assert result.exit_code == 2
    assert "media penyimpanan penuh" in result.stderr
    assert {path.name: path.read_bytes() for path in stored.iterdir() if path.is_file()} == before


def test_a_plan_that_does_not_hold_gives_no_workbook(run: Run, stored: Path) -> None:
    file = stored / "plan.json"
    plan = json.loads(file.read_text(encoding="utf-8"))
    plan["payments"][0]["amount"] += 1
    file.write_text(json.dumps(plan), encoding="utf-8")
    result = run("export", stored, "--xlsx")
    assert result.exit_code == 5
    assert str(file) in result.stderr
    assert not (stored / "rencana.xlsx").exists()


def test_the_worst_of_several_counts_and_the_others_are_made(run: Run, stored: Path) -> None:
    result = run("export", "tidak-ada", stored, "--xlsx")
    assert result.exit_code == 2
    assert "tidak-ada" in result.stderr
    assert (stored / "rencana.xlsx").is_file()


def test_what_to_make_must_be_said(run: Run, stored: Path) -> None:
    result = run("export", stored)
    assert result.exit_code == 2
    assert "--xlsx" in result.stderr


def test_a_folder_in_the_way_is_named(run: Run, stored: Path) -> None:
    (stored / "rencana.xlsx").mkdir()
    result = run("export", stored, "--xlsx")
    assert result.exit_code == 2
    assert "rencana.xlsx" in result.stderr
    assert (stored / "rencana.xlsx").is_dir()


@pytest.mark.parametrize("command", ["plan", "export"])
def test_without_the_library_the_remedy_is_named_before_anything_is_done(
    run: Run, engine: Engine, stored: Path, scenario: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    asked = len(engine.asked)
    result = run(command, scenario if command == "plan" else stored, "--xlsx")
    assert result.exit_code == 2
    assert "planner[xlsx]" in result.stderr
    assert len(engine.asked) == asked
