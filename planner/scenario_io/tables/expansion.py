"""`{table: groups.csv}` replaced by what the file holds, wherever the format expects a list of records or a price."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from planner.domain.activities import Activity
from planner.domain.actuals import Actuals
from planner.domain.checks.did_you_mean import id_by_name, record_suggestion, suggestion
from planner.domain.people import PeopleTable
from planner.domain.periods import Period
from planner.domain.rules import Rule
from planner.errors import Problem
from planner.locale import _
from planner.scenario_io.fields import Expected
from planner.scenario_io.paths import read_bytes, sibling
from planner.scenario_io.problems import Problems, Refused, located
from planner.scenario_io.tables.actuals_tables import actuals_in
from planner.scenario_io.tables.columns import (
    TOTAL,
    FieldColumn,
    columns_of,
    known_in,
    known_in_prices,
    node_of,
    record_of,
    tell_remark,
    tell_unfit,
    value_of,
)
from planner.scenario_io.tables.competency_columns import RecordsOfTable
from planner.scenario_io.tables.layout import Known, laid_out
from planner.scenario_io.tables.line_totals import settle_totals
from planner.scenario_io.tables.readers import raw_sheet
from planner.scenario_io.tables.sheet import MAX_BYTES, InputRow, InputTable
from planner.scenario_io.tree import UNREADABLE, Bare, Listing, Mapping, Node, Place, Scalar, plain, record_id
from planner.scenario_io.tree import Path as TreePath

_PROGRAMME = "programme"
_PRICE = FieldColumn(("price",), "price", "amount")
_VALUE = FieldColumn(("value",), "text")

_WITHOUT_SUMS: Final = (Rule.__name__, Activity.__name__)
"""Records whose texts may say jumlah (Jumlah ASN), and are no sums for that."""


@dataclass(eq=False)
class Expansion:
    """Puts tables into trees; each file is read once."""

    problems: Problems
    files: list[Path]
    notices: list[Problem]
    read: dict[tuple[Path, str | None, str], InputTable | None] = field(default_factory=dict)
    """Tables read so far, by file, sheet and kind of record; None for one that was refused."""
    lines: list[tuple[str, Place]] = field(default_factory=list)
    """Programmes that tables of cost lines name, and where."""
    used: dict[Place, str] = field(default_factory=dict)
    """The programme that took each of them."""

    made: list[RecordsOfTable] = field(default_factory=list)
    """Lists of records that tables became."""

    _names: dict[str, str] = field(default_factory=dict)
    """The names of the records that have tables of their own."""

    def put_in(
        self, node: Node, expected: Expected | None, folder: Path | None, path: TreePath = (), owner: str = ""
    ) -> Node:
        """Return `node` with the tables it names put in; `folder` is that of the file that names them."""
        if expected is None or isinstance(node, Scalar) or expected.model is PeopleTable:
            return node
        if node.bare is not None and not _names_a_table(node.bare, expected):
            return node
        if isinstance(node, Listing):
            node.items[:] = [
                self.put_in(item, expected.below(position), folder, (*path, position), owner)
                for position, item in enumerate(node.items)
            ]
            return node
        if expected.kind in ("records", "price") and "table" in node.entries:
            try:
                return self._table(node, expected, folder, path, owner)
            except Refused as refused:
                self.problems.extend([refused.problem])
                return Scalar(UNREADABLE, node.place)
        if expected.kind == "price_list" or (expected.model is Actuals and "table" in node.entries):
            try:
                if expected.kind == "price_list":
                    from planner.scenario_io.price_lists.reading import price_list_in  # few scenarios have lists

                    return price_list_in(self, node, folder, path)
                return actuals_in(self, node, folder, path)
            except Refused as refused:
                self.problems.extend([refused.problem])
                return Scalar(UNREADABLE, node.place)
        owner, name = record_id(node) or owner, node.entries.get("name")
        if isinstance(name, Scalar) and isinstance(name.value, str):
            self._names[owner] = name.value
        for key, value in node.entries.items():
            node.entries[key] = self.put_in(value, expected.below(key), folder, (*path, key), owner)
        return node

    def _table(self, node: Mapping, expected: Expected, folder: Path | None, path: TreePath, owner: str) -> Node:
        named, sheet = self.named(node, expected, path)
        place = node.entries["table"].place
        file = sibling(named, folder, place, (*path, "table"))
        if expected.kind == "price":
            attribute = _attribute(node)
            table = self.table_in(file, sheet, place, path, known_in_prices(attribute), f"prices by {attribute}")
            return Scalar(UNREADABLE, place) if table is None else self._prices(node, table)
        assert expected.model is not None
        record = Expected("record", expected.model)
        by_programme = path[-1:] == ("costs",)
        extra = (_PROGRAMME, TOTAL) if by_programme else ()
        table = self.table_in(file, sheet, place, path, known_in(record, extra), expected.model.__name__)
        if table is None:
            return Scalar(UNREADABLE, place)
        if by_programme:
            settle_totals(table, self.problems, self.notices)
        columns = columns_of(table, record, extra, self.problems)
        tell_unfit(table, columns, self.problems)
        rows = list(self._of_programme(table, owner)) if by_programme else table.rows
        records = _records(rows, columns, table, node.place)
        self.made.append(RecordsOfTable(table, columns, records))
        return records

    def named(self, node: Mapping, expected: Expected, path: TreePath) -> tuple[str, str | None]:
        """Return the file and the sheet that a table names."""
        keys = ("table", "sheet")
        for key in node.entries:
            if key not in keys and expected.kind != "price":
                self.problems.add(
                    node.keys[key],
                    _("unknown key '{key}' beside 'table'.").format(key=key),
                    suggestion(key, keys),
                    (*path, key),
                )
        texts: list[str | None] = []
        for key in keys:
            value = node.entries.get(key)
            if value is not None and not (isinstance(value, Scalar) and isinstance(value.value, str | int | None)):
                raise Refused(located(value.place, _("'{key}' must be a name.").format(key=key), "", (*path, key)))
            texts.append(None if value is None or value.value is None else str(value.value))
        if texts[0] is None:
            raise Refused(located(node.keys["table"], _("'{key}' must be a name.").format(key="table"), "", path))
        return texts[0], texts[1]

    def table_in(
        self, file: Path, sheet: str | None, place: Place, path: TreePath, known: Known, of: str
    ) -> InputTable | None:
        """Return the table in a file, whose columns are `known`; None when it was refused, and reported, before.

        Each file is read once as a table `of` one kind of record.
        """
        key = (file, sheet, of)
        if key not in self.read:
            self.read[key] = None
            data = read_bytes(file, MAX_BYTES, place, path)
            if file not in self.files:
                self.files.append(file)
            raw = raw_sheet(data, file, sheet, place, path, self.problems, self.notices, known)
            before = len(self.problems.found)
            days = (lambda name, _row: name in ("from", "to")) if of == Period.__name__ else None
            sums = of not in _WITHOUT_SUMS
            table = laid_out(raw, self.problems, self.notices, known, may_have_sums=sums, days=days)
            # of a table that was refused row by row nothing is left that could be missed
            self.read[key] = table if table.rows or len(self.problems.found) == before else None
        return self.read[key]

    def _of_programme(self, table: InputTable, owner: str) -> Iterator[InputRow]:
        """Yield the rows of one programme, if a column names it; otherwise all."""
        position = next((at for at, name in table.names().items() if name == _PROGRAMME), None)
        if position is None:
            yield from table.rows
            return
        for row in table.rows:
            cell = row.cells.get(position)
            if cell is None:
                self.problems.add(row.place, _("this row names no programme."), _("Fill in the column 'programme'."))
            elif cell.value is not UNREADABLE:
                self.lines.append((str(cell.value), cell.place))
                if str(cell.value) == owner or id_by_name(str(cell.value), {owner: self._names.get(owner)}):
                    if self.used.setdefault(cell.place, owner) != owner:
                        message = _("'{name}' is the name of several programmes.").format(name=cell.value)
                        self.problems.add(cell.place, message, _("Write the id of the one that is meant."))
                    yield row

    def _prices(self, node: Mapping, table: InputTable) -> Node:
        """Return the values beside `by`: those of the scenario, then the rows of the table."""
        attribute = _attribute(node)
        names = {name: at for at, name in table.names().items()}
        if set(names) != {attribute, "price"}:
            raise Refused(
                located(
                    table.place,
                    _("a table of prices has the columns '{attribute}' and 'price'; this one has: {names}.").format(
                        attribute=attribute or "by", names=", ".join(table.called.get(name, name) for name in names)
                    ),
                )
            )
        tell_unfit(table, {names["price"]: _PRICE, names[attribute]: _VALUE}, self.problems)
        tell_remark(table, names["price"], _PRICE, self.problems)
        own = {key: value for key, value in node.entries.items() if key not in ("table", "sheet")}
        prices = Mapping(own, {key: node.keys[key] for key in own}, node.place)
        bare = {key: plain(value) for key, value in own.items()}
        rows: list[tuple[str, InputRow]] = []
        for row in table.rows:
            key = str(value_of(row.values.get(names[attribute]), _VALUE, table))
            if (fault := _fault_of_price(row, names, attribute, key, bare)) is None:
                bare[key] = value_of(row.values[names["price"]], _PRICE, table)
                rows.append((key, row))
            else:
                self.problems.add(*fault)

        def unpacked() -> tuple[dict[str, Node], dict[str, Place]]:
            for key, row in rows:
                price = node_of(row.cells[names["price"]], _PRICE, table)
                prices.put(key, price, row.cells[names[attribute]].place)
            return prices.entries, prices.keys

        return Mapping.of_bare(bare, unpacked, node.place)

    def check_programmes(self, known: dict[str, str | None]) -> None:
        """Report programmes that a table of cost lines names and the scenario does not have; notice lines that nothing
        uses."""
        for name, place in dict.fromkeys(self.lines):
            if name not in known and place not in self.used:
                self.problems.add(
                    place, _("unknown programme '{name}'.").format(name=name), record_suggestion(name, known)
                )
            elif place not in self.used:
                message = _("this cost line is not used: '{name}' does not name the table.").format(name=name)
                self.notices.append(located(place, message))


def _fault_of_price(
    row: InputRow, names: dict[str, int], attribute: str, key: str, known: dict[str, Bare]
) -> tuple[Place, str, str] | None:
    """Return why a row gives no price: its place, what is wrong, and what to do."""
    missing = next((name for name in (attribute, "price") if names[name] not in row.values), None)
    if missing is not None:
        message = _("this row has no '{missing}'.").format(missing=missing)
        return row.place, message, _("Fill in both columns, or remove the row.")
    if key in known or key in ("by", "table", "sheet"):
        message = _("'{name}' is defined twice.")
        if key not in known or key == "by":
            message = _("'{name}' cannot be priced in a table.")
        return row.cells[names[attribute]].place, message.format(name=key), _("Remove one of them.")
    return None


def _attribute(node: Mapping) -> str:
    """Return what prices depend on."""
    by = node.entries.get("by")
    return str(by.value) if isinstance(by, Scalar) else ""


def _records(rows: Sequence[InputRow], columns: dict[int, FieldColumn], table: InputTable, place: Place) -> Listing:
    """Return the rows as a list of records."""

    def nodes() -> list[Node]:
        return [record_of(row, columns, table, row.place) for row in rows]

    bare = [record.bare for row in rows if (record := record_of(row, columns, table, place))]
    return Listing.of_bare(bare, nodes, place)


def _names_a_table(data: Bare, expected: Expected | None) -> bool:
    """Return whether `table` stands in plain data where the format takes one."""
    if expected is None or not expected.takes_tables():
        return False
    if isinstance(data, list):
        inner = expected.below(0)
        return inner is not None and inner.takes_tables() and any(_names_a_table(item, inner) for item in data)
    if not isinstance(data, dict):
        return False
    if expected.kind == "price_list":
        return True
    if (expected.kind in ("records", "price") or expected.model is Actuals) and "table" in data:
        return True
    return any(
        _names_a_table(value, expected.below(key)) for key, value in data.items() if isinstance(value, dict | list)
    )
