"""Blocks of the agency's own sentences as HTML: every text is escaped, so that only what we write is markup."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup, escape

from planner.locale import _
from planner.report.wording.escape import visible
from planner.report.wording.markdown import ListOfBlocks, MarkdownBlock, Paragraph, Run, WordTable


def html_of(blocks: Iterable[MarkdownBlock]) -> Markup:
    """Return blocks as HTML."""
    return Markup("\n").join(map(_block, blocks))


def _block(block: MarkdownBlock) -> Markup:
    if isinstance(block, Paragraph):
        return Markup("<p>{}</p>").format(_runs(block.runs))
    if isinstance(block, ListOfBlocks):
        items = Markup("").join(Markup("<li>{}</li>").format(_item(item)) for item in block.items)
        if block.ordered:
            return Markup('<ol start="{}">{}</ol>').format(block.first, items)
        return Markup("<ul>{}</ul>").format(items)
    return _table(block)


def _item(blocks: Sequence[MarkdownBlock]) -> Markup:
    """Return an item as HTML; one that is a single paragraph without the paragraph around its text."""
    if len(blocks) == 1 and isinstance(blocks[0], Paragraph):
        return _runs(blocks[0].runs)
    return html_of(blocks)


def _table(block: WordTable) -> Markup:
    rows = [Markup("").join(_cell(cell, right, at == 0) for cell, right in zip(row, block.right, strict=False))
            for at, row in enumerate(block.rows)]  # fmt: skip
    head, *body = [Markup("<tr>{}</tr>").format(row) for row in rows]
    region = Markup('<div class="scroll" role="group" tabindex="0" aria-label="{}">{}</div>')
    made = Markup('<table class="words"><thead>{}</thead><tbody>{}</tbody></table>')
    return region.format(_("Table"), made.format(head, Markup("\n").join(body)))


def _cell(cell: Paragraph, right: bool, head: bool) -> Markup:
    if head:
        return Markup('<th scope="col" class="{}">{}</th>').format("n" if right else "t", _runs(cell.runs))
    return Markup("<td{}>{}</td>").format("" if right else Markup(' class="t"'), _runs(cell.runs))


def _runs(runs: Iterable[Run]) -> Markup:
    return Markup("").join(map(_run, runs))


def _run(run: Run) -> Markup:
    text = Markup("<br/>").join(escape(visible(line)) for line in run.text.split("\n"))
    if run.italic:
        text = Markup("<em>{}</em>").format(text)
    return Markup("<strong>{}</strong>").format(text) if run.bold else text
