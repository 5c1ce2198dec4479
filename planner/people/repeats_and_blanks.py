"""What is easily overlooked in readable tables of people: repeated rows and blank cells."""

from __future__ import annotations

from typing import Any, Final

from planner.locale import N_, _, ngettext
from planner.people.columns import PeopleCells
from planner.people.register import MOST_LISTED, Register, RowFault
from planner.people.sources import TableSource

SAME_ROW: Final = N_("the row is equal to another, so its JP would count twice")

TWICE: Final = N_("the same id stands in two rows")
"""Reason for leaving out rows whose id occurs twice; its texts are line numbers, not cells."""

EQUAL: Final = N_("the row is equal to another of the same id")
"""Reason for leaving out rows of which an equal one is kept; its texts are line numbers too."""

TEXTS_OF_NOBODY: Final = frozenset({TWICE, EQUAL})
"""Faults whose texts do not come from cells."""


def ids_that_stand_twice(register: Register, source: TableSource, name: str) -> None:
    """Record ids that occur twice: equal rows count once, and rows that differ are all left out."""
    query = register.connection.execute
    # hashes of ids are compared faster than ids, but two ids may have one hash
    query(f"CREATE TABLE alike AS SELECT hash(id) AS mark FROM {name} WHERE NOT left_out"
          " GROUP BY mark HAVING count(*) > 1")  # fmt: skip
    query(f"CREATE TABLE twice AS SELECT id FROM {name} WHERE NOT left_out AND hash(id) IN (SELECT mark FROM alike)"
          " GROUP BY id HAVING count(*) > 1")  # fmt: skip
    query("DROP TABLE alike")
    if not query("SELECT count(*) FROM twice").fetchall()[0][0]:
        query("DROP TABLE twice")
        return
    query(f"CREATE TABLE rows_twice AS SELECT t.rowid AS row, t.id FROM {name} t SEMI JOIN twice USING (id)"
          " WHERE NOT t.left_out")  # fmt: skip
    # of rows that differ nobody knows which is right; of equal ones the first is kept
    query(f"CREATE TABLE first_of_equal AS SELECT min(t.rowid) AS row FROM {name} t SEMI JOIN rows_twice r"
          " ON t.rowid = r.row GROUP BY t.id HAVING count(DISTINCT t) = 1")  # fmt: skip
    found = query(
        "SELECT min(row), list(row ORDER BY row)[2], count(*), min(row) IN (SELECT row FROM first_of_equal)"
        " FROM rows_twice GROUP BY id ORDER BY min(row)"
    ).fetchall()
    lenient = register.table.lenient
    for reason, those in ((TWICE, [r for r in found if not r[3]]), (EQUAL, [r for r in found if r[3]])):
        if those:
            first = those[:MOST_LISTED]
            lines = source.lines({row for one, two, *_more in first for row in (one, two)})
            kept = _("row {row} is kept") if reason == EQUAL and lenient else ""
            texts = tuple(
                kept.format(row=lines[one]) if kept else f"{lines[one]} = {lines[two]}" for one, two, *_more in first
            )
            remedy = _("Remove one of them.") if reason == EQUAL else _("Remove one of them, or correct the id.")
            rows = sum(n - (reason == EQUAL) for *_rows, n, _same in those)
            places = tuple(lines[two] for _one, two, *_n in first)
            register.faults.append(RowFault(source.file, reason, "", remedy, rows, places, texts))
    query(f"UPDATE {name} SET left_out = true WHERE rowid IN (SELECT row FROM rows_twice)"
          " AND rowid NOT IN (SELECT row FROM first_of_equal)")  # fmt: skip
    query("DROP TABLE twice; DROP TABLE rows_twice; DROP TABLE first_of_equal")


def rows_that_stand_twice(register: Register, cells: PeopleCells, name: str) -> None:
    """Record rows of a history that are equal in every column: the same training, exported twice.

    Where no column says which training it was, two on one day may well be alike: their JP add up, and that is reported.
    """
    query = register.connection.execute
    same = "SELECT rowid AS row, row_number() OVER (PARTITION BY id, mark ORDER BY rowid) AS number"
    query(
        f"CREATE TABLE again AS SELECT row FROM ({same} FROM {name} WHERE NOT left_out AND id IN"
        f" (SELECT id FROM {name} WHERE NOT left_out GROUP BY id, mark HAVING count(*) > 1)) WHERE number > 1"
    )
    count = int(query("SELECT count(*) FROM again").fetchall()[0][0])
    if count:
        source = cells.source
        lines = source.lines({row for (row,) in _first(query)})
        first = tuple(sorted(lines.values()))
        if cells.says_which:
            remedy = _("Remove one of them.")
            register.faults.append(RowFault(source.file, SAME_ROW, "", remedy, count, first))
            query(f"UPDATE {name} SET left_out = true WHERE rowid IN (SELECT row FROM again)")
        else:
            message = ngettext(
                "{file}: {count} row is the same as another, and the JP of both are counted: {rows}.",
                "{file}: {count} rows are the same as others, and the JP of all are counted: {rows}.",
                count,
            )
            rows = ", ".join(map(str, first)) + (", …" if count > len(first) else "")
            register.notices.append(message.format(file=source.file.name, count=count, rows=rows))
    query("DROP TABLE again")


def _first(query: Any) -> list[tuple[int]]:
    found: list[tuple[int]] = query(f"SELECT row FROM again ORDER BY row LIMIT {MOST_LISTED}").fetchall()
    return found


def tell_history_without_days(register: Register, cells: PeopleCells, fiscal_year: int | None) -> None:
    """Record that a history does not say when: all of its JP count in the year of the plan."""
    if fiscal_year is not None and not cells.has("last_training"):
        message = _("{file}: no column says when a training ended, so that all its JP count as those of {year}.")
        register.notices.append(message.format(file=cells.source.file.name, year=fiscal_year))


def tell_lost_digits(register: Register, cells: PeopleCells, name: str) -> None:
    """Record NIP that end in 000, which no office gives: a spreadsheet leaves them of numbers it could not hold."""
    lost = f"FROM {name} WHERE strlen(id) = 18 AND id LIKE '%000' AND NOT left_out"
    query = register.connection.execute
    count = int(query(f"SELECT count(*) {lost}").fetchall()[0][0]) if register.table.nip else 0
    if count:
        message = ngettext(
            "{file}: {count} NIP ends in 000, as a spreadsheet leaves one that it took for a number; check it: {rows}.",
            "{file}: {count} NIP end in 000, as a spreadsheet leaves those that it took for numbers; check them:"
            " {rows}.",
            count,
        )
        _tell_rows(register, cells, message, count, lost)


def tell_missing_standards(register: Register, cells: PeopleCells, name: str) -> None:
    """Record the rows with a measured level and no standard to hold it against: it counts as no gap."""
    if not cells.competencies("measured"):
        return
    query, found = register.connection.execute, f"FROM {name} WHERE unheld AND NOT left_out"
    count = int(query(f"SELECT count(*) {found}").fetchall()[0][0])
    if count:
        message = ngettext(
            "{file}: {count} row has a level that was measured and no standard beside it, which counts as no gap:"
            " {rows}. Fill in the standard, or delete the level.",
            "{file}: {count} rows have a level that was measured and no standard beside it, which counts as no gap:"
            " {rows}. Fill in the standards, or delete the levels.",
            count,
        )
        _tell_rows(register, cells, message, count, found)


def tell_unknown_units(register: Register, cells: PeopleCells) -> None:
    """Record the people whose unit has no agency in the list of units, and who have none of their own."""
    found = "FROM (SELECT row AS rowid FROM person WHERE agency IS NULL AND (unit_id IS NOT NULL OR unit IS NOT NULL))"
    count = int(register.connection.execute(f"SELECT count(*) {found}").fetchall()[0][0])
    if count:
        message = ngettext(
            "{file}: the list of units gives no agency for the unit of {count} row: {rows}. Add the unit to the list,"
            " or correct it in the row.",
            "{file}: the list of units gives no agency for the units of {count} rows: {rows}. Add the units to the"
            " list, or correct them in the rows.",
            count,
        )
        _tell_rows(register, cells, message, count, found)


def _tell_rows(register: Register, cells: PeopleCells, message: str, count: int, where: str) -> None:
    """Add a notice about the `count` rows of a table that SQL finds `where`, naming the first of them."""
    query = f"SELECT rowid {where} ORDER BY rowid LIMIT {MOST_LISTED}"
    first = [row for (row,) in register.connection.execute(query).fetchall()]
    found = cells.source.lines(set(first))
    lines = [found.get(row, row + cells.source.first_row) for row in first]
    rows = ", ".join(map(str, lines)) + (", …" if count > len(lines) else "")
    register.notices.append(message.format(file=cells.source.file.name, count=count, rows=rows))


def tell_blanks(register: Register) -> None:
    """Record attributes dividing groups that some people have and others lack."""
    counts = ", ".join(f"count({name})" for name in register.attributes)
    if not counts:
        return
    (filled,) = register.connection.execute(f"SELECT {counts} FROM person").fetchall()
    blank = [
        f"{name} ({register.people - there})"
        for name, there in zip(register.attributes, filled, strict=True)
        if 0 < there < register.people
    ]
    if blank:
        message = _(
            "some people have no {blanks}: they are groups of their own, which no rule for a value selects. Fill in the"
            " cells, or say under fill what blank ones mean."
        )
        register.notices.append(message.format(blanks=", ".join(blank)))
