"""Rows that are the sum of the rows below them, as where an agency stands above its groups."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import prod

from planner.errors import Problem
from planner.locale import _
from planner.scenario_io.problems import Problems, located
from planner.scenario_io.tables.sheet import InputRow, number_of
from planner.scenario_io.tree import ScalarValue

_CERTAIN = 100
"""How unlikely it must be that figures add up by chance: the product of their digits before the trailing zeros."""

_CERTAIN_OF_SEVERAL = 10
"""The same for several sums that leave no row over."""

_FARTHEST = 2_000
"""Rows below that a sum may be of."""


def tell_sums_above(
    rows: Sequence[InputRow], columns: Sequence[int], problems: Problems, notices: list[Problem]
) -> list[InputRow]:
    """Return the rows that are no sums of those below; the others go to `problems`, or to `notices` where it may be
    chance.

    It is no chance where the sums and their rows are the whole table: one sum of all, or one after the other.
    """
    found = list(_blocks(rows, columns))
    chances = {first: _chance(rows[first], columns) for first, _last in found}
    tiling = _tiling(found, len(rows))
    certain = prod(chances[first] for first, _last in tiling) >= (_CERTAIN if len(tiling) == 1 else _CERTAIN_OF_SEVERAL)
    refused = {first for first, _last in tiling} if tiling and certain else set()
    for first, last in found:
        if first in refused:
            message = _("the numbers of this row add up those of the rows below it, up to row {row}.")
            remedy = _("Delete it, or let it begin with #.")
            problems.add(rows[first].place, message.format(row=number_of(rows[last])), remedy)
        elif tiling or chances[first] >= max(_CERTAIN, len(rows)):
            message = _("the numbers of this row add up those of the rows below it. If it is a sum, delete it.")
            notices.append(located(rows[first].place, message))
    return [row for at, row in enumerate(rows) if at not in refused]


def _tiling(blocks: Sequence[tuple[int, int]], length: int) -> list[tuple[int, int]]:
    """Return the blocks that follow one another from the first row to the last; none where rows are left over."""
    last_of = dict(blocks)
    tiling: list[tuple[int, int]] = []
    at = 0
    while at in last_of:
        tiling.append((at, last_of[at]))
        at = last_of[at] + 1
    return tiling if at == length else []


def _blocks(rows: Sequence[InputRow], columns: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield (sum, last) of rows that add up the two or more rows after them, up to the last."""
    for first in range(len(rows) - 2):
        told = [(at, number) for at in columns if (number := whole_number(rows[first].values.get(at)))]
        if not told:
            continue
        reference, wanted = told[0]
        total = 0
        for last in range(first + 1, min(len(rows), first + _FARTHEST)):
            total += whole_number(rows[last].values.get(reference)) or 0
            if total > wanted:
                break
            if total == wanted and last > first + 1 and _all_add_up(rows[first + 1 : last + 1], told):
                yield first, last
                break


def _all_add_up(rows: Sequence[InputRow], told: Sequence[tuple[int, int]]) -> bool:
    return all(sum(whole_number(row.values.get(at)) or 0 for row in rows) == number for at, number in told)


def _chance(row: InputRow, columns: Sequence[int]) -> int:
    figures = {number for at in columns if (number := whole_number(row.values.get(at)))}
    return prod({int(str(number).rstrip("0")) for number in figures})


def whole_number(value: ScalarValue) -> int | None:
    """Return a whole number, also as a text file has it."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    return int(value) if isinstance(value, str) and len(value) < 16 and value.isascii() and value.isdigit() else None
