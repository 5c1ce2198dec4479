"""What somebody types for a cell, as a spreadsheet would keep it: a number where it can mean but one, else text."""

from __future__ import annotations

import re
from collections.abc import Collection
from decimal import Decimal
from typing import Any, Final

from planner.scenario_io.mending.sheet_cells import CellContent
from planner.scenario_io.tables.number_formats import Shown

_WHOLE: Final = re.compile(r"-?(?:0|[1-9][0-9]{0,14})", re.ASCII)
_GROUPED: Final = re.compile(r"(Rp\.?\s*)?([1-9][0-9]{0,2}(?:([.,])[0-9]{3}(?:\3[0-9]{3})*)?)", re.ASCII)
_BROKEN: Final = re.compile(r"-?(?:0|[1-9][0-9]{0,11})[.,](?:[0-9]{1,2}|[0-9]{4,6})", re.ASCII)
"""A number with decimals; of three they may be thousands as well."""
_PERCENT: Final = re.compile(r"([0-9]{1,3}(?:[.,][0-9]{1,4})?)\s*%", re.ASCII)
_TEXT: Final = "@"


def typed(text: str, style: int | None, shown: Shown, days: Collection[int]) -> CellContent:
    """Return what a cell of a style holds when `text` is typed into it.

    A number loses a style that shows it as something else: as thousands, struck through, or as one of the `days`. One
    without decimals is a number also in a cell for text: columns of text read it alike, those of numbers take no text.
    """
    text = text.strip()
    number, is_text = _number(text), style is not None and shown.formats.get(style) == _TEXT
    if style in shown.percent and (share := _PERCENT.fullmatch(text)):
        return CellContent(number=_decimal(Decimal(share[1].replace(",", ".")) / 100))
    if number is None or style in shown.percent or (is_text and not _WHOLE.fullmatch(text)):
        return CellContent(text=text)
    misleads = style is not None and (style in days or _misleads(number, style, shown))
    return CellContent(number=_decimal(number), plain=is_text or misleads)


def _number(text: str) -> Decimal | None:
    if _WHOLE.fullmatch(text):
        return Decimal(text)
    if _BROKEN.fullmatch(text):
        return Decimal(text.replace(",", "."))
    grouped = _GROUPED.fullmatch(text)
    if grouped is not None and (grouped[1] or len(re.findall("[.,]", grouped[2])) > 1):
        return Decimal(re.sub("[.,]", "", grouped[2]))
    return None


def _decimal(number: Decimal) -> str:
    return format(number.normalize(), "f")


def _misleads(number: Decimal, style: int, shown: Shown) -> bool:
    value: Any = int(number) if number == number.to_integral_value() else number
    unseen = style in shown.struck or style in shown.unseen.pale or style in shown.unseen.tiny
    other = style in shown.foreign or style in shown.scaled
    return unseen or other or shown.rounded(value, style) is not None
