"""Columns such as gap:Pengelolaan Keuangan, which give the name of a competency where its id belongs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from planner.domain.checks.did_you_mean import id_by_name
from planner.errors import Problem
from planner.locale import _
from planner.scenario_io.problems import Problems, located
from planner.scenario_io.tables.columns import FieldColumn
from planner.scenario_io.tables.sheet import InputTable
from planner.scenario_io.tree import Bare, Listing, Mapping, Node, record_names

_BY_COMPETENCY: Final = ("gaps", "new_gaps", "closes", "closed")
"""Attributes with a value for each competency, which is the last step of a path."""


class RecordsOfTable(NamedTuple):
    """The records that a table became, and the columns by which their nodes are made."""

    table: InputTable
    columns: dict[int, FieldColumn]
    records: Listing


def competencies_of(*trees: Mapping | None) -> dict[str, str | None]:
    """Return the ids of the competencies of documents, each with its name; of later documents the name counts."""
    found: dict[str, str | None] = {}
    for tree in trees:
        listed = tree.entries.get("competencies") if tree is not None else None
        for identifier, name in record_names(listed.items if isinstance(listed, Listing) else ()).items():
            found[identifier] = name or found.get(identifier)
    return found


def with_ids(
    tables: Sequence[RecordsOfTable], known: dict[str, str | None], problems: Problems, notices: list[Problem]
) -> None:
    """Put the id in place of a competency's name, where one competency alone has it; each is said.

    Refuses a column of the same competency as another one.
    """
    for table, columns, records in tables:
        filled = {column.path: at for at, column in columns.items()}
        for at, column in list(columns.items()):
            *above, name = column.path
            if not above or above[0] not in _BY_COMPETENCY or name in known:
                continue
            identifier = id_by_name(name, known)
            if identifier is None:
                continue  # told as an unknown competency, with all others
            head = table.columns[at]
            path = (*above, identifier)
            if (other := filled.get(path)) is not None:
                message = _("'{name}' and '{other}' are the same attribute.")
                message = message.format(name=head.value, other=table.columns[other].value)
                problems.add(head.place, message, _("Remove one of the columns."))
            else:
                message = _("the column '{name}' was taken for the competency '{id}'.")
                notices.append(located(head.place, message.format(name=head.value, id=identifier)))
            filled[path] = at
            columns[at] = column._replace(path=path)
            _rename(records, tuple(above), name, identifier)


def _rename(records: Listing, above: Sequence[str], name: str, identifier: str) -> None:
    """Rename a key of every record: of its plain data, or of its nodes where these are made already."""
    if records.bare is not None:
        for each in records.bare:
            _rename_bare(each, above, name, identifier)
        return
    for record in records.items:
        if isinstance(record, Mapping) and record.bare is not None:
            _rename_bare(record.bare, above, name, identifier)
        elif isinstance(record, Mapping):
            inner: Node | None = record
            for step in above:
                inner = inner.entries.get(step) if isinstance(inner, Mapping) else None
            if isinstance(inner, Mapping) and name in inner.entries:
                inner.put(identifier, inner.entries.pop(name), inner.keys.pop(name))


def _rename_bare(data: Bare, above: Sequence[str], name: str, identifier: str) -> None:
    for step in above:
        data = data.get(step) if isinstance(data, dict) else None
    if isinstance(data, dict) and name in data:
        data[identifier] = data.pop(name)
