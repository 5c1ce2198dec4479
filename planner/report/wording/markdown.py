"""The agency's own sentences: a small part of Markdown, read into blocks for Word and HTML alike.

Paragraphs, bold, italics, lists and tables are read. All else stays text as written, also HTML, links and headings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_DEEPEST: Final = 20
"""Deepest nesting of lists that is read; deeper lists stay text."""


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one look; a line break is a newline in it."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph."""

    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class ListOfBlocks:
    """A list; each item is blocks of its own."""

    items: tuple[tuple[MarkdownBlock, ...], ...]
    ordered: bool = False
    first: int = 1
    """Number of the first item of an ordered list."""


@dataclass(frozen=True, slots=True)
class WordTable:
    """A table of words: the head, then rows of as many cells."""

    rows: tuple[tuple[Paragraph, ...], ...]
    right: tuple[bool, ...]
    """Whether each column is aligned to the right."""


type MarkdownBlock = Paragraph | ListOfBlocks | WordTable


def paragraph(text: str, *, bold: bool = False) -> Paragraph:
    """Return plain text as a paragraph."""
    return Paragraph((Run(text, bold),))


def blocks_of(text: str) -> tuple[MarkdownBlock, ...]:
    """Return the blocks of a text in Markdown."""
    if not text.strip():
        return ()
    tokens = _parser().parse(text)
    blocks = tuple(_blocks(iter(tokens)))
    numbers = sum(len(token.info) for token in tokens if token.type == "list_item_open" and token.info.isdigit())
    if _letters(plain_text(blocks)) + numbers != _letters(text):  # Markdown drops what is nested or listed too far
        return tuple(paragraph(line) for line in text.splitlines() if line.strip())
    return blocks


def _letters(text: str) -> int:
    return sum(map(str.isalnum, text))


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("zero", {"maxNesting": 2 * _DEEPEST + 8}).enable(
        ["list", "table", "emphasis", "newline", "escape"]
    )


def _blocks(tokens: Iterator[Token], end: str = "") -> Iterator[MarkdownBlock]:
    """Yield blocks until the token called `end`."""
    for token in tokens:
        if token.type == end:
            return
        if token.type == "inline":
            yield Paragraph(tuple(_runs(token.children or ())))
        elif token.type in ("bullet_list_open", "ordered_list_open"):
            ordered = token.type.startswith("ordered")
            items = tuple(_items(tokens, token.type.replace("open", "close")))
            yield ListOfBlocks(items, ordered, int(token.attrGet("start") or 1) if ordered else 1)
        elif token.type == "table_open":
            yield _table(tokens)


def _items(tokens: Iterator[Token], end: str) -> Iterator[tuple[MarkdownBlock, ...]]:
    for token in tokens:
        if token.type == end:
            return
        if token.type == "list_item_open":
            yield tuple(_blocks(tokens, "list_item_close"))


def _table(tokens: Iterator[Token]) -> WordTable:
    rows: list[list[Paragraph]] = []
    right: list[bool] = []
    for token in tokens:
        if token.type == "table_close":
            break
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "th_open":
            right.append("right" in str(token.attrGet("style") or ""))
        elif token.type == "inline":
            rows[-1].append(Paragraph(tuple(_runs(token.children or ()))))
    return WordTable(tuple(map(tuple, rows)), tuple(right))


def _runs(children: Iterable[Token]) -> Iterator[Run]:
    bold = italic = 0
    for child in children:
        if child.type in ("strong_open", "strong_close"):
            bold += child.nesting
        elif child.type in ("em_open", "em_close"):
            italic += child.nesting
        elif child.type == "softbreak":
            yield Run(" ", bold > 0, italic > 0)
        elif child.type == "hardbreak":
            yield Run("\n", bold > 0, italic > 0)
        elif child.content:
            yield Run(child.content, bold > 0, italic > 0)


def plain_text(blocks: Sequence[MarkdownBlock]) -> str:
    """Return all words of blocks, one paragraph a line."""
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            lines.append(block.text)
        elif isinstance(block, ListOfBlocks):
            lines += [plain_text(item) for item in block.items]
        else:
            lines += [" ".join(cell.text for cell in row) for row in block.rows]
    return "\n".join(lines)
