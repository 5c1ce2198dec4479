"""Prices on the sheet of a workbook say of which year they are, or until when they hold, as a list in a file does."""

from __future__ import annotations

import datetime
import io
import re
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner

from planner.cli.group import cli
from planner.locale import speaking
from planner.scenario_io import read_located
from planner.scenario_io.price_lists import Entry, offered_prices
from planner.scenario_io.scenario_workbook import imported, workbook_bytes
from tests.unit.scenario_io.price_lists.lists import plain_list, reading, saved, text_of
from tests.unit.scenario_io.scenario_workbook.books import changed

CODE = "1.1.12.03.01.0001"
OFFERED: list[Entry] = [{"from": "ssh", "code": CODE, "name": "Narasumber", "unit": "OJ", "price": 900_000}]


@cache
def offering() -> bytes:
    """The template with the offered price, in English, made once."""
    with speaking("en"):
        return workbook_bytes(None, OFFERED)


def told(cell: Any, head: str = "validity") -> list[str]:
    """What is told of a workbook for 2027 whose only used price has a cell under a further head."""

    def fill(book: openpyxl.Workbook) -> None:
        costs, prices = book["Costs"], book["Price list"]
        heads = {str(each.value): at for at, each in enumerate(costs[2], start=1)}
        costs.cell(3, heads["price.code"]).value = CODE
        costs.cell(3, heads["price"]).value = costs.cell(3, heads["unit"]).value = None
        at = next(at for at, each in enumerate(prices[2], start=1) if each.value == "validity")
        prices.cell(2, at).value = head
        prices.cell(3, at).value = cell

    with speaking("en"):
        read = imported(changed(offering(), fill), "b.xlsx")
    return [str(each) for each in read.noticed if re.search("'ssh'|validity|list says", str(each))]


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (2026, "2026"),
        ("TA 2026", "TA 2026"),
        ("2025, 2026", "2025, 2026"),
        ("s.d. 30 Juni 2027", "s.d. 30 Juni 2027"),
        (datetime.date(2027, 6, 30), "30-06-2027"),
        ("Semester I 2027", "Semester I 2027"),
        ("Triwulan I 2027", "Triwulan I 2027"),
        ("TA 2027 Triwulan III", "TA 2027 Triwulan III"),
    ],
)
def test_a_price_of_another_year_or_that_expires_is_told(cell: Any, words: str) -> None:
    [message] = told(cell)
    assert f"1 price of the list 'ssh', which says 'validity: {words}', is used for 2027." in message
    assert message.startswith("b.xlsx")


@pytest.mark.parametrize("cell", [None, 2027, "2026-2028", "s.d. 31-12-2027", "sampai ada perubahan", "hingga dicabut",
    "belum dicabut", "Semester II 2027", "TW IV 2027", "Triwulan I - IV TA 2027"])  # fmt: skip
def test_a_price_that_holds_says_nothing(cell: Any) -> None:
    assert told(cell) == []


def test_an_older_workbook_with_a_column_of_the_office_is_heeded_too_unless_it_is_a_note() -> None:
    assert len(told(2026, "Tahun")) == 1
    assert told(2026, "#tahun") == []


@pytest.mark.parametrize("cell", ["lama", "31-13-2026", "Semester III 2027"])
def test_what_names_no_time_is_told_at_its_row(cell: str) -> None:
    [message] = told(cell)
    assert "b.xlsx:Price list!A3" in message
    assert f"names neither a year nor a last day, and is not read: 3 ({cell})." in message


@pytest.mark.parametrize("cell", ["mulai 1 Januari 2026", "TMT 1-3-2026", "berlaku sejak tahun 2026"])
def test_since_when_prices_hold_says_not_until_when(cell: str) -> None:
    [message] = told(cell)
    assert f"says since when prices hold, not until when, and is not read: 3 ({cell})." in message


@pytest.mark.parametrize(
    ("cell", "said"),
    [("1 Januari 2027", "1 Januari 2027"), ("01-12-2026", "01-12-2026"), (datetime.date(2027, 1, 1), "01-01-2027")],
)
def test_a_first_of_a_month_may_be_the_beginning(cell: Any, said: str) -> None:
    [message] = told(cell)
    assert f"may be the first day or the last, and is not read: 3 ({said})." in message


def test_a_price_that_holds_no_longer_is_told_once() -> None:
    [message] = told("tidak berlaku lagi")
    assert "of which the list says 'tidak berlaku'" in message


def listed_on(data: bytes) -> list[str]:
    """What stands under 'validity' on the sheet of prices."""
    sheet = openpyxl.load_workbook(io.BytesIO(data))["Price list"]
    at = next(at for at, each in enumerate(sheet[2], start=1) if each.value == "validity")
    return [str(sheet.cell(row, at).value) for row in range(3, sheet.max_row + 1)]


@pytest.mark.parametrize(
    ("title", "cell"), [("SSH TA 2025 dan 2026", "2025, 2026"), ("Berlaku s.d. 30 Juni 2027", "s.d. 30-06-2027")]
)
def test_a_template_says_what_the_list_says(tmp_path: Path, title: str, cell: str) -> None:
    rows = [[title], *plain_list((CODE, "Narasumber", "OJ", 900_000))]
    offered, _doubts = offered_prices(saved(tmp_path, rows, "ssh.csv"))
    with speaking("en"):
        assert listed_on(workbook_bytes(None, offered)) == [cell]


def test_a_scenario_keeps_its_hash_and_its_workbook_keeps_the_time_of_its_prices(tmp_path: Path) -> None:
    rows = plain_list((CODE, "Narasumber", "OJ", 900_000))
    line, lists = f"price: {{from: ssh, code: {CODE}}}", "{ssh: {table: ssh.csv}}"
    saved(tmp_path, rows)
    undated = reading(tmp_path, line, lists).scenario
    saved(tmp_path, [["SSH TA 2026"], *rows])
    dated = reading(tmp_path, line, lists)
    assert dated.scenario.sha256 == undated.sha256
    scenario = tmp_path / "s.yaml"
    scenario.write_text(text_of(line, lists), encoding="utf-8")
    for name, source in (("a.xlsx", scenario), ("b.xlsx", tmp_path / "a.xlsx")):
        result = CliRunner().invoke(cli, ["template", str(tmp_path / name), str(source)])
        assert result.exit_code == 0, result.output
        read = read_located(tmp_path / name)
        assert read.scenario.sha256 == dated.scenario.sha256
        assert sum("'validity: 2026'" in str(each) for each in read.noticed) == 1
