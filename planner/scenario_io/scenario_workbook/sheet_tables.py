"""The sheets of a workbook as tables: which sheet is which, where the heads stand, which columns there are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from openpyxl.utils import get_column_letter

from planner.domain.checks.did_you_mean import near, suggestion
from planner.errors import Problem
from planner.locale import _
from planner.scenario_io.problems import Problems, Refused, located
from planner.scenario_io.scenario_workbook.actuals_sheets import ACTUALS
from planner.scenario_io.scenario_workbook.columns import FormColumn, Sheet
from planner.scenario_io.scenario_workbook.layout import GUIDE, RESULTS, SHEETS, called_beside, sheet_named
from planner.scenario_io.scenario_workbook.price_codes import PRICE_LISTS
from planner.scenario_io.tables.cell_text import NOT_READ
from planner.scenario_io.tables.hidden_cells import tell_hidden
from planner.scenario_io.tables.layout import HEADS_WITHIN, Known, laid_out
from planner.scenario_io.tables.long_lists import sheets_of
from planner.scenario_io.tables.sheet import InputCell, InputRow, RawSheet, column_note, tell_faults
from planner.scenario_io.tables.sum_rows import is_additive
from planner.scenario_io.tables.xlsx_table import read_sheets
from planner.scenario_io.tree import Place

_WITHOUT_SUMS: Final = ("scenario", "periods", "activities", "rules", "objective", "choices")
"""Sheets whose rows may be called total or jumlah, and are no sums for that."""

_MOST_NAMED: Final = 5
"""Most sheets that a message names."""

_CONTINUED: Final = re.compile(r"(.*\S) \+[0-9]+\Z")


@dataclass
class SheetTable:
    """One sheet as read."""

    sheet: Sheet
    place: Place
    heads: dict[int, InputCell]
    """The grey heads by position, without those that are not read."""
    rows: list[InputRow]
    labels: dict[int, InputCell]
    """The labels above the heads by position."""
    looked_up: dict[int, dict[str, InputCell]]
    """Cells under heads that are not read, such as #price, which look up what ids and codes stand for; by the number of
    their row and the head."""

    @property
    def name(self) -> str:
        """The name of the sheet in the workbook."""
        return self.place.file.rpartition(":")[2]

    def has(self, key: str) -> bool:
        """Return whether there is a column of that head."""
        return any(head.value == key for head in self.heads.values())

    def cell(self, row: InputRow, key: str) -> InputCell | None:
        """Return the cell of a row under the head `key`."""
        return next((row.cells[at] for at, head in self.heads.items() if head.value == key and at in row.cells), None)

    def place_in(self, row: InputRow, key: str) -> Place:
        """Return where the cell under `key` is or would be; the row if there is no such head."""
        for at, head in self.heads.items():
            if head.value == key:
                number = row.place.file.rpartition("!")[2]
                return Place(f"{self.place.file}!{get_column_letter(at + 1)}{number}", note=column_note(key))
        return row.place


def sheet_tables(
    data: bytes, file: str, problems: Problems, notices: list[Problem]
) -> tuple[dict[str, SheetTable], RawSheet | None]:
    """Return the tables of a workbook by the key of their sheet, and its price list, which may be long, as it stands.

    Raises Refused where it cannot be read at all. A missing sheet is reported as a problem, an unneeded one as a
    notice.
    """
    chosen: dict[str, Sheet] = {}
    long: list[str] = []
    unread: list[str] = []
    absent: list[Sheet] = []

    def wanted(names: list[str]) -> Iterable[str]:
        chosen.update(_chosen(names, file, problems, notices))
        absent.extend(sheet for sheet in SHEETS if sheet not in chosen.values() and not sheet.needed)
        unread.extend(name for name in names if absent and name not in chosen and not name.startswith(NOT_READ))
        long.extend(name for name, sheet in chosen.items() if sheet is PRICE_LISTS)
        return [*(name for name in chosen if name not in long), *unread]

    found = read_sheets(data, file, wanted, None)
    for name in chosen:
        if name in found:
            _tell_hidden(found[name], notices)
    tables: dict[str, SheetTable] = {}
    for name, sheet in chosen.items():
        table = _table(sheet, found[name], problems, notices) if name in found else None
        if table is not None:
            tables[sheet.key] = table
    _tell_renamed([found[name] for name in unread], absent, chosen, problems)
    prices = next((sheet for name in long for sheet in sheets_of(data, file, name)), None)
    if prices is not None:
        _tell_hidden(prices, notices)
    return tables, prices


def _tell_hidden(sheet: RawSheet, notices: list[Problem]) -> None:
    """Tell what of a sheet, read without notices, is hidden."""
    held = {at + 1 for row in sheet.rows for at in row.values}
    tell_hidden(sheet.hidden(), {row.number for row in sheet.rows}, held, sheet.place, notices)


def _chosen(names: Sequence[str], file: str, problems: Problems, notices: list[Problem]) -> dict[str, Sheet]:
    """Return the sheets of ours in a workbook; raises Refused where there is none."""
    chosen: dict[str, Sheet] = {}
    strange: list[str] = []
    for name in names:
        sheet = sheet_named(name)
        if sheet is None:
            guide = [known.casefold() for known in GUIDE]
            if not name.startswith(NOT_READ) and name.strip().casefold() not in guide:
                strange.append(name)
        elif (other := next((known for known, held in chosen.items() if held is sheet), None)) is not None:
            problems.add(
                Place(f"{file}:{name}"),
                _("the sheets '{name}' and '{other}' are the same.").format(name=name, other=other),
                _("Remove one of them."),
            )
        else:
            chosen[name] = sheet
    if RESULTS in strange and not any(sheet.key == "groups" for sheet in chosen.values()):
        message = _("this is a workbook of results, which shows a plan; it is not one to fill in.")
        remedy = _("Write one with the scenario of the plan: planner template FILE.xlsx SCENARIO.yaml")
        raise Refused(located(Place(file), message, remedy))
    if not chosen:
        raise Refused(
            located(
                Place(file),
                _("this workbook has none of the sheets of a scenario."),
                _("Start from the workbook that `planner template` writes."),
            )
        )
    absent = [sheet for sheet in SHEETS if sheet not in chosen.values()]
    for sheet in absent:
        own = called_beside(sheet, chosen)
        if sheet.needed:
            meant = near(own, strange) or near(sheet.name, strange)
            remedy = _("Did you mean '{name}'?").format(name=meant) if meant else _("Add it.")
            if not meant and strange:
                remedy = _("If it is one of these, rename it: {names}. Otherwise add it.").format(
                    names=", ".join(f"'{name}'" for name in strange[:_MOST_NAMED])
                )
            problems.add(Place(file), _("the workbook has no sheet '{sheet}'.").format(sheet=own), remedy)
        elif not sheet.optional:
            message = _("the workbook has no sheet '{sheet}'; the scenario is made without it.")
            notices.append(located(Place(file), message.format(sheet=own)))
    for name in strange:
        meant = near(name, [known for sheet in absent for known in sheet.names])
        if meant is not None and not getattr(sheet_named(meant), "needed", True):
            problems.add(
                Place(f"{file}:{name}"),
                _("unknown sheet '{name}'.").format(name=name),
                suggestion(name, [meant]) + " " + _("If it is a note of your own, begin its name with '#'."),
            )
        elif meant is None:
            notices.append(located(Place(f"{file}:{name}"), _("this sheet is not read.")))
    return chosen


def _tell_renamed(
    unread: Iterable[RawSheet], absent: Sequence[Sheet], names: Iterable[str], problems: Problems
) -> None:
    """Report a sheet that is not read though it has the heads of one that is missing: it was given another name."""
    for raw in unread:
        texts = [{v for v in row.values.values() if isinstance(v, str)} for row in raw.rows[:HEADS_WITHIN]]
        for sheet in absent:
            keys = {column.key for column in sheet.columns}
            needed = {column.key for column in sheet.columns if column.required}
            if any(needed <= found and len(found & keys) > 2 and 2 * len(found & keys) > len(found) for found in texts):
                own = called_beside(sheet, names)
                message = _("this sheet has the columns of '{sheet}', which is missing.").format(sheet=own)
                remedy = _("Call it '{sheet}'. If it is a note of your own, begin its name with '#'.")
                problems.add(raw.place, message, remedy.format(sheet=own))
                break


def _table(sheet: Sheet, raw: RawSheet, problems: Problems, notices: list[Problem]) -> SheetTable | None:
    """Return the rows below the heads, which are looked for in the first rows; None where they are missing."""
    known = _known(sheet)
    if not any(isinstance(v, str) and known(v) for row in raw.rows[:HEADS_WITHIN] for v in row.values.values()):
        tell_faults(raw.rows, problems)
        problems.add(
            raw.place,
            _("the row of heads is missing: {heads}.").format(heads=", ".join(c.key for c in sheet.columns[:6])),
            _("Copy it from the workbook that `planner template` writes."),
        )
        return None
    written = {row.number: row.cells for row in raw.rows}
    adds_up, sums = partial(_adds_up, sheet), sheet.key not in _WITHOUT_SUMS
    days = partial(_is_day, sheet)
    table = laid_out(raw, problems, notices, known, labels=1, adds_up=adds_up, may_have_sums=sums, days=days)
    heads = {cell.place for cell in table.columns.values()}
    at = next((n for n, row in enumerate(raw.rows) if any(cell.place in heads for cell in row.cells.values())), 0)
    labels = raw.rows[at - 1].cells if at and raw.rows[at - 1].number == raw.rows[at].number - 1 else {}
    beside = _beside(written[raw.rows[at].number]) if heads else {}
    looked_up = {
        row.number: {beside[n]: cell for n, cell in written[row.number].items() if n in beside} for row in table.rows
    }
    if sheet.matrix:
        _call_by_labels(sheet, table.rows, table.columns, labels)
    return SheetTable(sheet, raw.place, table.columns, table.rows, labels, looked_up if beside else {})


def _call_by_labels(
    sheet: Sheet, rows: Iterable[InputRow], heads: Mapping[int, InputCell], labels: Mapping[int, InputCell]
) -> None:
    """Let messages call the columns of a matrix by what stands above their ids: the names of competencies."""
    fixed = {column.key for column in sheet.columns}
    names = {at: str(head.value) for at, head in heads.items()}
    names |= {at: str(labels[at].value) for at, name in names.items() if at in labels and name not in fixed}
    for row in rows:
        row.keep(names)


def _beside(heads: Mapping[int, InputCell]) -> dict[int, str]:
    """Return the heads that are not read, by position."""
    return {at: str(cell.value) for at, cell in heads.items() if str(cell.value).startswith(NOT_READ)}


def _is_day(sheet: Sheet, name: str, row: InputRow) -> bool:
    """Return whether a date belongs into a column: the days of a period, and the value of the date of the document."""
    if sheet.key == "scenario":
        return name == "value" and "document_date" in row.values.values()
    return sheet.key == "periods" and name in ("from", "to")


def _known(sheet: Sheet) -> Known:
    """Return the columns of a sheet by their grey heads, also in capitals; labels above them are written as a sentence
    is."""
    keys = {written: column.key for column in sheet.columns for written in (column.key, column.key.upper())}
    return keys.get


def _adds_up(sheet: Sheet, name: str) -> bool:
    """Return whether a sum of a column makes sense: of people and amounts, and of all that a matrix of people holds."""
    if sheet.key == "gaps":
        return name != sheet.anchor.key
    return sheet.key not in ("prices", "costs", *(each.key for each in ACTUALS.values())) and is_additive(name)


def columns_of(table: SheetTable, known: Mapping[str, FormColumn], problems: Problems) -> dict[int, FormColumn]:
    """Return the columns of a table by position; report unknown heads and missing required columns.

    "for.id +2" goes on with the list of for.id.
    """
    found: dict[int, FormColumn] = {}
    for at, head in table.heads.items():
        name = str(head.value)
        column = known.get(name)
        if column is None and (match := _CONTINUED.match(name)) and match[1] in known:
            further = known[match[1]]
            column = further if further.kind == "names" else None
        if column is None:
            remedy = suggestion(name, known) + " " + _("If the column is a note of your own, begin its name with '#'.")
            problems.add(head.place, _("unknown column '{name}'.").format(name=name), remedy)
        else:
            found[at] = column
    there = {column.key for column in found.values()}
    for column in known.values():
        if column.required and column.key not in there:
            problems.add(
                table.place,
                _("the column '{name}' is missing.").format(name=column.key),
                _("Add it to the row of heads."),
            )
    return found
