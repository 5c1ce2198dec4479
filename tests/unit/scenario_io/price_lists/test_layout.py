"""Each layout of a price list, in each kind of file, gives the same prices; what is no price list says so."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from planner.domain.programmes import PriceBy
from planner.errors import InputError
from planner.scenario_io.price_lists import offered_prices
from planner.scenario_io.problems import Refused
from planner.scenario_io.reading import read_located_text
from tests.unit.scenario_io.price_lists.lists import (
    ATK,
    DIKLAT,
    HONOR,
    plain_list,
    reading,
    saved,
    sipd,
    template,
    text_of,
)

CODE = "1.1.12.03.01.0001"
LAYOUTS: dict[str, list[list[Any]]] = {
    "sipd": sipd((CODE, "Narasumber", "OJ", 900_000, HONOR, DIKLAT)),
    "template": template((CODE, "Narasumber", "OJ", 900_000, 4)),
    "template without help": template((CODE, "Narasumber", "OJ", 900_000, 4), help_row=False),
    "plain": plain_list((CODE, "Narasumber", "OJ", 900_000)),
    "title above": [["STANDAR SATUAN HARGA TAHUN 2027"], [], *sipd((CODE, "Narasumber", "OJ", 900_000, HONOR, DIKLAT))],
    "a column of numbers": [["No", "Kode", "Uraian", "Satuan", "Harga (Rp)"], [1, CODE, "Narasumber", "OJ", 900_000]],
    "group heads": sipd(("1.1.12", "Jasa", "", ""), (CODE, "Narasumber", "OJ", 900_000, HONOR, DIKLAT)),
}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("name", ["ssh.csv", "ssh.xlsx"])
def test_each_layout_gives_the_price_with_what_it_carries_along(tmp_path: Path, layout: str, name: str) -> None:
    saved(tmp_path, LAYOUTS[layout], name)
    loaded = reading(tmp_path, f"price: {{from: ssh, code: {CODE}}}", f"{{ssh: {{table: {name}}}}}")
    (item,) = loaded.scenario.programmes[0].costs
    (entry,) = item.listed
    assert (item.price, item.unit) == (900_000, "OJ")
    assert (entry.from_, entry.code, entry.name, entry.price, entry.unit) == ("ssh", CODE, "Narasumber", 900_000, "OJ")
    assert entry.accounts == ((HONOR, DIKLAT) if layout in ("sipd", "title above", "group heads") else ())
    assert entry.group == {"sipd": "SSH", "title above": "SSH", "group heads": "SSH", "template": "SBU",
                           "template without help": "SBU"}.get(layout)  # fmt: skip
    helped = [notice.message for notice in loaded.noticed if "help" in notice.message]
    assert len(helped) == (layout == "template")
    assert [file.name for file in loaded.files] == [name]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_separator_is_found(tmp_path: Path, separator: str) -> None:
    saved(tmp_path, sipd((CODE, 'Alat "tulis", kertas; pensil', "Rim", 55_000, ATK)), separator=separator)
    (item,) = reading(tmp_path, f"price: {{from: ssh, code: {CODE}}}").scenario.programmes[0].costs
    assert (item.price, item.account, item.listed[0].name) == (55_000, ATK, 'Alat "tulis", kertas; pensil')


def test_a_price_may_have_ten_accounts(tmp_path: Path) -> None:
    accounts = [f"5.1.02.01.01.{n:04d}" for n in range(1, 11)]
    saved(tmp_path, sipd((CODE, "Kertas", "Rim", 55_000, *accounts)))
    for n, account in enumerate(accounts):
        (item,) = (
            reading(tmp_path, f"account: {account}, price: {{from: ssh, code: {CODE}}}").scenario.programmes[0].costs
        )
        assert item.listed[0].accounts == tuple(accounts), n


def refusal(folder: Path, line: str, lists: str = "{ssh: {table: ssh.csv}}") -> str:
    with pytest.raises(InputError) as caught:
        reading(folder, line, lists)
    return "\n".join(map(str, caught.value.problems))


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([["Nama", "Jumlah"], ["a", 1]], "this is no price list"),
        ([], "this is no price list"),
        (
            [["Kode", "Uraian", "Satuan", "Harga", "Harga Satuan"], [CODE, "a", "OJ", 1, 2]],
            "'Harga Satuan' and 'Harga'",
        ),
        ([["Kode", "Uraian", "Harga"], [CODE, "a", 1]], "no column for the unit"),
    ],
)
def test_what_is_no_price_list_says_so(tmp_path: Path, rows: list[list[Any]], words: str) -> None:
    saved(tmp_path, rows)
    assert words in refusal(tmp_path, f"price: {{from: ssh, code: {CODE}}}")


def test_files_that_are_not_there_or_of_another_kind_are_refused(tmp_path: Path) -> None:
    (tmp_path / "ssh.txt").write_text("x")
    (tmp_path / "rusak.xlsx").write_bytes(b"PK\x03\x04 cut off")
    line = f"price: {{from: ssh, code: {CODE}}}"
    assert "there is no file 'ssh.csv'" in refusal(tmp_path, line)
    assert "Save it as .csv or .xlsx" in refusal(tmp_path, line, "{ssh: {table: ssh.txt}}")
    assert "rusak.xlsx" in refusal(tmp_path, line, "{ssh: {table: rusak.xlsx}}")
    assert "leaves the folder" in refusal(tmp_path, line, "{ssh: {table: ../ssh.csv}}")
    assert "a price list is a file" in refusal(tmp_path, line, "{ssh: ssh.csv}")
    assert "each price list has a name" in refusal(tmp_path, line, "[ssh.csv]")
    saved(tmp_path, sipd((CODE, "a", "OJ", 5)))
    assert "unknown key 'sheets'" in refusal(tmp_path, line, "{ssh: {table: ssh.csv, sheets: A}}")
    assert "belongs to an XLSX workbook" in refusal(tmp_path, line, "{ssh: {table: ssh.csv, sheet: A}}")


def test_of_several_sheets_one_is_named(tmp_path: Path) -> None:
    import openpyxl

    path = saved(tmp_path, sipd((CODE, "a", "OJ", 5)), "ssh.xlsx")
    book = openpyxl.load_workbook(path)
    book.create_sheet("Petunjuk").append(["Cara mengisi"])
    book.save(path)
    line, lists = f"price: {{from: ssh, code: {CODE}}}", "{ssh: {table: ssh.xlsx}}"
    assert reading(tmp_path, line, lists).scenario.programmes[0].costs[0].price == 5  # the other holds no prices
    for row in sipd((CODE, "a", "OJ", 7)):
        book["Petunjuk"].append(row)
    book.save(path)
    assert "several sheets hold prices: 'SSH', 'Petunjuk'" in refusal(tmp_path, line, lists)
    chosen = reading(tmp_path, line, "{ssh: {table: ssh.xlsx, sheet: Petunjuk}}")
    assert chosen.scenario.programmes[0].costs[0].price == 7
    assert "no sheet 'SHS'" in refusal(tmp_path, line, "{ssh: {table: ssh.xlsx, sheet: SHS}}")


PROVINCES: list[list[Any]] = [
    ["UANG HARIAN PERJALANAN DINAS"],
    ["No.", "Provinsi", "Satuan", "Luar Kota", "Diklat"],
    ["(1)", "(2)", "(3)", "(4)", "(5)"],
    [1, "ACEH", "OH", 360_000, 110_000],
    [2, "D.K.I. JAKARTA", "OH", 530_000, 160_000],
]
"""A row for each province, a column for each kind."""
PLACES: list[list[Any]] = [
    ["Kode", "Uraian", "Satuan", "Jambi", "Kerinci"],
    ["1.1", "Penginapan", "OH", "Rp500.000", "Rp300.000"],
]
"""A row for each item, a column for each place."""


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_list_with_several_columns_of_prices_is_read_by_one(tmp_path: Path, ending: str) -> None:
    saved(tmp_path, PROVINCES, f"sbu.{ending}")
    lists = f"{{ssh: {{table: sbu.{ending}, column: luar kota}}, diklat: {{table: sbu.{ending}, column: Diklat}}}}"
    priced = "price: {by: location, Kerinci: {from: ssh, code: D.K.I. Jakarta}, default: {from: diklat, code: aceh}}"
    text = text_of(priced, lists).replace("per: class", "per: participant")
    read = read_located_text(text, name="c.yaml", folder=tmp_path)
    price = read.scenario.programmes[0].costs[0].price
    assert isinstance(price, PriceBy)
    assert (price.prices, price.default) == ({"Kerinci": 530_000}, 110_000)
    assert read.noticed == ()

    saved(tmp_path, PLACES, f"sbu.{ending}")
    (item,) = (
        reading(tmp_path, "price: {from: ssh, code: '1.1'}", f"{{ssh: {{table: sbu.{ending}, column: Kerinci}}}}")
        .scenario.programmes[0]
        .costs
    )
    assert (item.price, item.unit) == (300_000, "OH")


def test_the_workbook_to_fill_in_takes_one_column_of_such_a_list(tmp_path: Path) -> None:
    several = saved(tmp_path, PROVINCES, "sbu.csv")
    found, _doubts = offered_prices(several, column="Diklat")
    assert [entry["price"] for entry in found] == [110_000, 160_000]
    one = saved(tmp_path, [["Kode", "Uraian", "Satuan", "Harga"], ["1.1", "Kertas", "Rim", 60_000]], "ssh.csv")
    assert len(offered_prices(one, column="Diklat")[0]) == 1, "a list with one price needs no column"
    with pytest.raises(Refused) as refused:
        offered_prices(several)
    assert "--prices-column" in str(refused.value.problem)


def test_heads_of_prices_may_stand_in_a_row_below(tmp_path: Path) -> None:
    heads = [["No", "Provinsi", "Satuan", "Besaran", ""], ["", "", "", "Luar Kota", "Diklat"]]
    saved(tmp_path, [*heads, *PROVINCES[3:]])
    (item,) = (
        reading(tmp_path, "price: {from: ssh, code: Aceh}", "{ssh: {table: ssh.csv, column: Diklat}}")
        .scenario.programmes[0]
        .costs
    )
    assert item.price == 110_000


@pytest.mark.parametrize(("rows", "heads"), [(PROVINCES, ("Luar Kota", "Diklat")), (PLACES, ("Jambi", "Kerinci"))])
def test_without_its_column_such_a_list_is_refused_with_the_way_out(
    tmp_path: Path, rows: list[list[Any]], heads: tuple[str, str]
) -> None:
    saved(tmp_path, rows)
    told = refusal(tmp_path, "price: {from: ssh, code: a}")
    assert "prices in several columns" in told
    assert f"{{table: ssh.csv, column: {heads[0]}}}" in told
    assert f"Columns: '{heads[0]}', '{heads[1]}'." in told
    assert "no column 'Lain'" in refusal(
        tmp_path, "price: {from: ssh, code: a}", "{ssh: {table: ssh.csv, column: Lain}}"
    )


def test_a_list_without_codes_has_places_or_names_as_codes(tmp_path: Path) -> None:
    for code, head in (("jambi", "Provinsi"), ("uang harian", "Uraian")):
        rows: list[list[Any]] = [
            ["No", head, "Satuan", "Harga", "PPN"],
            [1, code.upper(), "OH", 300_000, 0.11],
            ["", "JUMLAH", "", 300_000],
        ]
        saved(tmp_path, [row + [""] * (5 - len(row)) for row in rows])
        read = reading(tmp_path, f"price: {{from: ssh, code: {code}}}")
        assert read.scenario.programmes[0].costs[0].price == 300_000
        assert [notice.message for notice in read.noticed] == [
            "the column 'PPN' is not read: give the tax in the cost line, with 'tax'."
        ]
        offered, doubts = offered_prices(tmp_path / "ssh.csv")
        assert [entry["code"] for entry in offered] == [code.upper()]
        assert len(doubts) == 1


def test_of_prices_of_two_years_one_is_named(tmp_path: Path) -> None:
    saved(tmp_path, [["Kode", "Uraian", "Satuan", "Harga 2026", "Harga 2027"], ["1.1", "a", "OJ", 5_000, 6_000]])
    line = "price: {from: ssh, code: '1.1'}"
    assert "In price_lists 'column: Harga 2027' chooses one." in refusal(tmp_path, line)
    read = reading(tmp_path, line, "{ssh: {table: ssh.csv, column: Harga 2027}}")
    assert read.scenario.programmes[0].costs[0].price == 6_000


PAGES = [
    ["Kode", "Uraian", "Satuan", "Harga"],
    ["KODE", "URAIAN", "SATUAN", "HARGA"],
    ["Kode ", "Nama Barang", "Satuan", "Harga (Rp)"],
    ["Kode", "", "", "Harga"],
]


@pytest.mark.parametrize("again", PAGES)
@pytest.mark.parametrize("name", ["ssh.csv", "ssh.xlsx"])
def test_heads_at_the_top_of_a_further_page_are_passed_over_and_said(
    tmp_path: Path, again: list[str], name: str
) -> None:
    rows: list[list[Any]] = [PAGES[0], [CODE, "a", "OJ", 7], again, ["1.2", "b", "OJ", 8], again, ["1.3", "c", "OJ", 9]]
    saved(tmp_path, rows, name)
    read = reading(tmp_path, "price: {from: ssh, code: '1.3'}", f"{{ssh: {{table: {name}}}}}")
    assert read.scenario.programmes[0].costs[0].price == 9
    assert [notice.message for notice in read.noticed] == [
        "2 rows that repeat the column headings were left out: 3, 5."
    ]
    offered, _doubts = offered_prices(tmp_path / name)
    assert [entry["code"] for entry in offered] == [CODE, "1.2", "1.3"]


@pytest.mark.parametrize("again", [["Kode", "Harga", "Uraian", "Satuan"], ["No", "Kode", "Uraian", "Harga"]])
def test_heads_in_another_order_further_down_are_refused(tmp_path: Path, again: list[str]) -> None:
    saved(tmp_path, [PAGES[0], [CODE, "a", "OJ", 7], again, ["1.2", 8, "b", "OJ"]])
    told = refusal(tmp_path, f"price: {{from: ssh, code: {CODE}}}")
    assert "ssh.csv:3:1" in told
    assert "a second table begins in this row." in told


def test_units_and_places_called_like_heads_are_data(tmp_path: Path) -> None:
    saved(tmp_path, [["Uraian", "Satuan", "Harga"], ["Kota", "Unit", 7], ["Kota", "Unit", 8_000]])
    assert "the code 'Kota' is there twice" in refusal(tmp_path, "price: {from: ssh, code: Kota}")
    saved(tmp_path, [PAGES[0], ["1.2", "Kota", "Unit", ""], [CODE, "Kota", "Unit", 7]])
    read = reading(tmp_path, f"price: {{from: ssh, code: {CODE}}}")
    assert (read.scenario.programmes[0].costs[0].price, read.noticed) == (7, ())


WRONG = [
    "kode;uraian;satuan;harga;kelompok,rekening\n{code};a;OJ;7;x\n1.2;b;OJ;8;x\n",
    "kode;uraian barang, jasa, dan lain;satuan, unit;harga, rupiah\n{code};a;OJ;7\n1.2;b;OJ;8\n",
    "kode;uraian;satuan;rekening 1, rekening 2,harga\n{code};a;OJ;x\n1.2;b;OJ;x\n",
    "no,kode;uraian;satuan;harga\n{code};a;OJ;7\n1.2;b;OJ;8\n",
]


@pytest.mark.parametrize("text", WRONG)
def test_a_wrong_separator_that_cuts_the_heads_all_the_same_is_told(tmp_path: Path, text: str) -> None:
    (tmp_path / "ssh.csv").write_text("sep=,\n" + text.format(code=CODE), encoding="utf-8")
    told = refusal(tmp_path, f"price: {{from: ssh, code: {CODE}}}")
    assert "ssh.csv:1:1: this line says that ',' separates cells, but ';' does. Write 'sep=;', or" in told


@pytest.mark.parametrize("titles", [0, 1, 5])
def test_commas_within_cells_do_not_refuse_a_right_separator(tmp_path: Path, titles: int) -> None:
    text = "sep=;\n" + "STANDAR, SATUAN, HARGA\n" * titles + f"Kode;Uraian;Satuan;Harga\n{CODE};a, b, c;OJ;7\n"
    (tmp_path / "ssh.csv").write_text(text, encoding="utf-8")
    assert reading(tmp_path, f"price: {{from: ssh, code: {CODE}}}").scenario.programmes[0].costs[0].price == 7


def test_two_columns_of_one_name_are_refused_with_both_cells_also_where_one_is_asked_for(tmp_path: Path) -> None:
    saved(tmp_path, [["Kode", "Uraian", "Satuan", "Harga", "Harga"], [CODE, "a", "OJ", 1_000, 2_000]], "ssh.xlsx")
    for lists in ("{ssh: {table: ssh.xlsx}}", "{ssh: {table: ssh.xlsx, column: Harga}}"):
        told = refusal(tmp_path, f"price: {{from: ssh, code: {CODE}}}", lists)
        assert "SSH!E1: the columns 'Harga' and 'Harga' both hold the amount of a price; the other is at" in told
        assert "SSH!D1." in told
        assert "chooses one" not in told


@pytest.mark.parametrize("name", ["ssh.csv", "ssh.xlsx"])
@pytest.mark.parametrize(
    ("head", "told"),
    [("Harga (ribuan)", "'ribuan': by this remark"), ("Harga ribuan", "'ribuan': by this remark"),
     ("Harga (ribuan, Zona 1)", "amounts of the column"), ("Harga (jutaan)", "amounts of the column"),
     ("Harga (USD)", "in a foreign currency"), ("Harga (M)", "could mean several things")],
)  # fmt: skip
def test_prices_that_are_no_rupiah_by_their_head_are_refused(tmp_path: Path, name: str, head: str, told: str) -> None:
    saved(tmp_path, [["Kode", "Uraian", "Satuan", head], [CODE, "a", "OJ", 1_250]], name)
    assert told in refusal(tmp_path, f"price: {{from: ssh, code: {CODE}}}", f"{{ssh: {{table: {name}}}}}")
    saved(tmp_path, [["Kode", "Uraian", "Satuan", "Harga"], ["", "", "", "(ribuan)"], [CODE, "a", "OJ", 1_250]], name)
    told = refusal(tmp_path, f"price: {{from: ssh, code: {CODE}}}", f"{{ssh: {{table: {name}}}}}")
    assert "'ribuan': by this remark" in told


@pytest.mark.parametrize(
    ("head", "remedy"),
    [("Harga (termasuk PPN)", "Give no 'tax' to cost lines"), ("Harga + PPN", "Give no 'tax'"), ("Harga (Zona 1)", "")],
)
def test_a_remark_that_changes_no_price_is_said(tmp_path: Path, head: str, remedy: str) -> None:
    saved(tmp_path, [["Kode", "Uraian", "Satuan", head], [CODE, "a", "OJ", 1_250]])
    loaded = reading(tmp_path, f"price: {{from: ssh, code: {CODE}}}")
    (notice,) = [each for each in loaded.noticed if "prices are read as they stand" in each.message]
    assert loaded.scenario.programmes[0].costs[0].price == 1_250
    assert (notice.column, notice.remedy.startswith(remedy)) == (4, True)


@pytest.mark.parametrize("head", ["Kode Rekening Belanja", "Rekening Belanja 1", "Akun Belanja", "Kode Rek."])
def test_accounts_are_known_by_what_offices_call_them(tmp_path: Path, head: str) -> None:
    saved(tmp_path, [["Kode", "Uraian", "Satuan", "Harga", head], [CODE, "a", "OJ", 500, ATK]])
    (item,) = reading(tmp_path, f"price: {{from: ssh, code: {CODE}}}").scenario.programmes[0].costs
    assert item.account == ATK


def test_one_column_of_amounts_under_another_name_is_named(tmp_path: Path) -> None:
    saved(tmp_path, [["Kode", "Uraian", "Satuan", "Harga Tertinggi"], [CODE, "a", "OJ", 5_000]])
    with pytest.raises(InputError, match=r"has amounts below 'Harga Tertinggi' and no column 'Harga'.*column: Harga"):
        reading(tmp_path, f"price: {{from: ssh, code: {CODE}}}")
