"""Heads of columns that name a unit beside the name: taken where it changes nothing, else refused in its own words."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from planner.scenario_io import read_located
from planner.scenario_io.tables.head_remarks import fault_of, fits, head_of
from tests.unit.scenario_io.minimal import MINIMAL, problems, write

FUNDS = MINIMAL[: MINIMAL.index("funds:")] + "funds: {table: t.csv}\n"
GROUPS = MINIMAL[: MINIMAL.index("groups:")] + MINIMAL[MINIMAL.index("programmes:") :] + "groups: {table: t.csv}\n"
PROGRAMMES = (
    MINIMAL[: MINIMAL.index("programmes:")] + MINIMAL[MINIMAL.index("funds:") :] + "programmes: {table: t.csv}\n"
)
COSTS = (
    MINIMAL.replace("    costs:\n      - {item: Honor, per: participant, price: 50_000}\n", "")
    + "costs: {table: t.csv}\n"
)

AMOUNTS = "by this remark amounts of the column"
SCALE = "in thousands or millions, but they are read in rupiah"
SEVERAL = "for several units together, but they are read for one"
FOREIGN = "in a foreign currency, but they are read in rupiah"


@pytest.mark.parametrize(
    ("text", "name", "unit", "fault"),
    [
        ("Harga", "Harga", "amount", ""),
        ("Harga Satuan", "Harga Satuan", "amount", ""),
        ("HARGA SATUAN\n(Rp)", "HARGA SATUAN", "amount", ""),
        ("harga_satuan_rp", "harga_satuan", "amount", ""),
        ("Harga (dalam Rupiah)", "Harga", "amount", ""),
        ("Harga (Rp/OJ)", "Harga", "amount", ""),
        ("Harga belum termasuk PPN", "Harga", "amount", ""),
        ("Harga (ribuan)", "Harga", "amount", SCALE),
        ("Harga ribuan", "Harga", "amount", SCALE),
        ("Pagu (juta Rp)", "Pagu", "amount", SCALE),
        ("Pagu dalam satuan juta rupiah", "Pagu", "amount", SCALE),
        ("Harga (Rp 000)", "Harga", "amount", SCALE),
        ("Harga Rp. 000,-", "Harga", "amount", SCALE),
        ("Harga (x1000)", "Harga", "amount", SCALE),
        ("Harga (Rp1.000)", "Harga", "amount", SCALE),
        ("Harga [jutaan]", "Harga", "amount", SCALE),
        ("Harga (USD)", "Harga", "amount", FOREIGN),
        ("Harga (US$)", "Harga", "amount", FOREIGN),
        ("Harga (M)", "Harga", "amount", "could mean several things"),
        ("Harga + PPN", "Harga", "amount", "include a tax"),
        ("Harga (termasuk pajak)", "Harga", "amount", "include a tax"),
        ("Harga (Rp/10 orang)", "Harga", "amount", SEVERAL),
        ("Harga (Rp per 100 lembar)", "Harga", "amount", SEVERAL),
        ("Harga (Rp/orang/3 hari)", "Harga", "amount", SEVERAL),
        ("Harga (Rp/1 orang)", "Harga", "amount", ""),
        ("Jumlah Orang (orang)", "Jumlah Orang", "count", ""),
        ("Jumlah Orang (ribu orang)", "Jumlah Orang", "count", "people are counted singly"),
        ("Kesediaan (%)", "Kesediaan", "share", ""),
        ("JP (jam pelajaran)", "JP", "hours", ""),
        ("JP (jam)", "JP", "hours", "hours or minutes"),
    ],
)
def test_what_a_head_says_beside_its_name(text: str, name: str, unit: str, fault: str) -> None:
    head = head_of(text)
    assert head.name == name
    assert not head.remark or fits(head, unit)
    assert (fault_of(head, unit) is not None) == bool(fault)
    assert fault in (fault_of(head, unit) or [""])[0]


@pytest.mark.parametrize(
    ("text", "unit"),
    [("Jumlah Orang (perempuan)", "count"), ("Harga (Zona 1)", "amount"), ("Jumlah Orang (Rp)", "count"),
     ("JP (%)", "hours"), ("Harga (ribuan, Zona 1)", "amount")],
)  # fmt: skip
def test_a_remark_that_is_not_understood_makes_another_name(text: str, unit: str) -> None:
    assert not fits(head_of(text), unit)


@pytest.mark.parametrize(
    "text",
    ["Harga (Rp/m2)", "Harga (per 2027)", "Harga per 31 Desember 2026", "Harga (per 31/12/2026)", "Harga (31/12/2026)",
     "Harga (TA 2026/2027)", "Harga (Zona 2)", "Harga (1 orang)", "Harga (Perbup 12/2026)", "Harga (per 5 Agustus)"],
)  # fmt: skip
def test_days_years_and_zones_are_no_number_of_units(text: str) -> None:
    assert "several" not in head_of(text).meanings


@pytest.mark.parametrize(
    ("text", "words"),
    [("Harga per sepuluh orang", "per sepuluh orang"), ("Harga (Rp/dua puluh peserta)", "/dua puluh peserta"),
     ("Harga (Rp, untuk tiga hari)", "untuk tiga hari"), ("Harga (sepuluh orang)", "sepuluh orang"),
     ("Harga per lusin", "per lusin"), ("Price per ten people", "per ten people"), ("Price (two days)", "two days")],
)  # fmt: skip
def test_a_number_of_units_in_words_is_one_too(text: str, words: str) -> None:
    assert "several" in head_of(text).meanings
    assert words in (fault_of(head_of(text)) or [""])[0]


@pytest.mark.parametrize("text", ["Harga per satu orang", "Harga (per orang)", "Harga Empat Lawang", "Harga per lima"])
def test_one_unit_in_words_and_names_are_no_number_of_units(text: str) -> None:
    assert ("several" in head_of(text).meanings) == (text == "Harga per lima")


@pytest.mark.parametrize("text", ["PPN", "Pajak", "Harga Satuan Tahun 2000", "amounts.TW1", "Jumlah JP"])
def test_names_are_no_remarks(text: str) -> None:
    assert head_of(text) == (text, "", frozenset(), True)


@pytest.mark.parametrize("head", ["Anggaran (Rp)", "Pagu Rp", "Pagu Anggaran (Rupiah)", "Jumlah (Rp)", "Jumlah Dana"])
def test_amounts_in_rupiah_are_read(tmp_path: Path, head: str) -> None:
    write(tmp_path, f"id;kind;{head}\na;own;Rp1.250.000\n", "t.csv")
    assert read_located(write(tmp_path, FUNDS)).scenario.funds[0].amount == 1_250_000


@pytest.mark.parametrize(
    ("text", "table", "told"),
    [
        (FUNDS, "id;kind;Anggaran (juta Rp)\na;own;1250\n", f"1:3: 'juta Rp': {AMOUNTS} are {SCALE}"),
        (FUNDS, "id;kind;amount (ribuan)\na;own;1250\n", f"1:3: 'ribuan': {AMOUNTS} are {SCALE}"),
        (FUNDS, "id;kind;Pagu (USD)\na;own;1250\n", f"1:3: 'USD': {AMOUNTS} are {FOREIGN}"),
        (COSTS, "programme;item;per;Harga (ribuan)\nbimtek;a;participant;5\n", f"1:4: 'ribuan': {AMOUNTS}"),
        (COSTS, "program;item;per;Harga termasuk PPN\nbimtek;a;participant;5\n", f"1:4: 'termasuk PPN': {AMOUNTS}"),
        (PROGRAMMES, "id;closes.keu;JP (jam)\nbimtek;80%;5\n", "1:3: 'jam': by this remark numbers of the column"),
        (GROUPS, "id;headcount;Kesediaan (%)\na;5;0,7\n", "2:3: column 'Kesediaan (%)': '%': 0.7 could be read in two"
                                                          " ways, as 0.7% or as 70%. Write it with a percent sign."),
    ],
)  # fmt: skip
def test_a_remark_that_would_change_figures_is_refused_alone(tmp_path: Path, text: str, table: str, told: str) -> None:
    write(tmp_path, table, "t.csv")
    (problem,) = problems(write(tmp_path, text))
    assert told in f"{problem.line}:{problem.column}: {problem.message} {problem.remedy}"


@pytest.mark.parametrize("typed", [True, False])
def test_percent_in_a_head_is_read_as_percent(tmp_path: Path, typed: bool) -> None:
    if typed:
        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        for row in (
            ["id", "Jumlah Pegawai (orang)", "gap:keu (orang)", "Kesediaan (%)"],
            ["a", 50, 9, 70],
            ["b", 5, 2, 0.9],
        ):
            sheet.append(row)
        sheet["D3"].number_format = "0%"
        book.save(tmp_path / "t.xlsx")
    else:
        write(tmp_path, "id;Jumlah Pegawai (orang);gap:keu (orang);Kesediaan (%)\na;50;9;70\nb;5;2;90%\n", "t.csv")
    text = GROUPS.replace("t.csv", "t.xlsx") if typed else GROUPS
    groups = read_located(write(tmp_path, text)).scenario.groups
    assert [(g.headcount, g.gaps["keu"], str(g.uptake)) for g in groups] == [(50, 9, "7/10"), (5, 2, "9/10")]


def test_a_negative_number_is_told_as_such_whatever_holds_it(tmp_path: Path) -> None:
    for hours in ("-3", "-3,5", "\u22123", "(3)"):
        write(tmp_path, f"id;closes.keu;JP\nbimtek;80%;{hours}\n", "t.csv")
        (problem,) = problems(write(tmp_path, PROGRAMMES))
        assert "this number cannot be negative (-3" in problem.message
        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.append(["id", "closes.keu", "JP"])
        sheet.append(["bimtek", 0.8, hours])
        book.save(tmp_path / "t.xlsx")
        (problem,) = problems(write(tmp_path, PROGRAMMES.replace("t.csv", "t.xlsx")))
        assert "column 'JP'" in problem.message
        assert "this number cannot be negative (-3" in problem.message


def test_names_of_columns_in_two_rows_are_told_as_such(tmp_path: Path) -> None:
    write(tmp_path, "id;Jumlah;;weight\n;headcount;gap:keu;\na;5;1;1\n", "t.csv")
    told = [problem.message for problem in problems(write(tmp_path, GROUPS))]
    assert "the names of the columns stand in two rows, of which this is the lower one." in told[0]


def test_of_merged_cells_nothing_else_is_told(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["id", "headcount"], ["a", 5], [None, 6]):
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    book.save(tmp_path / "t.xlsx")
    (problem,) = problems(write(tmp_path, GROUPS.replace("t.csv", "t.xlsx")))
    assert problem.message == "these cells are merged."
