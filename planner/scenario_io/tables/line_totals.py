"""A column called Jumlah or Total in a table of cost lines: what its figures are, where only one reading fits.

Beside volumes and prices it holds their products, which are compared and not read. Beside prices alone it counts
units, or repeats the price of one; alone it holds the amounts of the lines. Anything else is refused with its readings.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from math import prod
from typing import Final

from planner.domain.checks.problem import rupiah
from planner.domain.coefficient import read_coefficient
from planner.errors import Problem
from planner.locale import N_, _
from planner.scenario_io.problems import Problems, located
from planner.scenario_io.tables.columns import TOTAL, FieldColumn, value_of
from planner.scenario_io.tables.sheet import InputRow, InputTable
from planner.scenario_io.tree import UNREADABLE
from planner.units.numbers import read_rupiah, read_share
from planner.units.said import decimal_said

_VOLUMES: Final = tuple(f"vol_{n}" for n in range(1, 5))
_PRICE: Final = FieldColumn(("price",), "price", "amount")
_NUMBER: Final = FieldColumn(("quantity",), "number")
_SHARE: Final = FieldColumn(("tax",), "number", "share")
_NAMED_OTHERWISE: Final = N_("Call it Volume if it counts units, Harga Satuan if it is the price of one, or begin its"
                             " name with '#'.")  # fmt: skip


def settle_totals(table: InputTable, problems: Problems, notices: list[Problem]) -> None:
    """Let the column of totals of a table, if it has one, be what only it can be; report what does not fit it."""
    at = {name: position for position, name in table.names().items()}
    if TOTAL not in at:
        return
    there, place = at[TOTAL], table.columns[at[TOTAL]].place
    called = table.called.get(TOTAL, TOTAL)
    priced, counted = "price" in at, any(name in at for name in ("quantity", *_VOLUMES))
    if priced and counted:
        _compare(table, at, called, problems)
        del table.columns[there]
    elif not priced and not counted:
        _rename(table, there, "price", called)
    elif not priced:
        message = _("'{name}' beside volumes could be the price of one unit or that of all of them together.")
        problems.add(place, message.format(name=called), _(_NAMED_OTHERWISE))
        _rename(table, there, "price", called)  # nothing more is told of prices that are missing for it
        for row in table.rows:
            if there in row.values:
                row.put(there, UNREADABLE)
    else:
        _beside_prices(table, there, at["price"], called, problems, notices)


def _beside_prices(
    table: InputTable, there: int, price_at: int, called: str, problems: Problems, notices: list[Problem]
) -> None:
    """Settle figures beside prices without volumes: they repeat the price, or are numbers of units, far below each
    price."""
    found = [(_amount(row, there, table), _amount(row, price_at, table)) for row in table.rows if there in row.values]
    pairs = [(figure, price) for figure, price in found if figure is not None and price is not None]
    place = table.columns[there].place
    if pairs and all(figure == price for figure, price in pairs):
        del table.columns[there]
    elif pairs and all(figure < price for figure, price in pairs):
        message = _("'{name}' was read as the number of units, since the prices stand beside it.")
        notices.append(located(place, message.format(name=called)))
        _rename(table, there, "quantity", called)
    else:
        message = _("'{name}' beside prices could be the number of units or the amount of the whole line.")
        problems.add(place, message.format(name=called), _(_NAMED_OTHERWISE))
        del table.columns[there]


def _compare(table: InputTable, at: dict[str, int], called: str, problems: Problems) -> None:
    """Report rows whose total is not quantity x price, with the tax or without it."""
    for row in table.rows:
        total, price = _amount(row, at[TOTAL], table), _amount(row, at["price"], table)
        quantity, tax = _quantity(row, at, table), _tax(row, at, table)
        if total is None or price is None or quantity is None or tax is None:
            continue  # what cannot be read is told where it is used
        products = [quantity * price, quantity * price * (1 + tax)]
        if all(abs(total - each) >= 1 for each in products):
            message = _("'{name}' is {total}, but {quantity} x {price} are {product}.").format(
                name=called, total=rupiah(total), quantity=decimal_said(quantity), price=rupiah(price),
                product=rupiah(round(products[-1])),
            )  # fmt: skip
            remedy = _("Correct the row; if the column is a note of your own, begin its name with '#'.")
            problems.add(row.cells[at[TOTAL]].place, message, remedy)


def _rename(table: InputTable, at: int, name: str, called: str) -> None:
    table.columns[at] = replace(table.columns[at], value=name)
    table.called.pop(TOTAL, None)
    table.called[name] = called


def _amount(row: InputRow, at: int, table: InputTable) -> int | None:
    """Return the rupiah of a cell; None where there are none."""
    try:
        return read_rupiah(_value(row, at, _PRICE, table))
    except ValueError:
        return None


def _quantity(row: InputRow, at: dict[str, int], table: InputTable) -> Fraction | None:
    """Return the quantity of a row, 1 where none is filled in; None where it cannot be read."""
    own = [at[name] for name in ("quantity", *_VOLUMES) if name in at and at[name] in row.values]
    try:
        return prod((read_coefficient(_value(row, each, _NUMBER, table)) for each in own), start=Fraction(1))
    except ValueError:
        return None


def _tax(row: InputRow, at: dict[str, int], table: InputTable) -> Fraction | None:
    if at.get("tax", -1) not in row.values:
        return Fraction(0)
    try:
        return read_share(_value(row, at["tax"], _SHARE, table))
    except ValueError:
        return None


def _value(row: InputRow, at: int, column: FieldColumn, table: InputTable) -> object:
    value = row.values.get(at)
    if value is UNREADABLE or isinstance(value, bool):
        raise ValueError
    return value_of(value, column, table)
