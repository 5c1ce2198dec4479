"""Codes of price lists in the workbook: the sheet of the list, and how cost lines refer to it.

A cell names a price by its code, or by list and code (`ssh: 1.1.12.03.01.0001`) where several lists have the code.
Where a ceiling depends on the group or the year, several stand in one cell: `Kerinci = 1.1.12; default = 1.1.13`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from planner.domain.codes import price_key
from planner.locale import N_
from planner.scenario_io.price_lists.layout import Role, layout_at
from planner.scenario_io.price_lists.offering import VALIDITY
from planner.scenario_io.price_lists.price_table import PriceTable
from planner.scenario_io.scenario_workbook.columns import FormColumn, Sheet
from planner.scenario_io.scenario_workbook.lists import joined, separated
from planner.scenario_io.tables.cell_text import NOT_READ
from planner.scenario_io.tables.layout import HEADS_WITHIN
from planner.scenario_io.tables.sheet import InputRow, RawSheet
from planner.scenario_io.tree import Listing, Place, Scalar, ScalarValue
from planner.scenario_io.tree import Mapping as MappingNode

PRICE_LISTS: Final = Sheet(
    "price_lists", ("Daftar harga", "Price list"),
    (
        FormColumn("code", "name", (N_("Code"),), N_("Code of the price, as text."), required=True, width=26),
        FormColumn("name", "name", (N_("Name"),), "", width=44),
        FormColumn("spec", "text", (N_("Specification"),), "", width=30),
        FormColumn("unit", "name", (N_("Unit"),), N_("Unit of the price."), width=14),
        FormColumn("price", "amount", (N_("Price (Rp)"),), N_("Price of one unit."), required=True, width=16),
        FormColumn("accounts", "names", (N_("Account codes"),),
                   N_("Accounts that the list allows, separated by semicolons. Blank: any."), width=40),
        FormColumn("list", "name", (N_("Price list"),), N_("Name of the list, such as ssh."), required=True, width=14),
        FormColumn("group", "name", (N_("Kind"),), N_("SSH, HSPK, ASB or SBU."), width=10),
        FormColumn(VALIDITY, "name", (N_("Year or last day"),),
                   N_("Year of the price, such as 2027, or the last day on which it holds, such as 31-12-2027. Blank:"
                      " nothing is said."), width=20),
    ),
    N_("Prices of the region (SSH, SBU), which cost lines name by their code."), optional=True,
)  # fmt: skip

PRICE_BESIDE: Final = "#price"
LISTED_BESIDE: Final[Mapping[str, Role]] = {"#name": "name", "#unit": "unit", PRICE_BESIDE: "price"}
"""The heads of columns beside the codes of cost lines, and what of the list they show."""

LOOKED_UP: Final = tuple(
    replace(column, key=f"#{column.key}", note=N_("What the list says of the code. It is not read."), required=False)
    for column in PRICE_LISTS.columns
    if f"#{column.key}" in LISTED_BESIDE
)
"""Columns beside the codes of cost lines, which look up what the list says."""

PRICE_CODE: Final = "price.code"
CEILING_CODE: Final = "ceiling.code"
"""Columns of cost lines that hold codes of the list."""

type Entry = Mapping[str, Any]
"""An entry of a list as plain data: {from, code, name, spec, unit, price, accounts, group, validity}."""


def all_entries(offered: Iterable[Entry], programmes: Iterable[Mapping[str, Any]]) -> list[Entry]:
    """Return the entries that are offered, and those that cost lines hold; each once, in the order they are met."""
    found: dict[tuple[str, str], Entry] = {(each["from"], price_key(each["code"])): each for each in offered}
    for programme in programmes:
        for line in programme.get("costs", ()):
            for entry in (*line.get("listed", ()), *line.get("ceiling", ())):
                found.setdefault((entry["from"], price_key(entry["code"])), entry)
    return list(found.values())


def entry_rows(entries: Iterable[Entry]) -> Iterator[dict[str, Any]]:
    """Yield the rows of the sheet of the list."""
    for entry in entries:
        plain = ("code", "name", "spec", "unit", "price", "group", VALIDITY)
        row = {key: entry[key] for key in plain if entry.get(key)}
        if entry.get("accounts"):
            row["accounts"] = joined(entry["accounts"])
        yield {"list": entry["from"], **row}


class References:
    """How the cells of a workbook refer to entries: by code where only one of its lists has it."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._lists: dict[str, set[str]] = {}
        for entry in entries:
            self._lists.setdefault(price_key(entry["code"]), set()).add(entry["from"])

    def of(self, entry: Entry) -> str:
        """Return the text that names one entry."""
        code = str(entry["code"])
        alone = len(self._lists[price_key(code)]) == 1 and ":" not in code
        return code if alone else f"{entry['from']}: {code}"

    def together(self, entries: Sequence[Entry]) -> str:
        """Return the text that names several entries, each with the value that it is for."""
        return joined(f"{each['of']} = {self.of(each)}" if each.get("of") else self.of(each) for each in entries)


class ListsOfBook:
    """The price lists on the sheet of a workbook; `called` is what a sheet is called in it."""

    def __init__(self, sheet: RawSheet | None, called: Callable[[Sheet], str]) -> None:
        self.tables: dict[str, PriceTable] = {}
        self.called = called
        first = sheet.rows[:HEADS_WITHIN] if sheet is not None else []
        there = [{str(name).casefold() for name in row.values.values()} for row in first]
        head = next((at for at, names in enumerate(there) if {"list", "code", "price"} <= names), None)
        if sheet is None or head is None:
            return
        layout = layout_at(sheet, head)
        list_at = next(at for at, name in sheet.rows[head].values.items() if str(name).casefold() == "list")
        named = ((at, str(name)) for at, name in sheet.rows[head].values.items())
        heads = {at: name for at, name in named if not name.startswith(NOT_READ)}
        rows: dict[str, list[InputRow]] = {}
        for row in sheet.rows[head + 1 :]:
            if (name := row.values.get(list_at)) is not None:
                rows.setdefault(str(name), []).append(row)
        for name, own in rows.items():
            self.tables[name] = PriceTable(layout, heads=heads, only_offered=True)
            self.tables[name].take(own, [])

    def node(self, place: Place) -> MappingNode:
        """Return the lists as the scenario names them."""
        return MappingNode(
            {name: Scalar(table, place) for name, table in self.tables.items()},
            dict.fromkeys(self.tables, place),
            place,
        )

    def _named(self, text: str) -> tuple[str | None, str]:
        """Return (list, code) of a cell; None where it names no list."""
        name = next((name for name in self.tables if text.startswith(f"{name}:")), None)
        return name, text.strip() if name is None else text.removeprefix(f"{name}:").strip()

    def having(self, text: str) -> list[str]:
        """Return the lists that have the code of a cell; of a cell that names one, that one alone."""
        name, code = self._named(text)
        return [known for known, table in self.tables.items() if name in (None, known) and table.rows_of(code)]

    def says(self, text: str, role: Role) -> ScalarValue:
        """Return what the list says of the code of a cell: its name, unit or price; None where not one list has the
        code."""
        tables = [self.tables[known] for known in self.having(text)]
        return tables[0].cell(tables[0].rows_of(self._named(text)[1])[0], role) if len(tables) == 1 else None

    def asked(self, text: str, place: Place) -> MappingNode:
        """Return {from, code} of a cell; where no list has the code, of the first list, whose nearest codes are then
        told."""
        name, code = self._named(text)
        name = name or [*self.having(text), *self.tables, self.called(PRICE_LISTS)][0]
        entries = {"from": Scalar(name, place), "code": Scalar(code, place)}
        return MappingNode(dict(entries), dict.fromkeys(entries, place), place)

    def ceilings(self, text: str, place: Place) -> Listing:
        """Return the ceilings of a cell; raises ValueError for a quote that is not closed."""
        found = []
        for part in separated(text):
            cuts = [cut for cut, character in enumerate(part) if character == "="]
            known = [cut for cut in cuts if self.having(part[cut + 1 :].strip())]
            cut = next(iter(known or cuts), None)
            if cut is None or self.having(part):
                found.append(self.asked(part, place))
                continue
            asked = self.asked(part[cut + 1 :].strip(), place)
            if part[:cut].strip():
                asked.put("of", Scalar(part[:cut].strip(), place), place)
            found.append(asked)
        return Listing(list(found), place)
