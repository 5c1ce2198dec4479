"""Attendance patterns: what one person attends, how many people follow it, and the limits learnt from them.

The allocations of a plan say how many people of a group attend a programme. Patterns say which of these seats one and
the same person takes. Where allocations have no patterns, a limit that excludes them is learnt, and the search goes on
within it.
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
    """A limit that every plan keeps whose seats real people can take:

    sum of weight[p,t] * x[g,p,t]  <=  each * people of g in patterns + ready
    """

    group: str
    weights: Mapping[Start, int]
    each: int
    """The most weight that one person can take."""
    ready: int = 0
    """Weight added by people who may skip a prerequisite."""


@dataclass(frozen=True)
class EveryPattern:
    """All patterns that one person of a group can follow: its allocations are to be made up of them."""

    group: str
    patterns: tuple[tuple[Start, ...], ...]
    covering: bool
    """Whether every part of a pattern is a pattern too, so that only the largest are listed."""


@dataclass(frozen=True)
class Learnt:
    """What a search has learnt about attendance patterns."""

    limits: tuple[LearntLimit, ...] = ()
    every: tuple[EveryPattern, ...] = ()
    spared: Mapping[str, int] = field(default_factory=dict)
    """People of each group that a search leaves out, because no patterns were found for so many seats. This may exclude
    good plans, so bounds found with it are not used."""
    facts_fit: bool = False
    """Whether single people could have attended what has happened: if so, patterns cover the whole plan, otherwise only
    the part that is still to come."""

    @property
    def sure(self) -> Learnt:
        """What excludes no possible plan: the same without the people left out (`spared`)."""
        return replace(self, spared={})

    @property
    def any(self) -> bool:
        return bool(self.limits or self.every or self.spared)


NOTHING_LEARNT = Learnt()
