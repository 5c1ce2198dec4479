"""What a worker is asked to do, and what it answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from planner.domain.aim import Aim
from planner.domain.attendance import NOTHING_LEARNT, Learnt
from planner.domain.decisions import Decisions
from planner.domain.funding_case import FundingCase
from planner.domain.scenario import Scenario
from planner.solve.answers import Committed, Explanation, Solution
from planner.solve.hints import NO_HINTS, Hints
from planner.solve.outcome import SearchLimits

Learn = Callable[[Scenario, Decisions, Learnt], Learnt | None]
"""Tells what limits decisions teach about attendance beyond those known; None where people can attend them, or nothing
is learnt."""

Answer = Solution | Explanation | Committed


@dataclass(frozen=True)
class Proven:
    """Decisions proven as good in the first level as asked for, and the bound of that level."""

    decisions: Decisions
    bound: float
    """Bound in the scenario's units."""


@dataclass(frozen=True)
class Job:
    """One task: search a plan of a scenario, for an aim if there is one; or explain why it has no plan; or find the
    classes to commit before it is known which of some cases occurs."""

    scenario: Scenario
    limits: SearchLimits
    explain: bool = False
    proven: bool = False
    """Whether it is proven that there is no plan, so that an explanation need not look for one."""
    hints: Hints = NO_HINTS
    aim: Aim | None = None
    cases: tuple[FundingCase, ...] = ()
    learnt: Learnt = NOTHING_LEARNT
    """What earlier searches have learnt of attendance patterns."""
    learn: Learn | None = None
    """Called during the search to learn limits from a plan that people cannot attend; None where that is not needed."""
    within: Decisions | None = None
    """Decisions whose participants the plan may not exceed: the search mends them."""
    brief: bool = False
    """Whether a plan that is probably the best is enough where it is found quickly: an exact proof has to confirm
    it."""
    first: Proven | None = None
    """What is proven of the first level, which is then not searched again."""
