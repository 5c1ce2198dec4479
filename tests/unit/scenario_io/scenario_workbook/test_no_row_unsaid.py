"""No row of a workbook is lost unsaid: a cell that names nothing readable is refused where it stands."""

from __future__ import annotations

import io
from functools import cache
from typing import Any

import openpyxl
import pytest

from planner.locale import speaking
from planner.scenario_io import read_text, scenario_text
from planner.scenario_io.scenario_workbook import imported, workbook_bytes
from planner.scenario_io.scenario_workbook.example import example_scenario
from planner.scenario_io.scenario_workbook.lists import joined, separated
from tests.unit.scenario_io.scenario_workbook.books import changed, setting, told
from tests.unit.scenario_io.scenario_workbook.full import FULL, made


@cache
def full() -> bytes:
    """The workbook of the scenario that fills all columns."""
    with speaking("en"):
        return workbook_bytes(made(FULL))


OWNED = ("Gaps", "Closes", "Costs", "Prices", "Completed", "New gaps", "Uses", "Seats")
"""Sheets whose rows belong to a record of another one, or to a list."""


@pytest.mark.parametrize("sheet", OWNED)
@pytest.mark.parametrize(
    ("cell", "words"), [("a\u200bb", "invisible control character (U+200B)"), (True, "TRUE or FALSE"), ("x" * 300, "")]
)
def test_a_row_whose_first_cell_names_nothing_is_refused_there(sheet: str, cell: Any, words: str) -> None:
    with speaking("en"):
        problems = told(changed(full(), setting(f"{sheet}!A3", cell)))
    assert any(each.startswith(f"b.xlsx:{sheet}!A3") and words in each for each in problems)


@pytest.mark.parametrize("cell", [True, "Kota\u200b"])
def test_what_a_price_is_for_is_refused_where_it_cannot_be_read(cell: Any) -> None:
    with speaking("en"):
        problems = told(changed(full(), setting("Prices!C3", cell)))
    assert any(each.startswith("b.xlsx:Prices!C3") for each in problems)


def test_a_list_of_prices_that_no_line_names_is_told_with_the_one_meant() -> None:
    book = openpyxl.load_workbook(io.BytesIO(full()))
    name = str(book["Prices"]["A4"].value)
    with speaking("en"):
        read = imported(changed(full(), setting("Prices!A4", f"{name}n"), setting("Prices!B4", "location")), "b.xlsx")
    [message] = [str(each) for each in read.noticed if "no cost line names" in str(each)]
    assert message.startswith("b.xlsx:Prices!A4")
    assert f"Did you mean '{name}'?" in message


def test_new_lines_part_the_values_of_a_cell_as_semicolons_do() -> None:
    assert separated("TW2\nTW3;TW4\n") == ["TW2", "TW3", "TW4"]
    assert separated('"a; b"\n"c"\nd') == ["a; b", "c", "d"]
    assert separated(joined(["a;b", "c\nd", '"e'])) == ["a;b", "c\nd", '"e']
    with speaking("en"):
        book = changed(full(), setting("Programmes!L3", "TW1\nTW2"))
        assert imported(book, "b.xlsx").scenario.programmes[0].periods == ("TW1", "TW2")


@pytest.mark.parametrize("agency", ["BKPSDM", "BPSDM Provinsi Jambi"])
def test_an_agency_is_kept_though_the_template_shows_one(agency: str) -> None:
    with speaking("id"):
        text = scenario_text(example_scenario()).replace("contoh", "milik").replace("BKPSDM (milik)", agency)
        read = imported(workbook_bytes(read_text(text)), "b.xlsx", examples=False)
    assert read.scenario.scenario.agency == agency
    assert not any("contoh" in str(each) for each in read.noticed)
