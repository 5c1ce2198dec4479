"""`planner template --actuals` and `planner replan`: what has happened, filled in and planned on."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from openpyxl import load_workbook

from planner.scenario_io.presence_counts import PresenceCounts
from planner.scenario_io.replanning import read_with_actuals
from planner.scenario_io.scenario_workbook.actuals_sheets import ACTUALS

Run = Callable[..., Result]

PERIODS = ("fiscal_year: 2027}\n", "fiscal_year: 2027}\nperiods: [TW1, TW2]\n")


@pytest.fixture
def stored(run: Run, write: Callable[..., Path], tmp_path: Path) -> Path:
    """The results of a plan of two periods: 10 people in one class."""
    assert run("plan", write("skenario.yaml", PERIODS)).exit_code == 0
    return tmp_path / "reports" / "kecil"


def sheet(path: Path, name: str) -> list[list[object]]:
    """The rows of a sheet below their titles."""
    return [list(row) for row in load_workbook(path)[ACTUALS[name].names[0]].iter_rows(min_row=2, values_only=True)]


def fill_in(path: Path, name: str, column: str, value: float | str) -> None:
    """Change the first row of a sheet."""
    book = load_workbook(path)
    rows = book[ACTUALS[name].names[0]]
    rows.cell(row=3, column=[cell.value for cell in rows[2]].index(column) + 1, value=value)
    book.save(path)


def test_the_workbook_holds_the_rows_of_the_plan_and_reads_back(run: Run, stored: Path, tmp_path: Path) -> None:
    first = json.loads((stored / "plan.json").read_text(encoding="utf-8"))
    result = run("template", "realisasi.xlsx", "--actuals", stored, "--through", "TW1")
    assert result.exit_code == 0, result.stderr
    assert f"planner replan {stored} --actuals realisasi.xlsx --through TW1" in result.stdout
    attended = sheet(tmp_path / "realisasi.xlsx", "attended")
    assert attended[0] == ["programme", "period", "group", "participants", "closed:keu"]
    assert [row[3] for row in attended[1:]] == [row["participants"] for row in first["allocations"]]
    result = run("replan", stored, "--actuals", "realisasi.xlsx")
    assert result.exit_code == 0, result.stderr
    again = json.loads((tmp_path / "reports" / "kecil-tw1" / "plan.json").read_text(encoding="utf-8"))
    assert again["gaps_closed"] == first["gaps_closed"]
    assert {row.get("actual", False) for row in again["allocations"]} == {True}
    assert "actual" not in json.dumps(first)


def test_planned_payments_of_what_was_not_held_are_told(
    run: Run, stored: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    came = PresenceCounts(held={("bimtek", "TW1"): 1})
    monkeypatch.setattr("planner.store.attended_lists.presence_in", lambda *_args: came)
    ask = ("template", "realisasi.xlsx", "--actuals", stored, "--through", "TW1", "--lists", ".", "--force")
    assert "tidak diselenggarakan" not in run(*ask).stderr
    came.held.clear()
    told = run(*ask).stderr
    first = json.loads((stored / "plan.json").read_text(encoding="utf-8"))
    amount = sum(row["amount"] for row in first["payments"] if row["period"] == "TW1")
    assert f"TW1: tidak diselenggarakan; {len(first['payments'])} pembayaran rencana" in told
    assert f"Rp{amount:,} masih tertulis".replace(",", ".") in told


@pytest.mark.usefixtures("stored")
def test_a_workbook_without_the_grey_names_is_read_by_its_titles(run: Run, tmp_path: Path) -> None:
    file, stored = tmp_path / "realisasi.xlsx", tmp_path / "reports" / "kecil"
    assert run("template", "realisasi.xlsx", "--actuals", stored, "--through", "TW1").exit_code == 0
    fill_in(file, "attended", "closed:keu", 1)
    scenario = stored / "scenario.yaml"
    with_names = read_with_actuals(scenario, file, "TW1", ("TW1", "TW2")).scenario
    book = load_workbook(file)
    for each in book.worksheets[1:]:
        each.delete_rows(2)
    book.save(file)
    assert read_with_actuals(scenario, file, "TW1", ("TW1", "TW2")).scenario == with_names


@pytest.mark.usefixtures("process")
def test_the_rest_is_planned_beside_the_first_plan(run: Run, stored: Path, tmp_path: Path) -> None:
    assert run("template", "realisasi.xlsx", "--actuals", stored).exit_code == 0
    fill_in(tmp_path / "realisasi.xlsx", "attended", "closed:keu", 1)
    before = (stored / "plan.json").read_bytes()
    result = run("replan", stored, "--actuals", "realisasi.xlsx", "--xlsx", "--lang", "en")
    assert result.exit_code == 0, result.stderr
    folder = tmp_path / "reports" / "kecil-tw1"
    assert (stored / "plan.json").read_bytes() == before == (folder / "rencana-awal.json").read_bytes()
    report = (folder / "report.html").read_text(encoding="utf-8")
    assert "Yang sudah terjadi, dan sisanya" in report
    assert "Dibayar untuk pelatihan yang tidak menutup sebanyak yang seharusnya" in report
    assert "Yang sudah terjadi" in load_workbook(folder / "rencana.xlsx").sheetnames
    rows = list(
        csv.DictReader(io.StringIO((folder / "tables" / "data" / "actuals.csv").read_text(encoding="utf-8-sig")))
    )
    assert {row["of"] for row in rows} == {"programme", "fund", "account"}
    assert sum(int(row["paid"]) for row in rows if row["of"] == "fund") > 0
    assert run("verify", folder).exit_code == 0
    assert run("export", folder, "--xlsx").exit_code == 0


def test_a_replan_is_replanned_from_the_first_plan_on(run: Run, stored: Path, tmp_path: Path) -> None:
    first = (stored / "plan.json").read_bytes()
    assert run("template", "satu.xlsx", "--actuals", stored).exit_code == 0
    assert run("replan", stored, "--actuals", "satu.xlsx").exit_code == 0
    again = tmp_path / "reports" / "kecil-tw1"
    assert run("template", "dua.xlsx", "--actuals", again).exit_code == 0
    fill_in(tmp_path / "dua.xlsx", "paid", "amount", 0)
    result = run("replan", again, "--actuals", "dua.xlsx", "--through", "TW2")
    assert result.exit_code == 0, result.stderr
    last = tmp_path / "reports" / "kecil-tw2"
    assert (last / "rencana-awal.json").read_bytes() == first
    assert run("template", "tiga.xlsx", "--actuals", last).exit_code == 0
    assert 0 in [row[6] for row in sheet(tmp_path / "tiga.xlsx", "paid")]


def test_the_folder_of_the_plan_is_not_written_over(run: Run, stored: Path) -> None:
    assert run("template", "realisasi.xlsx", "--actuals", stored).exit_code == 0
    result = run("replan", stored, "--actuals", "realisasi.xlsx", "--set", "scenario.id=kecil")
    assert result.exit_code == 2
    assert str(stored) in result.stderr


def test_what_is_wrong_in_the_workbook_is_named_by_sheet_and_cell(run: Run, stored: Path, tmp_path: Path) -> None:
    assert run("template", "realisasi.xlsx", "--actuals", stored).exit_code == 0
    fill_in(tmp_path / "realisasi.xlsx", "attended", "participants", 4.5)
    fill_in(tmp_path / "realisasi.xlsx", "paid", "fund", "apdb")
    result = run("replan", stored, "--actuals", "realisasi.xlsx")
    assert result.exit_code == 2
    assert "realisasi.xlsx:Realisasi peserta!D3" in result.stderr
    assert "realisasi.xlsx:Realisasi pembayaran!A3" in result.stderr
    assert "'apbd'" in result.stderr


def test_what_can_no_longer_be_reached_is_said(run: Run, write: Callable[..., Path], tmp_path: Path) -> None:
    # at least 8 people in the first period, which is over with 3
    rule = "rules: [{name: Cepat, measure: participants, where: {periods: [TW1]}, at_least: 8}]\n"
    path = write("skenario.yaml", PERIODS)
    path.write_text(path.read_text(encoding="utf-8") + rule, encoding="utf-8")
    assert run("plan", path).exit_code == 0
    stored = tmp_path / "reports" / "kecil"
    assert run("template", "realisasi.xlsx", "--actuals", stored).exit_code == 0
    fill_in(tmp_path / "realisasi.xlsx", "attended", "participants", 3)
    result = run("replan", stored, "--actuals", "realisasi.xlsx")
    assert result.exit_code == 3
    assert "Cepat" in result.stderr
    assert "Yang sudah terjadi tetap berlaku" in result.stderr


def test_options_that_do_not_go_together_are_refused(run: Run, stored: Path) -> None:
    assert run("template", "a.xlsx", "skenario.yaml", "--actuals", stored).exit_code == 2
    assert run("template", "a.xlsx", "--through", "TW1").exit_code == 2
    assert run("template", "a.xlsx", "--actuals", stored, "--through", "TW9").exit_code == 2
    assert run("replan", stored, "--actuals", "tidak-ada.xlsx").exit_code == 2


def test_facts_that_can_hardly_be_are_told_at_their_cells(run: Run, stored: Path, tmp_path: Path) -> None:
    file = tmp_path / "realisasi.xlsx"
    assert run("template", file.name, "--actuals", stored, "--through", "TW1").exit_code == 0
    quiet = run("replan", stored, "--actuals", file.name, "--lang", "en")
    assert quiet.exit_code == 0, quiet.stderr
    assert "warning" not in quiet.stderr
    fill_in(file, "attended", "participants", 99)
    fill_in(file, "paid", "amount", 10**12)
    result = run("replan", stored, "--actuals", file.name, "--lang", "en")
    assert result.exit_code == 0, result.stderr
    sheets = {name: ACTUALS[name].names[0] for name in ("attended", "paid")}
    for name, cell, words in (
        ("attended", "D3", "99 people of 'analis' attended 'bimtek', but the group has"),
        ("paid", "G3", "has paid Rp1,000,000,000,000, but has"),
    ):
        (line,) = [line for line in result.stderr.splitlines() if f"{sheets[name]}!{cell}" in line]
        assert line.startswith(f"realisasi.xlsx:{sheets[name]}!{cell}: warning: ")
        assert words in line
        assert "The plan counts it as it stands: correct" in line
    assert "warning: What has happened breaks" in result.stderr
    assert "rules and limits; it stands, and the report names them." in result.stderr


def test_facts_that_break_rules_and_payments_that_fit_nothing_are_told_at_their_cells(
    run: Run, stored: Path, tmp_path: Path
) -> None:
    file = tmp_path / "realisasi.xlsx"
    assert run("template", file.name, "--actuals", stored, "--through", "TW1").exit_code == 0
    fill_in(file, "held", "classes", 5)
    fill_in(file, "paid", "item", "Peserti")
    result = run("replan", stored, "--actuals", file.name, "--lang", "en")
    assert result.exit_code == 0, result.stderr
    lines = result.stderr.splitlines()
    (held,) = [line for line in lines if f"{ACTUALS['held'].names[0]}!C3: warning: " in line]
    assert "5 classes of 'bimtek' in TW1 need at least" in held
    assert "correct the figure, if it is wrong." in held
    (paid,) = [line for line in lines if f"{ACTUALS['paid'].names[0]}!D3: warning: " in line]
    assert "'apbd' paid 'Peserti' of 'bimtek', which has no such cost line." in paid
