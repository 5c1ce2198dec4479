"""`planner plan --pdf` and `planner export --pdf`: the report as PDF, or the remedy before anything is done."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from planner.report.pdf import PdfPrinter
from planner.store import results
from tests.unit.cli.engine import Engine

Run = Callable[..., Result]


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The pages that were given to be drawn; drawing itself needs a library of the system."""
    pages: list[str] = []

    def note(_: PdfPrinter, html: str) -> bytes:
        pages.append(html)
        return b"%PDF-1.7 drawn"

    monkeypatch.setattr(PdfPrinter, "ensure_ready", lambda _: None)
    monkeypatch.setattr(PdfPrinter, "pdf_of", note)
    return pages


def test_planning_with_a_pdf_draws_the_report_that_is_written(
    run: Run, engine: Engine, scenario: Path, tmp_path: Path, drawn: list[str]
) -> None:
    result = run("plan", scenario, "--pdf", "--lang", "en")
    assert result.exit_code == 0, result.stderr
    folder = tmp_path / "reports" / "kecil"
    assert f"PDF: {Path('reports') / 'kecil' / 'rencana.pdf'}" in result.stdout
    assert (folder / results.PDF).read_bytes() == b"%PDF-1.7 drawn"
    assert drawn == [(folder / results.REPORT).read_text(encoding="utf-8")]


def test_a_pdf_is_made_from_a_stored_plan(run: Run, stored: Path, drawn: list[str]) -> None:
    result = run("export", stored, "--pdf", "--lang", "en")
    assert result.exit_code == 0, result.stderr
    assert f"PDF: {stored / 'rencana.pdf'}" in result.stdout
    assert (stored / "rencana.pdf").is_file()
    assert len(drawn) == 1
    assert json.loads((stored / "plan.json").read_text())["scenario"]["sha256"] in drawn[0]


def test_a_pdf_of_an_earlier_plan_does_not_stay_beside_a_new_one(
    run: Run, stored: Path, scenario: Path, drawn: list[str]
) -> None:
    assert run("export", stored, "--pdf").exit_code == 0
    assert run("plan", scenario).exit_code == 0
    assert not (stored / "rencana.pdf").exists()


def test_a_plan_that_does_not_hold_gives_no_pdf(run: Run, stored: Path, drawn: list[str]) -> None:
    plain = json.loads((stored / "plan.json").read_text())
    plain["total_cost"] += 1
    (stored / "plan.json").write_text(json.dumps(plain))
    assert run("export", stored, "--pdf").exit_code == 5
    assert drawn == []


@pytest.mark.parametrize("command", ["plan", "export"])
def test_without_the_library_the_remedy_is_named_before_anything_is_done(
    run: Run, stored: Path, scenario: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    (tmp_path / "weasyprint.py").write_text("raise ImportError")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    before = (stored / "plan.json").stat().st_mtime_ns
    result = run(command, scenario if command == "plan" else stored, "--pdf")
    assert result.exit_code == 2
    assert "planner[pdf]" in result.stderr
    assert (stored / "plan.json").stat().st_mtime_ns == before
