"""Blocks of a view as elements of WordprocessingML: paragraphs, real lists, tables with repeated head rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from docx.oxml.ns import qn
from lxml import etree

from planner.report.views.signatures import Signature
from planner.report.views.table import HEAD, Table, TableRow
from planner.report.word.numbering import Numbering
from planner.report.word.table_widths import table_widths
from planner.report.wording.escape import visible
from planner.report.wording.markdown import ListOfBlocks, MarkdownBlock, Paragraph, Run, WordTable

type Element = Any
"""An element of lxml, whose stubs say nothing about names."""

_SPANNING: Final = frozenset({"account", "fund", "sum"})
"""Marks of rows whose text has the blank cells after it."""
_INDENTED: Final = frozenset({"fund", "item"})
"""Marks of rows whose text has the blank cells before it, and stands further in."""
_STRONG: Final = frozenset({"account", "sum", HEAD})
_INTRODUCING: Final = frozenset({"account", "fund", HEAD})
"""Marks of rows that say what the rows below them are of."""
_ROOM_TO_SIGN: Final = 2_800
"""Least width of the place of a signature: that of the dots to be filled in [twips]."""
_SHADE: Final = "E7ECF1"
_LINE: Final = "8798A7"


@dataclass(frozen=True)
class Styles:
    """Ids of the styles in the document that is filled."""

    heading: str
    caption: str
    cell: str
    item: str


@dataclass(frozen=True)
class Writer:
    """Makes elements for one document."""

    styles: Styles
    numbering: Numbering
    width: int
    """Width of the text [twips]."""

    def blocks(self, blocks: Iterable[MarkdownBlock | Table]) -> Iterator[Element]:
        """Yield the elements of blocks in order."""
        for block in blocks:
            if isinstance(block, Paragraph):
                yield paragraph(block.runs)
            elif isinstance(block, ListOfBlocks):
                yield from self._list(block, 0)
            elif isinstance(block, WordTable):
                yield from self._words(block)
            else:
                yield from self.table(block)

    def heading(self, text: str) -> Element:
        return paragraph((Run(text),), style=self.styles.heading)

    def _list(self, block: ListOfBlocks, level: int) -> Iterator[Element]:
        number = self.numbering.begin(ordered=block.ordered, first=block.first, level=level)
        for item in block.items:
            first = True
            for part in item or (Paragraph(()),):
                if isinstance(part, Paragraph):
                    numbered = (number, min(level, Numbering.LEVELS - 1)) if first else None
                    yield paragraph(part.runs, style=self.styles.item, numbered=numbered, level=level)
                elif isinstance(part, ListOfBlocks):
                    if first:
                        yield paragraph((), style=self.styles.item, numbered=(number, min(level, 8)), level=level)
                    yield from self._list(part, level + 1)
                elif isinstance(part, WordTable):
                    yield from self._words(part)
                first = False

    def _words(self, block: WordTable) -> Iterator[Element]:
        """Yield a table of the agency's own words; its columns share the width evenly."""
        count = len(block.right)
        made = _table([self.width // count] * count, self.width)
        for at, row in enumerate(block.rows):
            line = _row(made, head=at == 0)
            for column, right in enumerate(block.right):
                runs = row[column].runs if column < len(row) else ()
                bold = tuple(Run(run.text, True, run.italic) for run in runs) if at == 0 else runs
                self._cell(line, self.width // count, bold, right=right, shaded=at == 0)
        yield made
        yield _gap()

    def table(self, table: Table) -> Iterator[Element]:
        """Yield a caption, the table with a head row that repeats on each page, and its note."""
        headed = any(column.label for column in table.columns)
        widths = table_widths(table, self.width)
        if headed:
            yield paragraph((Run(table.caption),), style=self.styles.caption, keep=True, flush=True)
        made = _table(widths, self.width, table.caption)
        if headed:
            line = _row(made, head=True)
            for column, width in zip(table.columns, widths, strict=True):
                self._cell(line, width, (Run(column.label, True),), right=column.kind == "number", shaded=True)
        for at, row in enumerate((*table.rows, *((table.total,) if table.total else ()))):
            before_total = table.total is not None and at == len(table.rows) - 1
            self._line(made, table, row, widths, bold=row is table.total or row.mark in _STRONG, last=before_total)
        yield made
        yield paragraph((Run(table.note, italic=True),), style=self.styles.cell) if table.note else _gap()

    def _line(
        self, made: Element, table: Table, row: TableRow, widths: Sequence[int], *, bold: bool, last: bool
    ) -> None:
        """Fill a row; one that introduces others, and the `last` before the total, stays on the page of the next
        row."""
        line, keep = _row(made), last or row.mark in _INTRODUCING
        if row.mark == HEAD:
            name, amount = next(filter(None, row.cells), ""), row.cells[-1]
            self._cell(line, sum(widths[:-1]), (Run(name, True),), span=len(widths) - 1, shaded=True, keep=keep)
            self._cell(line, widths[-1], (Run(amount, True),), right=True, shaded=True, keep=keep)
            return
        at = 0
        while at < len(row.cells):
            first, after = at, at + 1
            if row.mark in _INDENTED and not at:  # where the rows of accounts have their codes
                at, after = next((n, n + 1) for n, text in enumerate(row.cells) if text)
            while row.mark in _SPANNING and after < len(row.cells) and row.cells[at] and not row.cells[after]:
                after += 1
            right, level = table.columns[at].kind == "number", 0 if first < at else None
            runs, width = (Run(row.cells[at], bold),), sum(widths[first:after])
            self._cell(line, width, runs, right=right, span=after - first, keep=keep, level=level)
            at = after

    def _cell(
        self,
        line: Element,
        width: int,
        runs: Sequence[Run],
        *,
        right: bool = False,
        span: int = 1,
        shaded: bool = False,
        keep: bool = False,
        level: int | None = None,
    ) -> None:
        cell = _sub(line, "tc")
        properties = _sub(cell, "tcPr")
        _sub(properties, "tcW", w=str(width), type="dxa")
        if span > 1:
            _sub(properties, "gridSpan", val=str(span))
        if shaded:
            _sub(properties, "shd", val="clear", color="auto", fill=_SHADE)
        cell.append(paragraph(runs, style=self.styles.cell, align="right" if right else None, keep=keep, level=level))

    def signing(self, signatures: Sequence[Signature]) -> Iterator[Element]:
        """Yield the signature block on one page: two to a row without lines, one alone at the right.

        Of three or more, an odd first one, who is named first because all others are below, signs last, in the middle.
        Where two have no room beside each other they stand below each other, the first one last.
        """
        half = self.width // 2
        made = _table([half, half], self.width, bordered=False)
        rows: list[tuple[Signature | None, ...]] = [(each,) for each in reversed(signatures)]
        if half >= _ROOM_TO_SIGN:
            middle = signatures[0] if len(signatures) % 2 and len(signatures) > 1 else None
            cells = [*([None] if len(signatures) == 1 else []), *(signatures[1:] if middle else signatures)]
            rows = [*zip(cells[::2], cells[1::2], strict=True), *([(middle,)] if middle else [])]
        for row in rows:
            line = _row(made)
            for signature in row:
                cell = _sub(line, "tc")
                properties = _sub(cell, "tcPr")
                _sub(properties, "tcW", w=str(half * 2 // len(row)), type="dxa")
                if len(row) == 1:
                    _sub(properties, "gridSpan", val="2")
                for element in _signature(signature, keep=row is not rows[-1]):
                    cell.append(element)
        yield made
        yield _gap()


def _signature(signature: Signature | None, *, keep: bool = False) -> Iterator[Element]:
    if signature is None:
        yield paragraph(())
        return
    yield paragraph((Run(signature.place),), align="center", keep=True)
    if signature.capacity:
        yield paragraph((Run(signature.capacity),), align="center", keep=True)
    yield paragraph((Run(signature.office),), align="center", keep=True)
    for _line in range(3):
        yield paragraph((), align="center", keep=True)
    yield paragraph((Run(signature.name, True),), align="center", keep=True)
    if signature.rank:
        yield paragraph((Run(signature.rank),), align="center", keep=True)
    yield paragraph((Run(signature.number),), align="center", keep=keep)


def paragraph(
    runs: Sequence[Run],
    *,
    style: str = "",
    align: Literal["right", "center"] | None = None,
    numbered: tuple[int, int] | None = None,
    level: int | None = None,
    keep: bool = False,
    flush: bool = False,
) -> Element:
    """Return one paragraph; `numbered` gives its list and level, `level` alone its indentation.

    What is `flush`, as all that is aligned, begins at the margin where the template indents first lines.
    """
    made = etree.Element(qn("w:p"))
    properties = _sub(made, "pPr")
    if style:
        _sub(properties, "pStyle", val=style)
    if keep:
        _sub(properties, "keepNext")
    if numbered is not None:
        list_of = _sub(properties, "numPr")
        _sub(list_of, "ilvl", val=str(numbered[1]))
        _sub(list_of, "numId", val=str(numbered[0]))
    elif level is not None:
        _sub(properties, "ind", left=str(Numbering.indent(level)))
    elif flush or align is not None:
        _sub(properties, "ind", firstLine="0")
    if align is not None:
        _sub(properties, "jc", val=align)
    for run in runs:
        _run(made, run)
    return made


def keep_with_next(made: Element) -> None:
    """Keep a paragraph on the page of what follows it."""
    properties = made.find(qn("w:pPr"))
    if properties.find(qn("w:keepNext")) is None:
        style = properties.find(qn("w:pStyle"))
        properties.insert(0 if style is None else 1, etree.Element(qn("w:keepNext")))


def _run(made: Element, run: Run) -> None:
    if not run.text:
        return
    written = _sub(made, "r")
    if run.bold or run.italic:
        properties = _sub(written, "rPr")
        for name in (("b", "bCs") if run.bold else ()) + (("i", "iCs") if run.italic else ()):
            _sub(properties, name)
    for at, line in enumerate(str(visible(run.text)).split("\n")):
        if at:
            _sub(written, "br")
        for tab, text in enumerate(line.split("\t")):
            if tab:
                _sub(written, "tab")
            if text:
                element = _sub(written, "t")
                element.text = text
                element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _gap() -> Element:
    """Return an empty paragraph: two tables in succession would be one."""
    return paragraph(())


def _table(widths: Sequence[int], width: int, caption: str = "", *, bordered: bool = True) -> Element:
    made = etree.Element(qn("w:tbl"))
    properties = _sub(made, "tblPr")
    _sub(properties, "tblW", w=str(width), type="dxa")
    if bordered:
        borders = _sub(properties, "tblBorders")
        for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
            _sub(borders, side, val="single", sz="4", space="0", color=_LINE)
    _sub(properties, "tblLayout", type="fixed")
    margins = _sub(properties, "tblCellMar")
    for side in ("left", "right"):
        _sub(margins, side, w="70", type="dxa")
    if caption:
        _sub(properties, "tblCaption", val=str(visible(caption)))
    grid = _sub(made, "tblGrid")
    for each in widths:
        _sub(grid, "gridCol", w=str(each))
    return made


def _row(made: Element, *, head: bool = False) -> Element:
    line = _sub(made, "tr")
    properties = _sub(line, "trPr")
    _sub(properties, "cantSplit")
    if head:
        _sub(properties, "tblHeader")
    return line


def _sub(parent: Element, name: str, **attributes: str) -> Element:
    return etree.SubElement(parent, qn(f"w:{name}"), {qn(f"w:{key}"): value for key, value in attributes.items()})
