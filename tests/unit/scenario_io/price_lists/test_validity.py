"""Prices of another year, or that hold no longer, are told with the list, the year and their number."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest

from planner.scenario_io.price_lists import offered_prices
from tests.unit.scenario_io.price_lists.lists import HONOR, plain_list, reading, saved, sipd

CODE = "1.1.12.03.01.0001"
LINE = f"price: {{from: ssh, code: {CODE}}}"
PRICE = (CODE, "Honorarium narasumber", "OJ", 900_000)


def told(folder: Path, rows: list[list[Any]], name: str = "ssh.csv") -> list[str]:
    """What is told of the year of a list that a scenario for 2027 takes a price from."""
    saved(folder, rows, name)
    read = reading(folder, LINE, f"{{ssh: {{table: {name}}}}}")
    assert read.scenario.programmes[0].costs[0].price == 900_000
    return [notice.message for notice in read.noticed if "which says" in notice.message]


@pytest.mark.parametrize("name", ["ssh.csv", "ssh.xlsx"])
@pytest.mark.parametrize(
    "title",
    [
        "STANDAR SATUAN HARGA TAHUN ANGGARAN 2026",
        "Standar Biaya Umum (SBU) TA 2026",
        "SSH T.A. 2025/2026",
        "Peraturan Gubernur Jambi Nomor 27 Tahun 2027 tentang SSH Tahun Anggaran 2026",
        "Harga berlaku sampai dengan 31 Desember 2026",
        "Berlaku s.d. 30 Juni 2027",
        "Masa berlaku: 1 Januari 2026 - 31 Desember 2026",
        "Berlaku hingga akhir tahun 2026",
        "Valid until 2026-12-31",
    ],
)
def test_prices_of_another_year_by_the_words_around_them_are_told(tmp_path: Path, title: str, name: str) -> None:
    rows = sipd((*PRICE, HONOR))
    for told_ in (told(tmp_path, [[title], *rows], name), told(tmp_path, [*rows, [title]], name)):
        assert told_ == [f"1 price of the list 'ssh', which says '{title}', is used for 2027."]


@pytest.mark.parametrize(
    "title",
    [
        "STANDAR SATUAN HARGA TAHUN ANGGARAN 2027",
        "Peraturan Gubernur Jambi Nomor 27 Tahun 2026 tentang Standar Harga Satuan",
        "Peraturan Bupati No. 12 Tahun 2025 tentang SSH Tahun 2027",
        "SSH Tahun Anggaran 2026 sampai dengan 2027",
        "Berlaku sampai 31 Desember 2027",
        "Berlaku mulai 1 Januari 2026",
        "Jambi, 30 November 2026",
        "Survei harga di 2026 toko",
    ],
)
def test_prices_of_the_year_are_not(tmp_path: Path, title: str) -> None:
    assert told(tmp_path, [[title], *sipd((*PRICE, HONOR))]) == []


@pytest.mark.parametrize(
    ("head", "cell", "words"),
    [
        ("Tahun", "2026", "Tahun: 2026"),
        ("Tahun Anggaran", 2025, "Tahun Anggaran: 2025"),
        ("Berlaku sampai", "31-12-2026", "Berlaku sampai: 31-12-2026"),
        ("Masa berlaku", "1 Januari 2026 s.d. 31 Desember 2026", "Masa berlaku: 1 Januari 2026 s.d. 31 Desember 2026"),
        ("Berlaku sampai", datetime.date(2026, 12, 31), "Berlaku sampai: 2026-12-31"),
    ],
)
def test_a_column_of_its_own_says_it_for_each_row(tmp_path: Path, head: str, cell: Any, words: str) -> None:
    rows = [["Tahun Anggaran 2027"], *plain_list(PRICE, ("2.2", "Lain", "OJ", 700_000))]
    rows[1].append(head)
    rows[2].append(cell)
    assert told(tmp_path, rows, "ssh.xlsx") == [f"1 price of the list 'ssh', which says '{words}', is used for 2027."]


def test_the_head_of_the_prices_and_the_name_of_the_file_say_it_too(tmp_path: Path) -> None:
    assert "'tahun 2026'" in told(tmp_path, [["Kode", "Uraian", "Satuan", "Harga 2026"], list(PRICE)])[0].replace(
        "Harga tahun", "tahun"
    )
    assert "'ssh-jambi-2026'" in told(tmp_path, plain_list(PRICE), "ssh-jambi-2026.csv")[0]
    assert told(tmp_path, plain_list(PRICE), "ssh-2027.csv") == []
    assert told(tmp_path, [["Tahun Anggaran 2027"], *plain_list(PRICE)], "ssh-2026.csv") == []


def test_prices_that_nothing_takes_are_not_told(tmp_path: Path) -> None:
    saved(tmp_path, [["Tahun Anggaran 2026"], *plain_list(PRICE)])
    read = reading(tmp_path, "price: 900_000")
    assert not [notice for notice in read.noticed if "which says" in notice.message]


def test_a_template_made_for_a_scenario_tells_it_of_the_prices_it_offers(tmp_path: Path) -> None:
    title, rows = "SSH Tahun Anggaran 2026", plain_list(PRICE, ("2.2", "Lain", "OJ", 700_000))
    file = saved(tmp_path, [[title], *rows])
    assert [doubt.message for doubt in offered_prices(file, year=2027)[1]] == [
        f"2 prices of the list 'ssh', which says '{title}', are used for 2027."
    ]
    assert offered_prices(file, year=2026)[1] == offered_prices(file)[1] == []
