"""The records that rows of other sheets belong to, found by id, or by a name that only one of them has."""

from __future__ import annotations

from planner.domain.checks.did_you_mean import id_by_name, record_suggestion
from planner.locale import _
from planner.scenario_io.problems import Problems
from planner.scenario_io.scenario_workbook.cells import text_of
from planner.scenario_io.scenario_workbook.layout import SHEET
from planner.scenario_io.scenario_workbook.sheet_tables import SheetTable
from planner.scenario_io.tables.sheet import InputCell, InputRow
from planner.scenario_io.tree import UNREADABLE, Listing, Mapping, Place, record_id, record_names
from planner.units.texts import read_name


class Owners:
    """The records of one sheet."""

    def __init__(self, root: Mapping, sheet: str, problems: Problems) -> None:
        listed = root.entries.get(sheet)
        self.records = (
            [item for item in listed.items if isinstance(item, Mapping)] if isinstance(listed, Listing) else []
        )
        names = [record_id(record) for record in self.records]
        self._complete = isinstance(listed, Listing) and None not in names
        self._by_id: dict[str, Mapping] = {}
        for name, record in zip(names, self.records, strict=True):
            if name is not None:
                self._by_id.setdefault(name, record)
        self._names = record_names(self.records)
        self.sheet = sheet_of(listed.place) if listed is not None else SHEET[sheet].name
        """What the workbook calls the sheet."""
        self._problems = problems

    @property
    def ids(self) -> dict[str, str | None] | None:
        """The ids there are, each with its name; None where one of them, or the whole sheet, could not be read."""
        return self._names if self._complete else None

    def of(self, table: SheetTable, row: InputRow) -> tuple[InputCell, Mapping] | None:
        """Return the cell of a row that names its record, and the record; report and return None where there is
        none."""
        key = table.sheet.anchor.key
        cell = table.cell(row, key)
        if cell is None:
            tell_blank(table, row, key, self._problems)
            return None
        name = name_in(cell, self._problems)
        if name is None:
            return None
        identifier = name if name in self._by_id else id_by_name(name, self._names)
        if identifier is not None:
            return cell, self._by_id[identifier]
        if self._complete:
            message = _("'{name}' is not on the sheet '{sheet}'.").format(name=name, sheet=self.sheet)
            self._problems.add(cell.place, message, record_suggestion(name, self._names))
        return None


def name_in(cell: InputCell, problems: Problems) -> str | None:
    """Return the name that a cell holds; report and return None where it holds none, so that no row goes unsaid."""
    if cell.value is UNREADABLE:
        return None  # told already
    if isinstance(cell.value, bool):
        problems.add(cell.place, _("this cell holds TRUE or FALSE."), _("Type a text or a number."))
        return None
    try:
        return read_name(text_of(cell))
    except ValueError as error:
        problems.add(cell.place, str(error))
        return None


def sheet_of(place: Place) -> str:
    """Return the name of the sheet that a place is on, as it stands in the file."""
    return place.file.rpartition(":")[2].partition("!")[0]


def tell_blank(table: SheetTable, row: InputRow, key: str, problems: Problems) -> None:
    """Name the cell of a row that must not be blank; a missing column was reported already."""
    if table.has(key):
        problems.add(
            table.place_in(row, key), _("this cell may not be blank."), _("Fill it in, or clear the whole row.")
        )


def tell_duplicate(cell: InputCell, name: str, other: Place, problems: Problems) -> None:
    """Name a cell that says again what another says."""
    problems.add(
        cell.place,
        _("'{name}' is defined twice.").format(name=name),
        _("The other is at {place}.").format(place=other) + " " + _("Remove one of them."),
    )
