"""`planner partners` and `planner dropout`, from the command line to the page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from planner.batch.runner import BatchRunner
from planner.cli import what_if
from planner.errors import NoPlanInTime

DISTRICT = Path(__file__).parents[3] / "scenarios" / "kabupaten-2027.yaml"
Run = Callable[..., Result]
Write = Callable[..., Path]

INLINE = ("--jobs", 0)
OWN = "funds: [{id: apbd, kind: own, amount: 2_500_000}]"
WITH = (
    "funds: [{id: apbd, kind: own, amount: 1_000_000}, "
    "{id: kampus, name: Kampus, kind: partner, amount: 1_000_000, chance: 60%}]"
)


def page(name: str) -> str:
    return Path("reports", "kecil", "what-if", f"{name}.html").read_text(encoding="utf-8")


@pytest.fixture
def shared(write: Write) -> Path:
    """The small scenario in which a partner pays one of two classes."""
    return write("mitra.yaml", (OWN, WITH))


def test_what_a_partner_brings_is_told_and_written(run: Run, shared: Path) -> None:
    """Without it one class of 10 closes 5 gaps; with it the 12 people who need it fill two classes: 6."""
    result = run("partners", shared, *INLINE)
    assert result.exit_code == 0, result.stderr
    assert "menutup perkiraan 6 dari 12 kesenjangan kompetensi; tanpa Anda, dengan semua dana lain" in result.stdout
    assert "direncanakan ulang, menjadi 5" in result.stdout
    assert "Untuk Kampus" in page("partners")


def test_what_is_left_without_it_is_told_and_written(run: Run, shared: Path) -> None:
    result = run("dropout", shared, *INLINE)
    assert result.exit_code == 0, result.stderr
    assert "diharapkan perkiraan 5,6 kesenjangan tertutup, 0,4 lebih sedikit" in result.stdout
    assert "Jika mitra tidak datang" in page("dropout")


@pytest.mark.parametrize("command", ["partners", "dropout"])
def test_without_partners_that_is_the_answer(run: Run, scenario: Path, command: str) -> None:
    result = run(command, scenario, *INLINE)
    assert result.exit_code == 0, result.stderr
    assert "tidak mempunyai mitra" in result.stdout
    assert "tidak mempunyai mitra" in page(command)


@pytest.mark.parametrize("command", ["partners", "dropout"])
def test_a_name_that_is_no_partner_is_refused_before_anything_is_planned(run: Run, shared: Path, command: str) -> None:
    result = run(command, shared, "--partners", "kampu", *INLINE)
    assert result.exit_code == 2
    assert "'kampus'" in result.stderr
    assert not Path("reports").exists()


def test_partners_may_be_named(run: Run, shared: Path) -> None:
    result = run("partners", shared, "--partners", " kampus ,", *INLINE, env={"PLANNER_LANG": "en"})
    assert result.exit_code == 0, result.stderr
    assert "6 of 12 competency gaps" in result.stdout


@pytest.mark.parametrize(("command", "number"), [("partners", 31), ("dropout", 31), ("rules", 8)])
def test_further_plans_of_a_district_are_begun_before_its_own_is_made(
    run: Run, monkeypatch: pytest.MonkeyPatch, command: str, number: int
) -> None:
    begun: list[int] = []

    def no_plan(*_: object) -> None:
        assert len(begun) == 1
        raise NoPlanInTime("enough is known")

    monkeypatch.setattr(BatchRunner, "begin", lambda self, early: begun.append(len(early)))
    monkeypatch.setattr(what_if, "base_plan", no_plan)
    run(command, DISTRICT)
    assert begun == [number]
