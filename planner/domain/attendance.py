"""Attendance patterns: what one person attends, and how many people follow it; and what is known of them.

The allocations of a plan say how many people of a group attend a programme. Patterns say who of them could be the same
people. Where there are none, a limit that follows from this is learnt, and the search goes on within it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

Start = tuple[str, str]
"""(programme, period in which it starts)."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """What each of some people of a group attends."""

    group: str
    people: int
    """How many people follow it [people]."""
    programmes: tuple[Start, ...]
    """What each of them attends, by start."""


@dataclass(frozen=True, slots=True)
class History:
    """What somebody has attended already, and how it went."""

    starts: tuple[Start, ...] = ()
    passed: frozenset[str] = frozenset()
    """Competencies in which the gap was found closed."""
    failed: frozenset[str] = frozenset()
    """Competencies that were examined and not found closed."""


NO_HISTORY = History()


@dataclass(frozen=True)
class LearntLimit:
    """A limit that every plan keeps in which people can live:

    sum of weight[p,t] * x[g,p,t]  <=  each * people of g in patterns + ready
    """

    group: str
    weights: Mapping[Start, int]
    each: int
    """The most weight that one person can take."""
    ready: int = 0
    """What people who may skip a prerequisite add."""


@dataclass(frozen=True)
class EveryPattern:
    """All patterns that one person of a group can follow: its allocations are to be made up of them."""

    group: str
    patterns: tuple[tuple[Start, ...], ...]
    covering: bool
    """Whether leaving out a part of a pattern leaves a pattern, so that only the largest are listed."""


@dataclass(frozen=True)
class Learnt:
    """What a search has learnt of attendance patterns."""

    limits: tuple[LearntLimit, ...] = ()
    every: tuple[EveryPattern, ...] = ()
    spared: Mapping[str, int] = field(default_factory=dict)
    """People of a group that a search leaves out, since no patterns were found for so many seats. It may exclude good
    plans: bounds that are found with it count for nothing."""
    facts_fit: bool = False
    """Whether single people could attend what has happened: then patterns are of the whole plan, else of the rest."""

    @property
    def sure(self) -> Learnt:
        """The part of it that excludes no plan at all: without the limits that are merely likely."""
        return replace(self, spared={})

    @property
    def any(self) -> bool:
        return bool(self.limits or self.every or self.spared)


NOTHING_LEARNT = Learnt()
