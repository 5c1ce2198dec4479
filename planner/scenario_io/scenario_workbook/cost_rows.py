"""Cost lines and their prices as rows: prices of their own, by group or year, and from the sheet of the price list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from planner.domain.coefficient import read_coefficient
from planner.scenario_io.scenario_workbook.price_codes import CEILING_CODE, PRICE_CODE, Entry, References
from planner.scenario_io.words import shown

type Row = dict[str, Any]


class PriceList(NamedTuple):
    """A price that depends on the group or the year: by what, and the price of each value in order."""

    by: str
    prices: tuple[tuple[str, int], ...]
    listed: tuple[tuple[str, str, str], ...]
    """Value, list and code of the prices that a price list gives."""


def price_lists(programmes: Iterable[Mapping[str, Any]]) -> dict[PriceList, tuple[str, dict[str, Entry]]]:
    """Return each such price with its name, that of the first cost item that has it, and its entries by value."""
    found: dict[PriceList, tuple[str, dict[str, Entry]]] = {}
    taken: set[str] = set()
    for programme in programmes:
        for line in programme.get("costs", ()):
            if isinstance(line["price"], dict) and (key := _key(line)) not in found:
                name = line["item"][:180]
                number = next(n for n in range(1, len(taken) + 2) if (f"{name} {n}" if n > 1 else name) not in taken)
                name = f"{name} {number}" if number > 1 else name
                taken.add(name)
                found[key] = name, {entry["of"]: entry for entry in line.get("listed", ())}
    return found


def _key(line: Mapping[str, Any]) -> PriceList:
    price = line["price"]
    prices = tuple((value, amount) for value, amount in price.items() if value != "by")
    listed = tuple((entry["of"], entry["from"], entry["code"]) for entry in line.get("listed", ()))
    return PriceList(price["by"], prices, listed)


def cost_rows(
    programmes: Iterable[Mapping[str, Any]],
    lists: Mapping[PriceList, tuple[str, dict[str, Entry]]],
    references: References,
) -> Iterator[Row]:
    """Yield the rows of the sheet of costs."""
    for programme in programmes:
        for line in programme.get("costs", ()):
            row = {"programme": programme["id"], **line, "per": shown("per", line["per"])}
            listed, ceilings = row.pop("listed", ()), row.pop("ceiling", ())
            if isinstance(line["price"], dict):
                row["price_list"] = lists[_key(line)][0]
                del row["price"]
            elif listed:
                row[PRICE_CODE] = references.of(listed[0])
                del row["price"]
            if ceilings:
                row[CEILING_CODE] = references.together(ceilings)
            if isinstance(line.get("quantity"), dict):
                row["quantity"] = str(read_coefficient(line["quantity"]))
            yield row


def price_rows(lists: Mapping[PriceList, tuple[str, dict[str, Entry]]], references: References) -> Iterator[Row]:
    """Yield the rows of each list; one that prices nothing still says on what it depends."""
    for key, (name, entries) in lists.items():
        row: Row = {"list": name, "by": shown("price by", key.by)}
        for value, amount in key.prices:
            priced = {PRICE_CODE: references.of(entries[value])} if value in entries else {"price": amount}
            yield row | {"value": value} | priced
        if not key.prices:
            yield row
