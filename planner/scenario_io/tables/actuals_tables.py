"""`actuals: {through: TW2, table: realisasi-tw2.xlsx}`: what has happened, from a workbook or a folder of CSV files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from planner.domain.actuals import SHEETS, Actuals
from planner.domain.checks.did_you_mean import did_you_mean, suggestion
from planner.locale import LANGUAGES, _, speaking
from planner.scenario_io.fields import Expected
from planner.scenario_io.paths import read_bytes, sibling
from planner.scenario_io.problems import Refused, located
from planner.scenario_io.tables.columns import columns_of, known_in, record_of, tell_unfit
from planner.scenario_io.tables.competency_columns import RecordsOfTable
from planner.scenario_io.tables.layout import Known, laid_out
from planner.scenario_io.tables.sheet import MAX_BYTES, InputRow, InputTable, RawSheet
from planner.scenario_io.tree import Listing, Mapping, Node, Place, Scalar
from planner.scenario_io.tree import Path as TreePath

if TYPE_CHECKING:
    from planner.scenario_io.scenario_workbook.columns import Sheet
    from planner.scenario_io.tables.expansion import Expansion

type Called = dict[str, str]
"""Ids of competencies by what they are called."""

GUIDE: Final = "panduan"
"""Name of the sheet of explanations that a workbook to fill in begins with; it holds no facts."""

MOST_NAMED: Final = 5
"""Most files that a message names."""


def list_named(name: str) -> str | None:
    """Return the list that a sheet or a CSV file of this name holds: its name in the format, or what it is called."""
    sought = _plain(name)
    return next((each for each in SHEETS if sought in (each, *map(_plain, _sheet(each).names))), None)


def _sheet(name: str) -> Sheet:
    """Return the sheet of a list in the workbook of a scenario."""
    from planner.scenario_io.scenario_workbook.actuals_sheets import ACTUALS

    return ACTUALS[name]


def _plain(name: str) -> str:
    return " ".join(name.casefold().replace("-", " ").replace("_", " ").split())


def told_names() -> str:
    """Return the names of all lists as a remedy tells them: in the format, and what each is called."""
    return ", ".join(f"{name} ({_sheet(name).name})" for name in SHEETS)


def actuals_in(expansion: Expansion, node: Mapping, folder: Path | None, path: TreePath) -> Node:
    """Return `node` with the lists of the table it names put in; raises Refused."""
    for key in node.entries:
        if key not in ("through", "table"):
            message = _("unknown key '{key}' beside 'table'.").format(key=key)
            expansion.problems.add(node.keys[key], message, suggestion(key, ("through", "table")), (*path, key))
    named = node.entries["table"]
    place = named.place
    if not isinstance(named, Scalar) or not isinstance(named.value, str):
        raise Refused(located(place, _("'{key}' must be a name.").format(key="table"), "", (*path, "table")))
    target = sibling(named.value, folder, place, (*path, "table"))
    whole = Mapping({}, {}, node.place)
    if "through" in node.entries:
        whole.put("through", node.entries["through"], node.keys["through"])
    for name, rows in lists_in(expansion, target, place, path).items():
        whole.put(name, rows, place)
    return whole


def lists_in(
    expansion: Expansion, target: Path, place: Place, path: TreePath, called: Called | None = None
) -> dict[str, Listing]:
    """Return the lists in a workbook, or in a folder of CSV files, by name; raises Refused.

    `called` tells the ids of competencies by their names, for a workbook without the row of grey names.
    """
    if target.is_dir():
        tables = _of_folder(expansion, target, place, path)
    else:
        tables = _of_file(expansion, target, place, path, called or {})
    if not tables:
        held = sorted(file.name for file in target.glob("*.csv")) if target.is_dir() else []
        name = ", ".join(held[:MOST_NAMED]) or target.name
        message = _("'{name}' has none of the tables of actuals.").format(name=name)
        remedy = _("It needs sheets, or CSV files, named: {names}.").format(names=told_names())
        raise Refused(located(place, message, remedy, path))
    return {name: _records(expansion, name, table) for name, table in tables.items()}


def _records(expansion: Expansion, name: str, table: InputTable) -> Listing:
    """Return a table as a list of records of `actuals`."""
    listed = Expected("record", Actuals).below(name)
    assert listed is not None
    columns = columns_of(table, Expected("record", listed.model), (), expansion.problems)
    tell_unfit(table, columns, expansion.problems)

    def record(row: InputRow) -> Node:
        return record_of(row, columns, table, row.place)

    records = Listing([record(row) for row in table.rows], table.place)
    expansion.made.append(RecordsOfTable(table, columns, records))
    return records


def _of_folder(expansion: Expansion, folder: Path, place: Place, path: TreePath) -> dict[str, InputTable]:
    """Return the CSV files of a folder that are named after a list; other CSV files beside them are reported."""
    from planner.scenario_io.tables.csv_table import read_csv

    tables: dict[str, InputTable] = {}
    others: list[Path] = []
    for file in sorted(folder.iterdir()):
        if file.suffix.lower() != ".csv":
            continue
        name = list_named(file.stem)
        if name is None:
            others.append(file)
            continue
        if name in tables:
            _again(expansion, Place(str(file)), file.name, Path(tables[name].place.file).name)
            continue
        data = read_bytes(file, MAX_BYTES, place, path)
        if file not in expansion.files:
            expansion.files.append(file)
        raw = read_csv(data, str(file), _known(name))
        tables[name] = _laid_out(raw, expansion, name)
    for file in others:
        _unknown(expansion, Place(str(file)), file.stem, alone=not tables)
    return {name: tables[name] for name in SHEETS if name in tables}


def _of_file(
    expansion: Expansion, file: Path, place: Place, path: TreePath, competencies: Called
) -> dict[str, InputTable]:
    """Return the sheets of a workbook that are named after a list and hold more than nothing.

    Other sheets beside them are reported; a workbook without any is another workbook, which one sentence says.
    """
    if file.suffix.lower() != ".xlsx":
        message = _("'{name}' is not a kind of table that can be read.").format(name=file.name)
        raise Refused(located(place, message, _("Give an .xlsx workbook or a folder of CSV files."), path))
    from planner.scenario_io.tables.xlsx_table import read_sheets

    data = read_bytes(file, MAX_BYTES, place, path)
    if file not in expansion.files:
        expansion.files.append(file)

    called: dict[str, str] = {}

    def wanted(names: list[str]) -> list[str]:
        others = []
        for name in names:
            of = list_named(name)
            if of is not None and of in called:
                _again(expansion, Place(f"{file}:{name}"), name, called[of])
            elif of is not None:
                called[of] = name
            elif name != GUIDE:
                others.append(name)
        for name in others:
            _unknown(expansion, Place(f"{file}:{name}"), name, alone=not called)
        return [called[of] for of in SHEETS if of in called]

    tables = {}
    sheets = read_sheets(data, str(file), wanted, expansion.notices)
    for of, name in called.items():
        if sheets[name].rows:
            tables[of] = _laid_out(sheets[name], expansion, of, competencies)
    return {of: tables[of] for of in SHEETS if of in tables}


def _laid_out(sheet: RawSheet, expansion: Expansion, name: str, competencies: Called | None = None) -> InputTable:
    """Return the table of a list. Figures that add up are no sum: a row must name its own programme, item and period.

    In a workbook the row above the names of the columns has their titles; where that of the names is gone, they are
    known by their titles.
    """
    known = _known(name)
    if sheet.typed and not any(known(str(value)) == value for row in sheet.rows[:2] for value in row.values.values()):
        known = _titled(name, competencies or {})
    return laid_out(
        sheet, expansion.problems, expansion.notices, known, labels=int(sheet.typed),
        adds_up=lambda _column: False,
    )  # fmt: skip


def _titled(name: str, competencies: Called) -> Known:
    """Return the columns of one list, also by their titles in the workbook to fill in, in any language."""
    known = _known(name)
    titles: dict[str, str] = {}
    for language in LANGUAGES:
        with speaking(language):
            titles |= {_plain(column.title): column.key for column in _sheet(name).columns}
            if name == "attended":
                reached = _("Reach the standard: {competency}")
                titles |= {_plain(reached.format(competency=each)): f"closed:{id}" for each, id in competencies.items()}
    return lambda text: titles.get(_plain(text)) or known(text)


def _known(name: str) -> Known:
    """Return the columns of one list of actuals."""
    listed = Expected("record", Actuals).below(name)
    assert listed is not None
    return known_in(Expected("record", listed.model))


def _again(expansion: Expansion, place: Place, name: str, other: str) -> None:
    message = _("'{name}' and '{other}' are the same table of actuals.").format(name=name, other=other)
    expansion.problems.add(place, message, _("Put all rows into one of them, and remove the other."))


def _unknown(expansion: Expansion, place: Place, name: str, *, alone: bool) -> None:
    """Report what is no list; where it stands `alone`, without any, only if it is called nearly like one."""
    remedy = did_you_mean(name, SHEETS)
    if remedy or not alone:
        message = _("'{name}' is no table of actuals.").format(name=name)
        remedy = remedy or _("Rename or remove it; there are: {names}.").format(names=told_names())
        expansion.problems.add(place, message, remedy)
