"""openpyxl's reader of workbooks, for cells alone: pages to print, drop-downs, links and the like are passed over.

openpyxl makes a record of each of them, and reads the beginning of every sheet twice; that took a third of the time.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Any, Final
from xml.etree.ElementTree import iterparse

from openpyxl.reader import strings
from openpyxl.reader.excel import ExcelReader
from openpyxl.worksheet import _reader
from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from openpyxl.worksheet._reader import COL_TAG, MERGE_TAG, ROW_TAG, WorkSheetParser
from openpyxl.worksheet.merge import MergeCells
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS

for _module in (strings, _reader):
    # openpyxl would take that of defusedxml: in Python, several times slower, against what check_archive has refused
    _module.iterparse = iterparse  # type: ignore[attr-defined]

_STRING: Final = f"{{{SHEET_MAIN_NS}}}si"
_TEXT: Final = f"{{{SHEET_MAIN_NS}}}t"
_RUN_TEXT: Final = f"{{{SHEET_MAIN_NS}}}r/{_TEXT}"


class CellsReader(ExcelReader):
    """Opens a workbook whose sheets are read cell by cell."""

    def __init__(self, file: Any) -> None:
        super().__init__(file, read_only=True, data_only=True, keep_links=False)

    def read_strings(self) -> None:
        """Read the texts that cells share: what is written, without its looks or how it is pronounced."""
        package: Any = self.package
        part = package.find(SHARED_STRINGS)
        if part is None:
            return
        with self.archive.open(part.PartName[1:]) as source:
            for _event, string in iterparse(source):
                if string.tag == _STRING:
                    texts = (*string.findall(_TEXT), *string.findall(_RUN_TEXT))
                    # Excel marks so an underscore that would begin a code
                    self.shared_strings.append("".join(text.text or "" for text in texts).replace("x005F_", ""))
                    string.clear()

    def read_properties(self) -> None:
        """Leave out author and dates of the file."""

    def read_custom(self) -> None:
        """Leave out further properties of the file."""

    def read_worksheets(self) -> None:
        """List the sheets; what is in them is read when it is asked for."""
        sheets: Any = self.parser.find_sheets()
        book: Any = self.wb
        for sheet, part in sheets:
            if part.target not in self.valid_files:
                continue
            if "chartsheet" in part.Type:
                self.read_chartsheet(sheet, part)
                continue
            found = _SheetOfCells(book, sheet.name, part.target, self.shared_strings)
            found.sheet_state = sheet.state
            book._sheets.append(found)


class _SheetOfCells(ReadOnlyWorksheet):
    """A sheet of which nobody asks how large it says to be."""

    def _get_size(self) -> None:
        pass


class CellsParser(WorkSheetParser):
    """Reads the rows of a sheet, the looks of its columns, and what is merged."""

    def parse(self) -> Generator[tuple[int, list[dict[str, Any]]], None, None]:
        """Give the number and the cells of each row."""
        element: Any
        for _event, element in iterparse(self.source):
            if element.tag == ROW_TAG:
                row = self.parse_row(element)
                element.clear()
                yield row
            elif element.tag == COL_TAG:
                self.parse_column_dimensions(element)
            elif element.tag == MERGE_TAG:
                self.merged_cells = MergeCells.from_tree(element)
