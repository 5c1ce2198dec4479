"""A plan of what is left counts people; seats that can only go to who has passed already are told."""

from __future__ import annotations

import shlex
from fractions import Fraction
from pathlib import Path

from click.testing import CliRunner
from openpyxl import load_workbook

from planner import planning
from planner.cli.assign import command
from planner.report.actuals_form import blank_actuals
from planner.scenario_io import read_located
from planner.scenario_io.replanning import read_with_actuals
from planner.store.attended_lists import presence_in
from planner.store.name_lists import write_name_lists
from planner.store.results import write_results
from planner.store.stored_plan import SCENARIO_FILE, read_stored
from tests.unit.people.people_files import write

SCENARIO = """
format: 1
scenario: {id: orang, fiscal_year: 2027}
periods: [TW1, TW2]
competencies: [{id: keu, kind: technical}]
people: {table: pegawai.csv, columns: {NIP: id, Nama: name, OPD: agency}}
programmes:
  - {id: dasar, hours: 8, closes: {keu: 0.5}, periods: [TW1], class_size: {min: 2, max: 2}, classes: {max: 1}}
  - {id: lanjut, hours: 8, closes: {keu: 0.9}, periods: [TW2], requires: [dasar]}
funds: [{id: apbd, kind: own, amount: 1_000_000}]
"""
ROWS = [f"'1980010120050110{n:02d};Orang {n};BPKAD;1" for n in range(1, 6)]


def test_seats_of_those_who_passed_are_told(tmp_path: Path) -> None:
    loaded = read_located(write(tmp_path, ROWS, SCENARIO, "NIP;Nama;OPD;gap:keu\n"))
    write_results(loaded.scenario, planning.plan(loaded.scenario, inline=True).plan, tmp_path / "orang")
    stored, lists = read_stored(tmp_path / "orang"), tmp_path / "names"
    written = write_name_lists(stored, tmp_path, lists)
    assert written.after_passing == 0
    # two people attend both programmes: the plan counts 2 x 0.5 + 2 x 0.9, and they close 2 x 0.9
    assert (written.counted_in_others, written.closed_in_others) == (Fraction("2.8"), Fraction("1.8"))
    file = lists / "daftar-peserta" / "dasar-TW1.xlsx"
    book = load_workbook(file)
    marks = iter(["ya", "tidak"])
    for row in book.worksheets[0].iter_rows():
        if isinstance(row[0].value, int):
            row[5].value, row[6].value = "ya", next(marks)
    book.save(file)
    table = tmp_path / "realisasi.xlsx"
    table.write_bytes(blank_actuals(stored, "TW1", dict(presence_in(stored.scenario, lists, "TW1").rows())))
    found = read_with_actuals(stored.path.with_name(SCENARIO_FILE), table, "TW1", stored.scenario.horizon)
    write_results(found.scenario, planning.plan(found.scenario, inline=True).plan, tmp_path / "rest")
    options = ["--people", str(tmp_path), "--attended", str(lists), "--out", str(tmp_path / "names-1")]
    told = CliRunner().invoke(command, [str(tmp_path / "rest"), *options])
    assert told.exit_code == 0, told.output
    assert "In groups that are not mixed the plan counts 2.8 gaps closed (expected), and these people close 1.9" in (
        told.output
    )
    assert "1 seat goes to somebody who has closed already what the programme closes" in told.output
    (line,) = (line for line in told.output.splitlines() if "--set" in line)
    setting = shlex.split(line)[-1]
    again = read_with_actuals(stored.path.with_name(SCENARIO_FILE), table, "TW1", stored.scenario.horizon, [setting])
    write_results(again.scenario, planning.plan(again.scenario, inline=True).plan, tmp_path / "again")
    better = write_name_lists(read_stored(tmp_path / "again"), tmp_path, tmp_path / "names-2", came_back=lists)
    assert (better.after_passing, better.without_passed) == (0, "")
    assert better.closed_in_others == Fraction("1.9"), "one seat less, and not one gap less"
    assert better.seats == 3
