"""Entries of the price lists that a scenario names, to pick from."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Final

from planner.errors import PlannerError
from planner.locale import language_in_force
from planner.report.wording.formats import Formats
from planner.scenario_io.paths import sibling
from planner.scenario_io.price_lists.offering import Faults
from planner.scenario_io.price_lists.price_table import PriceEntry
from planner.scenario_io.price_lists.reading import read_price_list
from planner.scenario_io.problems import Refused
from planner.scenario_io.tree import Place
from planner.web.forms.candidates import Name
from planner.web.forms.edited_file import EditedFile, below

MOST_OFFERED: Final = 30
"""Entries that are offered at once."""


def offered(edited: EditedFile, listed: str, sought: str) -> list[Name]:
    """Return the first entries of a price list whose code or words hold all words that are sought."""
    words = sought.casefold().split()
    found: list[Name] = []
    for entry in _entries(edited, listed):
        if all(word in f"{entry.code} {entry.name} {entry.spec}".casefold() for word in words):
            found.append(Name(entry.code, told(entry)))
            if len(found) == MOST_OFFERED:
                break
    return found


def entry_told(edited: EditedFile, listed: str, code: str) -> str:
    """Return what an entry is called and costs; empty where there is no such."""
    return next((told(entry) for entry in _entries(edited, listed) if entry.code == code), "")


def told(entry: PriceEntry) -> str:
    """Return the name, specification and price of an entry."""
    price = Formats(language_in_force()).rupiah(entry.price)
    name = " · ".join(part for part in (entry.name, entry.spec) if part)
    return f"{name}: {price}/{entry.unit}" if entry.unit else f"{name}: {price}"


def _entries(edited: EditedFile, listed: str) -> Iterator[PriceEntry]:
    named = below(edited.data, ("price_lists", listed)) or below(edited.base, ("price_lists", listed))
    if not isinstance(named, dict):
        return
    table, sheet, column = (None if named.get(key) is None else str(named[key]) for key in ("table", "sheet", "column"))
    try:
        file = sibling(table or "", edited.file.path.parent, Place(), ())
        state = file.stat()
        yield from _read(file, sheet, column, (state.st_mtime_ns, state.st_size))
    except (PlannerError, Refused, OSError):
        return


@lru_cache(maxsize=8)
def _read(file: Path, sheet: str | None, column: str | None, state: tuple[int, int]) -> tuple[PriceEntry, ...]:
    """Return the entries of a list, kept while the file has this state (time and size)."""
    faults = Faults()
    table = read_price_list(file, sheet, Place(str(file)), faults, [], (), column)
    return tuple(table.entries(faults))
