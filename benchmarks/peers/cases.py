"""The scenarios that are measured, each reduced to its first question: to close as many gaps as possible."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Final

from benchmarks.sizes import scenario_of
from planner.domain.objectives import Level
from planner.domain.scenario import Scenario
from planner.scenario_io import read_scenario

ROOT: Final = Path(__file__).parents[2]

SIZES: Final = {
    20: (20, 12, 10, 4, 4),
    60: (60, 20, 30, 6, 5),
    200: (200, 40, 80, 8, 5),
    1000: (1000, 60, 150, 10, 5),
    5000: (5000, 100, 150, 10, 3),
}
"""Groups: all of groups, competencies, programmes, funds, gaps a group."""

TIGHT: Final = 0.25
"""Own money of a tight budget, in that of a loose one [0-1]."""


@dataclass(frozen=True)
class Case:
    """A shipped scenario by its name, or one of `groups` made at random."""

    shipped: str = ""
    groups: int = 0
    periods: int = 1
    tight: bool = False
    conditions: bool = False

    @property
    def name(self) -> str:
        """Its name in tables."""
        if self.shipped:
            return self.shipped
        length = f"{self.periods} period{'s' * (self.periods > 1)}"
        budget = "tight budget" if self.tight else "loose budget"
        return f"{self.groups:,} groups, {length}, {budget}{', conditions' * self.conditions}"

    def scenario(self) -> Scenario:
        """The scenario, with gaps closed as its only level."""
        if self.shipped:
            whole = read_scenario(ROOT / "scenarios" / f"{self.shipped}.yaml")
        else:
            share = TIGHT if self.tight else 1.0
            whole = scenario_of(*SIZES[self.groups], self.periods, budget=share, conditions=self.conditions)
        return whole.model_copy(update={"objective": (Level(maximize="gaps_closed"),)})


SHIPPED: Final = tuple(Case(name) for name in ("contoh-kecil", "tabanan-2018", "jambi-2027"))

QUICK: Final = (
    *SHIPPED[:2],
    Case(groups=20, tight=True, conditions=True),
    Case(groups=60),
    Case(groups=60, periods=4, tight=True, conditions=True),
)
"""Small ones, for some minutes."""

FULL: Final = (
    *SHIPPED,
    Case(groups=200),
    Case(groups=1000, tight=True, conditions=True),
    Case(groups=5000, conditions=True),
    Case(groups=200, periods=4, tight=True, conditions=True),
    Case(groups=1000, periods=4),
    Case(groups=5000, periods=4, tight=True),
)
"""Each size with one and four periods; each budget and each kind of partner at one and at four periods."""

GRID: Final = (
    *SHIPPED,
    *(Case("", *way) for way in product((200, 1000, 5000), (1, 4), (False, True), (False, True))),
)
"""Every combination."""
