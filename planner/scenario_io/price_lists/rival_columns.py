"""Columns of a price list beside that of the prices which could be meant as well: Harga Netto, Tarif, Zona II."""

from __future__ import annotations

import re
from typing import Final

from planner.errors import Problem
from planner.locale import _, ngettext
from planner.scenario_io.price_lists.layout import Layout, is_amount, taxes_of
from planner.scenario_io.problems import located
from planner.scenario_io.tables.sheet import RawSheet
from planner.scenario_io.tree import ScalarValue
from planner.units.numbers import read_rupiah
from planner.units.texts import name_key

_OF_PRICES: Final = re.compile(
    r"harga|prices?|tarif|biaya|besaran|nett?o|brut?to|gross|termasuk|incl|\b(?:het|hps|dpp)\b"
    r"|(?:setelah|sesudah|sebelum|plus|\+|tanpa)\W*(?:ppn|pajak)",
    re.IGNORECASE,
)
"""Words by which a column may hold prices."""


_OFF_PRICES: Final = re.compile(r"diskon|discount|potongan|rabat", re.IGNORECASE)
"""Words of columns that lower a price."""
_ALIKE: Final = 10
"""Amounts within this factor of the price in their row may be prices too."""

_LOOKED_AT: Final = 500
"""Rows by which it is judged whether a column holds amounts like the prices."""


def tell_unread(sheet: RawSheet, layout: Layout, notices: list[Problem]) -> None:
    """Note the further columns with amounts like the prices, or that lower these: they are not read."""
    head, read = sheet.rows[layout.head], {*layout.column.values(), *layout.accounts}
    at_price = layout.column["price"]
    rows = [row.values for row in sheet.rows[layout.head + 1 :] if not row.marked and at_price in row.values]
    del rows[_LOOKED_AT:]
    unread = []
    for at, cell in head.values.items():
        if at in read or str(cell) == taxes_of(head):
            continue
        lowers = bool(_OFF_PRICES.search(str(cell))) and any(row.get(at) not in (None, 0, "0") for row in rows)
        if lowers or 2 * sum(_alike(row.get(at), row[at_price]) for row in rows) > len(rows) > 0:
            unread.append(at)
    if unread:
        message = ngettext(
            "beside '{name}' the column {others} is not read.",
            "beside '{name}' the columns {others} are not read.",
            len(unread),
        ).format(name=head.values[at_price], others=", ".join(f"'{head.values[at]}'" for at in unread))
        remedy = _("In price_lists 'column: {name}' chooses one.").format(name=head.values[unread[0]])
        notices.append(located(head.cells[unread[0]].place, message, remedy))


def _alike(cell: ScalarValue, price: ScalarValue) -> bool:
    if not is_amount(cell) or not is_amount(price):
        return False
    amount, other = read_rupiah(cell), read_rupiah(price)
    return other <= amount * _ALIKE and amount <= other * _ALIKE


def rival_columns(sheet: RawSheet, layout: Layout) -> Problem | None:
    """Return the problem that other columns with amounts could be the prices too; None where there are none."""
    head, read = sheet.rows[layout.head], {*layout.column.values(), *layout.accounts}
    rows = [row for row in sheet.rows[layout.head + 1 :] if not row.marked]
    rivals = [
        at
        for at, cell in head.values.items()
        if at not in read and isinstance(cell, str) and _OF_PRICES.search(cell) and cell != taxes_of(head)
        and any(is_amount(row.values.get(at)) for row in rows)
    ]  # fmt: skip
    if not rivals:
        return None
    price = head.cells[layout.column["price"]]
    message = ngettext(
        "beside '{name}' the column {others} has amounts that could be the prices as well.",
        "beside '{name}' the columns {others} have amounts that could be the prices as well.",
        len(rivals),
    ).format(name=price.value, others=", ".join(f"'{head.values[at]}'" for at in rivals))
    remedy = _("In price_lists 'column: {name}' chooses one.").format(name=price.value)
    if any(name_key(str(head.values[at])) == name_key(str(price.value)) for at in rivals):
        remedy = _("Remove or rename one of them.")
    return located(price.place, message, remedy + " " + _("For the template: --prices-column."))
