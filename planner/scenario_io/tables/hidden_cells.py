"""Rows and columns of a worksheet that nobody sees, and the notice that they were read."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Collection, Iterable
from typing import Final
from xml.etree import ElementTree

from planner.errors import Problem
from planner.locale import _, ngettext
from planner.scenario_io.problems import located
from planner.scenario_io.tables.sheet import HiddenCells
from planner.scenario_io.tables.unseen_faults import part_of
from planner.scenario_io.tree import Place

_TAG: Final = re.compile(rb"<(row|col)\b([^>]*)>")
_ATTRIBUTE: Final = re.compile(rb"""(\w+)\s*=\s*["'](\w*)["']""")
_SHOWN: Final = 8


def hidden_cells(data: bytes, sheet: str, *, hidden: bool = False) -> HiddenCells:
    """Rows and columns that a sheet, itself `hidden` or not, of the workbook in `data` hides; its cells are not read.

    A workbook that is put together otherwise than Excel and LibreOffice do it hides none.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            content = archive.read(part_of(archive, sheet))
    except (KeyError, ValueError, ElementTree.ParseError):
        return HiddenCells(sheet=hidden)
    rows: list[int] = []
    columns: list[range] = []
    for name, attributes in _TAG.findall(content):
        said = dict(_ATTRIBUTE.findall(attributes)) if b"hidden" in attributes else {}
        if said.get(b"hidden") not in (b"1", b"true"):
            continue
        if name == b"row" and b"r" in said:
            rows.append(int(said[b"r"]))
        elif name == b"col" and {b"min", b"max"} <= said.keys():
            columns.append(range(int(said[b"min"]), int(said[b"max"]) + 1))
    return HiddenCells(rows, columns, hidden)


def tell_hidden(
    hidden: HiddenCells, rows: Collection[int], columns: Collection[int], place: Place, notices: list[Problem]
) -> None:
    """Note that hidden rows and columns were read, as far as they are among those that hold something, from 1."""
    if hidden.sheet:
        notices.append(located(place, _("this sheet is hidden, and was read.")))
    if among := sorted(set(hidden.rows) & set(rows)):
        message = ngettext(
            "{count} hidden row was read: {rows}.", "{count} hidden rows were read: {rows}.", len(among)
        ).format(count=len(among), rows=_some(among))
        notices.append(located(place, message))
    if held := sorted(at for at in columns if any(at in each for each in hidden.columns)):
        from openpyxl.utils import get_column_letter  # lists in CSV do without it

        message = _("hidden columns were read: {columns}.").format(columns=_some(map(get_column_letter, held)))
        notices.append(located(place, message))


def _some(names: Iterable[object]) -> str:
    shown = [str(name) for name in names]
    return ", ".join(shown[:_SHOWN]) + (", …" if len(shown) > _SHOWN else "")
