"""Blocks in a filled template: marks in its text, whose paragraphs give way to paragraphs and tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import Any, Final

from docx.oxml.ns import qn

from planner.report.word.elements import Element, Writer, keep_with_next, paragraph
from planner.report.word.variables import Aligned, FilledBlock, Filling, Head, Signing
from planner.report.wording.escape import visible
from planner.report.wording.markdown import Run

PARTED: Final = "\ue001"
"""Parts what docxtpl would take for an escaped brace."""
_MARK: Final = "\ue000"
"""Stands around the name of a block; no text of a user holds it."""
_BLOCK: Final = re.compile(f"{_MARK}([^{_MARK}]*){_MARK}")
_BRACES: Final = re.compile(r"(?<=\{)(?=_[{%])|(?<=[}%])(?=_\})")
_CELL_MARGINS: Final = 216
_PAGE: Final = {"w": 11906, "left": 1417, "right": 1417}
"""Width and margins of a page that says nothing of itself: A4 [twips]."""
_LEAST: Final = 2_000
_GAP: Final = 720
"""Between columns of text that do not say it [twips]."""


def mark_of(name: str) -> str:
    """Return what stands for a block until its paragraph is replaced."""
    return f"{_MARK}{name}{_MARK}"


def safe(text: str) -> str:
    """Return text of a user, with what is invisible shown, and safe from what docxtpl takes for escaped braces."""
    return _BRACES.sub(PARTED, str(visible(text)))


def place_blocks(root: Element, filling: Filling, writer: Writer) -> None:
    """Put the blocks in the place of their marks, as wide as the text or the cell there."""
    for found in list(root.iter(qn("w:p"))):
        _place(found, filling, writer)


def _place(found: Element, filling: Filling, writer: Writer) -> None:
    """Put the blocks of the marks in a paragraph behind it; it goes away if there is nothing else in it."""
    texts = [text for text in found.iter(qn("w:t")) if next(text.iterancestors(qn("w:p")), None) is found]
    names: list[str] = []
    for text in texts:
        if text.text and (_MARK in text.text or PARTED in text.text):
            names += _BLOCK.findall(text.text)
            text.text = _BLOCK.sub("", text.text).replace(PARTED, "")
    if not names:
        return
    at = found
    writer = replace(writer, width=_width_at(found, writer.width))
    for name in names:
        for element in _elements(filling.blocks.get(name.lower(), ()), writer):
            at.addnext(element)
            at = element
    if not any((text.text or "").strip() for text in texts) and not found.findall(f".//{qn('w:drawing')}"):
        parent = found.getparent()
        if found.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is None and at is not found:
            parent.remove(found)
            if at.tag == qn("w:tbl") and parent.tag != qn("w:body"):
                at.addnext(paragraph(()))  # a cell, a head and a foot end in a paragraph


def _elements(blocks: Sequence[FilledBlock], writer: Writer) -> Iterator[Element]:
    for block, following in zip_longest(blocks, blocks[1:]):
        if isinstance(block, Head):
            yield writer.heading(block.text)
        elif isinstance(block, Signing):
            yield from writer.signing(block.signatures)
        elif isinstance(block, Aligned):
            align: Any = None if block.align == "left" else block.align
            yield paragraph((Run(block.text, block.bold),), align=align, flush=True)
        else:
            made = list(writer.blocks((block,)))
            if isinstance(following, Signing) and made[-1].tag == qn("w:p"):
                keep_with_next(made[-1])  # nobody signs a page without a word on it
            yield from made


def width_of(section: Element) -> int:
    """Return the width between the margins of a section [twips]."""
    said = dict(_PAGE)
    for name, keys in (("w:pgSz", ("w",)), ("w:pgMar", ("left", "right"))):
        found = section.find(qn(name))
        for key in keys:
            value = None if found is None else found.get(qn(f"w:{key}"))
            said[key] = int(value) if value is not None and value.isdecimal() and len(value) < 7 else said[key]
    return max(_LEAST, said["w"] - said["left"] - said["right"])


def _width_at(found: Element, otherwise: int) -> int:
    """Return the width of the text at a paragraph: that of its cell, else of its section, whose mark is at its end."""
    cell = next(found.iterancestors(qn("w:tc")), None)
    if cell is not None:
        width = cell.find(f"{qn('w:tcPr')}/{qn('w:tcW')}")
        known = width is not None and width.get(qn("w:type")) == "dxa"
        return max(_LEAST, int(width.get(qn("w:w"))) - _CELL_MARGINS) if known else otherwise
    section = section_of(found)
    return otherwise if section is None else _column_of(section, width_of(section))


def section_of(found: Element) -> Element | None:
    """Return the section of an element of the body, whose mark is at its end; None in a head or a foot."""
    for ancestor in (found, *found.iterancestors()):
        for sibling in (ancestor, *ancestor.itersiblings()):
            end = sibling if sibling.tag == qn("w:sectPr") else sibling.find(f"{qn('w:pPr')}/{qn('w:sectPr')}")
            if end is not None:
                return end
    return None


def columns_of(section: Element) -> int:
    """Return how many columns of text a section has."""
    columns = section.find(qn("w:cols"))
    return 1 if columns is None else _number(columns.get(qn("w:num")), len(columns) or 1)


def _column_of(section: Element, width: int) -> int:
    """Return the width of the narrowest column of text in a section with `width` between its margins [twips]."""
    columns = section.find(qn("w:cols"))
    if columns is None:
        return width
    own = [_number(each.get(qn("w:w")), width) for each in columns]
    count, gap = columns_of(section), _number(columns.get(qn("w:space")), _GAP)
    return max(_LEAST, min(own) if own else (width - gap * (count - 1)) // count)


def _number(said: str | None, otherwise: int) -> int:
    return int(said) if said is not None and said.isdecimal() and 0 < len(said) < 7 and int(said) else otherwise
