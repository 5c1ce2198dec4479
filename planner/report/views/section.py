"""The answer to a what-if question as a template sees it: key figures, sentences, charts and tables, in blocks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from planner.report.views.heading import Heading
from planner.report.views.summary import Tile
from planner.report.views.table import Figure, Table

Matter = Literal["last_tenth", "rules", "partners", "cheaper"]
"""What the front page says of answers, each once."""


@dataclass(frozen=True, slots=True)
class Gist:
    """An answer in one sentence, for the front page of the report."""

    matter: Matter
    sentence: str


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
    gists: tuple[Gist, ...] = ()
