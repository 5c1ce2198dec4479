"""`price_lists: {ssh: {table: ssh-2027.xlsx}}`: the list in a file, from which single prices are taken later."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from planner.domain.checks.did_you_mean import suggestion
from planner.errors import Problem
from planner.locale import _
from planner.scenario_io.paths import read_bytes, sibling
from planner.scenario_io.price_lists.layout import role_of
from planner.scenario_io.price_lists.price_table import PriceTable, price_table
from planner.scenario_io.problems import Problems, Refused, located
from planner.scenario_io.tables.sheet import MAX_BYTES
from planner.scenario_io.tree import Mapping, Node, Place, Scalar
from planner.scenario_io.tree import Path as TreePath

if TYPE_CHECKING:
    from planner.scenario_io.tables.expansion import Expansion

_KEYS: Final = ("table", "sheet", "column")


def price_list_in(expansion: Expansion, node: Node, folder: Path | None, path: TreePath) -> Node:
    """Return the price list that `node` names; raises Refused."""
    if not isinstance(node, Mapping) or "table" not in node.entries:
        message, remedy = _("a price list is a file."), _("Write for example: {table: ssh-2027.xlsx}")
        raise Refused(located(node.place, message, remedy, path))
    named: dict[str, str] = {}
    for key, value in node.entries.items():
        if key not in _KEYS:
            message = _("unknown key '{key}' beside 'table'.").format(key=key)
            expansion.problems.add(node.keys[key], message, suggestion(key, _KEYS), (*path, key))
        elif not isinstance(value, Scalar) or not isinstance(value.value, str | int):
            raise Refused(located(value.place, _("'{key}' must be a name.").format(key=key), "", (*path, key)))
        else:
            named[key] = str(value.value)
    file = sibling(named["table"], folder, node.place, (*path, "table"))
    if file not in expansion.files:
        expansion.files.append(file)
    sheet, column = named.get("sheet"), named.get("column")
    table = read_price_list(file, sheet, node.place, expansion.problems, expansion.notices, path, column)
    table.tell_twice(expansion.notices)
    return Scalar(table, node.place)


def read_price_list(
    file: Path,
    sheet: str | None,
    place: Place,
    problems: Problems,
    notices: list[Problem],
    path: TreePath = (),
    column: str | None = None,
) -> PriceTable:
    """Return the price list in a file, with the prices in `column` where it has several; raises Refused."""
    from planner.scenario_io.tables.long_lists import long_lists  # Excel libraries are needed for lists alone

    sheets = long_lists(read_bytes(file, MAX_BYTES, place, path), file, sheet, place, path, role_of)
    return price_table(sheets, str(file), problems, notices, column)
