"""The scenario with gaps closed as the first level of the objective, and the levels above it turned into rules."""

from __future__ import annotations

from fractions import Fraction

from planner.analysis.plans.nearly_best import nearly_best
from planner.batch.inquiry import Inquiry
from planner.domain.objectives import GAPS_CLOSED, levels_of
from planner.domain.scenario import Scenario


def gaps_first(inquiry: Inquiry) -> Scenario:
    """Return the inquiry's scenario with gaps closed first and rules that keep the values of the levels above.

    The inquiry's plan is a best plan of the result too. So a scenario that allows more never closes fewer gaps.
    """
    levels = levels_of(inquiry.scenario)
    if levels[0] == GAPS_CLOSED:
        return inquiry.scenario
    kept = nearly_best(inquiry, Fraction(0)).scenario
    return kept.changed(objective=(GAPS_CLOSED, *(level for level in levels if level != GAPS_CLOSED)))
