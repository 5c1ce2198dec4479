"""Costs of all programmes in one table: joined on the programme, with what is missing said."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from planner.domain.coefficient import Product
from planner.domain.scenario import Scenario
from planner.scenario_io import read_located, read_scenario
from tests.unit.scenario_io.minimal import MINIMAL, problems, write

PROGRAMMES = """\
programmes:
  - {id: bimtek, closes: {keu: 0.8}, class_size: {max: 30}}
  - {id: pka, closes: {keu: 1}, costs: [{item: Modul, per: participant, price: 7}]}
costs: {table: biaya.csv}
"""
TEXT = MINIMAL[: MINIMAL.index("programmes:")] + MINIMAL[MINIMAL.index("funds:") :] + PROGRAMMES
TABLE = (
    "No;programme;item;account;per;quantity;unit;price;tax\n"
    "1;bimtek;Honorarium narasumber;5.1.02.02.01.0003;angkatan;4 OJ x 3 hari;;Rp900.000;\n"
    "2;bimtek;Konsumsi;5.1.02.01.01.0052;peserta;3;OH;55.000,00;\n"
    "3;bimtek;Konsumsi;5.1.02.01.01.0052;program;1;paket;500rb;-\n"
    "4;pka;Konsumsi;5.1.02.01.01.0052;participant;1,5;OH;50000;11%\n"
)


def costs(scenario: Scenario, programme: str) -> list[tuple[object, ...]]:
    return [(c.item, c.per, c.quantity, c.unit, c.price) for c in scenario.programme[programme].costs]


def test_each_programme_gets_its_lines_beside_its_own(tmp_path: Path) -> None:
    write(tmp_path, TABLE, "biaya.csv")
    loaded = read_located(write(tmp_path, TEXT))
    honour, fed, once = loaded.scenario.programme["bimtek"].costs

    assert isinstance(honour.quantity, Product)
    assert costs(loaded.scenario, "bimtek") == [
        ("Honorarium narasumber", "class", 12, None, 900_000), ("Konsumsi", "participant", 3, "OH", 55_000),
        ("Konsumsi", "programme", 1, "paket", 500_000),
    ]  # fmt: skip
    assert {honour.account, fed.account, once.account} == {"5.1.02.02.01.0003", "5.1.02.01.01.0052"}
    assert [line.item for line in loaded.scenario.programme["pka"].costs] == ["Modul", "Konsumsi"]
    assert loaded.noticed == ()
    assert loaded.where(("programmes", "bimtek", "costs", 0, "price")) == (str(tmp_path / "biaya.csv"), 2, 8)


def test_a_row_may_give_the_name_of_its_programme(tmp_path: Path) -> None:
    named = TEXT.replace("{id: bimtek,", "{id: bimtek, name: Bimtek Keuangan,").replace(
        "{id: pka,", "{id: pka, name: PKA,"
    )
    write(tmp_path, TABLE.replace("bimtek", "BIMTEK  keuangan"), "biaya.csv")
    assert len(costs(read_scenario(write(tmp_path, named)), "bimtek")) == 3

    write(tmp_path, TABLE.replace("1;bimtek", "1;Bimtek Keu"), "biaya.csv")
    (problem,) = problems(write(tmp_path, named))
    assert str(problem).endswith("unknown programme 'Bimtek Keu'. Did you mean 'bimtek' (Bimtek Keuangan)?")

    write(tmp_path, TABLE.replace("1;bimtek", "1;Diklat"), "biaya.csv")
    (problem,) = problems(write(tmp_path, named.replace("name: PKA", "name: Bimtek Keuangan")))
    assert "Known: 'bimtek' (Bimtek Keuangan), 'pka' (Bimtek Keuangan)." in str(problem)


def test_a_table_of_each_programme_takes_names_too(tmp_path: Path) -> None:
    lines = "costs: {table: biaya.csv}"
    named = TEXT[: TEXT.index("programmes:")] + (
        f"programmes:\n  - {{id: bimtek, name: Bimtek, closes: {{keu: 0.8}}, {lines}}}\n"
        f"  - {{id: pka, name: PKA Umum, closes: {{keu: 1}}, {lines}}}\n"
    )
    table = "programme,item,per,price\nBimtek,Honor,participant,9\npka umum,Honor,participant,8\n"
    write(tmp_path, table, "biaya.csv")
    scenario = read_scenario(write(tmp_path, named))
    assert [c.price for p in scenario.programmes for c in p.costs] == [9, 8]

    write(tmp_path, table.replace("pka umum", "pka"), "biaya.csv")
    problem = problems(write(tmp_path, named.replace("PKA Umum", "Bimtek")))[0]
    assert "'Bimtek' is the name of several programmes." in str(problem)


def test_names_that_offices_use_and_volumes_as_sipd_has_them(tmp_path: Path) -> None:
    table = (
        "program;uraian;kode rekening;dihitung per;vol_1;sat_1;vol_2;sat_2;Harga  Satuan (Rp);PPN\n"
        "bimtek;Honor;5.1.02.02.01.0003;angkatan;4;OJ;3;hari;900000;\n"
        "bimtek;ATK;;Per Kelas;2;paket;;;50000;11%\npka;Uang;;orang;;;;;1000;\n"
    )
    write(tmp_path, table, "biaya.csv")
    honour, paper = read_scenario(write(tmp_path, TEXT)).programme["bimtek"].costs

    assert str(honour.quantity) == "4 OJ x 3 hari"
    assert (str(paper.quantity), paper.unit, str(paper.tax), paper.per) == ("2", "paket", "11/100", "class")


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("bimtek;A;class;4;OJ;3;;5;", "column 'vol_2': this volume has no unit of its own"),
        ("bimtek;A;class;4;OJ;3;OJ;5;", "column 'vol_2': this volume has no unit of its own"),
        ("bimtek;A;class;4;OJ;;hari;5;", "column 'sat_2': this unit has no volume."),
        ("bimtek;A;class;4;OJ;3;hari;5;12", "this row has a quantity and volumes."),
        ("bimtek;A;class;1.250;OJ;;;5;", "two ways"),
    ],
)
def test_volumes_that_do_not_say_what_they_are_of_are_refused(tmp_path: Path, row: str, words: str) -> None:
    head = "programme;item;per;vol_1;sat_1;vol_2;sat_2;Harga Satuan;Koefisien\n"
    write(tmp_path, head + row + "\n", "biaya.csv")
    found = [problem.message for problem in problems(write(tmp_path, TEXT))]
    assert any(words in text for text in found), found


@pytest.mark.parametrize("column", ["Koefisien", "vol_1"])
def test_a_quantity_that_its_cell_shows_in_thousands_is_refused(tmp_path: Path, column: str) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["program", "uraian", "per", column, "harga"], ["bimtek", "ATK", "kelas", 10, 5_000]):
        sheet.append(row)
    sheet["D2"].number_format = '0".000"'
    book.save(tmp_path / "biaya.xlsx")
    (problem,) = problems(write(tmp_path, TEXT.replace("biaya.csv", "biaya.xlsx")))
    assert "this cell shows its number with '.000' behind it, but holds it without." in problem.message


def test_messages_call_a_column_as_the_file_does(tmp_path: Path) -> None:
    write(tmp_path, "Program;Uraian;Per;Harga Satuan\nbimtek;A;class;50.000\n", "biaya.csv")
    (problem,) = problems(write(tmp_path, TEXT))
    assert problem.message.startswith("column 'Harga Satuan': ")


def test_a_workbook_gives_the_same(tmp_path: Path) -> None:
    write(tmp_path, TABLE, "biaya.csv")
    of_text = read_scenario(write(tmp_path, TEXT))
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    rows = [line.split(";") for line in TABLE.splitlines()]
    sheet.append(["RINCIAN BIAYA"])
    for row in rows:
        sheet.append([cell or None for cell in row])
    figures: list[tuple[int, str | float]] = [(900_000, "4 OJ x 3 hari"), (55_000, 3), (500_000, 1), (50_000, 1.5)]
    for at, (price, quantity) in enumerate(figures, 3):
        sheet.cell(at, 8, price)
        sheet.cell(at, 6, quantity)
    sheet.cell(6, 9, 0.11).number_format = "0%"
    book.save(tmp_path / "biaya.xlsx")
    of_book = read_located(write(tmp_path, TEXT.replace("biaya.csv", "biaya.xlsx")))

    assert of_book.scenario.sha256 == of_text.sha256
    assert [notice.message for notice in of_book.noticed] == [
        "1 row above the names of the columns was taken for a title: 'RINCIAN BIAYA'."
    ]


@pytest.mark.parametrize(
    ("old", "new", "place", "words"),
    [
        ("4;pka", "4;pkaa", "5:2", "unknown programme 'pkaa'. Did you mean 'pka'?"),
        ("4;pka", "4;", "5:1", "this row names no programme."),
        ("No;programme", "No;program1", "1:1", "the column 'programme' is missing."),
        ("2;bimtek;Konsumsi;", "2;bimtek;;", "3:1", "'item' is missing. Fill in the column 'item'."),
        ("50000;11%", "50000;11", "5:9", "this says 11. Write 11% if that is meant."),
        ("peserta;3", "paket;3", "3:5", "'paket' is not one of: 'participant', 'class', 'programme'"),
        ("500rb", "500.000", "4:8", "two ways"),
        ("0052;program;", "0052;peserta;", "4:3", "has two cost lines 'Konsumsi' of the same account"),
        ("50000;11%\n", "50000;11%\nJUMLAH;;;;;;;1505000;\n", "6:1", "this row is a sum or a mean"),
    ],
)  # fmt: skip
def test_faults_are_named_at_their_cell(tmp_path: Path, old: str, new: str, place: str, words: str) -> None:
    assert TABLE.count(old) == 1
    write(tmp_path, TABLE.replace(old, new), "biaya.csv")
    found = [f"{p.line}:{p.column} {p.message} {p.remedy}" for p in problems(write(tmp_path, TEXT))]

    assert any(text.startswith(place) and words in text for text in found), found


def test_programmes_without_a_row_and_without_any_cost_are_counted(tmp_path: Path) -> None:
    write(tmp_path, "programme,item,per,price\nbimtek,Honor,class,9\n", "biaya.csv")
    more = "  - {id: x1, closes: {keu: 1}}\n  - {id: x2, closes: {keu: 1}}\ncosts:"
    loaded = read_located(write(tmp_path, TEXT.replace("costs: {table", more + " {table")))

    assert [n.message for n in loaded.noticed] == ["2 programmes have no row in this table: 'x1', 'x2'."]
    (free,) = [w for w in loaded.warnings if "no cost at all" in w.message]
    assert free.message.startswith("2 programmes have no cost at all, and are planned as free: 'x1', 'x2'.")


def test_a_table_of_a_scenario_above_another_replaces_the_lines_of_its_programmes(tmp_path: Path) -> None:
    write(tmp_path, TABLE, "biaya.csv")
    write(tmp_path, TEXT, "dasar.yaml")
    write(tmp_path, "programme,item,per,price\nbimtek,Honor baru,class,9\n", "baru.csv")
    loaded = read_located(write(tmp_path, "extends: dasar.yaml\ncosts: {table: baru.csv}\n"))

    assert costs(loaded.scenario, "bimtek") == [("Honor baru", "class", 1, None, 9)]
    assert len(costs(loaded.scenario, "pka")) == 2
    assert [n.message for n in loaded.noticed] == ["1 programme has no row in this table: 'pka'."]


@pytest.mark.parametrize(
    "value", ["[]", "biaya.csv", "{sheet: x}", "{table: tidak-ada.csv}", "{table: biaya.csv, x: 1}"]
)
def test_what_names_no_table_is_refused(tmp_path: Path, value: str) -> None:
    write(tmp_path, TABLE, "biaya.csv")
    (problem,) = problems(write(tmp_path, TEXT.replace("{table: biaya.csv}", value)))

    assert problem.path.startswith("costs")


def test_rows_above_a_head_that_is_there_again_are_never_titles(tmp_path: Path) -> None:
    head, *rows = TABLE.splitlines()
    write(tmp_path, "\n".join([head, *rows[:3], head, rows[3]]) + "\n", "biaya.csv")
    loaded = read_located(write(tmp_path, TEXT))
    assert len(costs(loaded.scenario, "bimtek")) == 3
    assert [line.item for line in loaded.scenario.programme["pka"].costs] == ["Modul", "Konsumsi"]
    assert [p.message for p in loaded.noticed] == ["1 row that repeats the column headings was left out: 5."]

    office = "No;Program;Uraian;Kode Rekening;Dihitung per;Volume;Satuan;Harga Satuan;PPN"
    write(tmp_path, "\n".join(["BIAYA;;;;;;;;", office, rows[0], head, *rows[1:]]) + "\n", "biaya.csv")
    (problem,) = problems(write(tmp_path, TEXT))
    assert (problem.line, problem.message) == (4, "a second table begins in this row.")

    unknown = "No;Prog;Butir;Rek;Per apa;Vol;Sat;Harga;Pjk"
    write(tmp_path, "\n".join([unknown, *rows[:2], head, *rows[2:]]) + "\n", "biaya.csv")
    (problem,) = problems(write(tmp_path, TEXT))
    assert problem.line == 2
    assert problem.message == "this row holds data, but stands above the names of the columns in row 4."
