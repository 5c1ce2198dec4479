"""Shares in the workbook show what the report says: only the whole is 100%, only nothing is 0%; the value is exact."""

from __future__ import annotations

import io
import re
from fractions import Fraction
from typing import Any

import pytest
from openpyxl import load_workbook
from xlsxwriter import Workbook

from planner.locale import speaking
from planner.report.material import Material
from planner.report.results_workbook.book import Book
from planner.report.wording.formats import Formats
from tests.scenarios.builders import plan, scenario

VALUES = [Fraction(text) for text in ("0", "0.0001", "0.0004", "0.0005", "0.5", "0.9994", "0.9995", "0.9996", "1")]


def shown(value: float, number_format: str, mark: str) -> str:
    """What a spreadsheet shows by the conditions of a format, from the first that holds."""
    for section in number_format.split(";"):
        condition = re.match(r"\[(<=|<|>=)([\d.]+)\]", section)
        if condition:
            limit = float(condition[2])
            if not {"<=": value <= limit, "<": value < limit, ">=": value >= limit}[condition[1]]:
                continue
        rest = section[condition.end() :] if condition else section
        if rest.startswith('"'):
            return rest.strip('"')
        assert rest == "0.0%"
        return f"{value * 100:.1f}%".replace(".", mark)
    raise AssertionError(number_format)


@pytest.mark.parametrize(("language", "mark"), [("id", ","), ("en", ".")])
def test_a_share_shows_what_the_report_says_and_is_stored_exactly(language: str, mark: str) -> None:
    content = io.BytesIO()
    with speaking(language):
        workbook = Workbook(content, {"in_memory": True})
        book = Book(workbook, Material(scenario(), plan(), Formats(language)))
        sheet = book.sheet("Shares")
        for row, value in enumerate(VALUES):
            sheet.number(row, 0, value, share=True)
            sheet.formula(row, 1, f"A{row + 1}", value, share=True)
        workbook.close()
    cells: Any = load_workbook(content)["Shares"]
    for row, value in enumerate(VALUES, 1):
        assert cells.cell(row, 1).value == float(value)
        said = Formats(language).share(value).replace("100%", f"100{mark}0%")
        for column in (1, 2):
            told = shown(float(value), cells.cell(row, column).number_format, mark)
            assert told == (f"0{mark}0%" if value == 0 else said)
