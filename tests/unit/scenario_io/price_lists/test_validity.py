"""Prices of another year, or that hold no longer, are told with the list, the year and their number."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest

from planner.locale import speaking
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
        "STANDAR SATUAN HARGA 2026",
        "Standar Harga Satuan Regional 2025 (SHSR)",
        "Berlaku sampai Desember 2026",
        "Harga berlaku sampai 31 Desember 2026 (belum PPN)",
        "Berlaku 1-1-2026 s/d 31-12-2026 kecuali dicabut",
        "Berlaku 2025 s.d. 2026",
        "PMK 39 Tahun 2024 tentang SBM TA 2025",
        "Masa berlaku 2026",
        "SSH TA 2026 dan 2028",
        "Harga berlaku s.d. Semester I Tahun 2027",
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
        "Peraturan ini mulai berlaku pada tanggal 1 Januari 2027",
        "Mulai berlaku 2 Januari 2026",
        "Tanggal berlaku: 01-01-2026",
        "Berlaku 3 tahun sejak 1 Januari 2026",
        "Perpres 33 Tahun 2020 tentang Standar Harga Satuan Regional",
        "Lampiran Pergub Jambi 27 Tahun 2026",
        "Berita Daerah Provinsi Jambi Tahun 2026 Nomor 27",
        "Keputusan Bupati Tahun 2026 tentang SSH",
        "Tahun 2026 s.d. 2028",
        "Berlaku TA 2026 - 2028",
        "Edisi tahun 2026, berlaku sampai ada perubahan",
        "Ditetapkan di Jambi pada tahun 2026",
        "Harga survei tahun 2025",
        "SSH ditetapkan November 2026",
        "Tidak berlaku lagi sejak 1 Januari 2027",
        "Berlaku untuk jarak sampai 2026 km",
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
        ("Berlaku sampai", datetime.date(2026, 12, 31), "Berlaku sampai: 31-12-2026"),
        ("Berlaku s.d.", "Des 2026", "Berlaku s.d.: Des 2026"),
        ("Tahun", "TA 2026", "Tahun: TA 2026"),
        ("Thn", 2026, "Thn: 2026"),
        ("Masa berlaku", 2026, "Masa berlaku: 2026"),
        ("Masa berlaku", "Triwulan I s.d. III 2027", "Masa berlaku: Triwulan I s.d. III 2027"),
        ("Berlaku sampai", "TW II/2027", "Berlaku sampai: TW II/2027"),
        ("Masa berlaku", "31 Desember 2026", "Masa berlaku: 31 Desember 2026"),
        ("Tanggal berlaku", "1/1/2026 s.d. 31/12/2026", "Tanggal berlaku: 1/1/2026 s.d. 31/12/2026"),
        ("Kedaluwarsa", "2026-12-31", "Kedaluwarsa: 2026-12-31"),
    ],
)
def test_a_column_of_its_own_says_it_for_each_row(tmp_path: Path, head: str, cell: Any, words: str) -> None:
    rows = [["Tahun Anggaran 2027"], *plain_list(PRICE, ("2.2", "Lain", "OJ", 700_000))]
    rows[1].append(head)
    rows[2].append(cell)
    assert told(tmp_path, rows, "ssh.xlsx") == [f"1 price of the list 'ssh', which says '{words}', is used for 2027."]


@pytest.mark.parametrize(
    ("head", "cell"),
    [
        ("Tanggal berlaku", "01-01-2026"),
        ("TMT Berlaku", "1 Januari 2026"),
        ("Mulai berlaku", datetime.date(2026, 1, 1)),
        ("Berlaku sejak", "2 Januari 2026"),
        ("Berlaku", 2026),
        ("Masa berlaku", "1 Januari 2026"),
        ("Masa berlaku", "2026 s.d. 2028"),
        ("Tanggal Validasi", "12-10-2026"),
        ("Validator", "Budi, 5 Mei 2026"),
        ("Tahun", "2026 s.d. 2028"),
    ],
)
def test_a_column_whose_day_may_be_the_first_says_nothing(tmp_path: Path, head: str, cell: Any) -> None:
    rows = plain_list(PRICE)
    rows[0].append(head)
    rows[1].append(cell)
    assert told(tmp_path, rows, "ssh.xlsx") == []


@pytest.mark.parametrize("name", ["pergub-27-tahun-2026.csv", "ssh-2026-11-30.csv", "ssh-berlaku-mulai-2026.csv"])
def test_a_file_named_after_a_regulation_or_a_day_says_nothing(tmp_path: Path, name: str) -> None:
    assert told(tmp_path, plain_list(PRICE), name) == []


def test_years_that_several_texts_name_are_all_of_the_list(tmp_path: Path) -> None:
    title = [["SSH Tahun Anggaran 2026"]]
    assert told(tmp_path, [*title, *plain_list(PRICE), ["Dipakai pula untuk Tahun Anggaran 2027"]]) == []
    assert told(tmp_path, [*title, *plain_list(PRICE), ["Berlaku sampai ada perubahan"]]) == []


def several_years(folder: Path, price: str, year: int, further: str = "") -> list[tuple[str, str]]:
    """What is told of a list of one year by a plan for 2027 to 2029."""
    saved(folder, [[f"SSH TA {year}"], *plain_list(PRICE)])
    periods = "[{id: a, year: 2027}, {id: b, year: 2028}, {id: c, year: 2029}]"
    read = reading(folder, price, f"{{ssh: {{table: ssh.csv}}}}\nperiods: {periods}\n{further}")
    return [(each.message, each.remedy) for each in read.noticed if "which says" in each.message]


@pytest.mark.parametrize("growth", ["price_growth: 5%", ""])
def test_prices_of_a_later_year_are_told_as_they_serve_for_the_first(tmp_path: Path, growth: str) -> None:
    assert several_years(tmp_path, LINE, 2027, growth) == []
    [(message, remedy)] = several_years(tmp_path, LINE, 2029, growth)
    assert message == "1 price of the list 'ssh', which says 'SSH TA 2029', is used for 2027."
    assert ("'price_growth' raises them for later years" in remedy) == bool(growth)


def test_a_price_given_for_one_year_is_compared_with_that_year(tmp_path: Path) -> None:
    by_year = f"price: {{by: year, default: 900_000, 2029: {{from: ssh, code: {CODE}}}}}"
    saved(tmp_path, plain_list(PRICE))
    assert several_years(tmp_path, by_year, 2029, "price_growth: 5%") == []
    [(message, _remedy)] = several_years(tmp_path, by_year, 2027, "price_growth: 5%")
    assert message.endswith("which says 'SSH TA 2027', is used for 2029.")


def test_a_price_that_is_only_a_ceiling_is_called_one(tmp_path: Path) -> None:
    saved(tmp_path, [["SSH TA 2026"], *plain_list(PRICE)])
    read = reading(tmp_path, f"price: 800_000, ceiling: {{from: ssh, code: {CODE}}}")
    assert [each.message for each in read.noticed if "which says" in each.message] == [
        "1 price of the list 'ssh', which says 'SSH TA 2026', is a ceiling for 2027."
    ]


def test_many_prices_are_counted_with_their_thousands(tmp_path: Path) -> None:
    rows = plain_list(*((f"1.{n}", "Honor", "OJ", 900_000) for n in range(1, 1501)))
    file = saved(tmp_path, [["SSH TA 2026"], *rows])
    with speaking("id"):
        [doubt] = offered_prices(file, year=2027)[1]
    assert doubt.message.startswith("1.500 harga dari daftar 'ssh'")
    assert "ditawarkan untuk 2027" in doubt.message


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
        f"2 prices of the list 'ssh', which says '{title}', are offered for 2027."
    ]
    assert offered_prices(file, year=2026)[1] == offered_prices(file)[1] == []
