"""What the fast reader of long lists does not see: foreign currencies, formulas without a result, what is hidden."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Callable, Collection
from decimal import Decimal
from posixpath import join, normpath
from typing import Final
from xml.etree import ElementTree

from planner.locale import _
from planner.scenario_io.tables.cell_text import Fault
from planner.scenario_io.tables.conditional_looks import ConditionallyHidden, conditionally_hidden
from planner.scenario_io.tables.hidden_cells import has_no_size
from planner.scenario_io.tables.number_formats import shown_number, shows_no_text
from planner.scenario_io.tables.numbers import holds_error, shows_scaled
from planner.scenario_io.tables.sheet import HiddenCells
from planner.scenario_io.tables.unseen_colours import unseen_of_styles
from planner.units.currencies import shows_foreign
from planner.units.scales import format_in_thousands

_MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATED: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CELL: Final = r'<c r="{column}(\d+)"([^>]*?)(?:/>|>(.*?)</c>)'
_FILLED: Final = re.compile(rb'<c r="[A-Z]+(\d+)"([^>/]*)>(?!</c>)')
"""A cell with a value, its row, and what else its tag says."""
_OFF: Final = ("0", "false")
_RESULT: Final = re.compile(rb"<v>[^<]")
_SOME_RESULT: Final = re.compile(rb"<v>(?!0</v>)[^<]")
_ON_LOAD: Final = re.compile(rb"""<calcPr\b[^>]*\bfullCalcOnLoad=["'](?:1|true)""")
_TAG: Final = re.compile(rb"<(row|col)\b([^>]*)>")
_ATTRIBUTE: Final = re.compile(rb"""(\w+)\s*=\s*["']([\w.]*)["']""")
_HIDES: Final = re.compile(rb"""\bhidden\b|\b(?:ht|width)\s*=\s*["']0""")
_LARGE: Final = Decimal(1_234_567)
"""A price that a format with thousands left out, or with nothing at all, shows otherwise."""
_STYLE: Final = re.compile(rb'\bs="(\d+)"')
_ERROR: Final = re.compile(rb'\bt="e"')
_HELD: Final = re.compile(rb"<v>([^<]+)")
_TEXT: Final = re.compile(rb'\bt="(?:s|str|inlineStr)"')


def unseen_faults(data: bytes, sheet: str) -> Callable[[int], dict[int, Fault]]:
    """Return a function that gives the faults of a column (counted from 0) by row number, which the fast reader misses.

    A workbook whose parts are not as Excel and LibreOffice write them has none.
    """
    from openpyxl.utils import get_column_letter  # lists in CSV do without it

    def of_column(at: int) -> dict[int, Fault]:
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                cells = archive.read(part_of(archive, sheet))
                foreign, scaled = _foreign_styles(archive), _scaled_styles(archive)
                held = _SOME_RESULT if _asks_to_be_calculated(archive) else _RESULT
        except (KeyError, ValueError, ElementTree.ParseError):
            return {}
        found: dict[int, Fault] = {}
        for match in re.finditer(_CELL.format(column=get_column_letter(at + 1)).encode(), cells, re.DOTALL):
            number, style, inside = int(match[1]), _STYLE.search(match[2]), match[3] or b""
            if b"<f" in inside and not held.search(inside):
                message = _("this formula has no stored result.")
                remedy = _("Open and save the workbook in Excel or LibreOffice, or put in the value.")
                found[number] = message, remedy
            elif _ERROR.search(match[2]) and (error := _HELD.search(inside)) is not None:
                found[number] = holds_error(error[1].decode())
            elif style is not None and int(style[1]) in foreign and _RESULT.search(inside):
                message = _("this cell shows its number as money in a foreign currency.")
                found[number] = message, _("Format the cell as a number or as rupiah, and check it.")
            elif style is not None and int(style[1]) in scaled and _RESULT.search(inside):
                found[number] = shows_scaled(scaled[int(style[1])])
        return found

    return of_column


def never_calculated(archive: zipfile.ZipFile) -> bool:
    """Return whether a workbook asks to be calculated when opened, as programs do that write 0 for every result."""
    try:
        return _asks_to_be_calculated(archive)
    except KeyError:
        return False


def _asks_to_be_calculated(archive: zipfile.ZipFile) -> bool:
    return _ON_LOAD.search(archive.read("xl/workbook.xml")) is not None


def hidden_cells(data: bytes, sheet: str, *, hidden: bool = False) -> HiddenCells:
    """Return the rows and columns that a sheet, itself `hidden` or not, of the workbook in `data` hides or strikes out.

    A workbook that is put together otherwise than Excel and LibreOffice do it hides none.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            content = archive.read(part_of(archive, sheet))
            struck, (pale, tiny) = _struck_rows(archive, content), _unseen_rows(archive, content)
            by_rule, mute = conditionally_hidden(archive, content), _mute_rows(archive, content)
    except (KeyError, ValueError, ElementTree.ParseError):
        return HiddenCells(sheet=hidden)
    rows: list[int] = []
    columns: list[range] = []
    for name, attributes in _TAG.findall(content):
        said = dict(_ATTRIBUTE.findall(attributes)) if _HIDES.search(attributes) else {}
        size = said.get(b"ht" if name == b"row" else b"width", b"").decode()
        if said.get(b"hidden") not in (b"1", b"true") and not has_no_size(size):
            continue
        if name == b"row" and b"r" in said:
            rows.append(int(said[b"r"]))
        elif name == b"col" and {b"min", b"max"} <= said.keys():
            columns.append(range(int(said[b"min"]), int(said[b"max"]) + 1))
    return HiddenCells(
        rows,
        columns,
        hidden,
        struck | by_rule.struck,
        pale,
        tiny,
        mute | by_rule.hidden,
        by_rule.otherwise,
        by_rule.maybe,
    )


def hidden_by_rule(archive: zipfile.ZipFile, part: str) -> ConditionallyHidden:
    """Rows that conditional formats of the sheet in a part hide or strike out, for a reader that sees all else."""
    try:
        return conditionally_hidden(archive, archive.read(part))
    except (KeyError, ValueError, ElementTree.ParseError):
        return ConditionallyHidden()


def _struck_rows(archive: zipfile.ZipFile, content: bytes) -> set[int]:
    """Return the rows of a sheet with a value whose style strikes it through."""
    styles = ElementTree.fromstring(archive.read("xl/styles.xml"))
    fonts = [font.find(f"{_MAIN}strike") for font in styles.iterfind(f"{_MAIN}fonts/{_MAIN}font")]
    strikes = {str(at) for at, strike in enumerate(fonts) if strike is not None and strike.get("val") not in _OFF}
    cells = list(styles.iterfind(f"{_MAIN}cellXfs/{_MAIN}xf"))
    return _rows_of({at for at, style in enumerate(cells) if style.get("fontId") in strikes}, content)


def _unseen_rows(archive: zipfile.ZipFile, content: bytes) -> tuple[set[int], set[int]]:
    """Return the rows of a sheet with a value in the colour of its cell, and those with one too small to be seen."""
    theme = "xl/theme/theme1.xml"
    styles = ElementTree.fromstring(archive.read("xl/styles.xml"))
    pale, tiny = unseen_of_styles(styles, archive.read(theme) if theme in archive.namelist() else b"")
    return _rows_of(pale, content), _rows_of(tiny, content)


def _mute_rows(archive: zipfile.ZipFile, content: bytes) -> set[int]:
    """Return the rows of a sheet with a text that its number format does not show."""
    mute = {at for at, text in _own_formats(archive).items() if shows_no_text(text)}
    return _rows_of(mute, content, of=_TEXT)


def _rows_of(styles: Collection[int], content: bytes, of: re.Pattern[bytes] | None = None) -> set[int]:
    """Return the rows of a sheet with a value that has one of these styles, and whose tag has what is sought."""
    sought = {str(at).encode() for at in styles}
    if not sought:
        return set()
    filled = (match for match in _FILLED.finditer(content) if of is None or of.search(match[2]))
    return {int(match[1]) for match in filled if (style := _STYLE.search(match[2])) and style[1] in sought}


def disguised_cells(data: bytes, sheet: str, at: int) -> dict[int, str]:
    """Return the formats of the cells of a column (from 0) that may show another number than they hold, by row
    number."""
    from openpyxl.utils import get_column_letter  # lists in CSV do without it

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            formats = {
                style: text for style, text in _own_formats(archive).items() if shown_number(_LARGE, text) is not None
            }
            cells = archive.read(part_of(archive, sheet)) if formats else b""
    except (KeyError, ValueError, ElementTree.ParseError):
        return {}
    found: dict[int, str] = {}
    for match in re.finditer(_CELL.format(column=get_column_letter(at + 1)).encode(), cells, re.DOTALL):
        if (style := _STYLE.search(match[2])) is not None and int(style[1]) in formats:
            found[int(match[1])] = formats[int(style[1])]
    return found


def part_of(archive: zipfile.ZipFile, sheet: str) -> str:
    """Return the part of the archive, which was checked before, that holds a sheet; raises KeyError or ValueError."""
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    (key,) = [each.get(_RELATED) for each in book.iter(f"{_MAIN}sheet") if each.get("name") == sheet]
    links = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    target = {each.get("Id"): each.get("Target", "") for each in links}[key]
    return target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))


def _foreign_styles(archive: zipfile.ZipFile) -> set[int]:
    """Return the styles of cells that show a number with the sign of another currency."""
    return {at for at, text in _own_formats(archive).items() if shows_foreign(text)}


def _scaled_styles(archive: zipfile.ZipFile) -> dict[int, str]:
    """Return the words by which styles of cells show a number as thousands or millions that it is not stored as."""
    return {at: word for at, text in _own_formats(archive).items() if (word := format_in_thousands(text))}


def _own_formats(archive: zipfile.ZipFile) -> dict[int, str]:
    """Return the number formats of the workbook's own, by the styles of cells that have them."""
    styles = ElementTree.fromstring(archive.read("xl/styles.xml"))
    formats = {
        each.get("numFmtId"): html.unescape(each.get("formatCode", "")) for each in styles.iter(f"{_MAIN}numFmt")
    }
    cells = styles.find(f"{_MAIN}cellXfs")
    numbers = [each.get("numFmtId") for each in (cells if cells is not None else ())]
    return {at: formats[number] for at, number in enumerate(numbers) if number in formats}
