"""Price lists: prices that depend on the participant's group, named by cost lines."""

from __future__ import annotations

from planner.domain.checks.did_you_mean import did_you_mean, suggestion
from planner.domain.checks.problem import listed, rupiah
from planner.errors import Problem
from planner.locale import _
from planner.scenario_io.problems import Problems, located
from planner.scenario_io.scenario_workbook.cells import node_of, text_of
from planner.scenario_io.scenario_workbook.layout import SHEET
from planner.scenario_io.scenario_workbook.owners import name_in, tell_blank
from planner.scenario_io.scenario_workbook.price_codes import (
    CEILING_CODE,
    LISTED_BESIDE,
    PRICE_BESIDE,
    PRICE_CODE,
    ListsOfBook,
)
from planner.scenario_io.scenario_workbook.sheet_tables import SheetTable, columns_of
from planner.scenario_io.tables.sheet import InputCell, InputRow
from planner.scenario_io.tree import UNREADABLE, Listing, Mapping, Place, Scalar, ScalarValue, plain
from planner.units.numbers import read_rupiah
from planner.units.texts import name_key


class PriceLists:
    """The lists on the sheet of prices."""

    def __init__(self, table: SheetTable | None, codes: ListsOfBook, problems: Problems) -> None:
        self._problems = problems
        self._codes = codes
        self._sheet = table.name if table is not None else codes.called(SHEET["prices"])
        self._lists: dict[str, Mapping] = {}
        self._refused: set[str] = set()
        self._used: set[str] = set()
        if table is not None:
            columns_of(table, {column.key: column for column in SHEET["prices"].columns}, problems)
            for row in table.rows:
                self._read(table, row)
            for name, prices in self._lists.items():
                if "by" not in prices.entries:
                    prices.put("by", Scalar(UNREADABLE, prices.place), prices.place)
                    if table.has("by"):
                        self._problems.add(
                            prices.place,
                            _("the list '{name}' does not say what its prices depend on.").format(name=name),
                            _("Fill in the column '{column}'.").format(column="by"),
                        )

    def check_values(self, root: Mapping) -> None:
        """Report, once and at its cell, a price for what no group has though one is nearly called so.

        A list with a price for all others can do without it, which is a warning.
        """
        listed = root.entries.get("groups")
        groups = plain(listed) if isinstance(listed, Listing) else []
        for name, prices in self._lists.items():
            by = prices.entries["by"]
            attribute = by.value if isinstance(by, Scalar) else None
            had = [str(value) for g in groups if (value := g.get(attribute)) not in (None, UNREADABLE)]
            if "default" in prices.entries or attribute == "year":
                continue
            for value, place in prices.keys.items():
                if value != "by" and value not in had and (hint := did_you_mean(value, had)):
                    message = _("there is a price for the {by} '{value}', which no group has.")
                    self._problems.add(place, message.format(by=attribute, value=value), hint)
                    self._refused.add(name)

    def _read(self, table: SheetTable, row: InputRow) -> None:
        name_cell = table.cell(row, "list")
        if name_cell is None:
            tell_blank(table, row, "list", self._problems)
            return
        by_column = SHEET["prices"].columns[1]
        by_cell = table.cell(row, "by")
        if (name := name_in(name_cell, self._problems)) is None:
            return
        prices = self._lists.get(name)
        if prices is None:
            same = next((other for other in self._lists if name_key(other) == name_key(name)), None)
            if same is not None:
                message = _("'{name}' and '{other}' differ only in case, spaces or form of letters.")
                self._problems.add(
                    name_cell.place, message.format(name=name, other=same), _("Rename or remove one of them.")
                )
            prices = self._lists[name] = Mapping({}, {}, name_cell.place)
        if by_cell is not None:
            by = node_of(by_cell, by_column, self._problems)
            there = prices.entries.get("by")
            if there is None:
                prices.put("by", by, by_cell.place)
            elif isinstance(there, Scalar) and isinstance(by, Scalar) and there.value != by.value:
                self._problems.add(
                    by_cell.place,
                    _("the list '{name}' depends on something else in {place}.").format(name=name, place=there.place),
                    _("Write the same in all rows of a list, or give this row another list."),
                )
        self._price(table, row, prices)

    def _price(self, table: SheetTable, row: InputRow, prices: Mapping) -> None:
        value_cell, price_cell = table.cell(row, "value"), table.cell(row, "price")
        code_cell = table.cell(row, PRICE_CODE)
        if code_cell is not None and price_cell is not None:
            message = _("this line has a price and the code of one.")
            self._problems.add(code_cell.place, message, _("Clear one of them."))
        price_cell = code_cell or price_cell
        if value_cell is None and price_cell is None:
            return
        if value_cell is None or price_cell is None:
            tell_blank(table, row, "value" if value_cell is None else "price", self._problems)
            return
        if (value := name_in(value_cell, self._problems)) is None:
            return
        if value == "by" or value in prices.entries:
            message = _("'{name}' cannot be priced in a table.") if value == "by" else _("'{name}' is defined twice.")
            self._problems.add(value_cell.place, message.format(name=value), _("Remove one of them."))
            return
        if code_cell is not None:
            prices.put(value, self._asked(code_cell), value_cell.place)
            return
        price = node_of(price_cell, SHEET["prices"].columns[3], self._problems)
        if isinstance(price, Scalar) and price.value is not UNREADABLE:
            try:
                read_rupiah(price.value)
            except ValueError as error:
                self._problems.add(price_cell.place, str(error))
                price = Scalar(UNREADABLE, price.place)
        prices.put(value, price, value_cell.place)

    def price(self, line: Mapping, table: SheetTable, row: InputRow) -> None:
        """Give a cost line the list or the code it names; a line must have one of price, list and code."""
        cell, code = table.cell(row, "price_list"), table.cell(row, PRICE_CODE)
        place: Place = table.place_in(row, "price")
        if code is not None and (cell is not None or "price" in line.entries):
            message = _("this line has a price and the code of one.")
            remedy = _("Clear one of them, or put the code under '{column}'.").format(column=CEILING_CODE)
            self._problems.add(code.place, message, remedy)
        if code is not None:
            line.put("price", self._asked(code), code.place)
            return
        if cell is None:
            if "price" not in line.entries:
                self._problems.add(place, _("this cell may not be blank."), _("Fill in a price, or name a price list."))
                line.put("price", Scalar(UNREADABLE, place), place)
            return
        name = text_of(cell)
        self._used.add(name)
        if "price" in line.entries:
            self._problems.add(cell.place, _("this line has a price and a price list."), _("Clear one of them."))
        elif name in self._refused:
            line.put("price", Scalar(UNREADABLE, cell.place), cell.place)
        elif name in self._lists:
            line.put("price", self._lists[name], cell.place)
        else:
            message = _("'{name}' is not on the sheet '{sheet}'.").format(name=name, sheet=self._sheet)
            self._problems.add(cell.place, message, suggestion(name, self._lists))
            line.put("price", Scalar(UNREADABLE, cell.place), cell.place)

    def tell_unused(self, notices: list[Problem]) -> None:
        """Name the lists that no cost line asks for: a row with a mistyped name is missing from its list."""
        for name, prices in self._lists.items():
            if name not in self._used:
                message = _("no cost line names the list '{name}', so its prices are not used.").format(name=name)
                others = [other for other in self._lists if other in self._used]
                notices.append(located(prices.place, message, did_you_mean(name, others)))

    def looked_up(self, line: Mapping, table: SheetTable, row: InputRow) -> None:
        """Refuse values typed over the formulas that show what the list says of a code: nobody would read them."""
        code, typed = table.cell(row, PRICE_CODE), table.looked_up.get(row.number, {})
        for head, cell in typed.items():
            if cell.value is UNREADABLE or head not in LISTED_BESIDE:
                continue
            if code is not None:
                said = self._codes.says(text_of(code), LISTED_BESIDE[head])
                if said is None or _same(said, cell.value):
                    continue
                message = _("the price list says '{listed}' of the code '{code}', but this cell says '{typed}' and is"
                            " not read.")  # fmt: skip
                message = message.format(listed=_shown(said), code=text_of(code), typed=_shown(cell.value))
                remedy = _("Put its formula back; or clear the code and fill in the columns '{columns}'.")
                self._problems.add(cell.place, message, remedy.format(columns="price, unit"))
            elif head == PRICE_BESIDE:
                own = line.entries.get("price")
                if not (isinstance(own, Scalar) and _same(own.value, cell.value)):
                    message = _("this cell says '{typed}' and is not read.").format(typed=_shown(cell.value))
                    self._problems.add(
                        cell.place, message, _("Write it into the column '{column}'.").format(column="price")
                    )

    def ceiling(self, line: Mapping, table: SheetTable, row: InputRow) -> None:
        """Give a cost line the ceilings it names."""
        cell = table.cell(row, CEILING_CODE)
        if cell is None:
            return
        try:
            line.put("ceiling", self._codes.ceilings(text_of(cell), cell.place), cell.place)
        except ValueError:
            message = _("a double quote in this list is not closed, or stands in the middle of a value.")
            self._problems.add(cell.place, message, _('Write for example: first; "second; with a semicolon"'))

    def _asked(self, cell: InputCell) -> Mapping:
        """Return the price of a list that a cell names by its code."""
        text = text_of(cell)
        if len(several := self._codes.having(text)) > 1:
            message = _("several lists have the code '{code}': {lists}.").format(code=text, lists=listed(several))
            self._problems.add(cell.place, message, _("Write the list before it: {list}: …").format(list=several[0]))
        return self._codes.asked(text, cell.place)


def _same(said: ScalarValue, typed: ScalarValue) -> bool:
    """Return whether two cells say the same: the same rupiah in whatever spelling, or the same words."""
    try:
        return read_rupiah(said) == read_rupiah(typed)
    except ValueError:
        return name_key(str(said)) == name_key(str(typed))


def _shown(value: ScalarValue) -> str:
    return rupiah(value) if isinstance(value, int) and not isinstance(value, bool) else str(value)
