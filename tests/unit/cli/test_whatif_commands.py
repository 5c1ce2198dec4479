"""`planner whatif` and `planner curve`, from the command line to the page and the table."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from click.testing import Result

from planner import planning
from planner.batch.points import Point, solve_point
from planner.batch.points import Result as PointResult
from planner.domain.scenario import Scenario
from planner.errors import CheckFailed, NoPlanInTime, SolverError
from planner.locale import _
from planner.plans.plan import Status
from planner.report.views.answers.sweep import STATES
from tests.unit.cli.engine import Engine, real_plan

Run = Callable[..., Result]
Write = Callable[..., Path]

INLINE = ("--jobs", 0)
HEAD = "own-budget,status,gaps_closed,weighted_gaps_closed,total_cost,own_cost,relative_gap"
FOR_PEOPLE = (
    "own-budget;Status;Kesenjangan tertutup (perkiraan);Kesenjangan tertutup menurut bobot (perkiraan);"
    "Jumlah biaya (Rp);Dana sendiri (Rp);Paling jauh dapat lebih baik (bagian)"
)
MUST = "rules=[{name: Wajib, measure: classes, at_least: 2}]"


def page(name: str) -> str:
    return Path("reports", "kecil", "what-if", f"{name}.html").read_text(encoding="utf-8")


def test_a_budget_is_varied_told_written_and_put_into_a_table(run: Run, scenario: Path) -> None:
    """A class of Rp1 juta seats ten and closes 5 gaps; the second has room for two more: 6."""
    result = run("whatif", scenario, "--vary", "own-budget=0:2 juta:1 juta", "--csv", "hasil.csv", *INLINE)
    assert result.exit_code == 0, result.stderr
    assert "kesenjangan tertutup (perkiraan) dari 0 menjadi 6" in result.stdout
    assert "Perubahan terbesar dari Rp0 ke Rp1.000.000: kesenjangan tertutup bertambah perkiraan 5." in result.stdout
    assert "Tabel: hasil.csv" in result.stdout
    assert "chart-sweep-gaps" in page("whatif")
    assert Path("hasil.csv").read_bytes().decode("utf-8-sig").split("\r\n")[:2] == [
        FOR_PEOPLE,
        "0;terbukti terbaik;0;0;0;0;0",
    ]
    assert Path("data/hasil.csv").read_bytes().decode().split("\r\n") == [
        HEAD,
        "0,proven,0.0,0.0,0,0,0.0",
        "1000000,proven,5.0,5.0,1000000,1000000,0.0",
        "2000000,proven,6.0,6.0,2000000,2000000,0.0",
        "",
    ]


def test_a_grid_as_parquet(run: Run, scenario: Path) -> None:
    options = ("--vary", "prices=100%,200%", "--vary", "groups.analis.gaps.keu=6,12")
    result = run("whatif", scenario, *options, "--csv", "hasil.parquet", *INLINE)
    assert result.exit_code == 0, result.stderr
    table = pd.read_parquet("hasil.parquet")
    assert list(table.columns) == ["prices", "groups.analis.gaps.keu", *HEAD.split(",")[1:]]
    assert table["gaps_closed"].tolist() == [3, 6, 3, 5]
    assert "Harga 100%; analis: kesenjangan · Keuangan 12: perkiraan 6" in result.stdout
    assert "chart-sweep-map" in page("whatif")


def test_points_without_a_plan_are_told_and_the_command_succeeds(run: Run, scenario: Path) -> None:
    options = ("--set", MUST, "--vary", "own-budget=1 juta;2 juta", "--csv", "hasil.csv")
    result = run("whatif", scenario, *options, *INLINE)
    assert result.exit_code == 0, result.stderr
    assert "Pada 1 titik tidak ada rencana" in result.stdout
    assert Path("data/hasil.csv").read_text(encoding="utf-8").splitlines()[1] == "1000000,infeasible,,,,,"


ENDINGS = {
    NoPlanInTime("waktunya habis"): ("no_plan_in_time", 0),
    SolverError("pemecahnya mati"): ("solver_failed", 6),
    CheckFailed("tidak lulus"): ("check_failed", 5),
    RuntimeError("aduh"): ("failed", 1),
}


@pytest.mark.parametrize("error", ENDINGS, ids=lambda error: type(error).__name__)
def test_each_ending_of_a_point_has_its_own_state_and_exit_code(
    run: Run, scenario: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def plan(made: Scenario, *arguments: Any, **named: Any) -> planning.Answer:
        if made.funds[0].amount == 0:
            raise error
        return real_plan(made, *arguments, **{**named, "inline": True})

    monkeypatch.setattr(planning, "plan", plan)
    result = run("whatif", scenario, "--vary", "own-budget=0;1 juta", "--csv", "hasil.csv", *INLINE)
    state, code = ENDINGS[error]
    assert result.exit_code == code, result.stderr
    assert Path("data/hasil.csv").read_text(encoding="utf-8").splitlines()[1] == f"0,{state},,,,,"
    assert (str(error) in result.stderr) == (code != 0)
    assert str(error) in page("whatif")


@pytest.mark.parametrize("status", [Status.WORKER_LOST, Status.NO_ANSWER])
def test_a_point_whose_process_ends_or_hangs_has_a_state_and_exit_code_too(
    run: Run, scenario: Path, monkeypatch: pytest.MonkeyPatch, status: Status
) -> None:
    solve = solve_point

    def lose(point: Point, limits: planning.SearchLimits, language: str) -> PointResult:
        if point.scenario.funds[0].amount == 0:
            return PointResult(point.name, status, message="prosesnya hilang")
        return solve(point, limits, language)

    monkeypatch.setattr("planner.batch.points.solve_point", lose)
    result = run("whatif", scenario, "--vary", "own-budget=0;1 juta", "--csv", "hasil.csv", *INLINE)
    assert result.exit_code == SolverError.exit_code
    assert Path("data/hasil.csv").read_text(encoding="utf-8").splitlines()[1] == f"0,{status.value},,,,,"
    assert "prosesnya hilang" in result.stderr
    assert _(STATES[status.value]) in page("whatif")


def test_a_question_that_is_stopped_while_its_plan_is_made_keeps_the_plan(
    run: Run, engine: Engine, scenario: Path
) -> None:
    engine.interrupted = True
    result = run("curve", scenario, *INLINE)
    assert result.exit_code == 130
    assert "tersimpan" in result.stderr
    kept = json.loads(Path("reports/kecil/plan.json").read_text(encoding="utf-8"))
    assert kept["solver"]["interrupted"] is True
    assert run("verify", "reports/kecil").exit_code == 0


def test_all_that_is_wrong_is_refused_before_any_plan(run: Run, scenario: Path) -> None:
    result = run("whatif", scenario, "--vary", "own-budgt=1", "--vary", "funds.apbd.amont=1", "--vary", "prices=a")
    assert result.exit_code == 2
    assert "Maksud Anda 'own-budget'?" in result.stderr
    assert "Maksud Anda 'amount'?" in result.stderr
    assert "prices" in result.stderr
    assert not Path("reports").exists()
    assert run("whatif", scenario).exit_code == 2


def test_a_table_of_points_is_replaced_and_nothing_else_is(run: Run, scenario: Path) -> None:
    options = ("whatif", scenario, "--vary", "own-budget=0%,100%", *INLINE)
    for name in ("hasil.csv", "hasil.parquet"):
        for _time in range(2):
            assert run(*options, "--csv", name).exit_code == 0
    Path("lain.csv").write_text("a,b\n", encoding="utf-8")
    Path("lain.parquet").write_bytes(b"PAR1")
    for name in ("lain.csv", "lain.parquet"):
        result = run(*options, "--csv", name)
        assert result.exit_code == 2
        assert name in result.stderr
    assert Path("lain.csv").read_text(encoding="utf-8") == "a,b\n"
    assert run(*options, "--csv", "lain.csv", "--force").exit_code == 0
    assert Path("lain.csv").read_text(encoding="utf-8-sig").startswith(FOR_PEOPLE)
    assert Path("data/lain.csv").read_text(encoding="utf-8").startswith(HEAD)


def test_a_curve_is_told_and_written(run: Run, scenario: Path) -> None:
    result = run("curve", scenario, "--points", 3, "--step", "500 ribu", *INLINE)
    assert result.exit_code == 0, result.stderr
    text = result.stdout.replace("\u00a0", " ")
    assert "Dana sendiri Rp500.000 berikutnya tidak menutup kesenjangan lagi." in text
    assert "Menutup 100% dari yang mungkin memerlukan dana sendiri Rp 2 juta, Rp500.000 lebih sedikit" in text
    assert "paling banyak 50,0% dari kebutuhan dapat ditutup: 6 dari 12" in text
    assert "Rp2.500.000 (sekarang)" in text
    assert "chart-curve" in page("curve")


def test_a_part_of_the_curve(run: Run, scenario: Path) -> None:
    result = run("curve", scenario, "--from", "1 juta", "--to", "Rp1.500.000", "--points", 2, *INLINE)
    assert result.exit_code == 0, result.stderr
    assert "Rp1.000.000" in result.stdout
    assert "Rp1.500.000" in result.stdout


def test_where_rules_take_money_the_least_budget_is_told(run: Run, scenario: Path) -> None:
    result = run("curve", scenario, "--points", 3, "--set", MUST, *INLINE)
    assert result.exit_code == 0, result.stderr
    assert "Di bawah dana sendiri Rp2.000.000 tidak ada rencana yang memenuhi semua aturan." in result.stdout


@pytest.mark.parametrize(
    "options",
    [("--from", "5 juta", "--to", "5 juta"), ("--to", "0"), ("--step", "0"), ("--step", "abc"), ("--points", 1),
     ("--from", "-1")],
)  # fmt: skip
def test_impossible_parts_of_a_curve_are_refused(run: Run, scenario: Path, options: tuple[object, ...]) -> None:
    result = run("curve", scenario, *options, *INLINE)
    assert result.exit_code == 2
    assert not Path("reports").exists()


def test_without_own_funds_there_is_no_curve(run: Run, write: Write) -> None:
    given = write("mitra.yaml", ("kind: own", "kind: partner"))
    result = run("curve", given, *INLINE)
    assert result.exit_code == 2
    assert "mitra.yaml:11:" in result.stderr
    assert "--vary partners=" in result.stderr
    assert run("whatif", given, "--vary", "partners=0%,50%,100%", *INLINE).exit_code == 0


@pytest.mark.parametrize("question", [("curve",), ("whatif", "--vary", "own-budget=100%")])
def test_a_scenario_without_a_plan_is_refused_as_by_plan(run: Run, scenario: Path, question: tuple[str, ...]) -> None:
    name, *options = question
    result = run(name, scenario, *options, "--set", MUST, "--set", "funds.apbd.amount=0", *INLINE)
    assert result.exit_code == 3
    assert "'Wajib'" in result.stderr


def test_the_answers_speak_english_too(run: Run, scenario: Path) -> None:
    assert "Points with a plan" not in run("--lang", "en", "curve", scenario, "--points", 2, *INLINE).stdout
    result = run("--lang", "en", "whatif", scenario, "--vary", "own-budget=0%,100%", *INLINE)
    assert "gaps closed (expected) from 0 to 6" in result.stdout
