"""The answers that a worker sends back: plain records that load no engine and no model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from planner.domain.decisions import Decisions
from planner.domain.objectives import Level
from planner.solve.limits_set_aside import Clash, Path
from planner.solve.outcome import Ending


@dataclass(frozen=True)
class LevelOutcome:
    """What one level of the objective came to, in the scenario's units."""

    level: Level
    value: float
    bound: float | None
    proven: bool


@dataclass(frozen=True)
class Solution:
    """The answer of a solve: decisions only where an engine vouched for a point."""

    ending: Ending
    decisions: Decisions | None = None
    levels: tuple[LevelOutcome, ...] = ()
    message: str = ""
    strategy: str = ""
    aim_value: float | None = None
    """The value that an aim has come to, as the engine says; in the scenario's units."""
    first: Decisions | None = None
    """The decisions that were best for gaps closed, before lower levels were sought: those hold the level only as
    precisely as an engine can."""


@dataclass(frozen=True)
class Explanation:
    """Why there is no plan, or the plan that a second look found after all."""

    clashes: tuple[Clash, ...] = ()
    limits: tuple[Path, ...] = ()
    """The places of all limits that clash, one by one."""
    certain: bool = True
    """Whether each of them is known to be needed for the clash."""
    found: Decisions | None = None


@dataclass(frozen=True)
class Committed:
    """Classes to commit, where some were found, and the most gaps that any commitment can be expected to close."""

    classes: Mapping[tuple[str, str], int] | None
    bound: float | None
    """Weighted gaps to be expected at most, less penalties, confirmed in exact arithmetic; None where that is not
    known."""
