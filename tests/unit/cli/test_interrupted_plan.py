"""A command that is stopped or fails loses no plan: not the one it has found, and not a better one that is stored."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from planner import planning
from planner.domain.decisions import Decisions
from planner.errors import NoPlanInTime
from planner.plans import comparison
from planner.plans.plan import Plan, Status
from planner.report import documents
from planner.scenario_io import read_scenario
from planner.store import stored_plan
from tests.unit.cli.engine import Engine, real_plan

Run = Callable[..., Result]
Write = Callable[..., Path]


@pytest.fixture
def stored(results: Path, tmp_path: Path) -> Path:
    """The plan.json of the best plan, as `planner plan` has stored it before."""
    shutil.copytree(results, tmp_path / "reports", dirs_exist_ok=True)
    return tmp_path / "reports" / "kecil" / "plan.json"


def test_a_better_plan_that_is_stored_stays(run: Run, engine: Engine, scenario: Path, stored: Path) -> None:
    before = {file: file.read_bytes() for file in stored.parent.rglob("*") if file.is_file()}
    engine.stopped_with = Decisions()
    result = run("plan", scenario, "--json", "lain.json")
    assert result.exit_code == 130, result.stderr
    assert "Rencana yang sudah tersimpan lebih baik" in result.stderr
    assert {file: file.read_bytes() for file in stored.parent.rglob("*") if file.is_file()} == before
    assert json.loads((stored.parents[2] / "lain.json").read_text()) == json.loads(stored.read_text())
    assert "Rp2.000.000" in result.stdout, "the summary is of the plan that stays"


def test_the_same_plan_with_a_nearer_bound_stays(
    run: Run, engine: Engine, scenario: Path, stored: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = read_scenario(scenario)
    plain = json.loads(stored.read_text())
    this = Plan.from_plain(plain)
    kept = replace(this, status=Status.FEASIBLE, relative_gap=0.001)
    read = stored_plan.read_stored(stored)
    monkeypatch.setattr(stored_plan, "read_stored", lambda _: read)
    monkeypatch.setattr(stored_plan.StoredPlan, "plan", lambda _: kept)
    looser = replace(this, status=Status.FEASIBLE, relative_gap=0.002)
    assert stored_plan.better_stored(made, looser, stored.parent) is kept
    nearer = replace(this, status=Status.FEASIBLE, relative_gap=0.0005)
    assert stored_plan.better_stored(made, nearer, stored.parent) is None


def test_a_question_that_is_stopped_leaves_it_too(run: Run, engine: Engine, scenario: Path, stored: Path) -> None:
    before = stored.read_bytes()
    engine.stopped_with = Decisions()
    result = run("curve", scenario, "--gap", "0.000001", env={"PLANNER_LANG": "en"})
    assert result.exit_code == 130
    assert "The plan stored before is better" in result.stderr
    assert stored.read_bytes() == before


def test_a_question_is_about_the_better_plan_that_a_longer_search_has_stored(
    run: Run, engine: Engine, scenario: Path, stored: Path
) -> None:
    """Time is not stored, so a plan that is not proven is searched again: to better it, not to lose it."""
    made = read_scenario(scenario)
    best = real_plan(made, inline=True).plan.decisions(made)
    stored.write_text(planning.adopt(made, best).to_json())
    kept = stored.read_bytes()
    assert json.loads(kept)["status"] == "feasible"
    engine.finds = Decisions()
    result = run("curve", scenario)
    assert result.exit_code == 0, result.stderr
    assert len(engine.asked) >= 1
    assert stored.read_bytes() == kept
    assert "Rencana yang sudah tersimpan lebih baik" in result.stderr


def test_a_plan_of_another_scenario_gives_way(run: Run, engine: Engine, write: Write, stored: Path) -> None:
    engine.stopped_with = Decisions()
    result = run("plan", write("skenario.yaml", ("gaps: {keu: 12}", "gaps: {keu: 11}")))
    assert result.exit_code == 130
    assert json.loads(stored.read_text())["weighted_gaps_closed"] == 0


def test_a_stored_plan_that_cannot_be_read_gives_way(run: Run, engine: Engine, scenario: Path, stored: Path) -> None:
    data = json.loads(stored.read_text())
    stored.write_text(json.dumps(data | {"gaps_closed": 99.0}))
    engine.stopped_with = Decisions()
    assert run("plan", scenario).exit_code == 130
    assert json.loads(stored.read_text())["gaps_closed"] == 0


@pytest.mark.parametrize("ending", ["stopped", "failed"])
def test_a_comparison_keeps_the_plans_that_were_made(
    run: Run, engine: Engine, scenario: Path, write: Write, tmp_path: Path, ending: str
) -> None:
    other = write("lain.yaml", ("id: kecil", "id: lain"))
    engine.fail["lain"] = KeyboardInterrupt() if ending == "stopped" else NoPlanInTime("waktunya habis")
    result = run("compare", scenario, other)
    assert result.exit_code == (130 if ending == "stopped" else 4)
    assert json.loads((tmp_path / "reports" / "kecil" / "plan.json").read_text())["status"] == "optimal"
    assert (tmp_path / "reports" / "kecil" / "report.html").exists()
    assert "tersimpan dan sudah diperiksa" in result.stderr
    assert not (tmp_path / "reports" / "lain").exists()


def test_a_comparison_that_is_stopped_keeps_the_best_plan_so_far(
    run: Run, engine: Engine, scenario: Path, write: Write, tmp_path: Path
) -> None:
    engine.interrupted = True
    assert run("compare", scenario, write("lain.yaml", ("id: kecil", "id: lain"))).exit_code == 130
    kept: dict[str, Any] = json.loads((tmp_path / "reports" / "kecil" / "plan.json").read_text())
    assert kept["solver"]["interrupted"] is True


def test_a_folder_of_others_is_left_alone(
    run: Run, engine: Engine, scenario: Path, write: Write, tmp_path: Path
) -> None:
    (tmp_path / "reports" / "kecil").mkdir(parents=True)
    (tmp_path / "reports" / "kecil" / "catatan.txt").write_text("milik orang lain")
    engine.interrupted = True
    result = run("compare", scenario, write("lain.yaml", ("id: kecil", "id: lain")))
    assert result.exit_code == 130
    assert [file.name for file in (tmp_path / "reports" / "kecil").iterdir()] == ["catatan.txt"]
    assert str(Path("reports") / "kecil") in result.stderr


@pytest.mark.parametrize(("command", "code"), [("plan", 6), ("curve", 6), ("compare", 6)])
def test_a_solver_that_breaks_leaves_its_best_plan(
    run: Run, engine: Engine, scenario: Path, write: Write, tmp_path: Path, command: str, code: int
) -> None:
    engine.broke = "pemecahnya mati"
    more = [write("lain.yaml", ("id: kecil", "id: lain"))] if command == "compare" else []
    result = run(command, scenario, *more)
    assert result.exit_code == code
    assert f"{scenario}: pemecahnya mati" in result.stderr
    kept = json.loads((tmp_path / "reports" / "kecil" / "plan.json").read_text())
    assert kept["status"] == "optimal"
    assert kept["weighted_gaps_closed"] > 0


def test_a_better_plan_stays_where_the_solver_breaks(run: Run, engine: Engine, scenario: Path, stored: Path) -> None:
    before = stored.read_bytes()
    engine.broke, engine.stopped_with = "pemecahnya mati", Decisions()
    result = run("plan", scenario, "--ask", "curve")
    assert result.exit_code == 6
    assert stored.read_bytes() == before


def once_interrupted(real: Callable[..., Any]) -> Callable[..., Any]:
    """What is stopped with Ctrl-C the first time it is called."""
    left = [KeyboardInterrupt()]

    def call(*arguments: Any, **named: Any) -> Any:
        if left:
            raise left.pop()
        return real(*arguments, **named)

    return call


def test_a_plan_is_kept_that_a_question_was_storing(
    run: Run, engine: Engine, scenario: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "write_documents", once_interrupted(documents.write_documents))
    result = run("curve", scenario, env={"PLANNER_LANG": "en"})
    assert result.exit_code == 130
    assert "is kept, checked" in result.stderr
    kept = tmp_path / "reports" / "kecil"
    assert (kept / "plan.json").is_file()
    assert (kept / "report.html").is_file()


def test_plans_are_kept_whose_comparison_was_being_written(
    run: Run, engine: Engine, scenario: Path, write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = write("lain.yaml", ("id: kecil", "id: lain"))
    monkeypatch.setattr(comparison, "compare", once_interrupted(comparison.compare))
    result = run("compare", scenario, other, env={"PLANNER_LANG": "en"})
    assert result.exit_code == 130
    assert all((tmp_path / "reports" / name / "plan.json").is_file() for name in ("kecil", "lain"))
