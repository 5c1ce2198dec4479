"""The template with something changed in it, and what the import says of it."""

from __future__ import annotations

import io
import pickle
import zipfile
from collections.abc import Callable
from functools import cache
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.datavalidation import DataValidationList

from planner.errors import InputError
from planner.locale import speaking
from planner.scenario_io import read_text, scenario_text
from planner.scenario_io.scenario_workbook import imported, workbook_bytes
from planner.scenario_io.scenario_workbook.example import example_scenario

type Change = Callable[[openpyxl.Workbook], object]


@cache
def template() -> bytes:
    """The template in English, made once."""
    with speaking("en"):
        return workbook_bytes()


@cache
def own_template() -> bytes:
    """The workbook of the example's scenario under ids of its own, in English."""
    with speaking("en"):
        text = scenario_text(example_scenario())
        for ours, theirs in (("contoh", "milik"), ("(example)", "2027"), ("of this example ", ""), ("BKPSDM", "BPSDM")):
            text = text.replace(ours, theirs)
        return workbook_bytes(read_text(text))


@cache
def _opened(data: bytes) -> bytes:
    """A workbook as openpyxl holds it: a copy of that takes a tenth of the time of opening it once more.

    Without its notes and drop-downs: nobody reads them back, and writing them takes a third of the time.
    """
    workbook = openpyxl.load_workbook(io.BytesIO(data))
    for sheet in workbook:
        sheet.data_validations = DataValidationList()
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.comment):
            cell.comment = None
    return pickle.dumps(workbook)


def book(*changes: Change) -> bytes:
    """The template with changes made."""
    return changed(template(), *changes)


def changed(data: bytes, *changes: Change) -> bytes:
    """A workbook with changes made."""
    workbook: openpyxl.Workbook = pickle.loads(_opened(data))
    for change in changes:
        change(workbook)
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def setting(place: str, value: Any) -> Change:
    """Put a value into a cell such as Groups!H3."""
    sheet, _mark, cell = place.partition("!")

    def change(workbook: openpyxl.Workbook) -> None:
        workbook[sheet][cell] = value

    return change


def appending(sheet: str, *values: Any) -> Change:
    return lambda workbook: workbook[sheet].append(list(values))


def told(data: bytes) -> list[str]:
    """The problems of a workbook, as a planner reads them."""
    with pytest.raises(InputError) as caught:
        imported(data, "b.xlsx")
    return [str(problem) for problem in caught.value.problems]


def repacked(data: bytes, change: Callable[[str, bytes], bytes], extra: dict[str, bytes] | None = None) -> bytes:
    """The same archive with its parts changed."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, content in (extra or {}).items():
            new.writestr(name, content)
    return target.getvalue()
