"""Gaps closed by decisions, exactly, by the end of the plan or of a year."""

from __future__ import annotations

from fractions import Fraction

from planner.domain.chances import chances_by_circle
from planner.domain.decisions import Decisions
from planner.domain.scenario import Scenario
from planner.plans.plan_rows import Closing


def closings(scenario: Scenario, decisions: Decisions, until: str | None = None) -> tuple[Closing, ...]:
    """Return closed[g,c] = as measured + sum over p of closes[p,c] x chances in p, for every gap, in file order.

    By the end of the plan, or of the year `until`: with the gaps that exist by then and the courses ended by then.
    """
    closed: dict[tuple[str, str], Fraction] = dict(scenario.facts.measured_by(until))
    for each in chances_by_circle(scenario, decisions.participants, decisions.socialized, until):
        for g, people in each.closed.items():
            closed[g, each.competency] = closed.get((g, each.competency), Fraction(0)) + people
    return tuple(
        Closing(g.id, c, gap, closed.get((g.id, c), Fraction(0)))
        for g in scenario.groups
        for c, gap in g.needs_by(until).items()
        if gap
    )
