"""Warm-start hints for one of many similar scenarios. They affect speed only; every plan is checked all the same."""

from __future__ import annotations

from dataclasses import dataclass

from planner.domain.decisions import Decisions
from planner.domain.scenario import Scenario


@dataclass(frozen=True)
class Hints:
    """Warm-start hints. `template`: a scenario whose built model can be changed into that of this one, where the two
    differ in amounts and limits only. `start`: decisions of a similar scenario, from which the search may begin.
    `impossible`: exact arithmetic has proven that no plan keeps all rules, so that only the clash is searched for."""

    template: Scenario | None = None
    start: Decisions | None = None
    impossible: bool = False


NO_HINTS = Hints()
