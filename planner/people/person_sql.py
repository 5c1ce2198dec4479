"""The rows of a table of people as SQL: typed fields, one bit for each gap, and the faults that make a row
unreadable."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from planner.domain.people import ATTRIBUTES
from planner.locale import _
from planner.people.columns import AGAIN, MARK, PeopleCells
from planner.people.row_faults import RowTrouble, any_of, row_faults

BITS: Final = 60
"""Gaps that one whole number holds."""


def masks(competencies: Sequence[str]) -> int:
    """Return how many whole numbers hold the gaps."""
    return max(1, -(-len(competencies) // BITS))


def bits_of(competencies: Sequence[str], some: Collection[str]) -> list[int]:
    """Return some competencies as whole numbers of bits."""
    whole = sum(1 << place for place, c in enumerate(competencies) if c in some)
    return [whole >> (BITS * at) & (1 << BITS) - 1 for at in range(masks(competencies))]


def lacked(competencies: Sequence[str], parts: Sequence[int]) -> list[str]:
    """Return the competencies whose bits are set in some whole numbers."""
    return [competencies[place] for place in places_of(parts)]


def places_of(parts: Sequence[int]) -> list[int]:
    """Return the places of the bits that are set in some whole numbers."""
    found = []
    for at, part in enumerate(parts):
        while part:
            lowest = part & -part
            found.append(BITS * at + lowest.bit_length() - 1)
            part ^= lowest
    return found


@dataclass(frozen=True)
class Person:
    """The list of people and the tables joined to it."""

    main: PeopleCells
    joined: Sequence[PeopleCells]
    competencies: tuple[str, ...]
    nip: bool
    programmes: Collection[str] | None = None
    """Ids of the programmes that somebody may have attended; None for any."""

    @property
    def all(self) -> tuple[PeopleCells, ...]:
        return (self.main, *self.joined)

    def attributes(self, units: bool, by: Sequence[str] | None) -> tuple[str, ...]:
        """Return the attributes that divide people into groups."""
        there = [name for name in ATTRIBUTES if any(each.has(name) for each in self.all)]
        if units and "agency" not in there:
            there.insert(0, "agency")
        return tuple(name for name in there if by is None or name in by)

    def contradictions(self) -> list[tuple[str, str]]:
        """Return (what is wrong, what to do) where the columns together do not say who lacks what."""
        found = []
        gaps = {c for each in self.all for c in each.competencies("gap")}
        measured = {c for each in self.all for c in each.competencies("measured")}
        standard = {c for each in self.all for c in each.competencies("standard")}
        if not gaps and not measured:
            message = _("no column says who lacks which competency.")
            found.append((message, _("Add columns gap:… or measured:… and standard:…, or join a table that has them.")))
        for c in sorted(measured ^ standard):
            message = _("of '{name}' there is only one of measured and standard.").format(name=c)
            found.append((message, _("A gap is a measured level below the standard: both are needed.")))
        for each in self.all:
            alone = set(each.competencies("measured")) ^ set(each.competencies("standard"))
            for c in sorted(alone & measured & standard):
                message = _("of '{name}' the levels measured stand in another table than the standard.").format(name=c)
                found.append((message, _("Put both columns into one table.")))
        for c in sorted(gaps & measured):
            message = _("of '{name}' there is a flag and a level.").format(name=c)
            found.append((message, _("Keep one of them.")))
        for kind in ("gap", "measured"):
            names = [c for each in self.all for c in each.competencies(kind)]
            for c in sorted({c for c in names if names.count(c) > 1}):
                message = _("'{name}' stands in two tables.").format(name=f"{kind}:{c}")
                found.append((message, _("Keep one of them.")))
        return found

    def main_sql(self) -> str:
        """Return SQL of the fields of one row of the list."""
        return _row_sql(self.main, self.competencies, self.main_faults())

    def main_faults(self) -> list[RowTrouble]:
        """Return what makes a row of the list unreadable."""
        return row_faults(self.main, self.programmes, nip=self.nip)

    def aggregate(self, connection: Any, number: int, name: str, *, history: bool) -> None:
        """Make one row for each id of a joined table: JP add up over a history, the last training is the latest."""
        if not history:
            connection.execute(f"CREATE VIEW of_{number} AS SELECT * FROM {name} WHERE NOT left_out")
            return
        connection.execute(
            f"CREATE TABLE of_{number} AS SELECT id, sum(hours) AS hours, max(last_training) AS last_training"
            f" FROM {name} WHERE NOT left_out GROUP BY id"
        )

    def together(self, connection: Any, units: bool) -> None:
        """Make the table `person`: the list with everything joined to it; `row` numbers its rows."""
        names = [f"of_{number}" for number in range(len(self.joined))]

        def first(column: str, histories: bool = False) -> str:
            cells = [f"p.{column}", *(f"{name}.{column}" for name in self._with(names, histories))]
            return f"coalesce({', '.join(cells)})" if len(cells) > 1 else cells[0]

        def added(column: str, how: str, histories: bool = False) -> str:
            cells = [f"p.{column}", *(f"{name}.{column}" for name in self._with(names, histories))]
            return how.join(f"coalesce({cell}, 0)" for cell in cells) if len(cells) > 1 else cells[0]

        dates = ["p.last_training", *(f"{name}.last_training" for name in names)]
        columns = [
            "p.rowid AS row",
            "p.id AS id",
            *(f"{first(name)} AS {name}" for name in ("name", "unit", "unit_id", "completed")),
        ]
        for name in ATTRIBUTES:
            cell = first(name)
            if name == "agency" and units:
                cell = f"coalesce({cell}, u.agency, u2.agency)"
            columns.append(f"{cell} AS {name}")
        columns += [f"{added(f'gaps{at}', ' | ')} AS gaps{at}" for at in range(masks(self.competencies))]
        # who is in no row of a table of gaps was not assessed there
        blanks = ["p.blank"]
        for name, each in zip(names, self.joined, strict=True):
            if not each.history:
                blanks.append(f"coalesce({name}.blank, {sum(len(each.competencies(k)) for k in ('gap', 'measured'))})")
        columns += [f"{added('size', ' + ')} AS size", f"{' + '.join(blanks)} AS blank"]
        columns.append(f"{added('hours', ' + ', histories=True)} AS hours")
        columns.append(
            f"greatest({', '.join(dates)}) AS last_training" if names else "p.last_training AS last_training"
        )
        tables = "row_of_list p" + "".join(f" LEFT JOIN {name} ON p.id = {name}.id" for name in names)
        if units:
            tables += " LEFT JOIN unit_agency u ON p.unit_id = u.unit_id"
            tables += " LEFT JOIN (SELECT unit, any_value(agency) AS agency FROM unit_agency GROUP BY unit"
            tables += " HAVING count(DISTINCT agency) = 1) u2 ON p.unit_id IS NULL AND p.unit = u2.unit"
        kind = "TABLE" if names or units else "VIEW"
        connection.execute(f"CREATE {kind} person AS SELECT {', '.join(columns)} FROM {tables} WHERE NOT p.left_out")

    def _with(self, names: Sequence[str], histories: bool) -> list[str]:
        """Return the joined tables that have more than hours and days, or all."""
        return [name for name, each in zip(names, self.joined, strict=True) if histories or not each.history]


def joined_sql(columns: PeopleCells, person: Person, fiscal_year: int | None) -> tuple[str, list[RowTrouble]]:
    """Return SQL of the fields of one row of a table joined to the list of `person`, and what makes it unreadable."""
    faults = row_faults(columns, person.programmes, nip=person.nip)
    if columns.history:
        hours = columns.value("hours") if columns.has("hours") else "0"
        if fiscal_year is not None and columns.has("last_training"):
            year = f"year({columns.value('last_training')})"
            hours = f"CASE WHEN {year} = {fiscal_year} THEN {hours} WHEN {year} IS NOT NULL THEN 0 END"
        day = columns.value("last_training") if columns.has("last_training") else "NULL::DATE"
        fields = f"{columns.text('id')} AS id, {hours} AS hours, {day} AS last_training, {MARK} AS mark"
        return f"{fields}, {_left_out(faults)}", faults
    return _row_sql(columns, person.competencies, faults), faults


def _row_sql(columns: PeopleCells, competencies: tuple[str, ...], faults: Sequence[RowTrouble]) -> str:
    fields = [f"{columns.text('id')} AS id"]
    for name in ("name", "unit", "unit_id", "completed"):
        fields.append(f"CASE WHEN NOT {columns.unread(name)} THEN {columns.text(name)} END AS {name}")
    for name in ATTRIBUTES:
        fields.append(
            f"{columns.value(name) if name == 'employment' and columns.has(name) else columns.text(name)} AS {name}"
        )
    gap = {c: columns.gap(c) for c in columns.competencies("gap")}
    blank = [f"({columns.said(f'gap:{c}')} IS NULL)::INTEGER" for c in gap]
    size = [f"bit_count({_bits(competencies, gap, at)})" for at in range(masks(competencies))] if gap else []
    alone: list[str] = []
    for c in columns.competencies("measured"):
        measured, standard = columns.value(f"measured:{c}"), columns.value(f"standard:{c}")
        gap[c] = f"coalesce({standard} > {measured}, false)::BIGINT"
        size.append(f"coalesce(greatest({standard} - {measured}, 0), 0)")
        alone.append(f"{columns.said(f'measured:{c}')} IS NOT NULL AND {columns.said(f'standard:{c}')} IS NULL")
        blank.append(f"({columns.said(f'measured:{c}')} IS NULL AND coalesce({standard}, 0) > 0)::INTEGER")
    if alone:
        fields.append(f"({' OR '.join(alone)}) AS unheld")
    fields += [f"{_bits(competencies, gap, at)} AS gaps{at}" for at in range(masks(competencies))]
    fields.append((" + ".join(size) or "0") + " AS size")
    fields.append((" + ".join(blank) or "0") + " AS blank")
    fields.append((columns.value("hours") if columns.has("hours") else "NULL::DECIMAL(12, 3)") + " AS hours")
    day = columns.value("last_training") if columns.has("last_training") else "NULL::DATE"
    fields += [f"{day} AS last_training", _left_out(faults)]
    return ", ".join(fields)


def _left_out(faults: Sequence[RowTrouble]) -> str:
    """Return SQL of whether a row is faulty, and of whether it is left out because it repeats the headings."""
    return f"NOT {AGAIN} AND ({any_of(faults)}) AS bad, {AGAIN} AS left_out"


def _bits(competencies: tuple[str, ...], gap: Mapping[str, str], at: int) -> str:
    """Return SQL of one whole number with a bit for each competency that somebody lacks; `gap` has SQL of 1 or 0."""
    part = competencies[at * BITS : (at + 1) * BITS]
    return " | ".join(f"({gap[c]} * {1 << place})" for place, c in enumerate(part) if c in gap) or "0::BIGINT"
