"""The answer to a what-if question as a template sees it: key figures, sentences, charts and tables, in blocks."""

from __future__ import annotations

from dataclasses import dataclass, field

from planner.report.views.heading import Heading
from planner.report.views.summary import Tile
from planner.report.views.table import Figure, Table


@dataclass(frozen=True)
class Block:
    """A part of a section. With `apart` it begins a new page, as the page for a partner does."""

    title: str = ""
    sentences: tuple[str, ...] = ()
    figure: Figure | None = None
    tables: tuple[Table, ...] = ()
    notes: tuple[str, ...] = ()
    apart: bool = False


@dataclass(frozen=True)
class Section:
    """The answer to one question of a planner."""

    heading: Heading
    question: str
    """The question as printed under the heading."""
    tiles: tuple[Tile, ...] = ()
    sentences: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = field(default=())
