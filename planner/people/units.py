"""The list of units: which agency each belongs to, by the depth that two hyphens before a name show, or by parents."""

from __future__ import annotations

import re
from typing import Any, Final

from planner.people.columns import AGAIN, PeopleCells
from planner.people.ids import NIP

_NIP: Final = re.compile(NIP)


def agencies_by_unit(connection: Any, columns: PeopleCells, depth: int) -> list[int]:
    """The table `unit_agency`: the unit itself, or the one above it that is `depth` steps below the top.

    Returned are the rows, counted from 0, that are left out since a NIP stands in the name of the unit.

    Parents are followed where the list names them; else a unit belongs to the last one before it that is less deep.
    """
    rows = connection.execute(
        f"SELECT {columns.text('unit_id')}, {columns.text('unit')}, {columns.text('parent')}, {AGAIN}"
        f" FROM {columns.relation}"
    ).fetchall()
    named: dict[str, tuple[str, str | None]] = {}
    path: list[str] = []
    refused = []
    for number, (identifier, name, parent, again) in enumerate(rows):
        if identifier is None or name is None or again:
            continue
        if _NIP.search(name):
            refused.append(number)
            continue
        bare = name.lstrip("- \u00a0")
        level = len(name[: len(name) - len(bare)].replace(" ", "").replace("\u00a0", "")) // 2
        if parent is None and level:
            parent = path[level - 1] if level <= len(path) else path[-1] if path else None
        path[level:] = [identifier]
        named[identifier] = (bare.strip(), parent)
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
    return refused
