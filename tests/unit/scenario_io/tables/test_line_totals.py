"""Jumlah and Total in tables of cost lines: read, compared or refused by what stands beside them."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.scenario_io import read_located
from tests.unit.scenario_io.minimal import MINIMAL, problems, write

TEXT = (
    MINIMAL[: MINIMAL.index("programmes:")]
    + MINIMAL[MINIMAL.index("funds:") :]
    + "programmes: [{id: p, closes: {keu: 0.8}, class_size: {max: 30}}]\ncosts: {table: b.csv}\n"
)


def read(folder: Path, *rows: str) -> tuple[list[tuple[str, int]], list[str]]:
    """Quantities and prices of the lines, and the notices."""
    write(folder, "\n".join(rows) + "\n", "b.csv")
    loaded = read_located(write(folder, TEXT))
    return [(str(c.quantity), c.price) for c in loaded.scenario.programme["p"].costs], list(map(str, loaded.noticed))  # type: ignore[misc]


def refused(folder: Path, *rows: str) -> str:
    write(folder, "\n".join(rows) + "\n", "b.csv")
    return "\n".join(str(problem) for problem in problems(write(folder, TEXT)))


@pytest.mark.parametrize("head", ["Jumlah", "TOTAL", "Jumlah (Rp)", "Total Harga", "total_harga"])
def test_products_of_volumes_and_prices_are_compared(tmp_path: Path, head: str) -> None:
    heads = f"program;uraian;per;volume;harga satuan;ppn;{head}"
    assert read(tmp_path, heads, "p;A;class;4 OJ x 3 hari;900000;;10800000", "p;B;class;2;100000;11%;222000")[0] == [
        ("4 OJ x 3 hari", 900_000), ("2", 100_000),
    ]  # fmt: skip
    told = refused(tmp_path, heads, "p;A;class;2;50000;;150000")
    assert f"'{head}' is Rp150,000, but 2 x Rp50,000 are Rp100,000." in told
    assert "is a sum" in refused(tmp_path, heads, "p;A;class;2;50000;;100000", "JUMLAH;;;;;;100000")


def test_the_volumes_of_sipd_are_compared_too(tmp_path: Path) -> None:
    heads = "program;uraian;per;vol_1;sat_1;vol_2;sat_2;harga_satuan;pajak;total_harga"
    assert read(tmp_path, heads, "p;A;class;3;OJ;2;hari;50000;11%;333000")[0] == [("3 OJ x 2 hari", 50_000)]
    assert "Rp333,000" in refused(tmp_path, heads, "p;A;class;3;OJ;2;hari;50000;11%;444000")


def test_amounts_alone_are_the_prices_of_the_lines(tmp_path: Path) -> None:
    assert read(tmp_path, "program;uraian;per;Jumlah", "p;A;class;Rp1.250.000")[0] == [("1", 1_250_000)]
    assert read(tmp_path, "program;uraian;per;harga;Jumlah", "p;A;class;50000;50000")[0] == [("1", 50_000)]


def test_numbers_far_below_the_prices_beside_them_count_units_and_it_is_said(tmp_path: Path) -> None:
    lines, notices = read(tmp_path, "program;uraian;per;Jumlah;satuan;harga", "p;A;class;3;rim;50000")
    assert lines == [("3", 50_000)]
    assert any("'Jumlah' was read as the number of units" in text for text in notices)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (["program;uraian;per;volume;Jumlah", "p;A;class;3;150000"], "could be the price of one unit or that of all"),
        (["program;uraian;per;harga;Jumlah", "p;A;class;50000;150000"], "could be the number of units or the amount"),
    ],
)
def test_what_could_be_two_things_is_refused_with_both(tmp_path: Path, rows: list[str], words: str) -> None:
    told = refused(tmp_path, *rows)
    assert words in told
    assert "Call it Volume if it counts units, Harga Satuan if it is the price of one" in told
    assert "is missing" not in told


def test_a_table_of_prices_and_payments_may_call_amounts_jumlah(tmp_path: Path) -> None:
    write(tmp_path, "Kabupaten;Jumlah (Rp)\nKerinci;850.000,00\n", "harga.csv")
    lines = "price: {by: location, default: 0, table: harga.csv}"
    text = MINIMAL.replace("price: 50_000", lines)
    (item,) = read_located(write(tmp_path, text)).scenario.programmes[0].costs
    assert "850000" in repr(item.price)


def test_a_head_for_several_units_is_refused_in_its_own_words(tmp_path: Path) -> None:
    told = refused(tmp_path, "program;uraian;per;volume;Satuan (per 100);harga", "p;A;class;3;lembar;50000")
    assert "'per 100': by this remark amounts of the column are for several units together" in told
