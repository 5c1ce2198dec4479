from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from planner.plans.tables import tables
from planner.report.csv_tables import csv_text, write_tables
from planner.spreadsheet import inert
from tests.scenarios.builders import SMALL, plan, scenario


@pytest.mark.parametrize("text", ["=1+1", "+62", "-x", "@SUM(A1)", "\tx", "\rx", "=cmd|' /C calc'!A0"])
def test_text_that_a_spreadsheet_would_calculate_gets_an_apostrophe(text: str) -> None:
    assert inert(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Bimtek", "5.1.02.02.01.0003", "'=1", "a=b", "\u2013"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert inert(text) == text


def test_hostile_names_are_guarded_and_negative_numbers_are_not() -> None:
    assert csv_text(["a", "b"], [{"a": "=1+1", "b": -5}]) == "a,b\r\n'=1+1,-5\r\n"


def test_files_read_back_as_the_tables(tmp_path: Path) -> None:
    write_tables(scenario(), plan(), tmp_path)
    for name, frame in tables(scenario(), plan()).items():
        raw = (tmp_path / f"{name}.csv").read_bytes()
        assert raw.startswith(b"\xef\xbb\xbf")
        assert raw.count(b"\r\n") == raw.count(b"\n") == len(frame) + 1
        rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
        assert [row[frame.columns[0]] for row in rows] == list(frame[frame.columns[0]])


def test_amounts_are_written_digit_by_digit(tmp_path: Path) -> None:
    write_tables(scenario(), plan(), tmp_path)
    with (tmp_path / "payments.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [int(row["amount"]) for row in csv.DictReader(file)] == [p.amount for p in plan().payments]
    with (tmp_path / "rules.csv").open(encoding="utf-8-sig", newline="") as file:
        rules = list(csv.DictReader(file))
    assert [rule["measure"] for rule in rules] == ["133450000", "30"]
    assert [rule["held"] for rule in rules] == ["True", "False"]
    with (tmp_path / "closings.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["closed"] for row in csv.DictReader(file)] == ["68", "22.2", "25.5", "0"]


def test_names_with_commas_quotes_and_lines_survive(tmp_path: Path) -> None:
    funds = [dict(fund) for fund in SMALL["funds"]]
    funds[0]["name"] = 'APBD, "murni"; tahap 1'
    built = scenario(funds=funds)
    write_tables(built, plan(built), tmp_path)
    with (tmp_path / "funds.csv").open(encoding="utf-8-sig", newline="") as file:
        assert next(iter(csv.DictReader(file)))["fund_name"] == 'APBD, "murni"; tahap 1'
