"""The notice that rows and columns of a worksheet were read that nobody sees."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Final

from planner.errors import Problem
from planner.locale import _, ngettext
from planner.scenario_io.problems import located
from planner.scenario_io.tables.sheet import HiddenCells
from planner.scenario_io.tree import Place

_SHOWN: Final = 8
_SEEN: Final = 0.5
"""The least height [points] or width [characters] of which anything is seen."""


def tell_hidden(
    hidden: HiddenCells, rows: Collection[int], columns: Collection[int], place: Place, notices: list[Problem]
) -> None:
    """Note that hidden rows and columns were read, as far as they are among those that hold something, from 1."""
    if hidden.sheet:
        notices.append(located(place, _("this sheet is hidden, and was read.")))
    if among := sorted(set(hidden.rows) & set(rows)):
        message = ngettext(
            "{count} hidden row was read: {rows}.", "{count} hidden rows were read: {rows}.", len(among)
        ).format(count=len(among), rows=_some(among))
        notices.append(located(place, message))
    if struck := set(hidden.struck) & set(rows):
        message = ngettext(
            "{count} row with values struck through was read: {rows}.",
            "{count} rows with values struck through were read: {rows}.",
            len(struck),
        )
        _tell_doubtful(struck, message, place, notices)
    if pale := set(hidden.pale) & set(rows):
        message = ngettext(
            "{count} row with values in the colour of their cells, which nobody sees, was read: {rows}.",
            "{count} rows with values in the colour of their cells, which nobody sees, were read: {rows}.",
            len(pale),
        )
        _tell_doubtful(pale, message, place, notices)
    if tiny := set(hidden.tiny) & set(rows):
        message = ngettext(
            "{count} row with values in letters too small to be seen was read: {rows}.",
            "{count} rows with values in letters too small to be seen were read: {rows}.",
            len(tiny),
        )
        _tell_doubtful(tiny, message, place, notices)
    if masked := set(hidden.masked) & set(rows):
        message = ngettext(
            "{count} row with values that the format of their cells hides was read: {rows}.",
            "{count} rows with values that the format of their cells hides were read: {rows}.",
            len(masked),
        )
        _tell_doubtful(masked, message, place, notices)
    if otherwise := sorted(set(hidden.otherwise) & set(rows)):
        message = ngettext(
            "{count} row has numbers that a conditional format shows as other ones; what the cells hold is read:"
            " {rows}.",
            "{count} rows have numbers that a conditional format shows as other ones; what the cells hold is read:"
            " {rows}.",
            len(otherwise),
        ).format(count=len(otherwise), rows=_some(otherwise))
        notices.append(located(place, message, _("Clear the conditional formats to see what they hold.")))
    if maybe := (set(hidden.maybe) - {*hidden.pale, *hidden.masked}) & set(rows):
        message = ngettext(
            "{count} row with values that a conditional format may hide was read: {rows}.",
            "{count} rows with values that a conditional format may hide were read: {rows}.",
            len(maybe),
        )
        _tell_doubtful(maybe, message, place, notices)
    if held := sorted(at for at in columns if any(at in each for each in hidden.columns)):
        from openpyxl.utils import get_column_letter  # lists in CSV do without it

        message = _("hidden columns were read: {columns}.").format(columns=_some(map(get_column_letter, held)))
        notices.append(located(place, message))


def _tell_doubtful(rows: Collection[int], message: str, place: Place, notices: list[Problem]) -> None:
    """Note that rows were read which an office may have given up, or that nobody sees."""
    said = message.format(count=len(rows), rows=_some(sorted(rows)))
    notices.append(located(place, said, _("Delete such a row, or let it begin with #, if it no longer holds.")))


def tell_disguised(cells: Sequence[tuple[Place, tuple[str, str]]], notices: list[Problem]) -> None:
    """Note that cells show rounded numbers, thousands or nothing; of each, what it shows and what it holds."""
    if cells:
        place, (shown, stored) = cells[0]
        message = ngettext(
            "{count} cell shows another number than it holds; what it holds is read: {stored}, not {shown}.",
            "{count} cells show another number than they hold; what they hold is read, here {stored}, not {shown}.",
            len(cells),
        ).format(count=len(cells), shown=shown, stored=stored)
        notices.append(located(place, message))


def has_no_size(size: object) -> bool:
    """Return whether a row so high, or a column so wide, cannot be seen; a size that is not given says nothing."""
    try:
        return float(str(size)) < _SEEN
    except ValueError:
        return False


def _some(names: Iterable[object]) -> str:
    shown = [str(name) for name in names]
    return ", ".join(shown[:_SHOWN]) + (", …" if len(shown) > _SHOWN else "")
