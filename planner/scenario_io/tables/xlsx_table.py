"""Sheets of XLSX workbooks, read cell by cell with openpyxl once the archive is known to be harmless."""

from __future__ import annotations

import datetime
import io
import math
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._reader import FORMULA_TAG, VALUE_TAG

from planner.domain.checks.did_you_mean import suggestion
from planner.errors import InputError, Problem
from planner.locale import _
from planner.scenario_io.problems import Refused, located
from planner.scenario_io.tables.cell_text import is_marked, meant
from planner.scenario_io.tables.cells_reader import CellsParser, CellsReader
from planner.scenario_io.tables.hidden_cells import has_no_size, tell_hidden
from planner.scenario_io.tables.number_formats import Shown, adds_rows, shown_by_style
from planner.scenario_io.tables.numbers import holds_a_date, holds_error
from planner.scenario_io.tables.sheet import MAX_ROWS, HiddenCells, InputCell, InputRow, MergedCells, RawSheet
from planner.scenario_io.tables.unseen_faults import hidden_by_rule, never_calculated
from planner.scenario_io.tables.xlsx_archive import check_archive
from planner.scenario_io.tree import UNREADABLE, Place, ScalarValue

# openpyxl warns of styles and extensions it drops; none of them is data. Said once, of its modules alone: to catch
# warnings around each reading would switch those of the whole process, also under other threads of a server.
warnings.filterwarnings("ignore", category=UserWarning, module=r"openpyxl\.")


def read_xlsx(data: bytes, file: str, sheet: str | None, notices: list[Problem]) -> RawSheet:
    """Return all rows that are not blank on a sheet of the workbook in `data`; raises Refused.

    Hidden rows and columns are read, with a notice.
    """
    with _opened(data, file) as workbook:
        worksheet: Any = workbook[_sheet_name(workbook.sheetnames, sheet, file)]
        if not hasattr(worksheet, "_worksheet_path"):
            raise Refused(
                located(Place(file), _("'{sheet}' is a chart, not a sheet of cells.").format(sheet=worksheet.title))
            )
        return _rows(worksheet, file, shown_by_style(workbook), notices)


def read_sheets(
    data: bytes, file: str, wanted: Callable[[list[str]], Iterable[str]], notices: list[Problem] | None
) -> dict[str, RawSheet]:
    """Return all rows that are not blank of the sheets that `wanted` chooses among the names; raises Refused.

    Cells that cannot be read keep their fault: whether it matters is seen when the columns are known. Without a list
    of notices the caller tells what is `hidden` in the sheets.
    """
    with _opened(data, file) as workbook:
        sheets = [sheet.title for sheet in workbook.worksheets]
        shown = shown_by_style(workbook)
        return {name: _rows(workbook[name], file, shown, notices) for name in wanted(sheets)}


@contextmanager
def _opened(data: bytes, file: str) -> Iterator[Workbook]:
    """Yield the workbook in `data`, once its archive is known to be harmless; whatever is damaged in it raises
    Refused."""
    check_archive(data, file)
    try:
        reader = CellsReader(io.BytesIO(data))
        reader.read()
        workbook = reader.wb
        try:
            if not workbook.sheetnames:
                message = _("the workbook has no sheets that can be read; it may be in the format Strict Open XML.")
                raise Refused(located(Place(file), message, _("Save it as an ordinary Excel workbook (.xlsx).")))
            yield workbook
        finally:
            workbook.close()
    except (Refused, InputError):
        raise
    except Exception:
        # openpyxl answers damaged parts with whatever its parts happen to raise.
        raise Refused(
            located(
                Place(file),
                _("the workbook is damaged."),
                _("Save it again with Excel or LibreOffice."),
            )
        ) from None


def _rows(worksheet: Any, file: str, shown: Shown, notices: list[Problem] | None) -> RawSheet:
    """Return the rows of one sheet, and what is merged in it; report its notices, or keep what is hidden."""
    archive = worksheet.parent._archive  # opened once for all sheets: listing its parts takes as long as a short sheet
    with worksheet._get_source() as source:
        parser = _SheetParser(source, worksheet, zeros=not never_calculated(archive))
        reading = _Reading(f"{file}:{worksheet.title}", shown)
        rows = list(reading.rows(parser))
    columns = {at + 1 for row in rows for at in row.cells}
    by_rule, marked = hidden_by_rule(archive, worksheet._worksheet_path), {row.number for row in rows if row.marked}
    hidden = _hidden(worksheet, parser)._replace(
        struck=reading.struck | by_rule.struck - marked, pale=reading.pale, tiny=reading.tiny,
        masked=reading.masked | by_rule.hidden - marked, maybe=by_rule.maybe - marked,
        otherwise=by_rule.otherwise - marked,
    )  # fmt: skip
    read = RawSheet(rows, Place(reading.name), merged=reading.merged(parser))
    if notices is None:
        read.hidden = lambda: hidden
    else:
        tell_hidden(hidden, reading.numbers, columns, Place(reading.name), notices)
    return read


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


class _SheetParser(CellsParser):
    """openpyxl's parser, which also tells a formula that was never calculated from a blank cell."""

    def __init__(self, source: Any, worksheet: Any, *, zeros: bool) -> None:
        """`zeros` says whether a formula with the stored result 0 has been calculated."""
        self._zeros = zeros
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
            number = element.findtext(VALUE_TAG, "") if cell["data_type"] in ("n", "d") else ""
            if not number.isascii() or "_" in number:  # Python reads these as a number, spreadsheets do not
                raise ValueError(number)
        except (ValueError, IndexError, TypeError, OverflowError):
            return {"row": self.row_counter, "column": self.col_counter, "value": "", "data_type": "unreadable"}
        formula = element.find(FORMULA_TAG)
        if formula is not None:
            if cell["value"] is None or (cell["value"] == 0 and cell["data_type"] == "n" and not self._zeros):
                cell["data_type"] = "uncalculated"
            cell["adds_rows"] = adds_rows(formula.text or "", cell["row"], cell["column"])
        return cell


@dataclass
class _Reading:
    """The rows of one sheet as they come."""

    name: str
    """File and sheet, as messages name them."""
    shown: Shown
    """How the styles of cells show numbers."""
    numbers: set[int] = field(default_factory=set)
    """Numbers of the rows that are not blank."""
    struck: set[int] = field(default_factory=set)
    """Numbers of the rows with a value that is struck through."""
    pale: set[int] = field(default_factory=set)
    """Numbers of the rows with a value in the colour of its cell."""
    tiny: set[int] = field(default_factory=set)
    """Numbers of the rows with a value in letters too small to be seen."""
    masked: set[int] = field(default_factory=set)
    """Numbers of the rows with a text that its format hides."""

    def rows(self, parser: _SheetParser) -> Iterator[InputRow]:
        last = 0
        for number, raw in parser.parse():
            cells: dict[int, InputCell] = {}
            marked: bool | None = None
            for cell in raw:
                place = Place(f"{self.name}!{get_column_letter(cell['column'])}{cell['row']}")
                value, fault = _read(cell["value"], str(cell["data_type"]))
                if value is None or value == "":
                    continue
                if cell["column"] - 1 in cells or number <= last:
                    raise Refused(
                        located(
                            place, _("this cell is in the file twice."), _("Save it again with Excel or LibreOffice.")
                        )
                    )
                digits = ""
                if isinstance(value, str):
                    marked = is_marked(value) if marked is None else marked
                    value, fault = meant(value, formulas=False)
                    if value is None:
                        continue
                    if fault is not None:
                        digits = value if value.isdigit() else ""
                        value = UNREADABLE
                marked = marked or False
                style = cell.get("style_id")
                if style in self.shown.struck and not marked:
                    self.struck.add(number)
                if style in self.shown.unseen.pale and not marked:
                    self.pale.add(number)
                if style in self.shown.unseen.tiny and not marked:
                    self.tiny.add(number)
                if style in self.shown.mute and isinstance(value, str) and not marked:
                    self.masked.add(number)
                cells[cell["column"] - 1] = InputCell(
                    value, place, style in self.shown.percent, style in self.shown.foreign, fault,
                    _day(cell["value"]), self.shown.code(value, style), self.shown.rounded(value, style),
                    cell.get("adds_rows", False), style in self.shown.rupiah, digits,
                    self.shown.scaled.get(style or 0, ""),
                )  # fmt: skip
            if cells:
                last = number
                self.numbers.add(number)
                if len(self.numbers) > MAX_ROWS:
                    message = _("the sheet has more than {most} rows, the most that are read of a workbook.")
                    remedy = _("Save the table as CSV or Parquet.")
                    raise Refused(located(Place(self.name), message.format(most=MAX_ROWS), remedy))
                yield InputRow(cells, Place(f"{self.name}!{number}"), number, marked=bool(marked))

    def merged(self, parser: _SheetParser) -> list[MergedCells]:
        """Return the cells that are shown as one."""
        found: Any = parser.merged_cells
        merges = found.mergeCell if found is not None else ()
        return [
            MergedCells(
                m.min_row, m.max_row, frozenset(range(m.min_col - 1, m.max_col)), Place(f"{self.name}!{m.coord}")
            )
            for m in merges
        ]


def _read(value: Any, kind: str) -> tuple[ScalarValue, tuple[str, str] | None]:
    """Return a cell as exact data, and its fault where it cannot be read."""
    if kind == "uncalculated":
        message = _("this formula has no stored result.")
        remedy = _("Open and save the workbook in Excel or LibreOffice, or put in the value.")
    elif kind == "e":
        message, remedy = holds_error(str(value))
    elif kind == "unreadable":
        message, remedy = _("this cell cannot be read."), _("Type its value again.")
    elif value is None or isinstance(value, bool):
        return value, None
    elif isinstance(value, str):
        return value.strip(), None
    elif isinstance(value, int | float) and math.isfinite(value) and abs(value) < 10**15:
        # what a spreadsheet keeps and shows of a number are 15 digits: =1-0.9 is 0.1
        exact = Decimal(f"{value:.15g}") if isinstance(value, float) else Decimal(value)
        return int(exact) if exact == exact.to_integral_value() else exact, None
    elif isinstance(value, int | float):
        message = _("this number is larger than a worksheet holds exactly: of more than 15 digits the rest is lost.")
        remedy = _("Check it against its source; format the cell as text before typing codes, such as a NIP.")
    else:
        message, remedy = holds_a_date()
    return UNREADABLE, (message, remedy)


def _day(value: Any) -> str:
    """Return a date without a time as text; empty for anything else."""
    whole = isinstance(value, datetime.datetime) and value.time() == datetime.time()
    return str(value.date()) if whole else ""


def _hidden(worksheet: Any, parser: _SheetParser) -> HiddenCells:
    """Return what openpyxl has met of hidden parts."""
    rows = [int(number) for number, row in parser.row_dimensions.items() if _is_hidden(row, "ht")]
    columns = [
        range(int(column["min"]), int(column["max"]) + 1)
        for column in parser.column_dimensions.values()
        if _is_hidden(column, "width")
    ]
    return HiddenCells(rows, columns, sheet=worksheet.sheet_state != "visible")


def _is_hidden(dimension: Any, size: str) -> bool:
    return str(dimension.get("hidden")).lower() in ("1", "true") or has_no_size(dimension.get(size))
