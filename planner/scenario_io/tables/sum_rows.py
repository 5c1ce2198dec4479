"""Rows that are sums of others: refused, since their people or rupiah would count twice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from math import prod
from typing import Final

from planner.errors import Problem
from planner.locale import _
from planner.scenario_io.problems import Problems, located
from planner.scenario_io.tables.sheet import InputRow, number_of
from planner.scenario_io.tree import ScalarValue

_ADDITIVE: Final = re.compile(
    r"headcount|participants|classes|seats|people|volume|(?:gaps?|new_gap|new_gaps|closed|completed|seats)[:.].*"
    r"|amounts?(?:\..*)?"
)
_WORD: Final = re.compile(
    r"(?:(?:grand|sub)[\s-]*)?(?:total|jumlah|jml|rata[\s-]*rata|rerata|average)\b", re.IGNORECASE
)
_WHOLE: Final = re.compile(
    _WORD.pattern
    + r"\.?(?:\s+(?:seluruh(?:nya)?|keseluruhan|semua|umum|akhir|besar|kotor|bersih|biaya|harga|anggaran|belanja"
    r"|peserta|orang|pegawai|asn|dana|kebutuhan|kesenjangan|kelompok|program|angkatan|rp|[ivx]+|[a-z]|\d+))*\s*(?:\(.*\))?"
    r"\s*[:.=]*\Z",
    re.IGNORECASE,
)
_CERTAIN: Final = 100
"""How unlikely it must be that figures add up by chance: the product of their digits before the trailing zeros."""


def is_additive(name: str) -> bool:
    """Whether a sum of a column of that name makes sense: people and rupiah, not prices or weights."""
    return _ADDITIVE.fullmatch(name) is not None


@dataclass
class _Window:
    """Rows in a row, and the sums of their columns."""

    first: str = ""
    """Number of the first row."""
    length: int = 0
    sums: Counter[int] = field(default_factory=Counter)

    def add(self, row: InputRow, figures: Mapping[int, int]) -> None:
        self.first = self.first or number_of(row)
        self.length += 1
        self.sums.update(figures)

    def chance(self, figures: Mapping[int, int]) -> int:
        """How unlikely it is that figures which add up the window do so by chance; 0 where they do not."""
        told = {at: number for at, number in figures.items() if number}
        if self.length < 2 or not told or any(self.sums[at] != number for at, number in told.items()):
            return 0
        return prod({int(str(number).rstrip("0")) for number in told.values()})


def tell_sums(
    rows: Sequence[InputRow],
    names: Mapping[int, str],
    adds_up: Callable[[str], bool],
    problems: Problems,
    notices: list[Problem],
) -> list[InputRow]:
    """The rows that are no sums of others; those that are go to `problems`, those that may be to `notices`.

    A row is a sum if it says so, if a formula of it adds up rows, or if all its people and rupiah are the sum of the
    rows above it, since the beginning or the last sum, and that can hardly be chance.
    """
    columns = [at for at, name in names.items() if adds_up(name)]
    kept: list[InputRow] = []
    whole, block = _Window(), _Window()
    for row in rows:
        figures = {at: number for at in columns if (number := _whole(row.values.get(at))) is not None}
        says = _says_sum(row, figures)
        window = max(whole, block, key=lambda each: each.chance(figures))
        if says or row.adds_rows(columns):
            message = _("this row is a sum or a mean of others ({text}).")
            remedy = _("Delete it, or let it begin with #.")
            problems.add(row.place, message.format(text=f"'{says}'" if says else "=SUM(…)"), remedy)
            block = _Window()
        elif (chance := window.chance(figures)) >= _CERTAIN:
            message = _("the numbers of this row add up those of the rows above it, from row {row}.")
            remedy = _("If it is a sum, delete it or let it begin with #; if not, put it above those rows.")
            problems.add(row.place, message.format(row=window.first), remedy)
            block = _Window()
        else:
            if chance:
                message = _("the numbers of this row add up those of the rows above it. If it is a sum, delete it.")
                notices.append(located(row.place, message))
            whole.add(row, figures)
            block.add(row, figures)
            kept.append(row)
    return kept


def _says_sum(row: InputRow, figures: Mapping[int, int]) -> str:
    """The word of a row that calls itself a sum; of a longer name only where it has figures to add up."""
    texts = (value for _at, value in sorted(row.values.items()) if isinstance(value, str) and value[:1].isalpha())
    text = next(texts, "")
    if _WHOLE.match(text) or (_WORD.match(text) and figures):
        return text[:60]
    return ""


def _whole(value: ScalarValue) -> int | None:
    """A whole number, also as a text file has it."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    return int(value) if isinstance(value, str) and len(value) < 16 and value.isascii() and value.isdigit() else None
