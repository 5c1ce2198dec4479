"""What a plan decides, in whole people and classes; everything else follows from it and the scenario."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planner.domain.one_off import OneOff


@dataclass(frozen=True)
class Decisions:
    """The decisions x, y, s, v, a and d of the model, by ids; entries that are zero are left out.

    Whether a programme runs follows from `participants`.
    """

    participants: Mapping[tuple[str, str, str], int] = field(default_factory=dict)
    """x: people of (group, programme, period)."""
    classes: Mapping[tuple[str, str], int] = field(default_factory=dict)
    """y: classes of (programme, period)."""
    socialized: frozenset[str] = frozenset()
    """s: groups that receive socialization."""
    seats: Mapping[tuple[str, str, str, str], int] = field(default_factory=dict)
    """v: free seats of (fund, programme, group, period), among those participants."""
    used: frozenset[str] = frozenset()
    """a: funds with a minimum or an agreement cost that are to be used."""
    due: Mapping[OneOff, str] = field(default_factory=dict)
    """d: the period in which a one-off cost is paid; that of the first use where it is left out."""

    @property
    def can_be_counted(self) -> bool:
        """Whether no number of people, classes or seats is negative; otherwise no plan can be made of them."""
        return all(count >= 0 for part in (self.participants, self.classes, self.seats) for count in part.values())
