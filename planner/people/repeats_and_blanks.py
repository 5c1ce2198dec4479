"""What is easily overlooked in tables of people that can be read: rows that stand twice, cells that are blank."""

from __future__ import annotations

from typing import Any, Final

from planner.locale import N_, _, ngettext
from planner.people.columns import PeopleCells
from planner.people.register import MOST_LISTED, Register, RowFault

SAME_ROW: Final = N_("the row is the same as another, so that its JP would count twice")


def rows_that_stand_twice(register: Register, cells: PeopleCells, name: str) -> None:
    """Note rows of a history that are the same in every column: the same training, exported twice.

    Where no column says which training it was, two of one day may well be alike: their JP add up, and it is said.
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
    """Notice a history that does not say when: all of its JP are taken to be of the year of the plan."""
    if fiscal_year is not None and not cells.has("last_training"):
        message = _("{file}: no column says when a training ended, so that all its JP count as those of {year}.")
        register.notices.append(message.format(file=cells.source.file.name, year=fiscal_year))


def tell_blanks(register: Register) -> None:
    """Notice attributes that groups are told apart by and that some people have and others have not."""
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
