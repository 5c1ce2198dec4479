"""Two columns for one field, such as JP twice: their values for one person must be equal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from planner.domain.people import UNUSED, Layout
from planner.locale import _
from planner.people.columns import PeopleCells
from planner.people.database import literal
from planner.people.heads import yaml_key
from planner.people.sources import forget_rejected, note_rejected

_READ: Final[Mapping[Layout | None, Sequence[str]]] = {
    "training": ("id", "hours", "last_training"),
    "units": ("unit_id", "unit", "parent"),
}
"""Fields that are read from a table, by layout; all fields of other tables are read."""

_IN_STEPS: Final[Mapping[Layout | None, Sequence[str]]] = {"siasn": ("level",)}
"""Fields that a layout takes from columns with different contents, by rank: the echelon, or else the kind of
position."""


def columns_that_differ(connection: Any, cells: PeopleCells) -> list[tuple[int, str, str]]:
    """Return columns for one field that differ in a row: (its line, what is wrong, what to do) for each pair."""
    found = []
    for name, heads in cells.heads.items():
        asked = name in _READ.get(cells.layout, (name,)) and name not in _IN_STEPS.get(cells.layout, ())
        for other in heads[1:] if asked else ():
            row = _first_row_apart(connection, cells, name, heads[0], other)
            if row is None:
                continue
            note_rejected(connection, cells.source)
            line = cells.source.lines({row}).get(row, row + cells.source.first_row)
            cells.source.rejected.clear()
            message = _("the columns '{one}' and '{other}' both hold '{name}', and differ in this row.")
            remedy = _("Say under columns which of them is not to be read, for example columns: {{{other}: {unused}}}.")
            message = message.format(one=heads[0], other=other, name=name)
            found.append((line, message, remedy.format(other=yaml_key(other), unused=UNUSED)))
    return found


def _first_row_apart(connection: Any, cells: PeopleCells, name: str, one: str, other: str) -> int | None:
    """Return the first row, from 0, in which two columns both have a value for a field, but not the same."""
    words = cells.values.get(name) or cells.values.get(name.split(":")[0]) or {}
    names = f"{name}:1", f"{name}:2"
    pair = replace(
        cells,
        heads={names[0]: [one], names[1]: [other]},
        values=dict.fromkeys(names, words) if words else {},
        fill={},
        layout=None if cells.history else cells.layout,
    )
    # a row that repeats the headings differs in all of them
    wheres = [f"{pair.said(each)} IS NOT NULL AND {pair.text(each)} <> ''" for each in names]
    wheres += [f"{pair.text(each)} <> {literal(head)}" for each, head in zip(names, (one, other), strict=True)]
    apart = " IS DISTINCT FROM ".join(pair.meant(each) for each in names)
    rows = connection.execute(
        f"SELECT min(row_) FROM (SELECT row_number() OVER () - 1 AS row_, * FROM {pair.relation})"
        f" WHERE {' AND '.join(wheres)} AND {apart}"
    ).fetchall()
    if rows[0][0] is None:
        forget_rejected(connection, cells.source)  # the reading of the table reports them
    return None if rows[0][0] is None else int(rows[0][0])
