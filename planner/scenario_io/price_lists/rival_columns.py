"""Columns of a price list beside that of the prices which could be meant as well: Harga Netto, Harga + PPN, Tarif."""

from __future__ import annotations

import re
from typing import Final

from planner.errors import Problem
from planner.locale import _, ngettext
from planner.scenario_io.price_lists.layout import Layout, is_amount, taxes_of
from planner.scenario_io.problems import located
from planner.scenario_io.tables.sheet import RawSheet
from planner.units.texts import name_key

_OF_PRICES: Final = re.compile(
    r"harga|prices?|tarif|biaya|besaran|nett?o|brut?to|gross|termasuk|incl|\b(?:het|hps|dpp)\b"
    r"|(?:setelah|sesudah|sebelum|plus|\+|tanpa)\W*(?:ppn|pajak)",
    re.IGNORECASE,
)
"""Words by which a column may hold prices."""


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
