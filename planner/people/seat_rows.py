"""The rows of lists of names, read back from the database or from a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

SEATS: Final = (
    'SELECT s.id, p.name, p.agency, p.unit, s.grp AS "group", s.programme, s.period, s.class, s.happened'
    " FROM seat s JOIN person p USING (row) ORDER BY s.begins, s.programme, s.class, p.agency, p.name, s.id"
)
"""Who attends what: by class, agency and name; and whether it has happened already."""


LACKS: Final = "lacks"
"""The column of a person's line with the competencies that they lack before the plan."""
BETWEEN_IDS: Final = ";"
"""Separator between ids of competencies there."""


@dataclass(frozen=True)
class YearColumns:
    """Names of the columns with the JP of one person in a year."""

    year: str
    planned: str
    together: str
    reached: str


@dataclass(frozen=True)
class JpColumns:
    """Names of the columns with the JP of one person, in their order; with a single year they do not name it."""

    years: tuple[YearColumns, ...]
    before: str = "hours_before"
    """JP done before the plan, which count in its first year."""

    @property
    def names(self) -> tuple[str, ...]:
        """All names of columns."""
        planned, together = (each.planned for each in self.years), (each.together for each in self.years)
        return (*planned, self.before, *together, *(each.reached for each in self.years))


def jp_columns(years: Sequence[str]) -> JpColumns:
    """Return the columns with the JP of one person in each year of a scenario."""
    ends = [f"_{year}" if len(years) > 1 else "" for year in years]
    return JpColumns(
        tuple(
            YearColumns(year, f"hours_planned{end}", f"hours{end}", f"target_reached{end}")
            for year, end in zip(years, ends, strict=True)
        )
    )


def table_of(connection: Any, select: str) -> Any:
    """Return rows as a table of Arrow."""
    return connection.sql(select).to_arrow_table()


def rows_of(table: Any) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a table, read some thousands at a time."""
    for batch in table.to_batches(max_chunksize=20_000):
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


def to_come(seats: Any) -> Iterator[tuple[Any, ...]]:
    """Yield the seats of courses that have not happened."""
    return (row for row in rows_of(seats) if not row[-1])
