"""Prices in a foreign currency by the words above, below or beside them are refused; words about others are not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from planner.errors import InputError
from tests.unit.scenario_io.price_lists.lists import reading, saved

CODE = "1.1.12.03.01.0001"
HEADS = ["Kode", "Uraian", "Satuan", "Harga"]
ROW = [CODE, "a", "OJ", 500]
LISTS = "{ssh: {table: ssh.xlsx}}"


def price(folder: Path) -> Any:
    read = reading(folder, f"price: {{from: ssh, code: {CODE}}}", LISTS)
    return read.scenario.programmes[0].costs[0].price


def refusal(folder: Path) -> str:
    with pytest.raises(InputError) as caught:
        price(folder)
    return "\n".join(map(str, caught.value.problems))


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Daftar harga dalam dolar AS", "harga dalam dolar AS"),
        ("DAFTAR HARGA (USD)", "HARGA (USD)"),
        ("(dalam US$)", "dalam US$"),
        ("Mata uang: EUR", "Mata uang: EUR"),
        ("Price list in Euro", "Price list in Euro"),
        ("Harga satuan dalam SAR", "Harga satuan dalam SAR"),
        ("Harga satuan USD", "Harga satuan USD"),
        ("USD", "USD"),
    ],
)
def test_a_title_or_a_note_that_names_a_foreign_currency_refuses_the_list(
    tmp_path: Path, title: str, words: str
) -> None:
    told = f"'{words}': by this remark amounts of the table are in a foreign currency, but they are read in rupiah."
    saved(tmp_path, [[title], HEADS, ROW], "ssh.xlsx")
    assert f"SSH!A1: {told}" in refusal(tmp_path)
    saved(tmp_path, [HEADS, ROW, [], [title]], "ssh.xlsx")
    assert f"SSH!A4: {told}" in refusal(tmp_path)


@pytest.mark.parametrize(
    "title",
    [
        "Daftar harga satuan dalam rupiah",
        "Kurs: 1 USD = Rp16.000",
        "Badan Pencarian dan Pertolongan (SAR)",
        "Harga per 1 Januari 2027 (Rp)",
        "Harga kendaraan Euro",
    ],
)
def test_other_titles_change_nothing(tmp_path: Path, title: str) -> None:
    saved(tmp_path, [[title], HEADS, ROW], "ssh.xlsx")
    assert price(tmp_path) == 500


@pytest.mark.parametrize("head", ["Harga (Ringgit)", "Harga (euro)", "Harga dalam riyal"])
def test_heads_with_currencies_in_words_are_refused(tmp_path: Path, head: str) -> None:
    saved(tmp_path, [[*HEADS[:3], head], ROW], "ssh.xlsx")
    assert "amounts of the column are in a foreign currency" in refusal(tmp_path)


@pytest.mark.parametrize(
    ("head", "row", "place", "kind"),
    [
        ("Keterangan", [*ROW, "dalam ribuan rupiah"], "E2", "thousands or millions"),
        ("Keterangan", [*ROW, "USD"], "E2", "a foreign currency"),
        ("Catatan", [*ROW, "harga dalam dolar"], "E2", "a foreign currency"),
        ("Mata Uang", [*ROW, "SAR"], "E2", "a foreign currency"),
        ("Spek", [CODE, "a", "OJ", 500, "harga dalam USD"], "E2", "a foreign currency"),
        ("Spek", [CODE, "a", "USD/OJ", 500, "x"], "C2", "a foreign currency"),
        ("Spek", [CODE, "Lisensi (USD)", "akun", 500, "x"], "B2", "a foreign currency"),
    ],
)
def test_a_row_that_says_so_of_its_price_is_refused_where_it_is_used(
    tmp_path: Path, head: str, row: list[Any], place: str, kind: str
) -> None:
    other = ["1.1.2", "b", "OJ", 600, "sudah termasuk modul SAR"]
    saved(tmp_path, [[*HEADS, head], row, other], "ssh.xlsx")
    told = refusal(tmp_path)
    assert f"SSH!{place}: by '" in told
    assert f"the price of '{CODE}' is in {kind}" in told
    read = reading(tmp_path, "price: {from: ssh, code: 1.1.2}", LISTS)
    assert read.scenario.programmes[0].costs[0].price == 600
