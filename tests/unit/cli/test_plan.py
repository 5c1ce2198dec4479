"""`planner plan`: every outcome of a search, its exit code, and what is written."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from planner.check import Verdict, check_plan
from planner.cli import report_answers
from planner.domain.scenario import Scenario
from planner.errors import CheckFailed, InfeasibleError, Interrupted, NoPlanInTime, SolverError
from planner.planning import Progress
from planner.report import documents
from planner.solve.outcome import Stage
from planner.store import results
from tests.unit.cli.engine import Engine

Run = Callable[..., Result]
Write = Callable[..., Path]


def test_a_plan_is_written_and_summed_up(run: Run, engine: Engine, scenario: Path, tmp_path: Path) -> None:
    result = run("plan", scenario)
    assert result.exit_code == 0, result.stderr
    folder = tmp_path / "reports" / "kecil"
    assert {"report.html", "plan.json", "scenario.yaml"} <= {path.name for path in folder.iterdir()}
    assert "Rp2.000.000" in result.stdout
    assert f"Laporan: {Path('reports') / 'kecil' / 'report.html'}" in result.stdout
    assert json.loads((folder / "plan.json").read_text(encoding="utf-8"))["status"] == "optimal"


def test_the_limits_reach_the_engine(run: Run, engine: Engine, scenario: Path) -> None:
    run("plan", scenario, "--gap", "1%", "--time-limit", "2,5", "--solver", "cbc")
    run("plan", scenario)
    first, second = (limits for _, limits in engine.asked)
    assert (first.gap, first.time_limit, first.solver) == (0.01, 2.5, "cbc")
    assert (second.gap, second.time_limit, second.solver) == (0.0001, 300, "highs")


@pytest.mark.parametrize(
    "arguments",
    [
        ("--gap", "-0.1"),
        ("--gap", "2"),
        ("--gap", "nan"),
        ("--gap", "sedikit"),
        ("--gap", "1e400"),
        ("--time-limit", "0"),
        ("--time-limit", "-3"),
        ("--time-limit", "inf"),
        ("--time-limit", "sebentar"),
        ("--solver", "gurobi"),
    ],
)
def test_an_impossible_limit_is_refused_before_anything_is_planned(
    run: Run, engine: Engine, scenario: Path, arguments: tuple[str, ...]
) -> None:
    result = run("plan", scenario, *arguments)
    assert result.exit_code == 2
    assert arguments[0] in result.stderr
    assert not engine.asked


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (InfeasibleError("aturan A dan B berbenturan"), 3),
        (NoPlanInTime("waktunya habis"), 4),
        (SolverError("pemecahnya mati"), 6),
        (CheckFailed("tidak lulus"), 5),
        (Interrupted("berhenti"), 130),
        (KeyboardInterrupt(), 130),
        (RuntimeError("aduh"), 1),
    ],
)
def test_a_search_without_a_plan_writes_nothing_and_says_why(
    run: Run, engine: Engine, scenario: Path, tmp_path: Path, error: BaseException, code: int
) -> None:
    engine.fail["kecil"] = error
    result = run("plan", scenario)
    assert result.exit_code == code
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    assert not list(tmp_path.glob("reports/kecil/*"))
    if 3 <= code <= 5:
        assert str(error).endswith(result.stderr.strip().partition(": ")[2])
        assert result.stderr.startswith(str(scenario))


def test_a_log_has_a_plan_that_there_is_while_the_search_goes_on(run: Run, engine: Engine, scenario: Path) -> None:
    engine.tells_early = True
    result = run("plan", scenario)
    assert result.exit_code == 0
    assert result.stderr.startswith("kecil: rencana sementara yang sudah diperiksa: ")
    assert result.stderr.count("\n") == 1


def test_an_interrupted_search_keeps_its_best_plan_and_goes_no_further(
    run: Run, engine: Engine, write: Write, tmp_path: Path
) -> None:
    engine.interrupted = True
    result = run("plan", write(), write("lain.yaml", ("kecil", "lain")))
    assert result.exit_code == 130
    assert "Dihentikan: ini rencana terbaik" in result.stderr
    assert (tmp_path / "reports" / "kecil" / "plan.json").is_file()
    assert [name for name, _ in engine.asked] == ["kecil"]


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (KeyboardInterrupt(), 130, "rencana sudah tersimpan"),
        (SolverError("klasternya tidak menjawab"), 6, "klasternya tidak menjawab"),
    ],
)
def test_a_question_that_fails_or_is_stopped_leaves_the_plan_and_says_so(
    run: Run,
    scenario: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    error: BaseException,
    code: int,
    said: str,
) -> None:
    def fail(*_: object, **_named: object) -> None:
        raise error

    monkeypatch.setattr(report_answers, "keep_page", fail)
    result = run("plan", scenario, "--ask", "curve")
    assert result.exit_code == code
    assert said in result.stderr
    assert "Laporan: " in result.stdout
    assert (tmp_path / "reports" / "kecil" / "report.html").is_file()


@pytest.mark.usefixtures("process")
def test_a_plan_is_checked_once(run: Run, scenario: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []

    def counted(made_from: Scenario, plan: dict[str, Any]) -> Verdict:
        asked.append(plan)
        return check_plan(made_from, plan)

    for place in ("planner.drafting.drafts", "planner.store.results"):
        monkeypatch.setattr(f"{place}.check_plan", counted)
    monkeypatch.setattr(
        "planner.drafting.early_plans.SOON", 1e6
    )  # a plan that is shown while a slow search goes on is another one
    assert run("plan", scenario).exit_code == 0
    assert len(asked) == 1


def test_one_that_fails_does_not_stop_the_others(run: Run, engine: Engine, write: Write, tmp_path: Path) -> None:
    engine.fail["kecil"] = NoPlanInTime("waktunya habis")
    result = run("plan", "tidak-ada.yaml", write(), write("lain.yaml", ("kecil", "lain")))
    assert result.exit_code == 4
    assert (tmp_path / "reports" / "lain" / "report.html").is_file()
    assert "tidak-ada.yaml" in result.stderr


def test_two_scenarios_of_one_id_are_refused_before_anything_is_planned(run: Run, engine: Engine, write: Write) -> None:
    result = run("plan", write(), write("kembar.yaml"))
    assert result.exit_code == 2
    assert "'kecil'" in result.stderr
    assert "skenario.yaml" in result.stderr
    assert not engine.asked


def test_a_setting_changes_the_scenario(run: Run, engine: Engine, scenario: Path, tmp_path: Path) -> None:
    assert run("plan", scenario, "--set", "funds.apbd.amount=0").exit_code == 0
    plan = json.loads((tmp_path / "reports" / "kecil" / "plan.json").read_text(encoding="utf-8"))
    assert plan["total_cost"] == 0


def test_json_on_standard_output_is_all_that_is_there(run: Run, engine: Engine, scenario: Path) -> None:
    result = run("plan", scenario, "--json", "-")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["scenario"]["id"] == "kecil"
    assert "report.html" in result.stderr


def test_json_goes_to_a_file_of_ours_again_but_to_no_other(
    run: Run, engine: Engine, scenario: Path, tmp_path: Path
) -> None:
    ours, other = tmp_path / "keluar" / "rencana.json", tmp_path / "catatan.json"
    other.write_text('{"penting": true}', encoding="utf-8")
    assert run("plan", scenario, "--json", ours).exit_code == 0
    assert run("plan", scenario, "--json", ours).exit_code == 0
    refused = run("plan", scenario, "--json", other)
    assert refused.exit_code == 2
    assert "--force" in refused.stderr
    assert other.read_text(encoding="utf-8") == '{"penting": true}'
    assert len(engine.asked) == 2
    assert run("plan", scenario, "--json", other, "--force").exit_code == 0
    assert json.loads(other.read_text(encoding="utf-8"))["status"] == "optimal"


def test_json_is_for_one_scenario(run: Run, engine: Engine, write: Write) -> None:
    result = run("plan", write(), write("lain.yaml", ("kecil", "lain")), "--json", "-")
    assert result.exit_code == 2
    assert not engine.asked


def test_results_are_written_over_ours_but_over_no_others(
    run: Run, engine: Engine, scenario: Path, tmp_path: Path
) -> None:
    assert run("plan", scenario, "--out", "hasil").exit_code == 0
    assert run("plan", scenario, "--out", "hasil").exit_code == 0
    foreign = tmp_path / "lain" / "kecil" / "catatan.txt"
    foreign.parent.mkdir(parents=True)
    foreign.write_text("penting", encoding="utf-8")
    asked = len(engine.asked)
    refused = run("plan", scenario, "--out", "lain")
    assert refused.exit_code == 2
    assert len(engine.asked) == asked
    assert foreign.read_text(encoding="utf-8") == "penting"


def test_a_folder_that_cannot_be_written_is_refused_before_the_search(
    run: Run, engine: Engine, scenario: Path, tmp_path: Path
) -> None:
    (tmp_path / "reports").write_text("bukan folder", encoding="utf-8")
    result = run("plan", scenario)
    assert result.exit_code == 2
    assert not engine.asked


def test_a_dubious_scenario_is_planned_and_warned_of(run: Run, engine: Engine, write: Write) -> None:
    more = "funds: [{id: sepi, kind: partner, amount: 1_000_000, pays: {items: {per: [programme]}}}, {id: apbd"
    result = run("plan", write("ragu.yaml", ("programmes:\n", "programmes:\n"), ("funds: [{id: apbd", more)))
    assert result.exit_code in (0, 2)
    assert "sepi" in result.stderr


def test_news_of_the_search_goes_to_standard_error(
    run: Run, engine: Engine, scenario: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("planner.cli.progress.EVERY", 0.0)
    engine.news = [Progress(Stage.GAPS_CLOSED, None, 12.0, 0.4), Progress(Stage.OWN_COST, 2e6, 2e6, 1.0)]
    result = run("plan", scenario, "--json", "-")
    assert "kecil: kesenjangan tertutup (perkiraan): batas 12 · 0 detik" in result.stderr
    assert "terbaik Rp2.000.000" in result.stderr
    assert result.stdout.startswith("{")


def test_rules_that_clash_are_named_at_their_lines(run: Run, engine: Engine, write: Write, process: None) -> None:
    rules = "rules:\n  - {name: Lima angkatan, measure: classes, at_least: 5}\nfunds: [{id: apbd"
    scenario = write("mustahil.yaml", ("funds: [{id: apbd", rules))
    result = run("plan", scenario, "--lang", "en")
    assert result.exit_code == 3
    lines = result.stderr.splitlines()
    assert lines[0] == f"{scenario}: No plan can keep all of these together:"
    clashes = lines[1 : lines.index("Change at least one of them.")]
    assert any(line.startswith(f"{scenario}:12:") and "Lima angkatan" in line for line in clashes)
    assert all(re.match(rf"{re.escape(str(scenario))}:\d+:\d+: [a-z_\[\]0-9.]+: ", line) for line in clashes)
    assert any("Lower the rule 'Lima angkatan' from at least 5 to 2" in line for line in lines)


def test_ctrl_c_while_results_are_written_loses_no_plan(
    run: Run, engine: Engine, write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, pressed = results.write_results, [False]

    def writing(*arguments: Any, **named: Any) -> Path:
        if not pressed[0]:
            pressed[0] = True
            raise KeyboardInterrupt
        return real(*arguments, **named)

    monkeypatch.setattr(results, "write_results", writing)
    result = run("plan", write(), write("lain.yaml", ("kecil", "lain")))
    assert result.exit_code == 130
    assert "Dihentikan: pencarian sudah selesai" in result.stderr
    assert (tmp_path / "reports" / "kecil" / "report.html").is_file()
    assert [name for name, _ in engine.asked] == ["kecil"]


def test_ctrl_c_twice_while_results_are_written_leaves_nothing(
    run: Run, engine: Engine, scenario: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def writing(*_: Any, **__: Any) -> Path:
        raise KeyboardInterrupt

    monkeypatch.setattr(documents, "write_documents", writing)
    result = run("plan", scenario)
    assert result.exit_code == 130
    assert "tidak ada berkas" in result.stderr
    assert not list(tmp_path.glob("reports/*")), "nothing half written"
