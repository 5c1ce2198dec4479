"""Tables and progress in the terminal: nothing is cut, whatever the width."""

from __future__ import annotations

import io
import os
import pty
import re
import select
import subprocess
import sys
from pathlib import Path

import pytest

import planner
from planner.cli import progress, terminal
from planner.domain.decisions import Decisions
from planner.domain.scenario import Scenario
from planner.locale import speaking
from planner.planning import Progress, adopt
from planner.report.wording import searching
from planner.solve.outcome import Stage
from tests.rules.small import costing, small

FIGURES = ["Rp1.234.567.890.123", "Rp987.654.321.098", "Rp111.222.333.444.555", "Rp5", "Rp1.000.000.000.000"]
KECIL = Scenario.model_validate(small(programmes=costing("participant", 3), funds={"amount": 17}))
ROWS = [["", *(f"Skenario panjang sekali nomor {n}" for n in range(5))], ["Biaya total", *FIGURES]]


class Terminal(io.StringIO):
    """A terminal to look at."""

    def isatty(self) -> bool:
        return True


def test_plain_tables_are_aligned_and_never_cut() -> None:
    lines = terminal.plain(ROWS, head=True).splitlines()
    assert all(figure in lines[2] for figure in FIGURES)
    assert len(lines) == 3
    assert lines[0].index("Skenario panjang sekali nomor 4") + len("Skenario panjang sekali nomor 4") == len(lines[2])


def test_a_table_without_a_head_stands_to_the_left() -> None:
    assert terminal.plain([("Biaya", "Rp5"), ("Peserta", "1.200")], title="Rencana") == (
        "Rencana\n\nBiaya    Rp5\nPeserta  1.200"
    )


def test_long_texts_of_a_plain_table_are_folded_between_words() -> None:
    text = "Angka ini perkiraan kami; sumber menyebut Rp1.234.567.890.123 untuk seluruh kabupaten dan kota."
    shown = terminal.plain([["", "Dasar"], ["Asumsi", text], ["Peserta", "1.200"]], head=True)
    assert max(map(len, shown.splitlines())) == len("Peserta") + 2 + terminal.WIDEST
    assert " ".join(shown.split()).replace("Asumsi ", "").endswith(f"{text} Peserta 1.200")


@pytest.mark.parametrize("width", ["20", "80", "200"])
def test_ruled_tables_never_cut_a_figure(monkeypatch: pytest.MonkeyPatch, width: str) -> None:
    screen = Terminal()
    monkeypatch.setattr(sys, "stdout", screen)
    monkeypatch.setenv("COLUMNS", width)
    terminal.show(ROWS, head=True)
    assert all(figure in screen.getvalue() for figure in FIGURES)


def test_text_of_a_file_cannot_steer_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Terminal()
    monkeypatch.setattr(sys, "stdout", screen)
    monkeypatch.setenv("TERM", "dumb")
    terminal.show([("[red]nama[/red]", "\x1b[2J")])
    assert "[red]nama[/red]" in screen.getvalue()
    assert "\x1b[2J" not in screen.getvalue()


@pytest.mark.parametrize(
    ("news", "language", "expected"),
    [
        (
            Progress(Stage.GAPS_CLOSED, 1234.5, 1240.0, 12.4),
            "id",
            "kesenjangan tertutup (perkiraan): terbaik 1.234,5 · batas 1.240 · selisih 0,45% · 12 detik",
        ),
        (Progress(Stage.GAPS_CLOSED, None, 1240.0, 0.4), "en", "gaps closed (expected): bound 1,240 · 0 s"),
        (
            Progress(Stage.OWN_COST, 2e9, 1.9e9, 3.0),
            "id",
            "dana sendiri: terbaik Rp2.000.000.000 · batas Rp1.900.000.000 · selisih 5% · 3 detik",
        ),
        (
            Progress(Stage.SMALLEST_COVERAGE, 0.5, 0.75, 3.0),
            "id",
            "cakupan terendah: terbaik 50,0% · batas 75,0% · selisih 25% · 3 detik",
        ),
        (
            Progress(Stage.TIES, 12.0, 12.0, 3.0),
            "id",
            "memilih di antara yang setara: 3 detik",
        ),
        (Progress(Stage.PROOF, None, None, 3.0), "en", "exact proof of the plan found: 3 s"),
        (
            Progress(Stage.SECOND_SEARCH, None, None, 3.0),
            "id",
            "pencarian kedua, untuk memastikan yang pertama: 3 detik",
        ),
    ],
)
def test_the_state_of_a_search_is_told_in_words(news: Progress, language: str, expected: str) -> None:
    assert searching.sentence(news, language) == expected


def test_plain_lines_come_every_few_seconds_at_most(capsys: pytest.CaptureFixture[str]) -> None:
    with progress.of_search(KECIL) as report:
        for second in range(100):
            report.progress(Progress(Stage.GAPS_CLOSED, 1.0, 2.0, second))
    assert capsys.readouterr().err == ""


def test_a_log_says_a_plan_that_there_is_already_once(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "EVERY", 0.0)
    seat = KECIL.groups[0].id, KECIL.programmes[0].id, next(iter(KECIL.place_of_period))
    plan = adopt(KECIL, Decisions(participants={seat: 3}))
    with speaking("en"), progress.of_search(KECIL) as report:
        report.progress(Progress(Stage.GAPS_CLOSED, None, 5.0, 1))
        report.early(plan)
        for second in (2, 3):
            report.progress(Progress(Stage.GAPS_CLOSED, 3.0, 5.0, second))
        report.early(plan)
    first, found, *others = capsys.readouterr().err.splitlines()
    assert "bound 5" in first
    assert "a plan so far, checked: gaps closed (expected) 3 of 10 (30.0%), own funds Rp9" in found
    assert len(others) == 2
    assert not any("so far" in line for line in others)


@pytest.mark.parametrize("width", ["40", "80", "160"])
def test_a_terminal_is_kept_up_to_date_and_no_figure_of_it_is_cut(monkeypatch: pytest.MonkeyPatch, width: str) -> None:
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setenv("COLUMNS", width)
    with progress.of_search(KECIL) as report:
        report.progress(Progress(Stage.OWN_COST, 15_750_000_000.0, 15_747_091_040.0, 3.0))
    assert "Rp15.750.000.000" in screen.getvalue()
    assert "Rp15.747.091.040" in screen.getvalue()
    assert "…" not in screen.getvalue()


def test_on_a_real_terminal_nothing_is_cut_at_80_columns() -> None:
    code = f"from planner.cli import terminal\nterminal.show({ROWS!r}, head=True)\n"
    master, slave = pty.openpty()
    environment = os.environ | {"PYTHONPATH": str(Path(planner.__file__).parents[1]), "COLUMNS": "80"}
    with subprocess.Popen([sys.executable, "-c", code], stdout=slave, env=environment) as process:
        assert process.wait(60) == 0
    os.close(slave)
    shown = b""
    while select.select([master], [], [], 0.2)[0]:
        try:
            part = os.read(master, 65536)
        except OSError:
            break
        if not part:
            break
        shown += part
    os.close(master)
    text = re.sub(r"\x1b\[[0-9;]*m", "", shown.decode())
    assert all(figure in text for figure in FIGURES)
