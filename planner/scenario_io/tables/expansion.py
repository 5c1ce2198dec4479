"""`{table: groups.csv}` replaced by what the file holds, wherever the format expects a list of records or a price."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from planner.domain.checks.did_you_mean import suggestion
from planner.errors import Problem
from planner.locale import _
from planner.scenario_io.fields import Expected
from planner.scenario_io.paths import read_bytes, sibling
from planner.scenario_io.problems import Problems, Refused, located
from planner.scenario_io.tables.columns import columns_of, fill, node_of
from planner.scenario_io.tables.sheet import MAX_BYTES, Row, Table
from planner.scenario_io.tree import UNREADABLE, Listing, Mapping, Node, Place, Scalar, record_id
from planner.scenario_io.tree import Path as TreePath

_PROGRAMME = "programme"


@dataclass
class Expansion:
    """Puts tables into trees; each file is read once."""

    problems: Problems
    files: list[Path]
    notices: list[Problem]
    read: dict[tuple[Path, str | None], Table | None] = field(default_factory=dict)
    """Tables read so far, by file and sheet; None for one that was refused."""
    lines: list[tuple[str, Place]] = field(default_factory=list)
    """Programmes that tables of cost lines name, and where."""
    used: set[Place] = field(default_factory=set)
    """Those of them whose programme took the line."""

    def put_in(self, node: Node, expected: Expected | None, by: Path, path: TreePath = (), owner: str = "") -> Node:
        """`node` with the tables it names put in; `by` is the file that names them."""
        if expected is None or isinstance(node, Scalar):
            return node
        if isinstance(node, Listing):
            node.items = [
                self.put_in(item, expected.below(position), by, (*path, position), owner)
                for position, item in enumerate(node.items)
            ]
            return node
        if expected.kind in ("records", "price") and "table" in node.entries:
            try:
                return self._table(node, expected, by, path, owner)
            except Refused as refused:
                self.problems.extend([refused.problem])
                return Scalar(UNREADABLE, node.place)
        owner = record_id(node) or owner
        for key, value in node.entries.items():
            node.entries[key] = self.put_in(value, expected.below(key), by, (*path, key), owner)
        return node

    def _table(self, node: Mapping, expected: Expected, by: Path, path: TreePath, owner: str) -> Node:
        named, sheet = self._named(node, expected, path)
        place = node.entries["table"].place
        file = sibling(named, by, place, (*path, "table"))
        table = self._read(file, sheet, place, path)
        if table is None:
            return Scalar(UNREADABLE, place)
        if expected.kind == "price":
            return self._prices(node, table, path)
        assert expected.model is not None
        record = Expected("record", expected.model)
        by_programme = path[-1:] == ("costs",)
        columns = columns_of(table, record, (_PROGRAMME,) if by_programme else (), self.problems)
        items: list[Node] = []
        for row in self._of_programme(table, owner) if by_programme else table.rows:
            item = Mapping({}, {}, row.place)
            for position, cell in row.cells.items():
                if (column := columns.get(position)) is not None:
                    fill(item, column.path, node_of(cell, column.kind, typed=table.typed), cell.place)
            items.append(item)
        return Listing(items, node.place)

    def _named(self, node: Mapping, expected: Expected, path: TreePath) -> tuple[str, str | None]:
        """The file and the sheet that a table names."""
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

    def _read(self, file: Path, sheet: str | None, place: Place, path: TreePath) -> Table | None:
        """The table in a file; None when it was refused before, which was told then."""
        key = (file, sheet)
        if key not in self.read:
            self.read[key] = None
            data = read_bytes(file, MAX_BYTES, place, path)
            if file not in self.files:
                self.files.append(file)
            self.read[key] = self._parsed(data, file, sheet, place, path)
        return self.read[key]

    def _parsed(self, data: bytes, file: Path, sheet: str | None, place: Place, path: TreePath) -> Table:
        """By the ending of the name; each kind of file has its own reader, imported when first met."""
        ending = file.suffix.lower()
        if sheet is not None and ending in (".csv", ".parquet"):
            self.problems.add(place, _("'sheet' belongs to an XLSX workbook."), _("Remove it."), path)
        if ending == ".csv":
            from planner.scenario_io.tables.csv_table import read_csv

            return read_csv(data, str(file), self.problems)
        if ending == ".parquet":
            from planner.scenario_io.tables.parquet_table import read_parquet

            return read_parquet(data, str(file), self.problems)
        if ending == ".xlsx":
            from planner.scenario_io.tables.xlsx_table import read_xlsx

            return read_xlsx(data, str(file), sheet, self.problems, self.notices)
        raise Refused(
            located(
                place,
                _("'{name}' is not a kind of table that is read.").format(name=file.name),
                _("Save it as .csv, .parquet or .xlsx."),
                path,
            )
        )

    def _of_programme(self, table: Table, owner: str) -> Iterator[Row]:
        """The rows of one programme, if a column names it; otherwise all."""
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
                if str(cell.value) == owner:
                    self.used.add(cell.place)
                    yield row

    def _prices(self, node: Mapping, table: Table, path: TreePath) -> Node:
        """Values beside `by`: what stands in the scenario, then the rows of the table."""
        by = node.entries.get("by")
        attribute = str(by.value) if isinstance(by, Scalar) else ""
        names = {name: at for at, name in table.names().items()}
        if set(names) != {attribute, "price"}:
            raise Refused(
                located(
                    table.place,
                    _("a table of prices has the columns '{attribute}' and 'price'; this one has: {names}.").format(
                        attribute=attribute or "by", names=", ".join(names)
                    ),
                )
            )
        prices = Mapping({}, {}, node.place)
        for key, value in node.entries.items():
            if key not in ("table", "sheet"):
                prices.put(key, value, node.keys[key])
        for row in table.rows:
            cells = {name: row.cells.get(at) for name, at in names.items()}
            key_cell, price_cell = cells[attribute], cells["price"]
            if key_cell is None or price_cell is None:
                self.problems.add(
                    row.place,
                    _("this row has no {missing}.").format(missing=attribute if key_cell is None else "price"),
                    _("Fill in both columns, or remove the row."),
                )
                continue
            value_node = node_of(key_cell, "text", typed=table.typed)
            key = str(value_node.value) if isinstance(value_node, Scalar) else ""
            if key in prices.entries or key in ("by", "table", "sheet"):
                message = _("'{name}' stands here a second time.")
                if key not in prices.entries or key == "by":
                    message = _("'{name}' cannot be priced in a table.")
                self.problems.add(key_cell.place, message.format(name=key), _("Remove one of them."))
                continue
            prices.put(key, node_of(price_cell, "price", typed=table.typed), key_cell.place)
        return prices

    def check_programmes(self, known: set[str]) -> None:
        """Every programme that a table of cost lines names must be in the scenario; idle lines are noticed."""
        for name, place in dict.fromkeys(self.lines):
            if name not in known:
                self.problems.add(place, _("unknown programme '{name}'.").format(name=name), suggestion(name, known))
            elif place not in self.used:
                message = _("this cost line is not used: '{name}' does not name the table.").format(name=name)
                self.notices.append(located(place, message))
