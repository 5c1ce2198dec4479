"""What a price list says of its prices around them: above, beside their head, below the list, in the words of a row."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from planner.errors import Problem
from planner.locale import _
from planner.scenario_io.price_lists.layout import Layout, price_columns
from planner.scenario_io.problems import Problems, located
from planner.scenario_io.tables.cell_text import Fault
from planner.scenario_io.tables.head_remarks import fault_of, head_of, refuse_amounts, refuse_heads, refuse_several
from planner.scenario_io.tables.notes import numbers_columns
from planner.scenario_io.tables.sheet import InputRow, RawSheet
from planner.scenario_io.tree import Place
from planner.units.currencies import in_foreign_currency, unit_in_foreign_currency
from planner.units.scales import price_in_thousands, unit_in_thousands
from planner.units.taxes import includes_tax

_NAMED: Final = 6
"""Most columns that a message names."""


def tell_remarks(sheet: RawSheet, layout: Layout, problems: Problems, notices: list[Problem]) -> str:
    """Refuse a list whose prices, by the words above or beside their head, are not single rupiah; notice remarks that
    change nothing.

    Return the words by which all its prices include their tax; empty if there are none.
    """
    head, at = sheet.rows[layout.head], layout.column["price"]
    below = _further_heads(sheet, layout)
    # group heads stand among the prices; what is below the last price are notes
    last = max((row.number for row in sheet.rows if at in row.values), default=head.number)
    notes = [row for row in sheet.rows if row.number > last]
    around = [*sheet.rows[: layout.head], *below, *notes]
    units = [layout.column[role] for role in ("unit", "name", "spec") if role in layout.column]
    refused = refuse_heads(below, (at,), problems) or refuse_amounts(around, problems)
    if refuse_several([head, *below], units, problems) or refused:
        return ""
    if below:
        parted = {n: cell for n, cell in below[0].values.items() if n >= at and n not in layout.accounts}
        if len(parted) > 1 and at in parted and not parted.keys() & head.values.keys() - {at}:
            message = _("under '{name}' prices stand in several columns: {names}.")
            names = ", ".join(f"'{cell}'" for cell in parted.values())
            remedy = _("In price_lists 'column: {name}' chooses one.").format(name=parted[at])
            problems.add(below[0].cells[at].place, message.format(name=head.values[at], names=names), remedy)
    said = head_of(str(head.values[at]))
    cell = head.cells[at]
    if said.meanings & {"scale", "foreign", "several"} or (said.known and "letter" in said.meanings):
        problems.add(cell.place, *(fault_of(said) or ("", "")))
    elif said.remark and (not said.known or "taxed" in said.meanings):
        message = _("prices are read as they stand below '{name}': its remark '{remark}' changes nothing in them.")
        message = message.format(name=head.values[at], remark=said.remark)
        remedy = _("Give no 'tax' to cost lines that take them.") if "taxed" in said.meanings else ""
        notices.append(located(cell.place, message, remedy))
    texts = [str(head.values[at]), *(str(value) for row in around for value in row.values.values())]
    return next(filter(None, map(includes_tax, texts)), "")


def words_around(sheet: RawSheet, layout: Layout) -> list[str]:
    """Return the lines above a list, the head of its prices, and its notes below, each as one text."""
    at = layout.column["price"]
    last = max((row.number for row in sheet.rows if at in row.values), default=0)
    above, below = sheet.rows[: layout.head], [row for row in sheet.rows[layout.head + 1 :] if row.number > last]
    lines = [" ".join(row.said().values()) for row in (*above, *below)]
    head = str(sheet.rows[layout.head].values[at])
    return [*(" ".join(line.split()) for line in lines), re.sub(r"(?<!\d)(20\d\d)(?!\d)", r"tahun \1", head)]


def _further_heads(sheet: RawSheet, layout: Layout) -> list[InputRow]:
    """Return the rows below the heads that go on with them: no code yet; rows that number the columns may stand among
    them."""
    found: list[InputRow] = []
    for row in sheet.rows[layout.head + 1 : layout.head + 4]:
        if numbers_columns(row, sheet.rows[layout.head]):
            continue
        if layout.column["code"] in row.values:
            break
        found.append(row)
    return found


def told_otherwise(code: str, texts: Mapping[int, tuple[str, str]]) -> tuple[int, Fault] | None:
    """Return the column whose words say that the price of a row is not in single rupiah, what is wrong, and what to do;
    None if no words say so.

    `texts` are the roles and the words of columns; the role is the head where a column says nothing of a price.
    """
    for at, (role, text) in texts.items():
        if said := unit_in_thousands(text) if role == "unit" else price_in_thousands(text):
            message = _("by '{text}' the price of '{code}' is in thousands or millions, but it is read in rupiah.")
            remedy = _("Write whole rupiah in this row, and take these words out.")
            return at, (message.format(code=code, text=said), remedy)
        known = role in ("unit", "spec", "name")
        if said := unit_in_foreign_currency(text) if known else _foreign_beside(role, text):
            message = _("by '{text}' the price of '{code}' is in a foreign currency, but it is read in rupiah.")
            return at, (message.format(code=code, text=said), _("Write rupiah in this row, and take these words out."))
    return None


def _foreign_beside(head: str, text: str) -> str:
    """Return what a column such as Keterangan says of a foreign currency; under Mata Uang its codes are enough."""
    return in_foreign_currency(text) or (text if in_foreign_currency(f"{head} {text}") else "")


def no_list(sheets: list[RawSheet], file: str, column: str | None) -> Problem:
    """Return why no sheet of a file is a price list, and what to do."""
    heads = [head for sheet in sheets for head in price_columns(sheet)]
    if column is None and not heads:
        message = _("this is no price list: no row has the heads of a code and a price.")
        remedy = _("Its columns are called for example Kode, Uraian, Spek, Satuan, Harga, Rekening 1.")
        return located(Place(file), message, remedy)
    message = _("this price list has prices in several columns and none called 'Harga'.")
    if len(heads) == 1:
        message = _("this price list has amounts below '{name}' and no column 'Harga'.").format(name=heads[0])
    if column is not None:
        message = _("this price list has no column '{name}' beside codes, names or places.").format(name=column)
    remedy = _("Name the one that is meant: price_lists: {{sbu: {{table: {file}, column: {column}}}}}.").format(
        file=Path(file).name, column=heads[0] if heads else "…"
    )
    remedy += " " + _("For the template: --prices-column.")
    if len(heads) > 1:
        names = ", ".join(f"'{head}'" for head in heads[:_NAMED]) + (", …" if len(heads) > _NAMED else "")
        remedy += " " + _("Columns: {names}.").format(names=names)
    return located(Place(file), message, remedy)
