"""The workbook under construction: sheets, cell formats, text and numbers.

Text of users is always written as text; a cell that begins like a formula is marked, so that it stays text when it is
edited. Numbers of more than 15 digits, which a spreadsheet would round, are written as text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal

from planner.locale import _
from planner.report.material import Material
from planner.report.wording.escape import visible
from planner.report.wording.formats import Number
from planner.spreadsheets.text_cells import is_like_a_formula

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

Tone = Literal["plain", "total", "strong", "medium", "light", "faint"]
"""The kind of a row: a line, a total, a subtotal of the first, second or third level, or faint for keys."""

LARGEST_NUMBER: Final = 10**15
"""Numbers from here on have more digits than a spreadsheet stores."""
LONGEST: Final = 32_767
"""Maximum number of characters in a cell."""
MOST_LINES: Final = 29
"""Maximum height of a row [lines], approximately."""

MARGIN: Final = 60
"""Maximum number of characters of one text in a header or footer; a header or footer holds 255."""

Properties = dict[str, str | int | bool]

_TONES: Final[dict[str, Properties]] = {
    "plain": {},
    "total": {"bold": True, "bg_color": "#D9E2EC", "top": 2},
    "strong": {"bold": True, "bg_color": "#C5D5E4"},
    "medium": {"bold": True, "bg_color": "#E4ECF3"},
    "light": {"italic": True, "bg_color": "#F4F7FA"},
    "faint": {"font_color": "#7A7A7A", "font_size": 8},
}
_BASE: Final[Properties] = {"font_name": "Calibri", "font_size": 10, "valign": "top"}
_CELL: Final[Properties] = {"border": 1, "border_color": "#B8C2CC"}
_HEAD: Final[Properties] = {
    **_CELL, "bold": True, "font_color": "#FFFFFF", "bg_color": "#1F4E79", "text_wrap": True, "valign": "vcenter",
}  # fmt: skip
_STYLES: Final[dict[str, Properties]] = {
    "text": {**_CELL, "text_wrap": True, "num_format": "@", "align": "left", "indent": 1},
    "figure": _CELL,
    "given": {**_CELL, "font_color": "#0B5CAD"},
    "digits": {**_CELL, "align": "right", "num_format": "@"},
    "head": {**_HEAD, "align": "left", "indent": 1},
    "head right": {**_HEAD, "align": "right"},
    "head middle": {**_HEAD, "align": "center"},
    "form": {"bold": True, "font_size": 12, "text_wrap": True, "align": "center", "valign": "vcenter"},
    "box": {"bold": True, "text_wrap": True, "align": "center", "valign": "vcenter", "border": 2},
    "ruled": {"text_wrap": True, "align": "left", "indent": 1, "bottom": 4, "bottom_color": "#8797A6"},
    "title": {"bold": True, "font_size": 14},
    "subtitle": {"font_size": 11},
    "section": {"bold": True, "font_size": 11},
    "plain": {},
    "note": {"font_color": "#555555"},
    "prose": {"text_wrap": True},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """One column of a sheet: its heading, its width [characters], and whether it holds numbers."""

    label: str
    width: float
    figures: bool = False


@dataclass
class Book:
    """The workbook, the plan that it shows, and the formats created so far."""

    workbook: Workbook
    material: Material
    _formats: dict[tuple[object, ...], Format] = field(default_factory=dict)

    def look(self, style: str, tone: Tone = "plain", pattern: str = "", quoted: bool = False) -> Format:
        """Return the format of a cell by style, tone of the row and number format; with `quoted` text stays text when
        edited."""
        key = (style, tone, pattern, quoted)
        if key not in self._formats:
            number: Properties = {"num_format": pattern} if pattern else {}
            quote: Properties = {"quote_prefix": True} if quoted else {}
            properties = {**_BASE, **_STYLES[style], **number, **_TONES[tone], **quote}
            self._formats[key] = self.workbook.add_format(properties)
        return self._formats[key]

    def sheet(self, name: str) -> WorkbookSheet:
        """Add a sheet; `name` is a fixed name of this program, never text of a user."""
        from planner.spreadsheets.plain_worksheet import PlainWorksheet  # loads XlsxWriter, which need not be installed

        worksheet = self.workbook.add_worksheet(name, PlainWorksheet)
        return WorkbookSheet(self, worksheet, name)


@dataclass
class WorkbookSheet:
    """One sheet. Rows and columns count from 0."""

    book: Book
    worksheet: Worksheet
    name: str
    _widths: list[float] = field(default_factory=list)
    _lines: dict[int, int] = field(default_factory=dict)
    """Lines of text by row, for rows with more than one."""
    _levels: dict[int, int] = field(default_factory=dict)

    # Cells

    def text(self, row: int, column: int, text: str, tone: Tone = "plain") -> None:
        """Write text into a cell of a table; it wraps."""
        self._write(row, column, text, "text", tone)

    def free(self, row: int, column: int, text: str, style: str = "note") -> None:
        """Write text outside tables: title, subtitle, section, plain or note."""
        self._write(row, column, text, style)

    def prose(self, row: int, last_column: int, text: str, width: float) -> None:
        """Write text across the columns 0 to `last_column`, on as many lines as it needs; `width` is their width
        [characters]."""
        shown = _fitting(text)
        look = self.book.look("prose", quoted=is_like_a_formula(shown))
        self.worksheet.merge_range(row, 0, row, last_column, "", look)
        self.worksheet.write_string(row, 0, shown, look)
        self._lines[row] = _lines_of(shown, width)

    def merged(self, row: int, columns: tuple[int, int], text: str, style: str = "text", tone: Tone = "plain") -> None:
        """Write text across the columns from first to last."""
        first, last = columns
        if first == last:
            self._write(row, first, text, style, tone)
            return
        shown = _fitting(text)
        look = self.book.look(style, tone, quoted=is_like_a_formula(shown))
        self.worksheet.merge_range(row, first, row, last, "", look)
        self.worksheet.write_string(row, first, shown, look)
        self._needs(row, _lines_of(shown, sum(self._widths[first : last + 1])))

    def number(
        self,
        row: int,
        column: int,
        value: Number,
        tone: Tone = "plain",
        places: int = 0,
        share: bool = False,
        given: bool = False,
    ) -> None:
        """Write a number with `places` decimals, or a share in percent; `given` marks inputs that readers may edit."""
        if not -LARGEST_NUMBER < value < LARGEST_NUMBER:
            self._write(row, column, self.book.material.formats.number(value, places), "digits", tone)
            return
        shown = value if isinstance(value, int) else float(value)
        pattern = self._pattern(value, places, share)
        look = self.book.look("given" if given else "figure", tone, pattern)
        self.worksheet.write_number(row, column, shown, look)

    def formula(
        self,
        row: int,
        column: int,
        formula: str,
        value: Number,
        tone: Tone = "plain",
        places: int = 0,
        share: bool = False,
    ) -> None:
        """Write a formula with its current value."""
        if not -LARGEST_NUMBER < value < LARGEST_NUMBER:
            self.number(row, column, value, tone, places)
            return
        shown = value if isinstance(value, int) else float(value)
        look = self.book.look("figure", tone, self._pattern(value, places, share))
        self.worksheet.write_formula(row, column, f"={formula}", look, shown)

    def sum(
        self,
        row: int,
        column: int,
        rows: tuple[int, int],
        value: Number,
        tone: Tone = "total",
        places: int = 0,
        rounded: bool = False,
    ) -> None:
        """Write the sum of the cells above in `rows` (first, last); 0 where there are none.

        Sums of fractions are rounded to six decimals, which hides binary rounding errors.
        """
        if rows[1] < rows[0]:
            self.number(row, column, value, tone, places)
            return
        inner = f"SUM({span(rows[0], column, rows[1], column)})"
        self.formula(row, column, f"ROUND({inner},6)" if rounded else inner, value, tone, places)

    def blank(self, row: int, columns: Sequence[int], tone: Tone) -> None:
        """Write empty cells of a row."""
        for column in columns:
            self.worksheet.write_blank(row, column, None, self.book.look("figure", tone))

    def head(self, row: int, columns: Sequence[SheetColumn], faint_from: int | None = None) -> None:
        """Write the headings of a table; from `faint_from` on they are of keys for formulas."""
        for at, column in enumerate(columns):
            if faint_from is not None and at >= faint_from:
                self._write(row, at, column.label, "text", "faint")
            else:
                self._write(row, at, column.label, "head right" if column.figures else "head")

    def _pattern(self, value: Number, places: int, share: bool) -> str:
        """Return the number format of a value; shares near nothing and the whole show what the report says of them.

        A format has room for two conditions: it serves the nearer end, also when the cell is computed anew.
        """
        if not share:
            return "#,##0" + ("." + "0" * places if places else "")
        said = self.book.material.formats.share
        if 2 * value < 1:
            return f'[<=0]0.0%;[<0.0005]"{said(Fraction(1, 10_000))}";0.0%'
        return f'[>=1]0.0%;[>=0.9995]"{said(Fraction(9_999, 10_000))}";0.0%'

    def _write(self, row: int, column: int, text: str, style: str, tone: Tone = "plain") -> None:
        shown = _fitting(text)
        look = self.book.look(style, tone, quoted=is_like_a_formula(shown))
        self.worksheet.write_string(row, column, shown, look)
        if _STYLES[style].get("text_wrap") and column < len(self._widths):
            self._needs(row, _lines_of(shown, self._widths[column]))

    def _needs(self, row: int, lines: int) -> None:
        """Make the row at least `lines` lines high."""
        if lines > self._lines.get(row, 1):
            self._lines[row] = lines

    # The sheet as a whole

    def opening(self, title: str) -> int:
        """Write title, agency and scenario at the top; return the next free row."""
        identity = self.book.material.scenario.scenario
        self.free(0, 0, title, "title")
        self.worksheet.set_row(0, 21)
        year = _("Fiscal year {year}").format(year=identity.fiscal_year) if identity.fiscal_year else ""
        self.free(1, 0, " · ".join(part for part in (identity.label, identity.agency, year) if part), "subtitle")
        return 3

    def widths(self, columns: Sequence[SheetColumn], more: int = 0, width: float = 18) -> None:
        """Set the widths of the columns, and of `more` behind them; call it before anything is written."""
        self._widths = [column.width for column in columns] + [width] * more
        for number, each in enumerate(self._widths):
            self.worksheet.set_column(number, number, each)

    def level(self, row: int, level: int) -> None:
        """Set the outline level of a row, so that it can be folded under the row above of a lower level."""
        self._levels[row] = level

    def finish(self) -> None:
        """Set heights and levels of rows, for programs that do not fit rows to wrapped text themselves."""
        for row in sorted(self._lines.keys() | self._levels.keys()):
            lines = self._lines.get(row, 1)
            height = None if lines == 1 else 1.5 + 13.5 * min(lines, MOST_LINES)
            self.worksheet.set_row(row, height, None, {"level": self._levels.get(row, 0)})

    def printing(
        self, *, landscape: bool, head: int | tuple[int, int] | None = None, last: tuple[int, int] | None = None
    ) -> None:
        """Set up printing: A4, one page wide; `head` is repeated on each page, `last` is the last printed row."""
        sheet, identity = self.worksheet, self.book.material.scenario.scenario
        sheet.set_paper(9)
        if landscape:
            sheet.set_landscape()
        sheet.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.7)
        sheet.fit_to_pages(1, 0)
        sheet.hide_gridlines(2)
        if head is not None:
            sheet.repeat_rows(*(head if isinstance(head, tuple) else (head,)))
        if last is not None:
            sheet.print_area(0, 0, *last)
        sheet.set_header(f"&L{_in_margin(identity.agency or '')}&R{_in_margin(identity.label)}")
        sheet.set_footer(f"&L{_in_margin(self.name)}&R{_('Page {page} of {pages}').format(page='&P', pages='&N')}")

    def cell(self, row: int, column: int) -> str:
        """Return the address of a cell for formulas of other sheets."""
        return f"'{self.name}'!{address(row, column, fixed=True)}"

    def span(self, first: int, column: int, last: int) -> str:
        """Return the address of a part of a column: B7:B9."""
        return f"'{self.name}'!{address(first, column, fixed=True)}:{address(last, column, fixed=True)}"


def address(row: int, column: int, *, fixed: bool = False) -> str:
    """Return a cell address: B7, or $B$7."""
    letters, rest = "", column + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return f"${letters}${row + 1}" if fixed else f"{letters}{row + 1}"


def span(first_row: int, first_column: int, last_row: int, last_column: int) -> str:
    """Return the address of a part of a column: B7:B9."""
    return f"{address(first_row, first_column)}:{address(last_row, last_column)}"


def _lines_of(text: str, width: float) -> int:
    """Return the number of lines that text needs in a column of some width [characters]."""
    room = max(1.0, width - 1)
    if len(text) <= room and "\n" not in text:
        return 1
    return sum(1 + int((len(part) - 1) / room) for part in text.split("\n"))


@lru_cache(maxsize=65_536)
def _fitting(text: str) -> str:
    """Return text with invisible characters made visible, cut at the maximum length of a cell."""
    shown = str(visible(text))
    return shown if len(shown) <= LONGEST else shown[: LONGEST - 1] + "…"


def _in_margin(text: str) -> str:
    """Return text for a header or footer: & is escaped, because it begins a command, and the length is limited."""
    shown = _fitting(text)
    return (shown if len(shown) <= MARGIN else shown[: MARGIN - 1] + "…").replace("&", "&&")
