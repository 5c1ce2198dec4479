"""A workbook with other values in some cells, written beside the one that was sent."""

from __future__ import annotations

import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string

from planner.errors import InputError, Problem
from planner.locale import _
from planner.scenario_io.mending.dependents import Cell, dependents
from planner.scenario_io.mending.sheet_cells import At, CellContent, SharedFormula, with_cells
from planner.scenario_io.mending.typed import typed
from planner.scenario_io.problems import Refused
from planner.scenario_io.tables.number_formats import shown_by_style
from planner.scenario_io.tables.xlsx_archive import check_archive

_CHAIN: Final = "xl/calcChain.xml"
"""The order in which formulas are worked out; spreadsheets make it anew, and call one that names other cells damage."""
_FORMULA: Final = re.compile(rb"<(?:\w+:)?f[\s/>]")


@dataclass(frozen=True)
class TypedCell:
    """What is typed for one cell."""

    sheet: str
    cell: str
    """Its place in the sheet, such as H4."""
    text: str

    @property
    def at(self) -> At:
        """Row and column, from 1."""
        letters = self.cell.rstrip("0123456789")
        return int(self.cell[len(letters) :]), column_index_from_string(letters)


def mended_workbook(data: bytes, cells: Sequence[TypedCell]) -> bytes:
    """Return the workbook in `data` with what was typed into `cells`; results of formulas that read them are taken out.

    What reads it then says which of those formulas it needs. Raises InputError where it cannot be done.
    """
    try:
        check_archive(data, "")
        return _mended(data, cells)
    except Refused as refused:
        raise InputError([refused.problem]) from None
    except SharedFormula as error:
        words = _("formulas of other cells hang on this one.")
        problem = Problem(words, _("Correct it in the spreadsheet, and send the workbook again."), file=str(error))
        raise InputError([problem]) from None
    except (InputError, MemoryError):
        raise
    except Exception:  # openpyxl answers damaged parts with whatever its parts happen to raise
        words = _("Cells of this workbook cannot be changed here. Correct it in the spreadsheet, and send it again.")
        raise InputError(words) from None


def _mended(data: bytes, cells: Sequence[TypedCell]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {part.filename: archive.read(part) for part in archive.infolist()}
        order = archive.infolist()
    book: Any = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
    try:
        paths = {sheet.title: sheet._worksheet_path.lstrip("/") for sheet in book.worksheets}
        shown, days = shown_by_style(book), frozenset(book._date_formats | book._timedelta_formats)
        cells = [each for each in cells if each.sheet in paths]
        styles = {(each.sheet, each.at): _style(book[each.sheet], each.at) for each in cells}
        changed: set[Cell] = {(each.sheet, *each.at) for each in cells}
        any_formula = any(_FORMULA.search(parts[path]) for path in paths.values())
        stale = dependents(book, changed) if any_formula and cells else set()
    finally:
        book.close()
    wanted: dict[str, dict[At, CellContent]] = defaultdict(dict)
    for each in cells:
        wanted[each.sheet][each.at] = typed(each.text, styles[each.sheet, each.at], shown, days)
    for sheet in {*wanted, *(name for name, _row, _column in stale)}:
        left = {(row, column) for name, row, column in stale if name == sheet}
        try:
            parts[paths[sheet]] = with_cells(parts[paths[sheet]], wanted[sheet], left)
        except SharedFormula as error:
            raise SharedFormula(f"{sheet}!{error}") from None
    _without_chain(parts)
    with zipfile.ZipFile(made := io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as written:
        for part in order:
            if part.filename in parts:
                written.writestr(zipfile.ZipInfo(part.filename, part.date_time), parts[part.filename],
                                 zipfile.ZIP_DEFLATED)  # fmt: skip
    return made.getvalue()


def _style(sheet: Any, at: At) -> int | None:
    row, column = at
    for found in sheet.iter_rows(min_row=row, max_row=row, min_col=column, max_col=column):
        for cell in found:
            style: int | None = getattr(cell, "_style_id", None)
            return style
    return None


def _without_chain(parts: dict[str, bytes]) -> None:
    """Take out the order of formulas with what names it."""
    if parts.pop(_CHAIN, None) is None:
        return
    for part in ("[Content_Types].xml", "xl/_rels/workbook.xml.rels"):
        parts[part] = re.sub(rb"<(?:\w+:)?(?:Override|Relationship)\b[^>]*calcChain[^>]*/>", b"", parts.get(part, b""))
