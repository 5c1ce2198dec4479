"""Rows that are sums of others: refused, since their people or rupiah would count twice."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from math import prod
from typing import Final

from planner.errors import Problem
from planner.locale import _
from planner.scenario_io.problems import Problems, located
from planner.scenario_io.tables.sheet import InputRow, number_of
from planner.scenario_io.tables.sums_above import tell_sums_above, whole_number
from planner.units.sum_words import BEGINS_SUM, WHOLE_SUM

_ADDITIVE: Final = re.compile(
    r"headcount|participants|classes|seats|people|volume|(?:gaps?|new_gap|new_gaps|closed|completed|seats)[:.].*"
    r"|amounts?(?:\..*)?"
)
_WORD: Final = re.compile(BEGINS_SUM, re.IGNORECASE)
_WHOLE: Final = re.compile(WHOLE_SUM + r"\Z", re.IGNORECASE)
_INITIALS: Final = frozenset("tTjJgGsSrRaA")
"""First letters of those words."""

_CERTAIN: Final = 100
"""How unlikely it must be that figures add up by chance: the product of their digits before the trailing zeros."""


def is_additive(name: str) -> bool:
    """Return whether a sum of a column of that name makes sense: people and rupiah, not prices or weights."""
    return _ADDITIVE.fullmatch(name) is not None


def is_sum_word(text: str) -> bool:
    """Return whether a text is nothing but the word of a sum, such as JUMLAH."""
    return text[:1] in _INITIALS and _WHOLE.match(text) is not None


@dataclass(eq=False)
class _Window:
    """Rows one below the other, and the sums of their columns, worked out when they are asked for."""

    rows: list[InputRow] = field(default_factory=list)
    _sums: dict[int, tuple[int, int]] = field(default_factory=dict)
    """Rows added up so far, and their sum, by column."""

    def chance(self, row: InputRow, columns: Sequence[int]) -> int:
        """Return how unlikely it is that a row which adds up these rows does so by chance; 0 where it does not."""
        if len(self.rows) < 2:
            return 0
        values, told = row.values, set[int]()
        for at in columns:
            if number := whole_number(values.get(at)):
                if self._sum(at) != number:
                    return 0
                told.add(int(str(number).rstrip("0")))
        return prod(told) if told else 0

    def _sum(self, at: int) -> int:
        count, total = self._sums.get(at, (0, 0))
        total += sum(whole_number(row.values.get(at)) or 0 for row in self.rows[count:])
        self._sums[at] = len(self.rows), total
        return total


def tell_sums(
    rows: Sequence[InputRow],
    names: Mapping[int, str],
    adds_up: Callable[[str], bool],
    problems: Problems,
    notices: list[Problem],
) -> list[InputRow]:
    """Return the rows that are no sums of others; those that are go to `problems`, those that may be to `notices`.

    A row is a sum if it says so, if a formula of it adds up rows, or if all its people and rupiah are the sum of the
    rows above it, since the beginning or the last sum, and that can hardly be chance.
    """
    columns = [at for at, name in names.items() if adds_up(name)]
    whole = block = _Window()
    for row in rows:
        says = _says_sum(row, columns)
        window, chance = whole, whole.chance(row, columns)
        if block is not whole and not chance:
            window, chance = block, block.chance(row, columns)
        if says or row.adds_rows(columns):
            message = _("this row is a sum or a mean of others ({text}).")
            remedy = _("Delete it, or let it begin with #.")
            problems.add(row.place, message.format(text=f"'{says}'" if says else "=SUM(…)"), remedy)
        elif chance >= _CERTAIN:
            message = _("the numbers of this row add up those of the rows above it, from row {row}.")
            remedy = _("If it is a sum, delete it or let it begin with #; if not, put it above those rows.")
            problems.add(row.place, message.format(row=number_of(window.rows[0])), remedy)
        else:
            if chance:
                message = _("the numbers of this row add up those of the rows above it. If it is a sum, delete it.")
                notices.append(located(row.place, message))
            whole.rows.append(row)
            if block is not whole:
                block.rows.append(row)
            continue
        block = _Window()
    return tell_sums_above(whole.rows, columns, problems, notices)


def _says_sum(row: InputRow, columns: Sequence[int]) -> str:
    """Return the word of a row that calls itself a sum; of a longer name only where it has figures to add up."""
    values = row.values
    texts = [value for value in values.values() if isinstance(value, str) and value[:1].isalpha()]
    for text in texts:
        if text[0] in _INITIALS and _WORD.match(text):
            begins = text is texts[0] and any(whole_number(values.get(at)) for at in columns)
            if begins or _WHOLE.match(text):
                return text[:60]
    return ""
