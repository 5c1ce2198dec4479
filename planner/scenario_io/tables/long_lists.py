"""Long lists of which a scenario uses a few rows: read fast, each cell judged by whoever uses it.

python-calamine reads 20,000 prices in 0.3 s, where openpyxl, which knows formats and formulas, takes 7 s. What it
cannot see is left blank: a formula without a stored result, an error, a date; of the column of prices the file itself
is asked about these, and about foreign currencies.
"""

from __future__ import annotations

import datetime
import io
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import partial
from pathlib import Path

from planner.domain.checks.did_you_mean import suggestion
from planner.locale import _
from planner.scenario_io.file_kinds import refuse_other_kinds
from planner.scenario_io.problems import Refused, located
from planner.scenario_io.tables.cell_text import Fault, is_marked, meant
from planner.scenario_io.tables.csv_table import read_csv
from planner.scenario_io.tables.far_cells import refuse_far_cells
from planner.scenario_io.tables.layout import Known
from planner.scenario_io.tables.numbers import holds_a_date
from planner.scenario_io.tables.sheet import RawSheet, TextRow
from planner.scenario_io.tables.unseen_faults import disguised_cells, hidden_cells, unseen_faults
from planner.scenario_io.tables.xlsx_archive import check_archive
from planner.scenario_io.tree import UNREADABLE, Place, ScalarValue
from planner.scenario_io.tree import Path as TreePath

DAMAGED = (OSError, ValueError, LookupError, EOFError, RuntimeError, zipfile.BadZipFile, zlib.error)
"""What the library of archives raises of a part that is missing, cut short, changed or enciphered."""
_EXACT = 2**53


class SheetRow(TextRow):
    """A row of a worksheet; places are worked out when somebody asks for them."""

    __slots__ = ("days",)

    days: dict[int, str]
    """The days in its cells as text, 04-01-2027."""

    def said(self) -> dict[int, str]:
        return dict(sorted({**super().said(), **self.days}.items()))

    @property
    def place(self) -> Place:
        return Place(f"{self._file}!{self.number}")

    def place_in(self, at: int) -> Place:
        from openpyxl.utils import get_column_letter  # lists in CSV do without it

        return Place(f"{self._file}!{get_column_letter(at + 1)}{self.number}")


def long_lists(
    data: bytes, file: Path, sheet: str | None, place: Place, path: TreePath, known: Known
) -> list[RawSheet]:
    """Return the sheets of a workbook, or of them the one named `sheet`; the one list of a CSV file. Raises Refused."""
    ending = file.suffix.lower()
    if ending == ".xlsx":
        return list(sheets_of(data, str(file), sheet))
    if ending == ".csv":
        if sheet is not None:
            raise Refused(located(place, _("'sheet' belongs to an XLSX workbook."), _("Remove it."), path))
        return [read_csv(data, str(file), known)]
    refuse_other_kinds(data, Place(str(file)))
    message = _("'{name}' is not a kind of list that is read.").format(name=file.name)
    raise Refused(located(place, message, _("Save it as .csv or .xlsx."), path))


def sheets_of(data: bytes, file: str, sheet: str | None) -> Iterator[RawSheet]:
    """Yield the sheets of a workbook that can be seen, or the one named; raises Refused."""
    from python_calamine import CalamineError, SheetVisibleEnum, load_workbook  # where a workbook is read alone

    refuse_other_kinds(data, Place(file))
    check_archive(data, file)
    try:
        book = load_workbook(io.BytesIO(data))
        shown = [each.name for each in book.sheets_metadata if each.visible == SheetVisibleEnum.Visible]
        if sheet is not None and sheet not in book.sheet_names:
            message = _("the workbook has no sheet '{sheet}'.").format(sheet=sheet)
            raise Refused(located(Place(file), message, suggestion(sheet, book.sheet_names)))
        for name in [sheet] if sheet is not None else shown or book.sheet_names:
            refuse_far_cells(data, file, name)
            read = _sheet(f"{file}:{name}", book.get_sheet_by_name(name).to_python(skip_empty_area=False))
            read.unseen = unseen_faults(data, name)
            read.disguised = partial(disguised_cells, data, name)
            read.hidden = partial(hidden_cells, data, name, hidden=name not in shown)
            yield read
    except (CalamineError, *DAMAGED):
        message = _("the workbook is damaged.")
        raise Refused(located(Place(file), message, _("Save it again with Excel or LibreOffice."))) from None


def _sheet(name: str, rows: Sequence[Sequence[object]]) -> RawSheet:
    read = RawSheet([], Place(name))
    for number, cells in enumerate(rows, 1):
        found: dict[int, ScalarValue] = {}
        faults: dict[int, Fault] = {}
        days: dict[int, str] = {}
        for at, cell in enumerate(cells):
            if cell == "":
                continue
            value, fault = _value(cell)
            if isinstance(cell, datetime.date | datetime.time | datetime.timedelta):
                faults[at] = holds_a_date()  # its column is blank here, but for whoever reads it
                days |= {at: f"{cell:%d-%m-%Y}"} if isinstance(cell, datetime.date) else {}
            elif fault is not None:
                found[at], faults[at] = UNREADABLE, fault
            elif value is not None:
                found[at] = value
        if found:
            first = found[min(found)]
            marked = isinstance(first, str) and is_marked(first)
            row = SheetRow(found, name, number, number, len(cells), faults, marked=marked)
            row.days = days
            read.rows.append(row)
    return read


def _value(cell: object) -> tuple[ScalarValue, Fault | None]:
    """Return a cell as text or exact number, of a fraction the 15 digits that a worksheet shows; None for a date."""
    if isinstance(cell, str):
        return meant(cell, formulas=False)
    if isinstance(cell, float):
        if cell.is_integer() and abs(cell) < _EXACT:
            return int(cell), None
        shown = Decimal(f"{cell:.15g}")
        return (int(shown) if shown == shown.to_integral_value() else shown), None
    return (cell if isinstance(cell, bool | int) else None), None
