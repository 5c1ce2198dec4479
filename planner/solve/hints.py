"""What is known beforehand of a scenario that is one of many alike. It saves time; answers are checked as ever."""

from __future__ import annotations

from dataclasses import dataclass

from planner.domain.decisions import Decisions
from planner.domain.scenario import Scenario


@dataclass(frozen=True)
class Hints:
    """mould: a scenario whose built model can be kept, and changed into that of this one where they differ in
    amounts and limits only; start: decisions of a similar scenario, from which the search may begin."""

    mould: Scenario | None = None
    start: Decisions | None = None


NO_HINTS = Hints()
