"""Warm-start hints for one of many similar scenarios; every plan is checked all the same. They affect speed only, but
for a bound, which is a proof."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

from planner.domain.decisions import Decisions
from planner.domain.scenario import Scenario


@dataclass(frozen=True)
class Hints:
    """Warm-start hints. `template`: a scenario whose built model can be changed into that of this one, where the two
    differ in amounts and limits only. `start`: decisions of a similar scenario, from which the search may begin.
    `impossible`: exact arithmetic has proven that no plan keeps all rules, so that only the clash is searched for.
    `bound`: bound of the first level of this very scenario, by whatever name, confirmed in exact arithmetic [in the
    scenario's units]: where `start` is near enough to it, the first level is not searched again."""

    template: Scenario | None = None
    start: Decisions | None = None
    impossible: bool = False
    bound: float | None = None

    def __post_init__(self) -> None:
        if self.bound is not None and not (isinstance(self.bound, int | float) and isfinite(self.bound)):
            raise TypeError(f"expected a finite number as bound, not {self.bound!r}")


NO_HINTS = Hints()
