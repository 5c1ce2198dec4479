"""Cells of spreadsheets: text never runs as a formula; CSV files for people have the notation of their language."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any, Final

from planner.locale import _

FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""First characters of a cell that a spreadsheet runs as a formula."""

DATA: Final = "data"
"""The folder of CSV files for programs, beside those for people."""

SEPARATORS: Final = {"id": (";", ","), "en": (",", ".")}
"""Separator of cells and decimal separator by language, as a spreadsheet set to that language reads them."""

_TEN_DECIMALS: Final = Decimal("1e-10")
_WIDE: Final = Context(prec=400)
"""A context with room for every float."""


def is_like_a_formula(text: str) -> bool:
    """Return whether a spreadsheet would run this text as a formula."""
    return text.startswith(FORMULA)


def inert(text: str) -> str:
    """Return the text of a CSV cell, with an apostrophe in front where it would run as a formula."""
    return f"'{text}" if is_like_a_formula(text) else text


def wrong_separator(stated: str, found: str) -> tuple[str, str]:
    """Return what is wrong with a first line such as sep=; and its remedy; a tab is named, since nobody sees it."""
    message = _("this line says that {stated} separates cells, but {found} does.")
    if found == "\t":
        remedy = _("Write 'sep=' with a tab behind it, or delete the line.")
    else:
        remedy = _("Write '{line}', or delete the line.").format(line=f"sep={found}")
    return message.format(stated=_mark(stated), found=_mark(found)), remedy


def rows_in_a_cell(last: int) -> tuple[str, str]:
    """Return what is wrong with a cell that swallows rows down to a line, and the remedy."""
    message = _(
        "a double quote opens a cell in this row that ends in line {last}: the rows between are lost in the cell."
    )
    return message.format(last=last), _("Delete the quote, or close it in its own row.")


def _mark(separator: str) -> str:
    return _("a tab") if separator == "\t" else f"'{separator}'"


def csv_for_people(rows: Iterable[Sequence[Any]], language: str) -> bytes:
    """Return rows as a CSV file that a spreadsheet set to `language` opens as it is.

    Indonesian: semicolon and decimal comma; English: comma and decimal point. UTF-8 with a byte order mark, CRLF, no
    thousands separators, at most ten decimals. Text is guarded against running as a formula; None is empty.
    """
    separator, point = SEPARATORS[language]
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=separator, lineterminator="\r\n")
    writer.writerows([_cell(value, point) for value in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _cell(value: Any, point: str) -> Any:
    if isinstance(value, str):
        return inert(value)
    if not isinstance(value, float):
        return value
    shown = Decimal(str(value)).quantize(_TEN_DECIMALS, ROUND_HALF_UP, _WIDE)
    return f"{shown:f}".rstrip("0").rstrip(".").replace(".", point)
