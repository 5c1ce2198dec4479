"""A plan near a known one: found without a search of all plans, and returned only where an exact proof is enough."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from planner.batch.handing_on import at_best
from planner.domain.decisions import Decisions
from planner.domain.objectives import gaps_come_first, levels_of
from planner.domain.scenario import Scenario
from planner.drafting.claims import ProvenBounds, enough
from planner.drafting.drafts import Answer, Draft, better_of, checked, drafted
from planner.plans.assembly import contradicted
from planner.plans.closings import closings
from planner.plans.evaluation import weighted
from planner.plans.plan import SolverRun
from planner.plans.plan_rows import Closing
from planner.proof.effort import BRIEF
from planner.proof.kept_proof import KeptProof
from planner.proof.proving import Contradiction, Proving, Worth
from planner.solve.engines import solver_version
from planner.solve.outcome import PlanStrategy, SearchLimits, certified

WIDE = 0.005
"""Relative distance of a level below gaps closed from its bound beyond which people are seated anew for it. Money saved
is weighed against the gaps left open: leaving 0.1% of them open saved 0.1 to 0.3% of its own money in a province."""

FAR = 0.05
"""The same distance beyond which the plan is made anew where that is fast."""

EFFORT = 0.25
"""Share of the full effort of a proof [0-1]."""

FEW, MANY = 1, 4
"""Most rounds of cuts with which a bound is tightened."""

TIGHTER = Fraction(1, 4)
LOOSER = Fraction(1)
"""Factors on the gap by which further cuts or a search may tighten the first bound: where only amounts differ, or other
classes are found as quickly; and in larger models, whose kept cuts bound less."""

Find = Callable[[float, float, bool], Iterable[Decisions]]
"""Finds decisions that close at least so many weighted gaps, or fewer by so many: those of a known plan, or (if true)
others near them."""


def near_plan(
    scenario: Scenario,
    limits: SearchLimits,
    find: Find,
    finish: Callable[[], Decisions | None],
    like: KeptProof,
    stop: Callable[[], bool],
    *,
    large: bool,
) -> Answer | None:
    """Return the checked plan of a valid `scenario` that `find` finds and the exact proof confirms to within the gap.

    Where levels below the first may be better by more than WIDE, `finish` improves them. None where there is no
    such plan, where in a model that is not `large` they may still be better by more than FAR, or once `stop` is true:
    then a full search is needed.

    Raises ProvenImpossible where there is no plan at all, CheckFailed where our own check refuses the plan, or the plan
    exceeds a proven bound.
    """
    if not gaps_come_first(scenario):
        return None
    began, attempt = time.monotonic(), _NearPlan(scenario, limits.gap, like, stop)
    if not attempt.bound():
        raise ProvenImpossible
    near = [_Found(scenario, decisions) for decisions in find(float(attempt.needed), attempt.looser, False)]
    attempt.take(found for found in near if attempt.promising(found))
    if not attempt.enough and not stop():
        attempt.tighten(near)
    if not attempt.enough and not stop():
        attempt.take(_Found(scenario, decisions) for decisions in find(float(attempt.needed), attempt.looser, True))
        if not attempt.enough and not stop():
            attempt.tighten(near, last=True)
    best = attempt.best
    if best is None or stop() or not attempt.enough:
        return None
    if not attempt.bound_below(best):
        if (better := finish()) is not None:  # None for decisions of a known plan, which nothing has improved
            attempt.take([_Found(scenario, better)])
            best = attempt.best or best
        if not large and not attempt.bound_below(best, FAR):
            return None  # another partner may pay, which a new plan finds quickly
    name, version = solver_version(limits.solver)
    run = SolverRun(name, version, None, PlanStrategy.LEVELS, took=round(time.monotonic() - began, 3))
    known_bounds = attempt.proven.of(scenario, best.values)
    paid = replace(best, settlement=None)  # as it was drafted
    return checked(scenario, paid, known_bounds, limits.gap, run, briefly=True)


class ProvenImpossible(Exception):
    """Exact arithmetic proves that no plan keeps all rules."""


@dataclass(frozen=True)
class _Found:
    """Decisions that were found, and what they close."""

    scenario: Scenario
    decisions: Decisions

    @cached_property
    def closed(self) -> tuple[Closing, ...]:
        """What they close."""
        return closings(self.scenario, self.decisions)


class _NearPlan:
    """The best draft so far, and what is proven about all plans."""

    def __init__(self, scenario: Scenario, gap: float, like: KeptProof, stop: Callable[[], bool]) -> None:
        self.scenario, self.gap = scenario, gap
        self.proven = ProvenBounds()
        self.best: Draft | None = None
        formulation, exact = like.formulated(scenario), Fraction(str(gap))
        self._fresh = like.only_amounts_differ(formulation)
        self._proving = Proving(formulation, self._judged, exact, BRIEF, None, stop, self.proven.keep, like)

    def take(self, found: Iterable[_Found]) -> None:
        """Take the best draft of the decisions `found`, as far as they can be paid and attended.

        Decisions that rank no higher than the draft even at best are not paid for.
        """
        for each in found:
            if self.best is not None and at_best(self.scenario, each.decisions, each.closed) <= self.best.rank:
                continue
            self.best = better_of(self.best, drafted(self.scenario, each.decisions, closed=each.closed, briefly=True))

    @property
    def looser(self) -> float:
        """How many weighted gaps fewer than needed decisions may close and still be enough with a tighter
        bound."""
        return 0.0 if self._fresh else float(Fraction(str(self.gap)) * LOOSER * max(Fraction(1), abs(self.needed)))

    @property
    def small(self) -> bool:
        """Whether the model is so small that a search ends quickly."""
        return self._proving.soon_searched(EFFORT)

    def promising(self, found: _Found) -> bool:
        """Return whether decisions close enough, provided that they can be paid and attended without penalty."""
        return weighted(self.scenario, found.closed) >= self.needed

    def nearly(self, found: _Found) -> bool:
        """Return whether decisions close so much that a tighter bound may show that it is enough."""
        share = TIGHTER if self._fresh or self.small else LOOSER
        allowed = Fraction(str(self.gap)) * share * max(Fraction(1), abs(self.needed))
        return weighted(self.scenario, found.closed) >= self.needed - allowed

    def bound(self) -> bool:
        """Bound the first level with the kept cuts; return False where there is no plan."""
        return self._proving.first(BRIEF) is not None

    def tighten(self, found: Sequence[_Found], *, last: bool = False) -> None:
        """Tighten the bound of the first level, and take the best draft of those `found` that may then be enough.

        Uses further cuts, of which one round shortens the search for other classes where the kept cuts bound less; and
        a search where the model is so small that one ends quickly. `last` says that no other draft will follow.
        """
        small, near = self.small, any(map(self.nearly, found))
        if (small or self._fresh) and not near and not last:
            return
        few = small or not (near or last)
        self._proving.tightened(FEW if few else MANY, lambda: self.enough or any(map(self.promising, found)))
        self.take(each for each in found if self.promising(each) or (small and self.nearly(each)))
        if self.enough or self.best is None or not small:
            return
        try:
            better = self._proving.branched(self.best.worth, EFFORT)
        except Contradiction as error:
            raise contradicted(error) from None
        if better is not None:
            self.best = better_of(self.best, drafted(self.scenario, better, briefly=True))

    def _judged(self, decisions: Decisions) -> Worth | None:
        draft = drafted(self.scenario, decisions, briefly=True)
        return None if draft is None else draft.worth

    def bound_below(self, best: Draft, far: float = WIDE) -> bool:
        """Bound the levels below the first; return whether every equally good plan is within `far` of the best in
        them."""
        try:
            self._proving.below(best.worth, min(self.proven.first))
        except Contradiction as error:
            raise contradicted(error) from None
        known = self.proven.of(self.scenario, best.values)
        below = list(zip(best.values, (known.get(level) for level in levels_of(self.scenario)), strict=True))[1:]
        return all(bounds is not None and certified(float(value), bounds.exact, far) for value, bounds in below)

    @property
    def enough(self) -> bool:
        """Whether the draft is proven to within the gap."""
        if self.best is None:
            return False
        try:
            return enough(self.best, self.proven.of(self.scenario, self.best.values), self.gap)
        except ArithmeticError as error:
            raise contradicted(error) from None

    @property
    def needed(self) -> Fraction:
        """The weighted gaps that a plan must close for the bound to be enough."""
        bound = min(self.proven.first)
        return bound - Fraction(str(self.gap)) * max(Fraction(1), abs(bound))
