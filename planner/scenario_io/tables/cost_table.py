"""`costs: {table: biaya.csv}` of a scenario: the cost lines of all programmes in one table, joined on id or name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from planner.domain.checks.did_you_mean import id_by_name, record_suggestion
from planner.domain.checks.problem import listed
from planner.domain.programmes import CostItem
from planner.locale import _, ngettext
from planner.scenario_io.fields import Expected
from planner.scenario_io.paths import sibling
from planner.scenario_io.problems import Refused, located
from planner.scenario_io.tables.columns import (
    TOTAL,
    FieldColumn,
    columns_of,
    known_in,
    node_of,
    record_of,
    tell_unfit,
)
from planner.scenario_io.tables.expansion import Expansion
from planner.scenario_io.tables.line_totals import settle_totals
from planner.scenario_io.tables.sheet import InputCell, InputRow, InputTable
from planner.scenario_io.tree import UNREADABLE, Listing, Mapping, Node, Place, Scalar, record_id, record_names

KEY: Final = "costs"
"""The key of a scenario that names the table."""

_PROGRAMME: Final = "programme"
_FACTORS: Final = tuple((f"vol_{n}", f"sat_{n}") for n in range(1, 5))
"""Columns of the factors of a quantity, and of their units, as SIPD names them."""

_EXTRA: Final = (_PROGRAMME, TOTAL, *(name for pair in _FACTORS for name in pair))
_VOLUME: Final = FieldColumn(("quantity",), "number")
_UNIT: Final = FieldColumn(("unit",), "text")


class CostTable(NamedTuple):
    """The cost lines of one document, by the programme that their rows name."""

    place: Place
    """Where the scenario names the table."""
    table: InputTable
    lines: dict[str, list[Mapping]]
    named: dict[str, Place]
    """The first cell that names each programme."""


def cost_table_of(tree: Mapping, folder: Path | None, expansion: Expansion) -> CostTable | None:
    """Return the table of cost lines that a document names, if any; the key is taken out of the document. Raises
    Refused."""
    if tree.bare is not None and KEY not in tree.bare:
        return None
    node, key = tree.entries.pop(KEY, None), tree.keys.pop(KEY, None)
    if node is None or key is None or (isinstance(node, Scalar) and node.value in (None, UNREADABLE)):
        return None
    if not isinstance(node, Mapping) or "table" not in node.entries:
        message = _("'costs' of a scenario names a table of the cost lines of all programmes.")
        remedy = _("Write costs: {table: FILE.csv}, or write the lines of each programme in its own 'costs'.")
        raise Refused(located(node.place, message, remedy, (KEY,)))
    record = Expected("record", CostItem)
    named, sheet = expansion.named(node, Expected("records", CostItem), (KEY,))
    place = node.entries["table"].place
    file = sibling(named, folder, place, (KEY, "table"))
    table = expansion.table_in(file, sheet, place, (KEY,), known_in(record, _EXTRA), KEY)
    if table is None:
        return None
    settle_totals(table, expansion.problems, expansion.notices)
    columns = columns_of(table, record, _EXTRA, expansion.problems)
    at = {name: position for position, name in table.names().items()}
    volumes = {at[name]: _VOLUME for name, _unit in _FACTORS if name in at}
    tell_unfit(table, columns | volumes, expansion.problems)
    found = CostTable(place, table, {}, {})
    if _PROGRAMME not in at:
        message = _("the column '{name}' is missing.").format(name=_PROGRAMME)
        raise Refused(located(table.place, message, _("Add it: it says whose cost a row is.")))
    for row in table.rows:
        cell = row.cells.get(at[_PROGRAMME])
        line = record_of(row, columns, table, row.place)
        _put_quantity(line, row, at, table, expansion)
        if cell is None:
            message = _("this row names no programme.")
            expansion.problems.add(row.place, message, _("Fill in the column 'programme'."))
        elif cell.value is not UNREADABLE:
            name = str(cell.value)
            found.lines.setdefault(name, []).append(line)
            found.named.setdefault(name, cell.place)
    return found


def _put_quantity(line: Mapping, row: InputRow, at: dict[str, int], table: InputTable, expansion: Expansion) -> None:
    """Put the quantity into a line: its volumes as factors, each with the name of its unit."""
    factors = list(_factors(row, at))
    for volume_name, unit_name in _FACTORS:
        lone = row.cells.get(at.get(unit_name, -1))
        if lone is not None and at.get(volume_name, -1) not in row.cells:
            expansion.problems.add(lone.place, _("this unit has no volume."), _("Fill in its volume, or clear it."))
    if not factors:
        return
    if "quantity" in line.entries:
        message = _("this row has a quantity and volumes.")
        expansion.problems.add(factors[0][0].place, message, _("Clear one of the two."))
        return
    if len(factors) == 1:
        volume, unit = factors[0]
        line.put("quantity", node_of(volume, _VOLUME, table), volume.place)
        if unit is not None and "unit" not in line.entries:
            line.put("unit", node_of(unit, _UNIT, table), unit.place)
        return
    product = Mapping({}, {}, factors[0][0].place)
    for volume, unit in factors:
        if unit is None or str(unit.value) in product.keys:
            message = _("this volume has no unit of its own.")
            expansion.problems.add(volume.place, message, _("Fill in its unit, such as OJ or hari."))
            line.put("quantity", Scalar(UNREADABLE, volume.place), volume.place)
            return
        product.put(str(unit.value), node_of(volume, _VOLUME, table), unit.place)
    line.put("quantity", product, product.place)


def _factors(row: InputRow, at: dict[str, int]) -> Iterator[tuple[InputCell, InputCell | None]]:
    """Yield the volumes that are filled in, each with the cell of its unit."""
    for volume_name, unit_name in _FACTORS:
        volume = row.cells.get(at.get(volume_name, -1))
        if volume is not None:
            yield volume, row.cells.get(at.get(unit_name, -1))


def join(costs: CostTable, tree: Mapping, base: Mapping | None, expansion: Expansion) -> None:
    """Put the lines into the programmes of `tree`; for one of its `base` they take the place of the lines there.

    Rows of unknown programmes are problems; programmes without a row are noticed.
    """
    programmes = tree.entries.get("programmes")
    if isinstance(programmes, Scalar) and programmes.value is UNREADABLE:
        return
    own = {name: item for item in _items(programmes) if (name := record_id(item)) is not None}
    before = record_names(_items(base.entries.get("programmes") if base else None))
    known = before | {each: name or before.get(each) for each, name in record_names(own.values()).items()}
    costs = _by_id(costs, known)
    for name, lines in costs.lines.items():
        if name in own:
            there = own[name].entries.get(KEY)
            if isinstance(there, Listing):
                there.items.extend(lines)
            elif not (isinstance(there, Scalar) and there.value is UNREADABLE):
                own[name].put(KEY, _listing(lines), lines[0].place)
        elif name in before:
            if not isinstance(programmes, Listing):
                programmes = Listing([], costs.place)
                tree.put("programmes", programmes, costs.place)
            identifier = Scalar(name, costs.named[name])
            places = {"id": costs.named[name], KEY: lines[0].place}
            programmes.items.append(Mapping({"id": identifier, KEY: _listing(lines)}, places, lines[0].place))
        else:
            message = _("unknown programme '{name}'.").format(name=name)
            expansion.problems.add(costs.named[name], message, record_suggestion(name, known))
    _tell_absent([name for name in known if name not in costs.lines], own, costs, expansion)


def _by_id(costs: CostTable, known: dict[str, str | None]) -> CostTable:
    """Return the same lines by the ids of their programmes: rows may give the name of one instead."""
    found = CostTable(costs.place, costs.table, {}, {})
    for name, lines in costs.lines.items():
        identifier = name if name in known else id_by_name(name, known) or name
        found.lines.setdefault(identifier, []).extend(lines)
        found.named.setdefault(identifier, costs.named[name])
    return found


def _tell_absent(absent: list[str], own: dict[str, Mapping], costs: CostTable, expansion: Expansion) -> None:
    """Name the programmes that the table has no row of, and that have no lines in the document either."""
    absent = [name for name in absent if name not in own or KEY not in own[name].entries]
    if absent:
        message = ngettext(
            "{count} programme has no row in this table: {names}.",
            "{count} programmes have no row in this table: {names}.",
            len(absent),
        ).format(count=len(absent), names=listed(absent))
        expansion.notices.append(located(costs.table.place, message))


def _listing(lines: list[Mapping]) -> Listing:
    return Listing(list(lines), lines[0].place)


def _items(node: Node | None) -> list[Mapping]:
    return [item for item in node.items if isinstance(item, Mapping)] if isinstance(node, Listing) else []
