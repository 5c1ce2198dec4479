"""Example rows of the template: they are passed over and told, and never become part of a planner's scenario.

A row is an example while it is exactly as the template has it. One that was changed and still has the id of the example
is refused, since nobody can say which of the two it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Final

from planner.errors import Problem
from planner.locale import LANGUAGES, _, ngettext, speaking
from planner.scenario_io.problems import Problems, Refused, located
from planner.scenario_io.scenario_workbook.cells import text_of
from planner.scenario_io.scenario_workbook.sheet_tables import SheetTable, sheet_tables
from planner.scenario_io.tables.sheet import InputRow
from planner.scenario_io.tree import Place

_RECORDS: Final = ("competencies", "groups", "programmes", "mentor_pools", "resources", "funds")
"""Sheets whose rows have an id of their own."""

_OF_ALL: Final = ("scenario", "periods", "objective", "price_lists")
"""Sheets whose rows are no examples: identity and price list, and what the template proposes for every scenario."""

_IDENTITY: Final = ("id", "name", "agency", "description", "assumptions", "sources")
"""Keys of the identity whose example is not kept."""

type Values = frozenset[tuple[str, object]]
"""What a row says: (head, value) of each cell."""


def without_examples(tables: Mapping[str, SheetTable], file: str, problems: Problems, notices: list[Problem]) -> None:
    """Take the example rows out of the tables; raises Refused where there is nothing else."""
    ids = frozenset().union(*(_ids(language) for language in LANGUAGES))
    named = {_id(tables[key], row) for key in ("groups", "programmes", "funds") for row in _rows(tables, key)}
    if named <= ids and any(_id(tables[key], row) in ids for key in _RECORDS for row in _rows(tables, key)):
        message = _("this workbook holds the rows of the example and none of your own.")
        remedy = _("Fill in your rows. To try the example itself: planner import {file} --example")
        raise Refused(located(Place(file), message, remedy.format(file=file)))
    used = _lists_used(tables, ids)
    passed: dict[str, int] = {}
    for key, table in tables.items():
        if key == "scenario":
            passed[table.name] = _identity(table, problems)
        elif key not in _OF_ALL:
            passed[table.name] = _of_sheet(table, ids, used if key == "prices" else frozenset(), problems)
    if count := sum(passed.values()):
        message = ngettext(
            "{count} example row of the template was passed over: {sheets}.",
            "{count} example rows of the template were passed over: {sheets}.",
            count,
        )
        sheets = ", ".join(f"{name} ({rows})" for name, rows in passed.items() if rows)
        notices.append(located(Place(file), message.format(count=count, sheets=sheets)))


def _lists_used(tables: Mapping[str, SheetTable], ids: frozenset[str]) -> frozenset[str]:
    """Return the lists on the sheet of prices that cost lines of a planner's own programmes name."""
    lines = ((row, tables["costs"]) for row in _rows(tables, "costs"))
    cells = (table.cell(row, "price_list") for row, table in lines if _id(table, row) not in ids)
    return frozenset(text_of(cell) for cell in cells if cell is not None)


def _of_sheet(table: SheetTable, ids: frozenset[str], used: frozenset[str], problems: Problems) -> int:
    """Take the example rows out of a sheet; return how many there were."""
    examples = frozenset().union(*(_example_rows(language).get(table.sheet.key, frozenset()) for language in LANGUAGES))
    kept: list[InputRow] = []
    for row in table.rows:
        named = _id(table, row)
        if _values(table, row) in examples and named not in used:
            continue
        if named in ids:
            message = _("'{id}' is the id of an example, but this row was changed.").format(id=named)
            remedy = _("Give it an id of your own here and on the other sheets, or delete the row.")
            problems.add(table.place_in(row, table.sheet.anchor.key), message, remedy)
        kept.append(row)
    passed = len(table.rows) - len(kept)
    table.rows[:] = kept
    if table.sheet.matrix:
        _columns(table, ids)
    return passed


def _columns(table: SheetTable, ids: frozenset[str]) -> None:
    """Take out the columns of example competencies in which no row has a value."""
    filled = {at for row in table.rows for at in row.cells}
    for at, head in list(table.heads.items()):
        if str(head.value).removeprefix(table.sheet.matrix) in ids and at not in filled:
            del table.heads[at]


def _identity(table: SheetTable, problems: Problems) -> int:
    """Refuse the id of the example; take out its other texts, and return how many there were."""
    examples = [pair for language in LANGUAGES for pair in _example_identity(language)]
    kept: list[InputRow] = []
    for row in table.rows:
        key, value = table.cell(row, "key"), table.cell(row, "value")
        pair = None if key is None or value is None else (text_of(key), value.value)
        if pair is None or pair[0] not in _IDENTITY or pair not in examples:
            kept.append(row)
        elif pair[0] == "id" and value is not None:
            message = _("'{id}' is the id of the example.").format(id=pair[1])
            problems.add(value.place, message, _("Give your scenario an id of its own."))
            kept.append(row)
    passed = len(table.rows) - len(kept)
    table.rows[:] = kept
    return passed


def _rows(tables: Mapping[str, SheetTable], key: str) -> Iterable[InputRow]:
    return tables[key].rows if key in tables else ()


def _id(table: SheetTable, row: InputRow) -> str:
    cell = table.cell(row, table.sheet.anchor.key)
    return "" if cell is None else text_of(cell)


def _values(table: SheetTable, row: InputRow) -> Values:
    return frozenset((str(table.heads[at].value), cell.value) for at, cell in row.cells.items() if at in table.heads)


@cache
def _example(language: str) -> dict[str, SheetTable]:
    """Return the sheets of the template in a language, as they are read."""
    from planner.scenario_io.scenario_workbook.writing import template_bytes

    with speaking(language):
        return sheet_tables(template_bytes(), "", Problems(), [])[0]


@cache
def _example_rows(language: str) -> dict[str, frozenset[Values]]:
    tables = _example(language)
    return {key: frozenset(_values(table, row) for row in table.rows) for key, table in tables.items()}


@cache
def _example_identity(language: str) -> frozenset[tuple[str, object]]:
    return frozenset(_pairs(_example(language)["scenario"]))


def _pairs(table: SheetTable) -> Iterator[tuple[str, object]]:
    for row in table.rows:
        key, value = table.cell(row, "key"), table.cell(row, "value")
        if key is not None and value is not None:
            yield text_of(key), value.value


@cache
def _ids(language: str) -> frozenset[str]:
    tables = _example(language)
    return frozenset(_id(tables[key], row) for key in _RECORDS for row in _rows(tables, key))
