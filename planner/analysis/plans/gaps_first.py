"""A scenario in which gaps closed rank first, what ranked above them being kept as the plan in question has it."""

from __future__ import annotations

from fractions import Fraction

from planner.analysis.plans.nearly_best import nearly_best
from planner.batch.inquiry import Inquiry
from planner.domain.objectives import GAPS_CLOSED, levels_of
from planner.domain.scenario import Scenario


def gaps_first(inquiry: Inquiry) -> Scenario:
    """The scenario of `inquiry` with rules that keep the levels above gaps closed, which come first.

    Its plan is a best plan of that scenario too. So what gaps cost can be asked for alone, and other scenarios that
    allow more never close fewer of them.
    """
    levels = levels_of(inquiry.scenario)
    if levels[0] == GAPS_CLOSED:
        return inquiry.scenario
    kept = nearly_best(inquiry, Fraction(0)).scenario
    return kept.changed(objective=(GAPS_CLOSED, *(level for level in levels if level != GAPS_CLOSED)))
