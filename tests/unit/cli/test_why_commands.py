"""`planner why`, `repair` and `rules`, and what `planner plan` says where there is no plan."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from planner.analysis.repairs import smallest as repairs
from planner.cli import repair_suggestions
from planner.cli.group import cli

Run = Callable[..., Result]
Write = Callable[..., Path]

INLINE = ("--jobs", 0)
FUNDS = "funds: [{id: apbd, kind: own, amount: 2_500_000}]\n"
RULE = FUNDS + "rules: [{name: Tiga kelas, measure: classes, at_least: 3}]\n"
"""Three classes cost Rp3 juta, and 12 people fill two of at least five."""


def page(name: str) -> str:
    return Path("reports", "kecil", "what-if", f"{name}.html").read_text(encoding="utf-8")


@pytest.fixture
def impossible(write: Write) -> Path:
    return write("mustahil.yaml", (FUNDS, RULE))


@pytest.mark.usefixtures("process")
def test_repair_tells_what_clashes_and_what_to_write_where(run: Run, impossible: Path) -> None:
    result = run("repair", impossible, *INLINE)
    assert result.exit_code == 0, result.stderr
    assert f"{impossible}:11" in result.stdout
    assert "Turunkan aturan 'Tiga kelas' dari paling sedikit 3 menjadi 2 (terbukti)" in result.stdout
    assert "at_least: 3 -> 2" in result.stdout
    assert "--set 'rules.Tiga kelas.at_least=2'" in result.stdout
    assert "Rencana terbaik lalu menutup perkiraan 6 kesenjangan" in result.stdout
    assert "Agar rencana dapat disusun" in page("repair")
    assert not Path("reports/kecil/plan.json").exists()
    assert run("plan", impossible, "--set", "rules.Tiga kelas.at_least=2").exit_code == 0


def test_repair_speaks_english_too(run: Run, impossible: Path) -> None:
    result = run("--lang", "en", "repair", impossible, *INLINE)
    assert "Lower the rule 'Tiga kelas' from at least 3 to 2 (proven)" in result.stdout


def test_a_scenario_with_plans_needs_no_repair(run: Run, scenario: Path) -> None:
    result = run("repair", scenario, *INLINE)
    assert result.exit_code == 0, result.stderr
    assert "tidak ada yang perlu diperbaiki" in result.stdout
    assert not Path("reports").exists()


def test_repair_without_time_ends_with_the_code_of_a_scenario_without_a_plan(
    run: Run, impossible: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(repairs.RepairSearch, "_has_time", lambda _search: False)
    result = run("repair", impossible, *INLINE)
    assert result.exit_code == 3
    assert "Pencarian belum selesai" in result.stdout


def test_repairs_found_before_an_interruption_are_told(
    run: Run, impossible: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(repairs.RepairSearch, "add_best_plans", stop)
    result = run("repair", impossible, *INLINE)
    assert result.exit_code == 130
    assert "menjadi 2 (terbukti)" in result.stdout
    assert "Dihentikan" in result.stderr


def test_plan_says_the_first_repairs_and_fails_all_the_same(run: Run, impossible: Path) -> None:
    result = run("plan", impossible)
    assert result.exit_code == 3
    assert "aturan 'Tiga kelas': paling sedikit 3 (at_least)" in result.stderr
    assert "Turunkan aturan 'Tiga kelas' dari paling sedikit 3 menjadi 2 (terbukti)" in result.stderr
    assert result.stdout == ""
    assert not Path("reports").exists()


def test_plan_that_is_stopped_while_it_looks_for_repairs_says_so_by_its_code(
    run: Run, impossible: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(repairs.RepairSearch, "run", stop)
    result = run("plan", impossible)
    assert result.exit_code == 130
    assert "paling sedikit 3" in result.stderr


def test_a_defect_in_the_search_for_repairs_does_not_hide_what_clashes(
    run: Run, impossible: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(repair_suggestions, "print_suggestions", fail)
    result = run("plan", impossible)
    assert result.exit_code == 3
    assert "paling sedikit 3" in result.stderr


def test_why_names_the_condition_that_excludes_and_its_line(run: Run, write: Write) -> None:
    closed = write("tutup.yaml", ("    hours: 8\n", "    hours: 8\n    for: {id: [lain]}\n"), (
        "groups: [", "groups: [{id: lain, name: Lainnya, headcount: 9, gaps: {keu: 9}}, "
    ))  # fmt: skip
    result = run("why", closed, "--group", "analis", "--programme", "bimtek", *INLINE)
    assert result.exit_code == 0, result.stderr
    assert "Program ini hanya untuk kelompok berikut: Lainnya (for)." in result.stdout
    assert f"{closed}:8" in result.stdout
    assert "Mengapa &#39;analis&#39; tidak mengikuti" in page("why-analis-bimtek")


def test_why_tells_what_more_of_it_would_cost(run: Run, write: Write) -> None:
    poor = write("hemat.yaml", ("2_500_000", "1_000_000"))
    result = run("why", poor, "--group", "analis", "--programme", "bimtek", "--competency", "keu", *INLINE)
    assert result.exit_code == 0, result.stderr
    assert "Rencana mengikutkan 10 orang dari kelompok ini." in result.stdout
    assert "tidak ada lagi dari kelompok ini yang dapat ikut" in result.stdout
    assert "rencana menutup perkiraan 5 dari 12; 7 tetap terbuka" in result.stdout


def test_why_refuses_names_that_are_not_there(run: Run, scenario: Path) -> None:
    result = run("why", scenario, "--group", "analisa", "--programme", "bimtek", *INLINE)
    assert result.exit_code == 2
    assert "'analis'" in result.stderr


def test_rules_tells_prices_and_the_price_of_fairness(run: Run, write: Write) -> None:
    ruled = write("aturan.yaml", (FUNDS, FUNDS + "rules: [{name: Satu kelas, measure: classes, at_most: 1}]\n"))
    result = run("rules", ruled, "--by", "group", "--points", 2, *INLINE)
    assert result.exit_code == 0, result.stderr
    assert "Aturan yang paling mahal ialah 'Satu kelas': tanpa aturan itu" in result.stdout
    assert "rencana terbaik menutup 1 kesenjangan lebih banyak (perkiraan)" in result.stdout
    assert "Pemerataan di sini tidak mengurangi kesenjangan tertutup" in result.stdout
    assert "Harga setiap aturan" in page("rules")
    assert "Harga pemerataan" in page("rules")


def test_rules_may_leave_out_the_price_of_fairness(run: Run, scenario: Path) -> None:
    result = run("rules", scenario, "--points", 0, *INLINE)
    assert result.exit_code == 0, result.stderr
    assert "tidak memuat aturan sendiri" in result.stdout
    assert "Harga pemerataan" not in page("rules")


def test_a_question_about_the_plan_of_a_scenario_without_one_names_what_clashes(run: Run, impossible: Path) -> None:
    for command in (["rules"], ["why", "--group", "analis", "--programme", "bimtek"]):
        result = run(*command, impossible, *INLINE)
        assert result.exit_code == 3
        assert f"{impossible}:11" in result.stderr


def test_the_commands_are_listed() -> None:
    names = cli.list_commands(cli.make_context("planner", ["schema"]))
    assert {"why", "repair", "rules"} <= set(names)
