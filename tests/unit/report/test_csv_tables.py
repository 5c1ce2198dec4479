from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from planner.plans.tables import tables
from planner.report.csv_tables import csv_text, write_tables
from planner.spreadsheets.text_cells import DATA, csv_for_people, inert
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
        raw = (tmp_path / DATA / f"{name}.csv").read_bytes()
        assert raw.startswith(b"\xef\xbb\xbf")
        assert raw.count(b"\r\n") == raw.count(b"\n") == len(frame) + 1
        rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
        assert [row[frame.columns[0]] for row in rows] == list(frame[frame.columns[0]])


def test_amounts_are_written_digit_by_digit(tmp_path: Path) -> None:
    write_tables(scenario(), plan(), tmp_path)
    with (tmp_path / DATA / "payments.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [int(row["amount"]) for row in csv.DictReader(file)] == [p.amount for p in plan().payments]
    with (tmp_path / DATA / "rules.csv").open(encoding="utf-8-sig", newline="") as file:
        rules = list(csv.DictReader(file))
    assert [rule["measure"] for rule in rules] == ["133450000", "30"]
    assert [rule["held"] for rule in rules] == ["True", "False"]
    with (tmp_path / DATA / "closings.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["closed"] for row in csv.DictReader(file)] == ["68", "22.2", "25.5", "0"]


def test_names_with_commas_quotes_and_lines_survive(tmp_path: Path) -> None:
    funds = [dict(fund) for fund in SMALL["funds"]]
    funds[0]["name"] = 'APBD, "murni"; tahap 1'
    built = scenario(funds=funds)
    write_tables(built, plan(built), tmp_path)
    with (tmp_path / DATA / "funds.csv").open(encoding="utf-8-sig", newline="") as file:
        assert next(iter(csv.DictReader(file)))["fund_name"] == 'APBD, "murni"; tahap 1'


def for_people(folder: Path, name: str, separator: str = ";") -> list[list[str]]:
    text = (folder / f"{name}.csv").read_bytes().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))


def test_excel_in_indonesian_reads_the_tables_for_people(tmp_path: Path) -> None:
    write_tables(scenario(), plan(), tmp_path)
    head, *rows = for_people(tmp_path, "closings")
    assert head[-3:] == [
        "Kebutuhan (kesenjangan)",
        "Kesenjangan tertutup (perkiraan)",
        "Kesenjangan terbuka (perkiraan)",
    ]
    assert [row[-2] for row in rows] == ["68", "22,2", "25,5", "0"]
    assert {row[-4] for row in rows} <= {"teknis", "manajerial", "sosial kultural"}
    assert {row[-1] for row in for_people(tmp_path, "rules")[1:]} == {"ya", "tidak"}
    assert all(path.read_bytes().startswith(b"\xef\xbb\xbf") for path in tmp_path.glob("*.csv"))


def test_both_kinds_have_the_same_tables_and_rows(tmp_path: Path) -> None:
    write_tables(scenario(), plan(), tmp_path)
    of_people = sorted(path.name for path in tmp_path.glob("*.csv"))
    assert of_people == sorted(path.name for path in (tmp_path / DATA).iterdir())
    for name in of_people:
        lines = [(folder / name).read_bytes().count(b"\r\n") for folder in (tmp_path, tmp_path / DATA)]
        assert lines[0] == lines[1], name


def test_english_tables_have_english_words_and_decimal_points(tmp_path: Path) -> None:
    built = scenario(scenario={"language": "en"})
    write_tables(built, plan(built), tmp_path)
    head, *rows = for_people(tmp_path, "closings", ",")
    assert head[-2:] == ["Gaps closed (expected)", "Gaps left open (expected)"]
    assert [row[-2] for row in rows] == ["68", "22.2", "25.5", "0"]
    assert for_people(tmp_path, "rka", ",")[1][0] == next(p.label for p in built.programmes)


def test_ids_without_a_name_beside_them_become_names(tmp_path: Path) -> None:
    write_tables(scenario(), plan(), tmp_path)
    labels = {p.label for p in scenario().programmes} | {""}
    assert {row[0] for row in for_people(tmp_path, "rka")[1:]} <= labels


def test_cells_for_people_are_guarded_and_have_no_noise() -> None:
    first: list[list[object]] = [["a", "b"], ["=1+1", -0.5], ["x;y", 11.200000000000001]]
    text = csv_for_people([*first, [None, 12345678901234], ["1", 1e-5], ["2", 0.12345678985]], "id").decode("utf-8-sig")
    assert text.splitlines() == ["a;b", "'=1+1;-0,5", '"x;y";11,2', ";12345678901234", "1;0,00001", "2;0,1234567899"]


def test_every_column_has_a_heading() -> None:
    from planner.plans.tables import COLUMNS
    from planner.report import csv_tables
    from planner.report.wording.table_words import heading

    columns = [(table, column) for table, of in COLUMNS.items() for column in of]
    columns += [("rka", column) for column in csv_tables._RKA] + [("actuals", c) for c in csv_tables._ACTUALS]
    assert [(table, column) for table, column in columns if heading(table, column) == column] == []
