"""The rows of a table of people as SQL: typed fields, one bit for each gap, and what makes a row unreadable."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final

from planner.domain.people import ATTRIBUTES
from planner.locale import N_, _
from planner.people.columns import PeopleCells
from planner.people.database import literal

BITS: Final = 60
"""Gaps in one whole number."""


@dataclass(frozen=True)
class RowTrouble:
    """One way in which a row can be unreadable."""

    where: str
    """SQL of whether it is."""
    reason: str
    """What is wrong, in English; its `{name}` is that of the field."""
    remedy: str = ""
    name: str = ""
    shown: str = ""
    """SQL of what is told of the cell, never the cell itself; empty where the reason says all."""


def masks(competencies: Sequence[str]) -> int:
    """How many whole numbers hold the gaps."""
    return max(1, -(-len(competencies) // BITS))


def bits_of(competencies: Sequence[str], some: Collection[str]) -> list[int]:
    """Some competencies as whole numbers of bits."""
    whole = sum(1 << place for place, c in enumerate(competencies) if c in some)
    return [whole >> (BITS * at) & (1 << BITS) - 1 for at in range(masks(competencies))]


def lacked(competencies: Sequence[str], parts: Sequence[int]) -> list[str]:
    """The competencies whose bits are set in some whole numbers."""
    whole = sum(part << (BITS * at) for at, part in enumerate(parts))
    return [c for place, c in enumerate(competencies) if whole >> place & 1]


@dataclass(frozen=True)
class Person:
    """The list of people and the tables joined to it."""

    main: PeopleCells
    joined: Sequence[PeopleCells]
    competencies: tuple[str, ...]
    nip: bool
    programmes: Collection[str] | None = None
    """Ids of the programmes that somebody can have attended; any, when absent."""

    @property
    def all(self) -> tuple[PeopleCells, ...]:
        return (self.main, *self.joined)

    def attributes(self, units: bool, by: Sequence[str] | None) -> tuple[str, ...]:
        """The attributes that groups are told apart by."""
        there = [name for name in ATTRIBUTES if any(each.has(name) for each in self.all)]
        if units and "agency" not in there:
            there.insert(0, "agency")
        return tuple(name for name in there if by is None or name in by)

    def contradictions(self) -> list[tuple[str, str]]:
        """What the columns together leave open."""
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
        """The fields of one row of the list."""
        return _row_sql(self.main, self.competencies, self.main_faults())

    def main_faults(self) -> list[RowTrouble]:
        """What makes a row of the list unreadable."""
        return _faults(self.main, self.programmes, nip=self.nip)

    def aggregate(self, connection: Any, number: int, name: str, *, history: bool) -> None:
        """One row for each id of a joined table: JP add up over a history, the last training is the latest."""
        if not history:
            connection.execute(f"CREATE VIEW of_{number} AS SELECT * FROM {name} WHERE NOT left_out")
            return
        connection.execute(
            f"CREATE TABLE of_{number} AS SELECT id, sum(hours) AS hours, max(last_training) AS last_training"
            f" FROM {name} WHERE NOT left_out GROUP BY id"
        )

    def together(self, connection: Any, units: bool) -> None:
        """The table `person`: the list with everything joined to it."""
        names = [f"of_{number}" for number in range(len(self.joined))]

        def first(column: str, histories: bool = False) -> str:
            cells = [f"p.{column}", *(f"{name}.{column}" for name in self._with(names, histories))]
            return f"coalesce({', '.join(cells)})" if len(cells) > 1 else cells[0]

        def added(column: str, how: str, histories: bool = False) -> str:
            cells = [f"p.{column}", *(f"{name}.{column}" for name in self._with(names, histories))]
            return how.join(f"coalesce({cell}, 0)" for cell in cells) if len(cells) > 1 else cells[0]

        dates = ["p.last_training", *(f"{name}.last_training" for name in names)]
        columns = ["p.id AS id", *(f"{first(name)} AS {name}" for name in ("name", "unit", "unit_id", "completed"))]
        for name in ATTRIBUTES:
            cell = first(name)
            if name == "agency" and units:
                cell = f"coalesce({cell}, u.agency, u2.agency)"
            columns.append(f"{cell} AS {name}")
        columns += [f"{added(f'gaps{at}', ' | ')} AS gaps{at}" for at in range(masks(self.competencies))]
        columns += [f"{added('size', ' + ')} AS size", f"{added('blank', ' + ')} AS blank"]
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
        """The joined tables that have more than hours and days, or all."""
        return [name for name, each in zip(names, self.joined, strict=True) if histories or not each.history]


def joined_sql(columns: PeopleCells, person: Person, fiscal_year: int | None) -> tuple[str, list[RowTrouble]]:
    """The fields of one row of a table joined to the list of `person`, and what makes it unreadable."""
    faults = _faults(columns, person.programmes, nip=person.nip)
    if columns.history:
        hours = columns.value("hours") if columns.has("hours") else "0"
        if fiscal_year is not None and columns.has("last_training"):
            hours = f"CASE WHEN year({columns.value('last_training')}) = {fiscal_year} THEN {hours} ELSE 0 END"
        day = columns.value("last_training") if columns.has("last_training") else "NULL::DATE"
        sql = f"{columns.text('id')} AS id, {hours} AS hours, {day} AS last_training, {_any(faults)} AS bad"
        return sql + ", false AS left_out", faults
    return _row_sql(columns, person.competencies, faults), faults


def _row_sql(columns: PeopleCells, competencies: tuple[str, ...], faults: Sequence[RowTrouble]) -> str:
    fields = [f"{columns.text('id')} AS id"]
    for name in ("name", "unit", "unit_id", "completed"):
        fields.append(f"CASE WHEN NOT {columns.unread(name)} THEN {columns.text(name)} END AS {name}")
    for name in ATTRIBUTES:
        fields.append(
            f"{columns.value(name) if name == 'employment' and columns.has(name) else columns.text(name)} AS {name}"
        )
    gap = {c: columns.value(f"gap:{c}") for c in columns.competencies("gap")}
    size = [f"({flag})::INTEGER" for flag in gap.values()]
    blank = [f"({columns.said(f'gap:{c}')} IS NULL)::INTEGER" for c in gap]
    for c in columns.competencies("measured"):
        measured, standard = columns.value(f"measured:{c}"), columns.value(f"standard:{c}")
        gap[c] = f"{standard} > {measured}"
        size.append(f"greatest({standard} - {measured}, 0)")
        blank.append(f"({columns.said(f'measured:{c}')} IS NULL AND coalesce({standard}, 0) > 0)::INTEGER")
    for at in range(masks(competencies)):
        part = competencies[at * BITS : (at + 1) * BITS]
        bits = [f"(coalesce({gap[c]}, false)::BIGINT << {place})" for place, c in enumerate(part) if c in gap]
        fields.append(f"{' | '.join(bits) or '0::BIGINT'} AS gaps{at}")
    fields.append((" + ".join(f"coalesce({each}, 0)" for each in size) or "0") + " AS size")
    fields.append((" + ".join(blank) or "0") + " AS blank")
    fields.append((columns.value("hours") if columns.has("hours") else "NULL::DECIMAL(12, 3)") + " AS hours")
    day = columns.value("last_training") if columns.has("last_training") else "NULL::DATE"
    fields += [f"{day} AS last_training", f"{_any(faults)} AS bad", "false AS left_out"]
    return ", ".join(fields)


def _any(faults: Sequence[RowTrouble]) -> str:
    return " OR ".join(f"({fault.where})" for fault in faults) or "false"


def _faults(columns: PeopleCells, programmes: Collection[str] | None, *, nip: bool) -> list[RowTrouble]:
    """Every way in which a row can be unreadable, each with what to do."""
    identifier, unread = columns.text("id"), columns.unread("id")
    found = [RowTrouble(f"{identifier} IS NULL", N_("the row has no id"), _("Fill it in, or remove the row."))]
    as_text = _("Keep NIP as text: a spreadsheet loses its last figures. For other ids set nip: false.")
    found.append(RowTrouble(unread, N_("'{name}' cannot be read"), as_text, "id", columns.kind("id")))
    if nip:
        found += _nip_faults(columns, f"CASE WHEN NOT {unread} THEN {identifier} END")
    else:
        bad = f"length({identifier}) > 60 AND NOT {unread}"
        found.append(RowTrouble(bad, N_("the id is longer than 60 characters")))
    slipped = _("The columns may have slipped; ids belong in the column of ids alone.")
    for name in ("agency", "location", "level", "tags"):
        if columns.has(name):
            text = columns.text(name)
            breaks = " OR ".join(f"contains({text}, chr({code}))" for code in (9, 10, 13))
            bad = f"strlen({text}) > 150 OR {breaks}"
            found.append(RowTrouble(bad, N_("'{name}' is too long or has line breaks"), name=name))
            remedy = _("Correct the formula, or write the value.")
            found.append(RowTrouble(_names_somebody(columns, text, nip=nip), N_("'{name}' holds an id"), slipped, name))
            unread = columns.unread(name)
            found.append(RowTrouble(unread, N_("'{name}' cannot be read"), remedy, name, columns.kind(name)))
    if columns.has("completed") and programmes is not None:
        found.append(_unknown_programme(columns, programmes))
    if columns.has("employment"):
        bad = f"{columns.text('employment')} IS NOT NULL AND {columns.value('employment')} IS NULL"
        remedy = _("Write PNS or PPPK, or say under values what the words mean.")
        found.append(
            RowTrouble(
                bad, N_("the kind of employment is neither PNS nor PPPK"), remedy, shown=columns.kind("employment")
            )
        )
    if columns.has("hours"):
        found.append(_unreadable(columns, "hours", _("Write a number of JP.")))
    if columns.has("last_training"):
        remedy = _("Write it as 31-12-2026.")
        found.append(_unreadable(columns, "last_training", remedy))
    for c in columns.competencies("gap"):
        remedy = _("Write 1 or 0, ya or tidak; or say under values what the words mean.")
        found.append(_unreadable(columns, f"gap:{c}", remedy))
    for kind in ("measured", "standard"):
        for c in columns.competencies(kind):
            found.append(_unreadable(columns, f"{kind}:{c}", _("Write a level.")))
    return found


def _names_somebody(columns: PeopleCells, text: str, *, nip: bool) -> str:
    """SQL of whether a cell that plans and reports show has a NIP, or is the id of somebody."""
    found = f"regexp_matches({text}, '([0-9][ .]?){{18}}')"
    if nip:
        return found
    # an id of a few figures, such as a running number, may well be a level too
    ids = f"SELECT {columns.text('id')} FROM {columns.relation} WHERE length({columns.text('id')}) > 4"
    return f"{found} OR coalesce({text} IN ({ids}), false)"


def _unknown_programme(columns: PeopleCells, programmes: Collection[str]) -> RowTrouble:
    """Names among those attended before that are no programme of the scenario."""
    space = "[\\s\u00a0]*"
    named = f"regexp_split_to_array(trim({columns.text('completed')}, ' \u00a0'), {literal(f'{space};{space}')})"
    known = ", ".join(map(literal, ["", *programmes]))
    reason = N_("'{name}' names a programme that the scenario does not have")
    remedy = _("Write ids of programmes, with semicolons between them.")
    where = f"NOT coalesce(list_has_all([{known}], {named}), true)"
    return RowTrouble(where, reason, remedy, "completed", columns.kind("completed"))


def _unreadable(columns: PeopleCells, name: str, remedy: str) -> RowTrouble:
    where = f"{columns.said(name)} IS NOT NULL AND {columns.value(name)} IS NULL"
    return RowTrouble(where, N_("'{name}' cannot be read"), remedy, name, columns.kind(name))


def _nip_faults(columns: PeopleCells, identifier: str) -> list[RowTrouble]:
    """What is wrong with a NIP: 18 figures; birth date; year of appointment, and of PNS its month.

    Of a PPPK only the year can be relied on, and nothing more is asked of somebody whose employment is not known.
    """
    number = columns.value("id")
    figures = f"length({identifier}) = 18 AND {number} >= 100000000000000000"
    year, month, day = (f"({number} // {10**places} % {10**width})" for places, width in ((14, 4), (12, 2), (10, 2)))
    leap = f"({year} % 4 = 0 AND ({year} % 100 <> 0 OR {year} % 400 = 0))"
    last = f"CASE WHEN {month} IN (4, 6, 9, 11) THEN 30 WHEN {month} <> 2 THEN 31 WHEN {leap} THEN 29 ELSE 28 END"
    born = f"{year} BETWEEN 1900 AND 2100 AND {month} BETWEEN 1 AND 12 AND {day} BETWEEN 1 AND {last}"
    appointed = f"({number} // {10**6} % 10000)"
    of_month = f"({number} // {10**4} % 100)"
    found = [
        RowTrouble(
            f"{identifier} IS NOT NULL AND NOT coalesce({figures}, false)",
            N_("the id is not a NIP of 18 figures"),
            _("Take it from its source again. For other ids set nip: false."),
            shown=columns.kind("id"),
        ),
        RowTrouble(
            f"{figures} AND NOT ({born})",
            N_("the first eight figures of the NIP are no date of birth"),
        ),
        RowTrouble(
            f"{figures} AND {born} AND {appointed} NOT BETWEEN {year} + 15 AND 2200",
            N_("figures 9 to 12 of the NIP are no year of appointment"),
        ),
    ]
    if columns.has("employment"):
        found.append(
            RowTrouble(
                f"{figures} AND {columns.value('employment')} = 'pns' AND {of_month} NOT BETWEEN 1 AND 12",
                N_("figures 13 and 14 of the NIP are no month of appointment"),
            )
        )
    return found
