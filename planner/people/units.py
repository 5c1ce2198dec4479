"""The list of units: which agency each belongs to, by the depth that two hyphens before a name show, or by parents."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from planner.locale import N_
from planner.people.columns import AGAIN, PeopleCells
from planner.people.ids import NIP
from planner.people.row_faults import HOLDS_ID, IS_SUM
from planner.units.sum_words import WHOLE_SUM

_NIP: Final = re.compile(NIP)
_SUM: Final = re.compile(WHOLE_SUM + r"\Z", re.IGNORECASE)

NO_ID: Final = N_("the row has no id of a unit")
NO_NAME: Final = N_("the row has no name of a unit")
OTHER_UNIT: Final = N_("the id stands in a row before with another unit")
NO_PARENT: Final = N_("'{name}' names a unit that the list does not have")
CIRCLE: Final = N_("'{name}' leads in a circle: the unit is above itself")

_TOP: Final = ("0",)
"""What stands for no unit above, where no unit has this id."""


@dataclass
class UnitRows:
    """Rows of a list of units, counted from 0, that name no unit."""

    heads: list[int] = field(default_factory=list)
    """Those that repeat the names of the columns."""
    refused: dict[tuple[str, str], list[int]] = field(default_factory=dict)
    """Those that are left out, by the reason and the field at fault."""
    of_one_name: dict[str, list[int]] = field(default_factory=dict)
    """Rows of different units of one name, by the name, whose people become one agency."""

    def refuse(self, number: int, reason: str, name: str = "") -> None:
        """Leave a row out."""
        self.refused.setdefault((reason, name), []).append(number)


def agencies_by_unit(connection: Any, columns: PeopleCells, depth: int) -> UnitRows:
    """The table `unit_agency`: the unit itself, or the one above it that is `depth` steps below the top.

    Returned are the rows that are left out: sums, heads once more, a NIP in the name of a unit, an id of two units, a
    parent that there is not, parents in a circle. A unit below one of these has no agency, rather than a wrong one.

    Parents are followed where the list names them; else a unit belongs to the last one before it that is less deep.
    """
    rows = connection.execute(
        f"SELECT {columns.text('unit_id')}, {columns.text('unit')}, {columns.text('parent')}, {AGAIN}"
        f" FROM {columns.relation}"
    ).fetchall()
    named: dict[str, tuple[str, str | None]] = {}
    row_of: dict[str, int] = {}
    path: list[str] = []
    left = UnitRows()
    for number, (identifier, name, parent, again) in enumerate(rows):
        if again:
            left.heads.append(number)
        elif any(_SUM.match(text) for text in (identifier, (name or "").lstrip("- \u00a0")) if text):
            left.refuse(number, IS_SUM)
        elif identifier is None or name is None:
            if identifier or name:
                left.refuse(number, NO_NAME if identifier else NO_ID)
        elif _NIP.search(name):
            left.refuse(number, HOLDS_ID, "unit")
        else:
            bare = name.lstrip("- \u00a0")
            level = len(name[: len(name) - len(bare)].replace(" ", "").replace("\u00a0", "")) // 2
            if parent is None and level:
                parent = path[level - 1] if level <= len(path) else path[-1] if path else None
            if named.setdefault(identifier, (bare.strip(), parent)) != (bare.strip(), parent):
                left.refuse(number, OTHER_UNIT, "unit_id")
                continue
            row_of.setdefault(identifier, number)
            path[level:] = [identifier]
    lost = _without_way(named, row_of, {row[0] for row in rows}, left)
    found = []
    heads: dict[str, set[str]] = {}
    for identifier, (name, _parent) in named.items():
        way = [identifier]
        while way[-1] not in lost and (above := named[way[-1]][1]) in named and above is not None:
            way.append(above)
        if way[-1] in lost:
            continue
        way.reverse()
        top = way[min(depth, len(way) - 1)]
        heads.setdefault(named[top][0], set()).add(top)
        found.append((identifier, name, named[top][0]))
    left.of_one_name = {name: sorted(row_of[top] for top in tops) for name, tops in heads.items() if len(tops) > 1}
    connection.execute("CREATE TABLE unit_agency (unit_id VARCHAR, unit VARCHAR, agency VARCHAR)")
    for start in range(0, len(found), 1000):
        part = found[start : start + 1000]
        connection.execute(
            "INSERT INTO unit_agency VALUES " + ", ".join("(?, ?, ?)" for _row in part),
            [cell for row in part for cell in row],
        )
    return left


def _without_way(
    named: Mapping[str, tuple[str, str | None]],
    row_of: Mapping[str, int],
    listed: Collection[str | None],
    left: UnitRows,
) -> set[str]:
    """The units from which the parents do not lead to the top: their row, or one above, is refused.

    Of a parent whose own row was refused nothing more is told.
    """
    lost: set[str] = set()
    for identifier, (_name, parent) in named.items():
        if parent is not None and parent not in named and parent not in _TOP:
            lost.add(identifier)
            if parent not in listed:
                left.refuse(row_of[identifier], NO_PARENT, "parent")
    ended: set[str] = set()
    for identifier in named:
        way: dict[str, None] = {}
        here: str | None = identifier
        while here is not None and here in named and here not in ended and here not in lost and here not in way:
            way[here] = None
            here = named[here][1]
        if here is not None and here in way:
            steps = list(way)
            circle = steps[steps.index(here) :]
            lost.update(circle)
            for each in sorted(circle, key=row_of.__getitem__):
                left.refuse(row_of[each], CIRCLE, "parent")
        ended.update(way)
    return lost
