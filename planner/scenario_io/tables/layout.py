"""Which rows of a sheet are which: titles, the names of the columns, data, sums, notes. One core for all tables.

What is passed over is said in a notice; what could be taken for data and is none is refused, by row.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from planner.errors import Problem
from planner.locale import _, ngettext
from planner.scenario_io.problems import Problems, Refused, located
from planner.scenario_io.tables.cell_text import NOT_READ
from planner.scenario_io.tables.head_remarks import refuse_amounts, refuse_heads, refuse_people
from planner.scenario_io.tables.hidden_cells import tell_disguised
from planner.scenario_io.tables.left_blank import tell_left_blank
from planner.scenario_io.tables.notes import is_figure, notes_below, numbers_columns
from planner.scenario_io.tables.repeated_heads import begins_another, repeats, tell_heads
from planner.scenario_io.tables.sheet import (
    InputCell,
    InputRow,
    InputTable,
    RawSheet,
    TextRow,
    number_of,
    numbers_of,
    tell_faults,
)
from planner.scenario_io.tables.sum_rows import is_additive, is_sum_word, tell_sums
from planner.scenario_io.tree import UNREADABLE

type Known = Callable[[str], str | None]
"""The name under which a table knows a column that a file calls so; None for a name it does not know."""

_RUNNING: Final = frozenset({"no", "no.", "nr", "nr.", "nomor", "nomor urut", "no urut", "no. urut", "nourut"})
"""Names of columns that count the rows."""

HEADS_WITHIN: Final = 20
"""Rows that are not blank within which the names of the columns must stand."""

_YEAR: Final = re.compile(r"(?:19|20)\d\d\Z")
_MONEY: Final = re.compile(r"(?:.*[._])?(?:price|amounts?|minimum|cost|harga|jumlah)(?:\..*)?\Z")


def running_number(name: str) -> bool:
    """Return whether a column of that name counts the rows."""
    return " ".join(name.casefold().split()) in _RUNNING


def laid_out(
    sheet: RawSheet,
    problems: Problems,
    notices: list[Problem],
    known: Known | None = None,
    *,
    labels: int = 0,
    adds_up: Callable[[str], bool] = is_additive,
    may_have_sums: bool = True,
    days: Callable[[str, InputRow], bool] | None = None,
) -> InputTable:
    """Return the table on a sheet: the names of its columns, and the rows that are data; raises Refused for an empty
    one.

    Without `known` names the first row has the names. `labels` rows above them belong to them; `adds_up` says of
    which columns a sum makes sense; rows of a table that cannot have sums may call themselves so, as rules do.
    `days` says of which columns, in which rows, a date is the value. Faults of cells that are read go to `problems`.
    """
    if not sheet.rows:
        remedy = _("Its first row holds the names of the columns.")
        raise Refused(located(sheet.place, _("the table is empty."), remedy))
    position = _head_position(sheet.rows, known)
    head, titles = sheet.rows[position], sheet.rows[: max(0, position - labels)]
    _refuse_data(titles, head)
    _tell_titles(titles, notices)
    columns, unread = _columns(head, known, problems)
    body, aside = _told_apart(head, sheet.rows[position + 1 :], columns, notices)
    if known is not None:
        body = _first_table(head, body, known, problems)
    if money := [at for at, cell in columns.items() if _MONEY.match(str(cell.value))]:
        above = sheet.rows[len(titles) : position]
        if not refuse_heads(above, money, problems):
            refuse_amounts([*titles, *above, *aside], problems)
    people = [at for at, cell in columns.items() if at not in money and adds_up(str(cell.value))]
    refuse_heads(sheet.rows[len(titles) : position], people, problems, "count")
    if people:
        refuse_people([*titles, *aside], problems)
    names = {at: str(cell.value) for at, cell in columns.items()}
    if may_have_sums:
        body = tell_sums(body, names, adds_up, problems, notices)
    if days is not None:
        _take_days(body, names, days)
    tell_faults(body, problems, unread=unread)
    _tell_merged(sheet, [head, *body], problems)
    body = _of_full_width(sheet, head, body, problems)
    _tell_nameless(body, {*columns, *unread, *head.values}, problems)
    if sheet.typed:
        _note_blank(sheet, head, body, notices)
        _note_rounded(body, columns, notices)
    own = {at: str(head.values[at]) for at in columns}  # messages call a column as the file does
    tell_left_blank(body, names, own, notices)
    for row in body:
        row.keep(own)
    kept = [row for row in body if row.values]
    called = {str(cell.value): own[at] for at, cell in columns.items()}
    return InputTable(columns, kept, sheet.place, sheet.typed, sheet.decimal_comma, called)


def _take_days(body: Sequence[InputRow], names: dict[int, str], days: Callable[[str, InputRow], bool]) -> None:
    """Read the dates of a workbook where a date belongs."""
    for row in body:
        for at in row.faults:
            cell = row.cells[at]
            if cell.day and at in names and days(names[at], row):
                cell.value, cell.fault = cell.day, None


def _head_position(rows: Sequence[InputRow], known: Known | None) -> int:
    """Return where the names of the columns stand: the row with the most known ones, or else the first that may be one.

    Labels right above the heads may be the same words in other letters; where no name is written as it is known, the
    lower row of the two has them. A row of names with data below it is the head, whatever rows of names follow.
    """
    rows = rows[:HEADS_WITHIN]
    if known is None:
        return 0
    counts = [_names_known(row, known) for row in rows]
    best = max(counts)
    if best > (0, 0):
        found = counts.index(best) if best[1] else len(counts) - 1 - counts[::-1].index(best)
        heads = [at for at, (row, count) in enumerate(zip(rows, counts, strict=True)) if _may_be_head(row, count[0])]
        alike = [at for at in range(found) if rows[at].values == rows[found].values]
        above = (at for at in heads + alike if at < found and _has_data(rows[at], rows[at + 1 : found], known))
        return min(above, default=found)
    return next((at for at, row in enumerate(rows) if len(row.values) > 1), 0)


def _may_be_head(row: InputRow, names: int) -> bool:
    """Return whether a row in which so many cells name a column consists of names for the most part."""
    return names > 1 and 2 * names > len(row.values) and not row.marked


def _has_data(head: InputRow, below: Sequence[InputRow], known: Known) -> bool:
    """Return whether one of these rows has data under the names of `head`: it is no further row of names, no numbers of
    the columns, and fills more than one of them."""
    return any(
        not row.marked
        and len(row.values.keys() & head.values.keys()) > 1
        and not _may_be_head(row, _names_known(row, known)[0])
        and not numbers_columns(row, head)
        for row in below
    )


def _names_known(row: InputRow, known: Known) -> tuple[int, int]:
    """Count the cells that name a column, in capitals or not, and those that do so exactly."""
    texts = [value for value in row.values.values() if isinstance(value, str)]
    named = [known(text) for text in texts]
    exact = sum(name == text for name, text in zip(named, texts, strict=True))
    return sum(name is not None for name in named), exact


def _refuse_data(titles: Sequence[InputRow], head: InputRow) -> None:
    """Refuse a table that has data above the names of its columns: rows that fill most columns, one with a figure."""
    for row in titles:
        filled = row.values.keys() & head.values.keys()
        full = len(filled) > 2 and 2 * len(filled) > len(head.values)
        figures = [at for at in filled if is_figure(row.values[at]) and not _YEAR.match(str(row.values[at]))]
        if full and figures and not row.marked and not numbers_columns(row, head) and not _begins_sum(row):
            message = _("this row holds data, but stands above the names of the columns in row {row}.")
            remedy = _("Move it below them, delete it, or begin it with #.")
            raise Refused(located(row.place, message.format(row=number_of(head)), remedy))


def _begins_sum(row: InputRow) -> bool:
    return is_sum_word(str(row.values[min(row.values)]))


def _tell_titles(titles: Sequence[InputRow], notices: list[Problem]) -> None:
    if titles:
        message = ngettext(
            "{count} row above the names of the columns was taken for a title: {text}",
            "{count} rows above the names of the columns were taken for titles: {text}",
            len(titles),
        ).format(count=len(titles), text=_quoted(titles))
        notices.append(located(titles[0].place, message))


def _columns(head: InputRow, known: Known | None, problems: Problems) -> tuple[dict[int, InputCell], frozenset[int]]:
    """Return the columns that are read, by position, under the names the table knows; and those that are not read."""
    columns: dict[int, InputCell] = {}
    unread: set[int] = set()
    first: dict[str, InputCell] = {}
    for at, cell in head.cells.items():
        if not isinstance(cell.value, str):
            problems.add(cell.place, _("the name of a column must be text."), _("Type it again, as text."))
            continue
        name = known(cell.value) if known is not None else None
        if name is None and (cell.value.startswith(NOT_READ) or running_number(cell.value)):
            unread.add(at)
            continue
        name = name or cell.value
        if (other := first.get(name)) is not None:
            if other.value == cell.value:
                message = _("the column '{name}' is there twice; the other is at {place}.")
            else:
                message = _("the columns '{name}' and '{other}' hold the same ('{field}'); the other is at {place}.")
            message = message.format(name=cell.value, other=other.value, field=name, place=other.place)
            problems.add(cell.place, message, _("Remove or rename one of them."))
            continue
        first[name] = cell
        columns[at] = replace(cell, value=name)
    return columns, frozenset(unread)


def _told_apart(
    head: InputRow, below: Sequence[InputRow], columns: dict[int, InputCell], notices: list[Problem]
) -> tuple[list[InputRow], list[InputRow]]:
    """Return the rows below the names that may be data, and those that are not, which are said in notices."""
    marked = [row for row in below if row.marked]
    if marked:
        message = ngettext(
            "{count} row marked with # was not read: {rows}.", "{count} rows marked with # were not read: {rows}.",
            len(marked),
        ).format(count=len(marked), rows=numbers_of(marked))  # fmt: skip
        notices.append(located(marked[0].place, message))
    body = [row for row in below if not row.marked]
    again = [row for row in body if repeats(head, row)]
    if again:
        tell_heads(again, notices)
        body = [row for row in body if row not in again]
    if body and numbers_columns(body[0], head):
        message = _("this row, which numbers the columns, was not read.")
        notices.append(located(body[0].place, message))
        body = body[1:]
    count = notes_below(body, columns)
    notes = body[len(body) - count :]
    if notes:
        message = ngettext(
            "{count} row below the table was taken for a note: {text}",
            "{count} rows below the table were taken for notes: {text}",
            count,
        ).format(count=count, text=_quoted(notes))
        notices.append(located(notes[0].place, message))
    return body[: len(body) - count], notes


def _first_table(head: InputRow, body: list[InputRow], known: Known, problems: Problems) -> list[InputRow]:
    """Return the rows above those of a second table: a row of nothing but names of columns, or of others behind a blank
    row, begins it, and it is refused.

    Right below the head it goes on with the names, as where a group of columns has a name of its own.
    """
    for at, row in enumerate(body):
        texts = [value for value in row.values.values() if isinstance(value, str)]
        if len(texts) == len(row.values) > 1 and all(known(each) is not None or running_number(each) for each in texts):
            message = _("a second table begins in this row.")
            remedy = _("Put it on a sheet or in a file of its own, or its rows below those of the first one.")
            if at == 0 and row.number == head.number + 1:
                message = _("the names of the columns stand in two rows, of which this is the lower one.")
                remedy = _("Put all of them into one row.")
            problems.add(row.place, message, remedy)
            return body[:at]
        if (first := begins_another(head, body, at)) is not None:
            message = _("a second table begins in this row.")
            problems.add(body[first].place, message, _("Put it on a sheet or in a file of its own."))
            return body[:first]
    return body


def _tell_merged(sheet: RawSheet, rows: Sequence[InputRow], problems: Problems) -> None:
    """Refuse merged cells among the data: only one of them has the value, and which cells it is for would be a
    guess."""
    for merge in sheet.merged:
        if any(merge.first <= row.number <= merge.last for row in rows):
            problems.add(merge.place, _("these cells are merged."), _("Unmerge them and fill in each cell."))
            for row in rows[1:]:
                if merge.first <= row.number <= merge.last:
                    # nothing more is told of cells whose value stands in another one
                    row.cells.update({at: InputCell(UNREADABLE, row.place) for at in merge.columns - row.cells.keys()})


def _tell_nameless(body: Sequence[InputRow], named: set[int], problems: Problems) -> None:
    """Report the first value of each column without a name, which would be lost in silence."""
    reported: set[int] = set()
    for row in body:
        if not row.values.keys() <= named:
            for at, cell in row.cells.items():
                if at not in named and at not in reported:
                    reported.add(at)
                    problems.add(
                        cell.place,
                        _("this cell has a value, but its column has no name."),
                        _("Name the column, clear the cell, or let the name begin with '#'."),
                    )


def _of_full_width(sheet: RawSheet, head: InputRow, body: Sequence[InputRow], problems: Problems) -> list[InputRow]:
    """Return the rows of a text file that have a cell for each column; the others are reported."""
    if not isinstance(head, TextRow):
        return list(body)
    full: list[InputRow] = []
    for row in body:
        if isinstance(row, TextRow) and row.width != head.width:
            problems.add(
                row.place,
                _("this row has {count} cells, but there are {width} columns.").format(
                    count=row.width, width=head.width
                ),
                _("Put cells that hold '{separator}' in double quotes.").format(separator=sheet.separator),
            )
        else:
            full.append(row)
    return full


def _note_blank(sheet: RawSheet, head: InputRow, body: Sequence[InputRow], notices: list[Problem]) -> None:
    """Say how many rows between the names and the last data are blank."""
    last = body[-1].number if body else head.number
    filled = sum(head.number < row.number <= last for row in sheet.rows)
    blank = last - head.number - filled
    if blank:
        message = ngettext(
            "{count} blank row within the table was passed over.",
            "{count} blank rows within the table were passed over.",
            blank,
        ).format(count=blank)
        notices.append(located(sheet.place, message))


def _note_rounded(body: Sequence[InputRow], columns: dict[int, InputCell], notices: list[Problem]) -> None:
    """Say that cells show rounded numbers, thousands or nothing: what they hold is read."""
    found = [cell for row in body for at, cell in row.cells.items() if at in columns]
    tell_disguised([(cell.place, cell.rounded) for cell in found if cell.rounded], notices)


def _quoted(rows: Sequence[InputRow]) -> str:
    """Return the beginning of the first rows."""
    texts = [" ".join(str(value) for value in row.values.values())[:60] for row in rows[:3]]
    return ", ".join(f"'{text}'" for text in texts) + (", …" if len(rows) > 3 else ".")
