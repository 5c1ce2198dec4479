"""What participants' lists that came back say, counted: rows of actuals, and who was present and passed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from planner.errors import Problem

type NamedPerson = tuple[str, str, str, int | None]
"""Id, programme, period and class of somebody who was named for a seat."""


@dataclass
class PresenceCounts:
    """What the lists say, by (programme, period, group); classes by (programme, period)."""

    attended: dict[tuple[str, str, str], int] = field(default_factory=dict)
    closed: dict[tuple[str, str, str], dict[str, int | Fraction]] = field(default_factory=dict)
    held: dict[tuple[str, str], int] = field(default_factory=dict)
    absent: int = 0
    left: int = 0
    without_gap: int = 0
    """Results of people who lack nothing, or nothing more, in what was examined: they close no gap."""
    untested: dict[tuple[str, str, str, str], int] = field(default_factory=dict)
    """Participants of mixed groups by (programme, period, group, competency) who lack nothing there, where nobody was
    examined: what is expected of them counts as if they did [people]."""
    as_planned: int = 0
    """Participants of groups without names, of whom the lists say nothing: they stand as planned."""
    seats: list[NamedPerson] = field(default_factory=list)
    """Who was present, where and in which class."""
    results: dict[tuple[str, str], bool] = field(default_factory=dict)
    """Whether a gap was found closed, by (id, competency): once for each person, whatever was attended for it."""
    notices: list[Problem] = field(default_factory=list)
    """What was read and is seen by nobody who opens the lists."""

    @property
    def passed(self) -> int:
        """Gaps found closed."""
        return sum(self.results.values())

    @property
    def not_passed(self) -> int:
        """Gaps that were examined and not found closed."""
        return len(self.results) - self.passed

    def rows(self) -> Mapping[str, list[Mapping[str, Any]]]:
        """Return the sheets `attended` and `held` of the actuals."""
        attended: list[Mapping[str, Any]] = [
            {"programme": p, "period": t, "group": g, "participants": n}
            | {f"closed:{c}": number for c, number in self.closed.get((p, t, g), {}).items()}
            for (p, t, g), n in self.attended.items()
        ]
        held: list[Mapping[str, Any]] = [{"programme": p, "period": t, "classes": n} for (p, t), n in self.held.items()]
        return {"attended": attended, "held": held}
