"""The list of units: which agency each belongs to, by the depth that two hyphens before a name show, or by parents."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Final

from planner.locale import N_
from planner.people.columns import AGAIN, PeopleCells
from planner.people.ids import NIP
from planner.people.row_faults import HOLDS_ID, IS_SUM
from planner.sum_words import WHOLE_SUM

_NIP: Final = re.compile(NIP)
_SUM: Final = re.compile(WHOLE_SUM + r"\Z", re.IGNORECASE)

NO_ID: Final = N_("the row has no id of a unit")
NO_NAME: Final = N_("the row has no name of a unit")
OTHER_UNIT: Final = N_("the id stands in a row before with another unit")


@dataclass
class UnitRows:
    """Rows of a list of units, counted from 0, that name no unit."""

    heads: list[int] = field(default_factory=list)
    """Those that repeat the names of the columns."""
    refused: dict[tuple[str, str], list[int]] = field(default_factory=dict)
    """Those that are left out, by the reason and the field at fault."""

    def refuse(self, number: int, reason: str, name: str = "") -> None:
        """Leave a row out."""
        self.refused.setdefault((reason, name), []).append(number)


def agencies_by_unit(connection: Any, columns: PeopleCells, depth: int) -> UnitRows:
    """The table `unit_agency`: the unit itself, or the one above it that is `depth` steps below the top.

    Returned are the rows that are left out: sums, heads once more, a NIP in the name of a unit, an id of two units.

    Parents are followed where the list names them; else a unit belongs to the last one before it that is less deep.
    """
    rows = connection.execute(
        f"SELECT {columns.text('unit_id')}, {columns.text('unit')}, {columns.text('parent')}, {AGAIN}"
        f" FROM {columns.relation}"
    ).fetchall()
    named: dict[str, tuple[str, str | None]] = {}
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
            path[level:] = [identifier]
    found = []
    for identifier, (name, _parent) in named.items():
        way = [identifier]
        while (above := named[way[-1]][1]) is not None and above in named and above not in way:
            way.append(above)
        way.reverse()
        found.append((identifier, name, named[way[min(depth, len(way) - 1)]][0]))
    connection.execute("CREATE TABLE unit_agency (unit_id VARCHAR, unit VARCHAR, agency VARCHAR)")
    for start in range(0, len(found), 1000):
        part = found[start : start + 1000]
        connection.execute(
            "INSERT INTO unit_agency VALUES " + ", ".join("(?, ?, ?)" for _row in part),
            [cell for row in part for cell in row],
        )
    return left
