"""A workbook that was sent with faulty cells: kept aside as it is, while other values for those cells are tried."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from planner.errors import InputError, Problem
from planner.scenario_io.mending import TypedCell, mended_workbook
from planner.web.faulty_cells import place_of, texts_at
from planner.web.workspace import ScenarioFile, Workspace
from planner.whole_file import write_whole

ASIDE: Final = ".planner-sent"
"""Hidden folder beside the scenarios with the workbooks that were sent last."""
MOST_KEPT: Final = 10
"""How many of them are kept."""
MOST_CELLS: Final = 500
"""Most cells that are changed of one workbook."""
LONGEST: Final = 2000
"""Most letters that are typed into a cell."""
FIELD: Final = "sel:"
"""How the names of fields for cells begin."""
_MARK: Final = re.compile(r"[0-9a-f]{32}")
_CELL: Final = re.compile(r"([^!]{1,40})!([A-Z]{1,3}[1-9][0-9]{0,6})")


@dataclass(frozen=True)
class ChangedCell:
    """A cell that holds something else than in the workbook that was sent."""

    place: str
    """Sheet and cell, such as Kelompok!H4."""
    old: str
    new: str

    @property
    def field(self) -> str:
        """Name of its field."""
        return f"{FIELD}{self.place}"


@dataclass(frozen=True)
class CellField:
    """The field of a cell that a problem names."""

    place: str
    text: str

    @property
    def field(self) -> str:
        """Its name."""
        return f"{FIELD}{self.place}"


@dataclass(frozen=True)
class MendedBook:
    """A workbook as it was sent, and as it is with what was typed."""

    content: bytes
    changes: tuple[ChangedCell, ...] = ()

    def fields(self, problems: Sequence[Problem]) -> dict[int, CellField]:
        """Return the field of the cell that each problem names, by its number from 1; a cell has but one field."""
        places: dict[str, int] = {}
        for number, problem in enumerate(problems, start=1):
            if (at := place_of(problem)) is not None:
                places.setdefault(f"{at.sheet}!{at.cell}", number)
        texts = texts_at(self.content, list(places))
        typed = {each.place: each.new for each in self.changes}
        return {
            number: CellField(place, typed.get(place, texts[place]))
            for place, number in list(places.items())[:MOST_CELLS]
            if place in texts
        }


def is_workbook(content: bytes) -> bool:
    """Return whether something that was sent may be a workbook."""
    return content.startswith(b"PK")


def typed_in(content: bytes, given: Mapping[str, str]) -> tuple[ChangedCell, ...]:
    """Return what stands in fields for cells of the workbook `content`, changed or not."""
    typed = {name.removeprefix(FIELD): text for name, text in given.items() if name.startswith(FIELD)}
    typed = {place: text.strip()[:LONGEST] for place, text in typed.items() if _CELL.fullmatch(place)}
    held = texts_at(content, list(typed)[:MOST_CELLS])
    return tuple(ChangedCell(place, text, typed[place]) for place, text in held.items())


def mended(content: bytes, typed: Sequence[ChangedCell]) -> MendedBook:
    """Return the workbook `content` with what was typed, as far as it says something else.

    What a formula gave before another cell was changed counts as something else once it was taken out. Raises
    InputError where a cell cannot be changed.
    """
    book = MendedBook(content)
    while True:
        held = texts_at(book.content, [each.place for each in typed])
        changes = tuple(each for each in typed if each in book.changes or each.new != held[each.place].strip())
        if changes == book.changes:
            return book
        cells = [TypedCell(sheet, cell, each.new) for each in changes for sheet, cell in [each.place.split("!")]]
        book = MendedBook(mended_workbook(content, cells), changes)


def fields_in(file: ScenarioFile) -> dict[int, CellField]:
    """Return the fields of the faulty cells of a scenario workbook; none of one that is in order, or of a text."""
    if file.is_text:
        return {}
    try:
        file.load()
    except InputError as error:
        return MendedBook(file.path.read_bytes()).fields(error.problems)
    return {}


def keep_aside(work: Workspace, content: bytes) -> str:
    """Keep a workbook as it was sent; the mark by which it is found again."""
    mark = hashlib.sha256(content).hexdigest()[:32]
    folder = work.folder / ASIDE
    folder.mkdir(exist_ok=True)
    path = _path(work, mark)
    path.unlink(missing_ok=True)  # so that it is the newest
    write_whole(path, content)
    for old in sorted(folder.glob("*.xlsx"), key=lambda each: each.stat().st_mtime_ns)[:-MOST_KEPT]:
        old.unlink(missing_ok=True)
    return mark


def kept_aside(work: Workspace, mark: str) -> bytes | None:
    """Return the workbook of this mark; None where it is not kept any more."""
    if not _MARK.fullmatch(mark):
        return None
    try:
        return _path(work, mark).read_bytes()
    except OSError:
        return None


def _path(work: Workspace, mark: str) -> Path:
    return work.folder / ASIDE / f"{mark}.xlsx"
