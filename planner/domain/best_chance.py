"""The chance that the courses of one person close a gap, given what that person has attended already."""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction
from typing import Final

from planner.domain.attendance import History, Start
from planner.domain.scenario import Scenario

_NOTHING: Final = Fraction(0)


def best_chance(scenario: Scenario, starts: Collection[Start], competency: str, history: History) -> Fraction:
    """Return the largest chance that the courses close a gap in a competency [0-1].

    Courses after which the person was examined and found to lack it still close nothing more.
    """
    if not starts:
        return _NOTHING
    spent = history.starts if competency in history.failed else ()
    shares = [scenario.programme[p].closes.get(competency, Fraction(0)) for p, t in starts if (p, t) not in spent]
    return max(shares, default=_NOTHING)
