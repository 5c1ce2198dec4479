"""`planner check`: sound, dubious and wrong scenarios."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from click.testing import Result

Run = Callable[..., Result]
Write = Callable[..., Path]


def test_a_sound_scenario_is_in_order_with_its_counts(run: Run, scenario: Path) -> None:
    result = run("check", scenario)
    assert result.exit_code == 0
    expected = "beres. 1 kelompok, 1 kompetensi, 1 program, 1 sumber dana, 0 aturan, 1 periode."
    sources = "sumber belum disebut untuk angka-angkanya (scenario.sources)."
    assert result.stdout == f"{scenario}: {expected}\n{scenario}: {sources}\n"
    assert result.stderr == ""


def test_english_counts_things_in_english(run: Run, scenario: Path) -> None:
    assert "in order. 1 group, 1 competency, 1 programme, 1 fund, 0 rules, 1 period." in (
        run("check", scenario, "--lang", "en").stdout
    )


def test_rules_and_goals_are_counted_apart(run: Run, write: Write) -> None:
    hard, soft = "{name: A, measure: cost, at_most: 9}", "{name: B, measure: cost, at_most: 9, soft: {penalty: 1}}"
    stdout = run("check", write("aturan.yaml"), "--set", f"rules=[{hard}, {soft}, {soft.replace('B', 'C')}]").stdout
    assert "1 aturan, 2 sasaran, 1 periode." in stdout


def test_all_problems_of_all_files_are_named_at_once_each_on_its_line(run: Run, write: Write) -> None:
    wrong = write("salah.yaml", ("headcount: 20", "headcount: -1"), ("hours: 8", "jam: 8"))
    other = write("lain.yaml", ("format: 1", "format: 2"))
    result = run("check", wrong, other)
    assert result.exit_code == 2
    assert result.stdout == ""
    lines = result.stderr.splitlines()
    assert all(re.match(r".*(salah|lain)\.yaml:\d+:\d+: ", line) for line in lines)
    assert sum("salah.yaml" in line for line in lines) >= 2
    assert sum("lain.yaml" in line for line in lines) >= 1


def test_a_wrong_file_does_not_hide_a_sound_one(run: Run, scenario: Path) -> None:
    result = run("check", "tidak-ada.yaml", scenario)
    assert result.exit_code == 2
    assert "beres" in result.stdout


def test_the_dubious_is_warned_of_and_leaves_the_exit_code_alone(run: Run, write: Write) -> None:
    result = run("check", write("ragu.yaml", ("gaps: {keu: 12}", "gaps: {}")))
    assert result.exit_code == 0
    assert "peringatan: " in result.stderr
    assert "peringatan." in result.stdout


def test_what_has_no_source_is_said_when_it_is_checked(run: Run, scenario: Path) -> None:
    setting = "scenario.floor={share: 0.34%, of: 1000000000}"
    stdout = run("check", scenario, "--set", setting, "--set", "scenario.hours_target=20").stdout
    assert "scenario.sources" in stdout
    assert "scenario.floor.citation" in stdout
    assert "scenario.citations.hours_target" in stdout


def test_a_setting_is_checked_too(run: Run, scenario: Path) -> None:
    result = run("check", scenario, "--set", "funds.apbd.amount=banyak")
    assert result.exit_code == 2
    assert "banyak" in result.stderr
