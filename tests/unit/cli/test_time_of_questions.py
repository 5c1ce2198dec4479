"""Questions say beforehand how long they may take, and end with the time that they are given."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from planner.batch import runner
from planner.batch.batch_progress import BatchProgress
from planner.batch.plan_cache import key_of
from planner.batch.points import Point
from planner.locale import speaking
from planner.planning import SearchLimits
from planner.report.wording.batches import beforehand

Run = Callable[..., Result]
FUNDS = "funds: [{id: apbd, kind: own, amount: 2_500_000}]\n"
RULE = FUNDS + "rules: [{name: Tiga kelas, measure: classes, at_least: 3}]\n"
"""Three classes cost Rp3 juta."""


def test_what_a_batch_takes_is_said_before_it_begins() -> None:
    with speaking("en"):
        assert beforehand(BatchProgress(1, 1, 21, 1, 0.0, each=3.0)) == (
            "20 plans to make, about 60 s left by what this plan took; further steps may follow"
        )
        assert beforehand(BatchProgress(1, 0, 2, 0, 0.0, each=3.0)) == ""
        assert beforehand(BatchProgress(1, 0, 20, 0, 0.0)) == ""


def test_an_answer_that_ran_out_of_time_says_so_and_does_not_enter_the_report(
    run: Run, scenario: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("cuts", scenario, "--jobs", 0).exit_code == 0
    kept = Path("reports/kecil/what-if/cuts.json")
    assert kept.is_file()
    monkeypatch.setattr(runner.BatchRunner, "within", lambda _self, _limits: None)
    monkeypatch.setattr(runner.BatchRunner, "_cut_short", _counted)
    result = run("cuts", scenario, "--jobs", 0, "--time-limit", 60, "--force")
    assert result.exit_code == 0
    note = "belum selesai dalam batas waktu perintah"
    assert note in result.stderr
    assert result.output.index(note) < result.output.index("  - "), "before the sentences that depend on it"
    assert note in Path("reports/kecil/what-if/cuts.html").read_text("utf-8")
    assert not kept.exists()


def _counted(self: runner.BatchRunner, point: Point, limits: SearchLimits, _result: object) -> bool:
    self._cut.add(key_of(point, limits))
    return True


def test_an_answer_enters_the_front_page_when_the_report_is_made_anew(run: Run, scenario: Path) -> None:
    planned = run("plan", scenario)
    assert f"Berikutnya: planner curve {scenario}" in planned.stdout
    report = Path("reports/kecil/report.html")
    assert "perintah yang menjawabnya: planner cuts" in report.read_text("utf-8")
    asked = run("cuts", scenario, "--jobs", 0)
    assert "planner export reports/kecil --html" in asked.stdout
    assert run("export", "reports/kecil", "--html").exit_code == 0
    text = report.read_text("utf-8")
    assert "perintah yang menjawabnya: planner cuts" not in text
    assert "terakhir (Rp" in text
    assert '<a href="#cuts">' in text
    assert run("export", "reports/kecil", "--html", "--report", "short").exit_code == 0
    short = report.read_text("utf-8")
    assert 'href="what-if/cuts.html"' in short
    assert len(short) < len(text)
    assert run("plan", scenario).exit_code == 0
    assert "perintah yang menjawabnya: planner cuts" in report.read_text("utf-8"), "answers go with their plan"


@pytest.mark.usefixtures("engine")
def test_a_comparison_says_beforehand_what_it_takes_and_ends_with_its_time(
    run: Run, write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    more = write("besar.yaml", ("kecil", "besar"), ("2_500_000", "3_500_000"))
    result = run("compare", write(), more, "--time-limit", 60, "--jobs", 0)
    assert result.exit_code == 0, result.stderr
    assert "2 rencana disusun lebih dahulu, masing-masing paling lama 60 detik" in result.stderr
    assert "paling lama 300 detik" in run("compare", write(), more, "--jobs", 0, "--force").stderr
    run("plan", write(), more)
    stored = run("compare", "reports/kecil", "reports/besar", "--jobs", 0, "--force")
    assert "disusun lebih dahulu" not in stored.stderr
    monkeypatch.setattr(runner.BatchRunner, "within", lambda _self, _limits: None)
    late = run("compare", write(), more, "--time-limit", 60, "--force")
    assert late.exit_code == 4
    assert "Batas waktu perintah habis sebelum rencana ini dimulai" in late.stderr


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ((), "perbaikan dicari paling lama sekitar 300 detik; sesudah itu rencana terbaik dari 5"),
        (("--time-limit", 60), "perintah berakhir paling lama sekitar 60 detik lagi menurut --time-limit"),
    ],
)
def test_a_search_for_repairs_says_beforehand_what_it_takes(
    run: Run, write: Callable[..., Path], given: tuple[object, ...], said: str
) -> None:
    result = run("repair", write("sulit.yaml", (FUNDS, RULE)), "--jobs", 0, *given)
    assert said in result.stderr
