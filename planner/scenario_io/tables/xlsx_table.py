"""Sheets of XLSX workbooks, read cell by cell with openpyxl once the archive is known to be harmless."""

from __future__ import annotations

import io
import math
import re
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from openpyxl import Workbook, load_workbook
from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._reader import FORMULA_TAG, WorkSheetParser

from planner.domain.checks.did_you_mean import suggestion
from planner.errors import InputError, Problem
from planner.locale import _, ngettext
from planner.scenario_io.problems import Problems, Refused, located
from planner.scenario_io.tables.sheet import MAX_ROWS, InputCell, InputRow, InputTable, tell_faults, with_headers
from planner.scenario_io.tables.xlsx_archive import check_archive
from planner.scenario_io.tree import UNREADABLE, Place, ScalarValue

_QUOTED: Final = re.compile(r'"[^"]*"|\\.')


def read_xlsx(data: bytes, file: str, sheet: str | None, problems: Problems, notices: list[Problem]) -> InputTable:
    """The table on a sheet of the workbook in `data`; raises Refused.

    Hidden rows and columns are read and blank rows passed over, each with a notice.
    """
    with _opened(data, file) as workbook:
        worksheet: Any = workbook[_sheet_name(workbook.sheetnames, sheet, file)]
        if not hasattr(worksheet, "_worksheet_path"):
            raise Refused(
                located(Place(file), _("'{sheet}' is a chart, not a sheet of cells.").format(sheet=worksheet.title))
            )
        rows = _rows(worksheet, file, problems, notices)
        tell_faults(rows, problems)
        return with_headers(rows, Place(f"{file}:{worksheet.title}"), problems)


def read_sheets(
    data: bytes, file: str, wanted: Callable[[list[str]], Iterable[str]], problems: Problems, notices: list[Problem]
) -> dict[str, list[InputRow]]:
    """All rows that are not blank of the sheets that `wanted` chooses among the names; raises Refused.

    Cells that cannot be read keep their fault: whether it matters is seen when the columns are known.
    """
    with _opened(data, file) as workbook:
        sheets = [sheet.title for sheet in workbook.worksheets]
        return {name: _rows(workbook[name], file, problems, notices) for name in wanted(sheets)}


@contextmanager
def _opened(data: bytes, file: str) -> Iterator[Workbook]:
    """The workbook in `data`, once its archive is known to be harmless; whatever is damaged in it raises Refused."""
    check_archive(data, file)
    try:
        with warnings.catch_warnings():
            # openpyxl warns of styles and extensions it drops; none of them is data.
            warnings.simplefilter("ignore")
            workbook = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
            try:
                if not workbook.sheetnames:
                    message = _("the workbook has no sheets that can be read; it may be in the format Strict Open XML.")
                    raise Refused(located(Place(file), message, _("Save it as an ordinary Excel workbook (.xlsx).")))
                yield workbook
            finally:
                workbook.close()
    except (Refused, InputError):
        raise
    except Exception as error:
        # openpyxl answers damaged parts with whatever its parts happen to raise.
        reason = " ".join(str(error).split())[:120] or type(error).__name__
        raise Refused(
            located(
                Place(file),
                _("the workbook is damaged ({reason}).").format(reason=reason),
                _("Save it again with Excel or LibreOffice."),
            )
        ) from None


def _rows(worksheet: Any, file: str, problems: Problems, notices: list[Problem]) -> list[InputRow]:
    """Return the rows of one sheet; report its faults and notices."""
    with worksheet._get_source() as source:
        parser = _SheetParser(source, worksheet)
        reading = _Reading(f"{file}:{worksheet.title}", problems, _percent_styles(worksheet.parent))
        if worksheet.sheet_state != "visible":
            notices.append(located(Place(reading.name), _("this sheet is hidden, and was read.")))
        rows = list(reading.rows(parser))
    reading.refuse_merged(parser)
    reading.note_hidden(parser, notices)
    return rows


def _percent_styles(workbook: Any) -> frozenset[int]:
    """The cell styles that show a number times 100 with a percent sign; in quotes the sign is only text."""
    formats: list[str] = list(workbook._number_formats)
    numbers = [style.numFmtId for style in workbook._cell_styles]
    shown = [BUILTIN_FORMATS.get(n) or dict(enumerate(formats, BUILTIN_FORMATS_MAX_SIZE)).get(n, "") for n in numbers]
    return frozenset(at for at, text in enumerate(shown) if "%" in _QUOTED.sub("", text))


def _sheet_name(names: list[str], wanted: str | None, file: str) -> str:
    if wanted is None and len(names) == 1:
        return names[0]
    if wanted in names:
        return wanted
    if wanted is None:
        message = _("the workbook has several sheets; which one holds the table?")
        remedy = _("Add 'sheet: …'.") + " " + suggestion("", names)
    else:
        message = _("the workbook has no sheet '{sheet}'.").format(sheet=wanted)
        remedy = suggestion(wanted, names)
    raise Refused(located(Place(file), message, remedy))


class _SheetParser(WorkSheetParser):
    """openpyxl's parser, which also tells a formula that was never calculated from a blank cell."""

    def __init__(self, source: Any, worksheet: Any) -> None:
        book = worksheet.parent
        super().__init__(
            source,
            worksheet._shared_strings,
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )

    def parse_cell(self, element: Any) -> dict[str, Any]:
        try:
            cell: dict[str, Any] = super().parse_cell(element)
        except (ValueError, IndexError, TypeError, OverflowError):
            return {"row": self.row_counter, "column": self.col_counter, "value": "", "data_type": "unreadable"}
        if cell["value"] is None and element.find(FORMULA_TAG) is not None:
            cell["data_type"] = "uncalculated"
        return cell


@dataclass
class _Reading:
    """The rows of one sheet as they come."""

    name: str
    """File and sheet, as messages name them."""
    problems: Problems
    percent: frozenset[int]
    """Styles of cells that hold a percentage."""
    numbers: list[int] = field(default_factory=list)
    """Numbers of the rows that are not blank."""
    columns: set[int] = field(default_factory=set)

    def rows(self, parser: _SheetParser) -> Iterator[InputRow]:
        last = 0
        for number, raw in parser.parse():
            cells: dict[int, InputCell] = {}
            for cell in raw:
                place = Place(f"{self.name}!{get_column_letter(cell['column'])}{cell['row']}")
                value, fault = _read(cell["value"], str(cell["data_type"]))
                if value is not None and value != "":
                    if cell["column"] - 1 in cells or number <= last:
                        raise Refused(
                            located(
                                place,
                                _("this cell is in the file twice."),
                                _("Save it again with Excel or LibreOffice."),
                            )
                        )
                    percent = cell.get("style_id") in self.percent
                    cells[cell["column"] - 1] = InputCell(value, place, percent, fault)
            if cells:
                last = number
                self.numbers.append(number)
                self.columns.update(cells)
                if len(self.numbers) > MAX_ROWS:
                    raise Refused(located(Place(self.name), _("the table is too large to be read.")))
                yield InputRow(cells, Place(f"{self.name}!{number}"))

    def refuse_merged(self, parser: _SheetParser) -> None:
        """Merged cells within the table: only one of them has the value, and which was meant is a guess."""
        merged: Any = parser.merged_cells
        for merge in merged.mergeCell if merged is not None else ():
            if self.numbers and merge.min_row <= self.numbers[-1] and merge.max_row >= self.numbers[0]:
                self.problems.add(
                    Place(f"{self.name}!{merge.coord}"),
                    _("these cells are merged."),
                    _("Unmerge them and fill in each cell."),
                )

    def note_hidden(self, parser: _SheetParser, notices: list[Problem]) -> None:
        there = set(self.numbers)
        hidden = [number for number, row in parser.row_dimensions.items() if _is_hidden(row) and int(number) in there]
        if hidden:
            message = ngettext(
                "{count} hidden row was read: {rows}.", "{count} hidden rows were read: {rows}.", len(hidden)
            ).format(count=len(hidden), rows=_some(hidden))
            notices.append(located(Place(self.name), message))
        columns = [
            name
            for name, column in parser.column_dimensions.items()
            if str(column.get("hidden")).lower() in ("1", "true")
        ]
        if columns:
            message = _("hidden columns were read, from {columns}.").format(columns=_some(columns))
            notices.append(located(Place(self.name), message))
        if self.numbers:
            blank = self.numbers[-1] - self.numbers[0] + 1 - len(self.numbers)
            if blank:
                message = ngettext(
                    "{count} blank row within the table was passed over.",
                    "{count} blank rows within the table were passed over.",
                    blank,
                ).format(count=blank)
                notices.append(located(Place(self.name), message))


def _read(value: Any, kind: str) -> tuple[ScalarValue, tuple[str, str] | None]:
    """A cell as exact data, and its fault where it cannot be read."""
    if kind == "uncalculated":
        message = _("this formula has no stored result.")
        remedy = _("Open and save the workbook in Excel or LibreOffice, or put in the value.")
    elif kind == "e":
        message = _("this cell holds the error {value}.").format(value=value)
        remedy = _("Correct its formula.")
    elif kind == "unreadable":
        message, remedy = _("this cell cannot be read."), _("Type its value again.")
    elif value is None or isinstance(value, bool):
        return value, None
    elif isinstance(value, str):
        return value.strip(), None
    elif isinstance(value, int) and abs(value) < 10**40:
        return value, None
    elif isinstance(value, float) and math.isfinite(value) and abs(value) < 2**53:
        return int(value) if value.is_integer() else Decimal(repr(value)), None
    elif isinstance(value, int | float):
        message = _("this number is larger than a worksheet holds exactly.")
        remedy = _("Check it; write codes as text.")
    else:
        message = _("this cell holds a date or a time.")
        remedy = _("Format the cell as text or number and type its value again.")
    return UNREADABLE, (message, remedy)


def _is_hidden(dimension: Any) -> bool:
    return str(dimension.get("hidden")).lower() in ("1", "true")


def _some(names: list[Any]) -> str:
    shown = ", ".join(str(name) for name in names[:8])
    return shown + (", …" if len(names) > 8 else "")
