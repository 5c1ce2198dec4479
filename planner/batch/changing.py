"""A scenario that is being changed, as by a slider: answers from what is known of it, and an estimate at once.

One object belongs to one thread. A server holds a `ChangingProcess` instead, which asks one in a process of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from planner import planning
from planner.domain.scenario import Scenario
from planner.drafts import Answer
from planner.plans.plan import Plan
from planner.solve.estimate import Promise, promised
from planner.solve.hints import Hints
from planner.solve.outcome import Progress, SearchLimits

GAP: Final = 0.001
"""Relative gap of answers, unless another is asked for [0-1]."""


class Superseded(Exception):
    """The answer is no longer wanted, and was not finished."""


@dataclass(frozen=True)
class Estimate:
    """What a plan of a changed scenario will probably close. No plan is known yet: never to be shown as a result."""

    gaps_closed: float
    """Gaps closed, if the best plan reaches the same share of the relaxation as the known plan does [people]."""
    weighted_gaps_closed: float
    """The same of weighted gaps."""
    at_most: float
    """What the relaxation gives for weighted gaps, less penalties: in floats, so no claim either."""


class Changing:
    """A scenario with its plan, from which the plans of scenarios like it begin."""

    def __init__(self, scenario: Scenario, plan: Plan | None = None, *, gap: float = GAP) -> None:
        """Begin from `plan`, or else make one to within `gap`. Raises as `planning.plan` does."""
        self.scenario, self.limits = scenario, SearchLimits(gap=gap, polish=False)
        self.plan = plan or planning.plan(scenario, self.limits, inline=True).plan
        self._hints = Hints(template=scenario, start=self.plan.decisions(scenario))
        self._promise: Promise | None = None

    def answer(
        self, changed: Scenario, gap: float | None = None, *, stopped: Callable[[], bool] = lambda: False
    ) -> Answer:
        """The checked plan of `changed`, with its bound.

        Raises Superseded soon after `stopped` is true, and as `planning.plan` does.
        """
        limits = self.limits if gap is None else SearchLimits(gap=gap, polish=False)

        def heard(_: Progress) -> None:
            if stopped():
                raise Superseded

        return planning.plan(changed, limits, progress=heard, inline=True, hints=self._hints)

    def estimate(self, changed: Scenario) -> Estimate | None:
        """What the best plan of `changed` will probably close; None where its relaxation has no point."""
        known = self._promise = self._promise or promised(self.scenario, self.scenario)
        found = promised(changed, self.scenario)
        if known is None or found is None:
            return None

        def share(plans: Fraction, relaxed: float) -> float:
            return float(plans) / relaxed if relaxed > 0 else 1.0

        return Estimate(
            found.closed * share(self.plan.gaps_closed, known.closed),
            found.weighted * share(self.plan.weighted_gaps_closed, known.weighted),
            found.value,
        )
