"""What a price list says of its prices around them: above, beside their head, below the list, in the words of a row."""

from __future__ import annotations

from collections.abc import Mapping

from planner.domain.in_currency import in_foreign_currency, unit_in_foreign_currency
from planner.domain.in_thousands import price_in_thousands, unit_in_thousands
from planner.errors import Problem
from planner.locale import _
from planner.scenario_io.price_lists.layout import Layout
from planner.scenario_io.problems import Problems, located
from planner.scenario_io.tables.cell_text import Fault
from planner.scenario_io.tables.head_remarks import fault_of, head_of, refuse_amounts, refuse_heads
from planner.scenario_io.tables.sheet import RawSheet


def tell_remarks(sheet: RawSheet, layout: Layout, problems: Problems, notices: list[Problem]) -> None:
    """Refuse a list whose prices are no rupiah by what stands above or beside their head; say what is not heeded."""
    head, at = sheet.rows[layout.head], layout.column["price"]
    below = [row for row in sheet.rows[layout.head + 1 : layout.head + 2] if layout.column["code"] not in row.values]
    # group heads stand among the prices; what is below the last price are notes
    last = max((row.number for row in sheet.rows if at in row.values), default=head.number)
    notes = [row for row in sheet.rows if row.number > last]
    if refuse_amounts([*sheet.rows[: layout.head], *below, *notes], problems):
        return
    if below:
        refuse_heads(below, (at,), problems)
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


def told_otherwise(code: str, texts: Mapping[int, tuple[str, str]]) -> tuple[int, Fault] | None:
    """The column of words by which the price of a row is no rupiah, what is wrong, what to do; None without such words.

    `texts` are the roles and the words of columns; the role is the head where a column says nothing of a price.
    """
    for at, (role, text) in texts.items():
        if said := unit_in_thousands(text) if role == "unit" else price_in_thousands(text):
            message = _("the price of '{code}' would be in thousands or millions by '{text}', but is read in rupiah.")
            remedy = _("Write whole rupiah in this row, and take these words out.")
            return at, (message.format(code=code, text=said), remedy)
        known = role in ("unit", "spec", "name")
        if said := unit_in_foreign_currency(text) if known else _foreign_beside(role, text):
            message = _("the price of '{code}' would be in a foreign currency by '{text}', but is read in rupiah.")
            return at, (message.format(code=code, text=said), _("Write rupiah in this row, and take these words out."))
    return None


def _foreign_beside(head: str, text: str) -> str:
    """What a column such as Keterangan says of a foreign currency; under Mata Uang its codes are enough."""
    return in_foreign_currency(text) or (text if in_foreign_currency(f"{head} {text}") else "")
