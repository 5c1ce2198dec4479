"""Sheets with one column per competency: gaps of groups, and what programmes close."""

from __future__ import annotations

from collections.abc import Iterator

from planner.domain.checks.did_you_mean import id_by_name, record_suggestion
from planner.domain.checks.problem import listed
from planner.domain.checks.references import text_of as name_of
from planner.errors import Problem
from planner.locale import _, ngettext
from planner.scenario_io.problems import Problems, located
from planner.scenario_io.scenario_workbook.cells import node_of, text_of
from planner.scenario_io.scenario_workbook.columns import FormColumn, Kind
from planner.scenario_io.scenario_workbook.owners import Owners, tell_duplicate
from planner.scenario_io.scenario_workbook.sheet_tables import SheetTable, columns_of
from planner.scenario_io.tables.cell_text import NOT_READ
from planner.scenario_io.tables.sheet import InputRow
from planner.scenario_io.tree import UNREADABLE, Mapping, Place, Scalar, record_id


def attach_gaps(root: Mapping, table: SheetTable | None, problems: Problems, notices: list[Problem]) -> None:
    """Put each row of the gaps into its group; say how many groups have no row."""
    if table is None:
        return
    owners, there = Owners(root, "groups", problems), set[str | None]()
    for group, values in _rows(root, table, owners, "count", problems):
        there.add(record_id(group))
        if values.entries:
            group.put("gaps", values, values.place)
    absent = [name for name in owners.ids or () if name not in there]
    if absent and there:
        message = ngettext(
            "{count} group has no row on this sheet, and so no gap: {names}.",
            "{count} groups have no row on this sheet, and so no gap: {names}.",
            len(absent),
        ).format(count=len(absent), names=listed(absent))
        notices.append(located(table.place, message))


def attach_closes(root: Mapping, table: SheetTable | None, problems: Problems) -> None:
    """Put each row of what is closed into its programme; report a programme that closes nothing."""
    owners = Owners(root, "programmes", problems)
    if table is not None:
        for programme, values in _rows(root, table, owners, "share", problems):
            if values.entries:
                programme.put("closes", values, values.place)
            else:
                _tell_closing_nothing(programme, values.place, table, problems)
    for programme in owners.records:
        if "closes" not in programme.entries and table is not None and record_id(programme) is not None:
            _tell_closing_nothing(programme, programme.place, table, problems)
        elif "closes" not in programme.entries:
            programme.put("closes", Scalar(UNREADABLE, programme.place), programme.place)


def _tell_closing_nothing(programme: Mapping, place: Place, table: SheetTable, problems: Problems) -> None:
    problems.add(
        place,
        _("'{programme}' closes no competency.").format(programme=record_id(programme)),
        _("Fill in its row on the sheet '{sheet}'.").format(sheet=table.name),
    )
    programme.put("closes", Scalar(UNREADABLE, place), place)


def _rows(
    root: Mapping, table: SheetTable, owners: Owners, kind: Kind, problems: Problems
) -> Iterator[tuple[Mapping, Mapping]]:
    """Yield (record, values by competency) of each row that has a record."""
    columns = _columns(table, Owners(root, "competencies", problems), kind, problems)
    if not table.has(table.sheet.anchor.key):
        return
    seen: dict[str, Place] = {}
    for row in table.rows:
        owner = owners.of(table, row)
        if owner is None:
            continue
        anchor, record = owner
        name = record_id(record) or text_of(anchor)
        if (other := seen.setdefault(name, anchor.place)) != anchor.place:
            tell_duplicate(anchor, name, other, problems)
            continue
        _tell_name(table, row, name, owners, problems)
        values = Mapping({}, {}, anchor.place)
        for at, column in columns.items():
            if (cell := row.cells.get(at)) is not None:
                values.put(column.free, node_of(cell, column, problems), table.heads[at].place)
        yield record, values


def _tell_name(table: SheetTable, row: InputRow, name: str, owners: Owners, problems: Problems) -> None:
    """Refuse the name of another record that was typed over the formula which shows the name of the id."""
    beside = table.looked_up.get(row.number, {}).get(NOT_READ)
    if beside is None or beside.value is UNREADABLE:
        return
    typed = str(beside.value)
    if (
        _names_another(typed, name, owners.ids or {})
        and id_by_name(typed, {name: (owners.ids or {}).get(name)}) is None
    ):
        message = _("this cell names '{typed}', but the row is that of '{id}'; the name is not read.")
        problems.add(beside.place, message.format(typed=typed, id=name), _("Correct the id, or put the formula back."))


def _names_another(label: str, name: str, competencies: dict[str, str | None]) -> bool:
    """Return whether a label is what another competency than the one whose id stands below it is called."""
    meant = label if label in competencies else id_by_name(label, competencies)
    return meant is not None and meant != name


def _columns(table: SheetTable, owners: Owners, kind: Kind, problems: Problems) -> dict[int, FormColumn]:
    """Return the column of each competency; report heads that name none, or one again."""
    competencies = owners.ids
    anchor = table.sheet.anchor
    if not table.has(anchor.key):
        columns_of(table, {anchor.key: anchor} | {str(h.value): anchor for h in table.heads.values()}, problems)
        return {}
    columns: dict[int, FormColumn] = {}
    first: dict[str, Place] = {}
    for at, head in table.heads.items():
        text = str(head.value)
        if text == anchor.key:
            continue
        name = name_of(text.removeprefix(table.sheet.matrix).strip())
        if name is not None and competencies is not None and name not in competencies:
            name = id_by_name(name, competencies)
        if name is None:
            message = _("'{name}' is not on the sheet '{sheet}'.").format(name=text, sheet=owners.sheet)
            problems.add(head.place, message, record_suggestion(text, competencies or {}))
        elif (other := first.setdefault(name, head.place)) != head.place:
            tell_duplicate(head, name, other, problems)
        elif (label := table.labels.get(at)) is not None and _names_another(str(label.value), name, competencies or {}):
            message = _("'{label}' stands above '{id}', but is the name of another competency.")
            problems.add(label.place, message.format(label=label.value, id=name), _("Let both say the same."))
        else:
            columns[at] = FormColumn(text, kind, (), free=name)
    return columns
