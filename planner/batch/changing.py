"""A scenario that is being changed, as by a slider: an estimate at once, and answers that reuse what is known of it.

One object belongs to one thread. A server holds a `ChangingProcess` instead, which runs one in its own process.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from typing import Final

from planner import planning
from planner.batch.handing_on import allows_more, handed_on
from planner.batch.near_plan import ProvenImpossible, near_plan
from planner.batch.taken_over import TakenOver
from planner.check import check_plan
from planner.domain.checks.validation import ensure_valid
from planner.domain.decisions import Decisions
from planner.domain.like_scenarios import lent
from planner.domain.scenario import Scenario
from planner.drafting.drafts import Answer
from planner.drafting.lessons import lesson
from planner.errors import CheckFailed, InfeasibleError, SolverError
from planner.plans.plan import Plan
from planner.proof.kept_proof import kept_proof
from planner.solve.hints import Hints
from planner.solve.outcome import Progress, SearchLimits
from planner.solve.warm import Promise, WarmModel

GAP: Final = 0.001
"""Relative gap of answers, unless another is asked for [0-1]."""

FINER: Final = 4
"""Divisor of the gap to within which the kept cuts are made: they bound similar scenarios less tightly."""


class Superseded(Exception):
    """The answer is no longer wanted, and was not finished."""


@dataclass(frozen=True)
class Estimate:
    """What a plan of a changed scenario will probably close. No plan is known yet: never show it as a result."""

    gaps_closed: float
    """Gaps closed, if the best plan reaches the same share of the relaxation as the known plan does [people]."""
    weighted_gaps_closed: float
    """The same for weighted gaps."""
    at_most: float
    """Value of the relaxation for weighted gaps, less penalties: in floats, so it is not a proven bound."""


class Changing:
    """A scenario with its plan, from which the plans of scenarios like it begin."""

    def __init__(self, scenario: Scenario, plan: Plan | None = None, *, gap: float = GAP) -> None:
        """Start from `plan`, or else make one to within `gap`. Raises as `planning.plan` does."""
        ensure_valid(scenario)
        self.scenario, self.limits = scenario, SearchLimits(gap=gap, polish=False)
        self.plan = plan or planning.plan(scenario, self.limits, inline=True).plan
        self._hints = Hints(template=scenario, start=self.plan.decisions(scenario))
        self._warm = WarmModel(scenario, self.plan.decisions(scenario), self.limits, lesson)
        self._kept = kept_proof(scenario, self.plan.objective[0].value, Fraction(str(gap)) / FINER)
        self._promise: Promise | None = None

    def answer(
        self, changed: Scenario, gap: float | None = None, *, stopped: Callable[[], bool] = lambda: False
    ) -> Answer:
        """Return the checked plan of `changed` with its bound; at least as good as the known plan where that is valid
        there.

        Raises Superseded soon after `stopped` is true, and as `planning.plan` does.
        """
        limits = self.limits if gap is None else SearchLimits(gap=gap, polish=False)

        def heard(_: Progress) -> None:
            if stopped():
                raise Superseded

        changed = lent(self.scenario, changed)
        if changed.sha256 == self.scenario.sha256 and self.plan.relative_gap <= limits.gap:
            verdict = check_plan(changed, self.plan.to_plain())
            if verdict.passed:
                return Answer(self.plan, verdict)
        ensure_valid(changed, self.scenario)
        find = partial(self._near, changed, limits, heard)
        hints = self._hints
        with suppress(CheckFailed):
            try:
                near = near_plan(
                    changed, limits, find, self._warm.finished, self._kept, stopped, large=self._warm.large
                )
            except ProvenImpossible:  # it remains to find what clashes
                near, hints = None, replace(hints, impossible=True)
            if near is not None:
                return near
        if stopped():
            raise Superseded
        found = planning.plan(changed, limits, progress=heard, inline=True, hints=hints, validated=True)
        better = handed_on(changed, found.plan, self.plan) if allows_more(self.scenario, changed) else None
        return found if better is None else Answer(self._levels_anew(changed, better, found.plan, heard))

    def _levels_anew(self, changed: Scenario, taken: Plan, instead: Plan, heard: Callable[[Progress], None]) -> Plan:
        """Return the plan `taken` over, or one as good with better levels below gaps closed, where these may be far."""
        over = TakenOver(changed, taken, instead)
        if not over.may_cost_less:
            return taken
        hints = Hints(start=taken.decisions(changed))
        try:
            found = planning.plan(
                changed, self.limits, progress=heard, inline=True, hints=hints, aim=over.aim, validated=True
            )
        except (SolverError, InfeasibleError, CheckFailed):
            return taken
        return handed_on(changed, taken, found.plan) or taken

    def _near(
        self,
        changed: Scenario,
        limits: SearchLimits,
        heard: Callable[[Progress], None],
        least: float,
        looser: float,
        beside: bool,
    ) -> Iterator[Decisions]:
        """Yield decisions near the known plan, and those of the plan itself where funds offer no less."""
        found = self._warm.near(changed, limits, least, heard, looser=looser, beside=beside)
        if found is not None:
            yield found
        if not beside and allows_more(self.scenario, changed):
            yield self.plan.decisions(changed)

    def estimate(self, changed: Scenario) -> Estimate | None:
        """Return what the best plan of `changed` will probably close; None where its relaxation has no point."""
        changed = lent(self.scenario, changed)
        known = self._promise = self._promise or self._warm.promise(self.scenario)
        found = self._warm.promise(changed)
        if known is None or found is None:
            return None

        def share(plans: Fraction, relaxed: float) -> float:
            return float(plans) / relaxed if relaxed > 0 else 1.0

        return Estimate(
            found.closed * share(self.plan.gaps_closed, known.closed),
            found.weighted * share(self.plan.weighted_gaps_closed, known.weighted),
            found.value,
        )
