"""The rows of lists of names, read back from the database or from a file that was written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

SEATS: Final = (
    'SELECT s.id, l.name, l.agency, l.unit, s.grp AS "group", s.programme, s.period, s.class, s.happened'
    " FROM seat s JOIN line l ON s.id = l.id ORDER BY s.begins, s.programme, s.class, l.agency, l.name, s.id"
)
"""Who attends what: class by class, agencies and names in order; and whether it has happened already."""

LINES: Final = (
    'SELECT id, name, agency, unit, location, level, employment, grp AS "group", attends, hours_planned, hours_before,'
    " hours, target_reached, gaps_left FROM line ORDER BY agency, unit, name, id"
)
"""What the year of each person comes to."""


def table_of(connection: Any, select: str) -> Any:
    """Rows as a table of Arrow."""
    return connection.sql(select).to_arrow_table()


def rows_of(table: Any) -> Iterator[tuple[Any, ...]]:
    """The rows of a table, some thousands at a time."""
    for batch in table.to_batches(max_chunksize=20_000):
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


def to_come(seats: Any) -> Iterator[tuple[Any, ...]]:
    """The seats of courses that have not happened."""
    return (row for row in rows_of(seats) if not row[-1])
