"""The list of units: which agency each belongs to, by the depth shown by pairs of hyphens before a name, or by
parents."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from planner.locale import N_
from planner.people.columns import AGAIN, PeopleCells
from planner.people.ids import NIP
from planner.people.row_faults import HOLDS_ID, IS_SUM
from planner.units.sum_words import WHOLE_SUM

_NIP: Final = re.compile(NIP)
_SUM: Final = re.compile(WHOLE_SUM + r"\Z", re.IGNORECASE)

NO_ID: Final = N_("the row has no id of a unit")
NO_NAME: Final = N_("the row has no name of a unit")
OTHER_UNIT: Final = N_("an earlier row has this id for another unit")
NO_PARENT: Final = N_("'{name}' names a unit that the list does not have")
CIRCLE: Final = N_("'{name}' leads in a circle, so that the unit is above itself")

_TOP: Final = ("0",)
"""Stands for no unit above, where no unit has this id."""


_DASHES: Final = "- \u00a0"
"""Characters before the name of a unit below another: two hyphens for each step."""


class Unit(NamedTuple):
    """A unit of the list."""

    name: str
    parent: str | None
    """The id of the unit above it."""


@dataclass
class UnitRows:
    """Rows of a list of units, counted from 0, that name no unit."""

    heads: list[int] = field(default_factory=list)
    """Rows that repeat the column headings."""
    refused: dict[tuple[str, str], list[int]] = field(default_factory=dict)
    """Rows that are left out, by reason and faulty field."""
    of_one_name: dict[str, list[int]] = field(default_factory=dict)
    """Rows of different units of one name, whose people become one agency, by that name."""

    def refuse(self, number: int, reason: str, name: str = "") -> None:
        """Leave a row out."""
        self.refused.setdefault((reason, name), []).append(number)


def agencies_by_unit(connection: Any, columns: PeopleCells, depth: int) -> UnitRows:
    """Make the table `unit_agency`: for each unit, itself or the unit above it that is `depth` steps below the top.

    Return the rows that are left out: sums, repeated headings, a NIP in the name of a unit, an id of two units, an
    unknown parent, parents in a circle. A unit below one of these has no agency, rather than a wrong one.
    """
    rows = connection.execute(
        f"SELECT {columns.text('unit_id')}, {columns.text('unit')}, {columns.text('parent')}, {AGAIN}"
        f" FROM {columns.relation}"
    ).fetchall()
    left = UnitRows()
    units, row_of = _units(rows, left)
    tops = _tops(units, _without_way(units, row_of, {row[0] for row in rows}, left), depth)
    left.of_one_name = _of_one_name(units, tops, row_of)
    _write_agencies(connection, [(each, units[each].name, units[top].name) for each, top in tops.items()])
    return left


def _units(rows: Sequence[tuple[Any, ...]], left: UnitRows) -> tuple[dict[str, Unit], dict[str, int]]:
    """Return the units of rows (id, name, parent, whether it repeats the headings) by id, and the first row of each.

    Parents are followed where the list names them; otherwise a unit belongs to the last one before it with less depth.
    """
    units: dict[str, Unit] = {}
    row_of: dict[str, int] = {}
    path: list[str] = []
    for number, (identifier, name, parent, again) in enumerate(rows):
        if again:
            left.heads.append(number)
        elif (reason := _no_unit(identifier, name)) is not None:
            left.refuse(number, *reason)
        elif identifier is not None and name is not None:
            bare = name.lstrip(_DASHES)
            level = len(name[: len(name) - len(bare)].replace(" ", "").replace("\u00a0", "")) // 2
            if parent is None and level:
                parent = path[level - 1] if level <= len(path) else path[-1] if path else None
            unit = Unit(bare.strip(), parent)
            if units.setdefault(identifier, unit) != unit:
                left.refuse(number, OTHER_UNIT, "unit_id")
                continue
            row_of.setdefault(identifier, number)
            path[level:] = [identifier]
    return units, row_of


def _no_unit(identifier: str | None, name: str | None) -> tuple[str, str] | None:
    """Return why a row names no unit, with the faulty field; None where it does, or where it is blank."""
    if any(_SUM.match(text) for text in (identifier, (name or "").lstrip(_DASHES)) if text):
        return IS_SUM, ""
    if identifier is None or name is None:
        return (NO_NAME if identifier else NO_ID, "") if identifier or name else None
    return (HOLDS_ID, "unit") if _NIP.search(name) else None


def _tops(units: Mapping[str, Unit], lost: Collection[str], depth: int) -> dict[str, str]:
    """Return for each unit the unit above, or itself, whose name is that of its agency; left out where parents lead
    nowhere."""
    tops: dict[str, str] = {}
    for identifier in units:
        way = [identifier]
        while way[-1] not in lost and (above := units[way[-1]].parent) in units and above is not None:
            way.append(above)
        if way[-1] not in lost:
            way.reverse()
            tops[identifier] = way[min(depth, len(way) - 1)]
    return tops


def _of_one_name(units: Mapping[str, Unit], tops: Mapping[str, str], row_of: Mapping[str, int]) -> dict[str, list[int]]:
    """Return the rows of units that would be agencies of one name, by that name."""
    named: dict[str, set[str]] = {}
    for top in tops.values():
        named.setdefault(units[top].name, set()).add(top)
    return {name: sorted(row_of[each] for each in same) for name, same in named.items() if len(same) > 1}


def _write_agencies(connection: Any, found: Sequence[tuple[str, str, str]]) -> None:
    """Make the table of (unit_id, unit, agency)."""
    connection.execute("CREATE TABLE unit_agency (unit_id VARCHAR, unit VARCHAR, agency VARCHAR)")
    for start in range(0, len(found), 1000):
        part = found[start : start + 1000]
        connection.execute(
            "INSERT INTO unit_agency VALUES " + ", ".join("(?, ?, ?)" for _row in part),
            [cell for row in part for cell in row],
        )


def _without_way(
    units: Mapping[str, Unit],
    row_of: Mapping[str, int],
    listed: Collection[str | None],
    left: UnitRows,
) -> set[str]:
    """Return the units from which the parents do not lead to the top, because their row or one above is refused.

    Nothing more is reported of a parent whose own row was refused.
    """
    lost: set[str] = set()
    for identifier, (_name, parent) in units.items():
        if parent is not None and parent not in units and parent not in _TOP:
            lost.add(identifier)
            if parent not in listed:
                left.refuse(row_of[identifier], NO_PARENT, "parent")
    ended: set[str] = set()
    for identifier in units:
        way: dict[str, None] = {}
        here: str | None = identifier
        while here is not None and here in units and here not in ended and here not in lost and here not in way:
            way[here] = None
            here = units[here].parent
        if here is not None and here in way:
            steps = list(way)
            circle = steps[steps.index(here) :]
            lost.update(circle)
            for each in sorted(circle, key=row_of.__getitem__):
                left.refuse(row_of[each], CIRCLE, "parent")
        ended.update(way)
    return lost
