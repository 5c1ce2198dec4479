"""The register: a typed row per person, from the list and the tables joined to it, and the rows that cannot be read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from planner.domain.people import OF_COMPETENCY, LeftOut, PeopleTable
from planner.locale import _, ngettext
from planner.people.columns import PeopleCells, UnknownColumns, columns_of
from planner.people.columns_apart import columns_that_differ
from planner.people.database import opened
from planner.people.person_sql import Person, joined_sql
from planner.people.row_faults import IS_SUM, RowTrouble, sum_row
from planner.people.sheet_cells import SheetCells
from planner.people.sources import REMEDIES, TableSource, UnreadableTable, forget_rejected, note_rejected, source_of
from planner.people.units import agencies_by_unit

MOST_LISTED: Final = 20
"""Most rows that are named for one kind of fault."""


@dataclass(frozen=True)
class RowFault:
    """One kind of fault in one table, the first rows that have it, and how many there are."""

    file: Path
    reason: str
    """What is wrong, in English; its `{name}` is the name of a field."""
    name: str
    remedy: str
    rows: int
    lines: tuple[int, ...]
    """Lines or rows of a sheet, at most MOST_LISTED."""
    texts: tuple[str, ...] = ()
    """What is shown of each: the kind of content of the cell, never the cell; empty where the reason says all."""
    column: str = ""
    """The heading of the field in the file; empty where no single column holds it."""

    @property
    def called(self) -> str:
        """The name of the faulty column as the file has it."""
        return self.column or self.name


class NoRegister(Exception):
    """The tables give no register: (file, line, what is wrong, what to do) for each fault."""

    def __init__(self, faults: Sequence[tuple[Path, int | None, str, str]]) -> None:
        super().__init__("; ".join(message for _file, _line, message, _remedy in faults))
        self.faults = list(faults)


@dataclass
class Register:
    """People in the table `person` of a database of its own."""

    connection: Any
    table: PeopleTable
    competencies: tuple[str, ...]
    """Ids in the order of the scenario: the places of their bits."""
    attributes: tuple[str, ...]
    """Attributes that divide people into groups."""
    source: TableSource | None = None
    """The list itself, which knows its lines."""
    faults: list[RowFault] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    without_jp: int = 0
    """Rows of training histories that add no JP because the number or the year is missing."""
    rows_left_out: int = 0
    """Rows of the list that cannot be read; one may have several faults."""
    rows_beside: int = 0
    """Rows of tables joined to the list that are not used: their people are planned without what these say."""

    @cached_property
    def people(self) -> int:
        """People who can be planned for."""
        return int(self.connection.execute("SELECT count(*) FROM person").fetchall()[0][0])

    @cached_property
    def not_assessed(self) -> int:
        """Blank cells of gaps and levels."""
        return int(self.connection.execute("SELECT coalesce(sum(blank), 0) FROM person").fetchall()[0][0])

    @property
    def left_out(self) -> tuple[LeftOut, ...]:
        """Rows that the plan does without, by reason."""
        counts: dict[tuple[str, str, str], int] = {}
        for fault in self.faults:
            key = fault.reason, fault.name, fault.column if fault.column != fault.name else ""
            counts[key] = counts.get(key, 0) + fault.rows
        return tuple(
            LeftOut(reason=reason, field=name or None, column=column or None, rows=rows)
            for (reason, name, column), rows in counts.items()
        )


def register_of(
    table: PeopleTable,
    competencies: Mapping[str, str | None],
    files: Mapping[int, Path],
    cells: Callable[[int], SheetCells | None],
    fiscal_year: int | None = None,
    programmes: Sequence[str] | None = None,
) -> Register:
    """Read the tables; `competencies` are ids with names, `files` those of `table.tables` in their order.

    `cells` gives the sheets among them.

    Raises NoRegister where no row can be read. Rows that cannot be read are in `faults` of the register.
    """
    connection = opened(files.values())
    sources: list[PeopleCells] = []
    wrong: list[tuple[Path, int | None, str, str]] = []
    from planner.people.repeats_and_blanks import (
        ids_that_stand_twice,
        rows_that_stand_twice,
        tell_blanks,
        tell_history_without_days,
        tell_lost_digits,
        tell_missing_standards,
        tell_unknown_units,
    )

    for number, each in enumerate(table.tables):
        try:
            source = source_of(connection, files[number], cells(number), number)
            cells_of_table = columns_of(source, each, competencies, table.values, table.fill, joined=number > 0)
            cells_of_table.last_appointed = fiscal_year or cells_of_table.last_appointed
            sources.append(cells_of_table)
            apart = columns_that_differ(connection, cells_of_table)
            wrong.extend((files[number], line, message, remedy) for line, message, remedy in apart)
        except UnreadableTable as error:
            wrong.append((files[number], error.line, error.message, error.remedy))
        except UnknownColumns as error:
            wrong.extend((files[number], None, message, remedy) for message, remedy in error.faults)
    if wrong:
        raise NoRegister(wrong)
    main, joined = sources[0], sources[1 : 1 + len(table.join)]
    person = Person(main, joined, tuple(competencies), nip=table.nip, programmes=programmes)
    if open_questions := person.contradictions():
        raise NoRegister([(files[0], None, message, remedy) for message, remedy in open_questions])
    units = sources[-1] if table.units is not None else None
    register = Register(connection, table, tuple(competencies), person.attributes(units is not None, table.by))
    register.source = main.source
    _tell_dropped(register, [main, *joined])
    _tell_rounded(register, [main, *joined])
    _tell_named(register, [main, *joined])
    _load(connection, "row_of_list", main, person.main_sql())
    heads_again = _tell_heads(register, main.source, "row_of_list")
    _collect(register, main, "row_of_list", person.main_faults())
    for number, further in enumerate(joined):
        name = f"row_of_{number}"
        sql, faults = joined_sql(further, person, fiscal_year)
        _load(connection, name, further, sql)
        passed_over = _tell_heads(register, further.source, name)
        _collect(register, further, name, faults)
        tell_lost_digits(register, further, name)
        if not further.history:
            ids_that_stand_twice(register, further.source, name)
            tell_missing_standards(register, further, name)
        if further.history:
            rows_that_stand_twice(register, further, name)
            tell_history_without_days(register, further, fiscal_year)
            counted = f"SELECT count(*) FROM {name} WHERE hours IS NULL AND NOT left_out"
            register.without_jp += connection.execute(counted).fetchall()[0][0]
        unused = connection.execute(f"SELECT count(*) FROM {name} WHERE left_out").fetchall()[0][0] - passed_over
        register.rows_beside += unused + sum(reject.lines for reject in further.source.rejected)
        person.aggregate(connection, number, name, history=further.history)
    ids_that_stand_twice(register, main.source, "row_of_list")
    tell_missing_standards(register, main, "row_of_list")
    tell_lost_digits(register, main, "row_of_list")
    left = connection.execute("SELECT count(*) FROM row_of_list WHERE left_out").fetchall()[0][0]
    register.rows_left_out = left - heads_again + sum(reject.lines for reject in main.source.rejected)
    if units is not None:
        left_out = agencies_by_unit(connection, units, table.agency_depth)
        note_rejected(connection, units.source)
        _tell_rejected(register, units.source)
        told = (left_out.heads, *left_out.refused.values(), *left_out.of_one_name.values())
        lines = units.source.lines({row for rows in told for row in rows})
        if left_out.heads:
            first = [lines.get(row, row + units.source.first_row) for row in left_out.heads[:MOST_LISTED]]
            register.notices.append(_heads_words(units.source, len(left_out.heads), first))
        for (reason, name), rows in left_out.refused.items():
            places = tuple(lines.get(row, row + units.source.first_row) for row in rows[:MOST_LISTED])
            column = units.head_of(name) if name else ""
            register.faults.append(RowFault(units.source.file, reason, name, "", len(rows), places, column=column))
        _tell_units_of_one_name(register, units.source, left_out.of_one_name, lines)
    person.together(connection, units is not None)
    if units is not None:
        tell_unknown_units(register, main)
    tell_blanks(register)
    _tell_strangers(register, joined)
    return register


def _load(connection: Any, name: str, cells: PeopleCells, select: str) -> None:
    source = cells.source
    try:
        connection.execute(f"CREATE TABLE {name} AS SELECT {select} FROM {cells.relation}")
        note_rejected(connection, source)
    except Exception as error:
        import duckdb

        if isinstance(error, duckdb.OutOfMemoryException):
            raise NoRegister([(source.file, None, _("the table needs more memory than there is."), "")]) from None
        if isinstance(error, duckdb.Error):
            # quotes in the message may contain a cell
            reason = re.sub(r"(['\"]).*?\1", "…", str(error).splitlines()[0])
            message = _("the table cannot be read: {reason}").format(reason=reason)
            raise NoRegister([(source.file, None, message, _("Save it again as CSV or Parquet."))]) from None
        raise


def _tell_heads(register: Register, source: TableSource, name: str) -> int:
    """Record the rows that repeat the headings, which are left out already; return their number."""
    query = register.connection.execute
    count = int(query(f"SELECT count(*) FROM {name} WHERE left_out").fetchall()[0][0])
    if count:
        first = query(f"SELECT rowid FROM {name} WHERE left_out ORDER BY rowid LIMIT {MOST_LISTED}").fetchall()
        lines = source.lines({row for (row,) in first})
        places = [lines.get(row, row + source.first_row) for (row,) in first]
        register.notices.append(_heads_words(source, count, places))
    return count


def _heads_words(source: TableSource, count: int, places: Sequence[int]) -> str:
    """Return how many rows repeat the headings, and the first of them, in words."""
    message = ngettext(
        "{count} row that repeats the column headings was left out: {rows}.",
        "{count} rows that repeat the column headings were left out: {rows}.",
        count,
    ).format(count=count, rows=", ".join(map(str, places)) + (", …" if count > len(places) else ""))
    return f"{source.file.name}: {message}"


def _tell_rejected(register: Register, source: TableSource) -> None:
    """Record the lines of a CSV file that are not rows."""
    reasons: dict[str, list[int]] = {}
    for reject in source.rejected:
        reasons.setdefault(reject.reason, []).extend([reject.line] * reject.lines)
    for reason, lines in reasons.items():
        first = tuple(dict.fromkeys(lines))[:MOST_LISTED]
        remedy = _(REMEDIES[reason]) if reason in REMEDIES else ""
        register.faults.append(RowFault(source.file, reason, "", remedy, len(lines), first))


def _collect(register: Register, cells: PeopleCells, name: str, faults: Sequence[RowTrouble]) -> None:
    """Record the faulty rows of a table, and remove them from it."""
    source = cells.source
    _tell_rejected(register, source)
    query = register.connection.execute
    if not query(f"SELECT count(*) FROM {name} WHERE bad").fetchall()[0][0]:
        return
    query(f"CREATE TABLE faulty AS SELECT rowid AS row FROM {name} WHERE bad")
    # the cells themselves are read once more: the typed rows have lost what could not be read
    query(f"CREATE TABLE cells AS SELECT *, {sum_row(cells)} AS sums_"
          f" FROM (SELECT row_number() OVER () - 1 AS row_, * FROM {cells.relation})"
          " SEMI JOIN faulty ON row_ = faulty.row")  # fmt: skip
    found: list[tuple[RowTrouble, int, list[int], list[str]]] = []
    wheres = ["sums_" if fault.reason == IS_SUM else f"({fault.where}) AND NOT sums_" for fault in faults]
    counted = ", ".join(f"count(*) FILTER ({where})" for where in wheres)
    for fault, where, rows in zip(faults, wheres, query(f"SELECT {counted} FROM cells").fetchall()[0], strict=True):
        if rows:
            shown = fault.shown or "''"
            first = query(
                f"SELECT row_, coalesce({shown}, '') FROM cells WHERE {where} ORDER BY row_ LIMIT {MOST_LISTED}"
            ).fetchall()
            found.append((fault, rows, [row for row, _text in first], [text for _row, text in first]))
    line_of = source.lines({row for _fault, _rows, numbers, _texts in found for row in numbers})
    for fault, rows, numbers, texts in found:
        told = tuple(texts) if fault.shown else ()
        places = tuple(line_of.get(row, row + source.first_row) for row in numbers)
        column = cells.head_of(fault.name)
        register.faults.append(
            RowFault(source.file, fault.reason, fault.name, fault.remedy, rows, places, told, column)
        )
    forget_rejected(register.connection, source)
    query(f"UPDATE {name} SET left_out = true WHERE bad")
    query("DROP TABLE faulty; DROP TABLE cells")


def _tell_dropped(register: Register, tables: Sequence[PeopleCells]) -> None:
    """Record the columns of each table that are not read."""
    for each in tables:
        if each.dropped:
            shown = [" ".join(head.split()) for head in each.dropped[:MOST_LISTED]]
            heads = ", ".join(shown) + (", …" if len(each.dropped) > MOST_LISTED else "")
            message = ngettext(
                "{file}: column {names} is not read; say under columns what it holds, or unused.",
                "{file}: columns {names} are not read; say under columns what they hold, or unused.",
                len(each.dropped),
            )
            register.notices.append(message.format(file=each.source.file.name, names=heads))


def _tell_named(register: Register, tables: Sequence[PeopleCells]) -> None:
    """Notice the columns whose heads give the name of a competency in place of its id."""
    for each, said in zip(tables, register.table.tables, strict=False):
        for name, heads in each.heads.items():
            for head in heads:
                kind, _colon, rest = head.partition(":")
                if kind in OF_COMPETENCY and rest and head != name and head not in said.columns:
                    message = _("{file}: the column '{name}' was taken for the competency '{id}'.")
                    message = message.format(file=each.source.file.name, name=head, id=name.partition(":")[2])
                    register.notices.append(message)


def _tell_rounded(register: Register, tables: Sequence[PeopleCells]) -> None:
    """Notice numbers whose cells show other ones, by their rows: what the cells hold is read."""
    for each in tables:
        for head, rows in each.rounded().items():
            message = ngettext(
                "{file}: {count} cell of {head} shows another number than it holds; what it holds is read: {rows}.",
                "{file}: {count} cells of {head} show another number than they hold; what they hold is read: {rows}.",
                len(rows),
            )
            shown = ", ".join(map(str, rows[:MOST_LISTED])) + (", …" if len(rows) > MOST_LISTED else "")
            register.notices.append(
                message.format(file=each.source.file.name, count=len(rows), head=" ".join(head.split()), rows=shown)
            )


def _tell_units_of_one_name(
    register: Register, source: TableSource, of_one_name: Mapping[str, Sequence[int]], lines: Mapping[int, int]
) -> None:
    """Record different units of one name that become one agency."""
    if of_one_name:
        shown = [
            f"'{name}' ({', '.join(str(lines.get(row, row + source.first_row)) for row in rows[:MOST_LISTED])})"
            for name, rows in list(of_one_name.items())[:MOST_LISTED]
        ]
        names = ", ".join(shown) + (", …" if len(of_one_name) > MOST_LISTED else "")
        message = _("{file}: different units of one name become one agency, by rows: {names}.")
        register.notices.append(message.format(file=source.file.name, names=names))


def _tell_strangers(register: Register, joined: Sequence[PeopleCells]) -> None:
    """Record rows of joined tables whose id is not in the list."""
    for number, each in enumerate(joined):
        rows = register.connection.execute(
            f"SELECT count(*) FROM row_of_{number} r ANTI JOIN row_of_list p ON r.id = p.id WHERE NOT r.left_out"
        ).fetchall()[0][0]
        if rows:
            message = _("{file}: {count} rows are of people who are not in the list; they are not used.")
            register.notices.append(message.format(file=each.source.file.name, count=rows))
