"""Workbooks with other cells, and with results of formulas as spreadsheets store them."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from io import BytesIO
from typing import Any

from openpyxl import load_workbook


def spoiled(book: bytes, **cells: Any) -> bytes:
    """A workbook with other values in some cells, each given as SHEET_CELL."""
    opened = load_workbook(BytesIO(book))
    for place, value in cells.items():
        sheet, _, cell = place.partition("_")
        opened[sheet][cell] = value
    opened.save(made := BytesIO())
    return made.getvalue()


def with_parts(book: bytes, changes: Mapping[str, tuple[str, str]]) -> bytes:
    """A workbook in whose parts one piece of text stands for another."""
    with zipfile.ZipFile(BytesIO(book)) as archive, zipfile.ZipFile(made := BytesIO(), "w") as written:
        for name in archive.namelist():
            content = archive.read(name).decode() if name in changes else archive.read(name)
            written.writestr(name, re.sub(*changes[name], str(content)) if name in changes else content)
    return made.getvalue()


def with_results(book: bytes, results: Mapping[str, str]) -> bytes:
    """A workbook whose formulas have these results, by formula."""
    made = book
    with zipfile.ZipFile(BytesIO(book)) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
    for formula, result in results.items():
        pattern = rf"<f>{re.escape(formula)}</f><v\s*/?>(?:</v>)?"
        made = with_parts(made, dict.fromkeys(sheets, (pattern, f"<f>{formula}</f><v>{result}</v>")))
    return made
