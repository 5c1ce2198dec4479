"""A plan near to a known one: found without a search of all plans, and returned only where an exact proof is enough."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from fractions import Fraction

from planner.claims import ProvenBounds, enough
from planner.domain.decisions import Decisions
from planner.domain.objectives import levels_of
from planner.domain.scenario import Scenario
from planner.drafts import Answer, Draft, better_of, checked, drafted
from planner.plans.assembly import contradicted
from planner.plans.plan import SolverRun
from planner.proof.kept_proof import KeptProof
from planner.proof.proving import BRIEF, Contradiction, Worth, prove
from planner.solve.engines import solver_version
from planner.solve.outcome import PlanStrategy, SearchLimits

EFFORT = 0.25
"""Share of the full effort of a proof [0-1]."""

Find = Callable[[float | None], Iterable[Decisions]]
"""Finds decisions near to a known plan, or others that close at least so many weighted gaps."""


def near_plan(
    scenario: Scenario, limits: SearchLimits, find: Find, like: KeptProof, stop: Callable[[], bool]
) -> Answer | None:
    """The checked plan of a valid `scenario` that `find` finds and the exact proof confirms to within the gap.

    None where there is none, or once `stop` is true: then a search has to be asked.
    """
    if levels_of(scenario)[0].goal != "gaps_closed":
        return None
    began, attempt = time.monotonic(), _NearPlan(scenario, limits.gap, like, stop)
    attempt.take(find(None))
    known = attempt.best
    attempt.bound(BRIEF)
    if not attempt.enough and not stop() and attempt.proven.first:
        attempt.take(find(attempt.needed))
        if known is None or not attempt.enough:
            attempt.bound(EFFORT)
    best = attempt.best
    if best is None or stop() or not attempt.enough:
        return None
    name, version = solver_version(limits.solver)
    run = SolverRun(name, version, None, PlanStrategy.LEVELS, took=round(time.monotonic() - began, 3))
    known_bounds = attempt.proven.of(scenario, best.values)
    return checked(scenario, replace(best, settlement=None), known_bounds, limits.gap, run)  # paid as it was drafted


class _NearPlan:
    """The best draft so far, and what is proven of all plans."""

    def __init__(self, scenario: Scenario, gap: float, like: KeptProof, stop: Callable[[], bool]) -> None:
        self.scenario, self.gap, self.like, self.stop = scenario, gap, like, stop
        self.proven = ProvenBounds()
        self.best: Draft | None = None

    def take(self, found: Iterable[Decisions]) -> None:
        """Take the best draft of the decisions `found`, as far as they can be paid and attended."""
        for decisions in found:
            self.best = better_of(self.best, drafted(self.scenario, decisions))

    def bound(self, effort: float) -> None:
        """Bound all levels, or the first where no draft is known; with a brief `effort` only by the cuts kept."""

        def judge(decisions: Decisions) -> Worth | None:
            draft = drafted(self.scenario, decisions)
            return None if draft is None else draft.worth

        worth = None if self.best is None else self.best.worth
        keep, stop, like = self.proven.keep, self.stop, self.like
        try:
            prove(self.scenario, judge, worth, gap=self.gap, effort=effort, stop=stop, keep=keep, like=like)
        except Contradiction as error:
            raise contradicted(error) from None

    @property
    def enough(self) -> bool:
        """Whether the draft is proven to within the gap."""
        return self.best is not None and enough(self.best, self.proven.of(self.scenario, self.best.values), self.gap)

    @property
    def needed(self) -> float:
        """Weighted gaps that a plan must close for the bound to be enough."""
        bound = min(self.proven.first)
        return float(bound - Fraction(str(self.gap)) * max(Fraction(1), abs(bound)))
