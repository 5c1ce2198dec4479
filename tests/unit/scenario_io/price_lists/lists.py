"""Price lists as offices have them, written by the tests, and scenarios that take prices from them."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl

from planner.scenario_io.reading import LoadedScenario, read_located_text

ATK, HONOR, DIKLAT = "5.1.02.01.01.0024", "5.1.02.02.01.0003", "5.1.02.02.12.0004"

SIPD_HEADS = [
    "Kode", "Uraian", "Spek", "Satuan", "Harga", *(f"Rekening {n}" for n in range(1, 11)), "Kelompok", "Nilai TKDN",
]  # fmt: skip


def sipd(*prices: tuple[Any, ...]) -> list[list[Any]]:
    """A list as uploaded to SIPD, of (code, name, unit, price, account ...)."""
    rows = [
        [code, name, "standar", unit, price, *accounts, *[""] * (10 - len(accounts)), "SSH", "40"]
        for code, name, unit, price, *accounts in prices
    ]
    return [SIPD_HEADS, *rows]


HELP = [
    "wajib, kode dari SIPD",
    "nama barang",
    "satuan",
    "spesifikasi",
    "1 SSH, 2 HSPK, 3 ASB, 4 SBU",
    "angka, tanpa titik",
]


def template(*prices: tuple[Any, ...], help_row: bool = True) -> list[list[Any]]:
    """The import template, whose second row is help text, of (code, name, unit, price, group)."""
    heads = ["kode_standar_harga", "nama_standar_harga", "satuan", "spek", "kelompok", "harga"]
    rows = [[code, name, unit, "", group, price] for code, name, unit, price, group in prices]
    return [heads, *([HELP] if help_row else []), *rows]


def plain_list(*prices: tuple[Any, ...]) -> list[list[Any]]:
    """The plain one, of (code, name, unit, price)."""
    return [["code", "name", "unit", "price"], *map(list, prices)]


def saved(folder: Path, rows: Sequence[Sequence[Any]], name: str = "ssh.csv", separator: str = ";") -> Path:
    """The rows in a CSV file or a workbook, by the ending of the name."""
    path = folder / name
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter=separator).writerows(rows)
        return path
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "SSH"
    for row in rows:
        sheet.append([None if cell == "" else cell for cell in row])
    book.save(path)
    return path


SCENARIO = """\
format: 1
scenario: {{id: c, fiscal_year: 2027}}
price_lists: {lists}
competencies: [{{id: k, kind: technical}}]
groups: [{{id: g, headcount: 30, location: Kerinci, gaps: {{k: 20}}}}]
programmes:
  - id: p
    closes: {{k: 80%}}
    class_size: {{max: 30}}
    costs:
      - {{item: Butir, per: class, {line}}}
funds: [{{id: apbd, kind: own, amount: 100 juta}}]
"""


def text_of(line: str, lists: str = "{ssh: {table: ssh.csv}}") -> str:
    """A scenario with one cost line and price lists."""
    return SCENARIO.format(line=line, lists=lists)


def reading(folder: Path, line: str, lists: str = "{ssh: {table: ssh.csv}}") -> LoadedScenario:
    """The scenario with one cost line, read in a folder."""
    return read_located_text(text_of(line, lists), name="c.yaml", folder=folder)
