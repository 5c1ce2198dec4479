"""The rows of a plan indexed by what rules select: a rule about one agency of hundreds reads only that agency's
rows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import chain

from planner.check.rows import StatedDecisions, StatedPayer

Picked = frozenset[str] | None
"""Ids that a selector picks; None where there is no selector, which stands for all of them."""

Seat = tuple[tuple[str, str, str], int]
"""People by (group, programme, period)."""

Paid = tuple[StatedPayer, int]
"""Rupiah by fund and cell."""


class RowIndex:
    """Participants and payments of a plan by group, programme and fund; each index is made when first needed."""

    def __init__(self, decisions: StatedDecisions) -> None:
        self._decisions = decisions

    def participants(self, programmes: Picked, groups: Picked) -> Iterable[Seat]:
        """Return all participants of these groups in these programmes, possibly with others."""
        choices = [(self._seats_of_group, groups), (self._seats_of_programme, programmes)]
        return fewest(self._decisions.participants.items(), choices)

    def payments(self, programmes: Picked, groups: Picked, funds: Picked) -> Iterable[Paid]:
        """Return all payments of these funds for these programmes and groups, possibly with others."""
        choices = [(self._paid_for_group, groups), (self._paid_for_programme, programmes), (self._paid_by, funds)]
        return fewest(self._decisions.payments.items(), choices)

    @cached_property
    def _seats_of_group(self) -> Mapping[str | None, list[Seat]]:
        return _by(self._decisions.participants.items(), lambda row: row[0][0])

    @cached_property
    def _seats_of_programme(self) -> Mapping[str | None, list[Seat]]:
        return _by(self._decisions.participants.items(), lambda row: row[0][1])

    @cached_property
    def _paid_for_group(self) -> Mapping[str | None, list[Paid]]:
        return _by(self._decisions.payments.items(), lambda row: row[0].cell.group)

    @cached_property
    def _paid_for_programme(self) -> Mapping[str | None, list[Paid]]:
        return _by(self._decisions.payments.items(), lambda row: row[0].cell.programme)

    @cached_property
    def _paid_by(self) -> Mapping[str | None, list[Paid]]:
        return _by(self._decisions.payments.items(), lambda row: row[0].fund)


def _by[R](rows: Iterable[R], key: Callable[[R], str | None]) -> dict[str | None, list[R]]:
    found: dict[str | None, list[R]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return found


def fewest[R](rows: Collection[R], choices: Sequence[tuple[Mapping[str | None, list[R]], Picked]]) -> Iterable[R]:
    """Return the rows picked by the choice that leaves the fewest; all `rows` where no choice picks."""
    several = [[index[key] for key in picked if key in index] for index, picked in choices if picked is not None]
    sizes = [sum(len(part) for part in parts) for parts in several]
    return chain.from_iterable(several[sizes.index(min(sizes))]) if several else rows
