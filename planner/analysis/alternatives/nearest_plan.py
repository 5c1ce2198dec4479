"""The nearly best plan with the fewest changes from an earlier plan."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import partial

from planner.analysis.plans.earlier_plan import EarlierPlan
from planner.analysis.plans.moves import Moves, moves_in_time, moves_of_people
from planner.analysis.plans.nearly_best import nearly_best, plan_of_result
from planner.batch.inquiry import Inquiry
from planner.planning import Aim
from planner.plans.plan import Plan


@dataclass(frozen=True)
class NearestPlan:
    """The nearly best plan with the fewest changes from an earlier plan, beside that plan and the best one."""

    best: Plan
    within: Fraction
    earlier: EarlierPlan
    """The earlier plan, reduced to the groups, programmes and periods of this scenario."""
    unknown_ids: tuple[str, ...]
    """Ids in the earlier plan that this scenario does not have."""
    lost_seats: int
    """Seats of the earlier plan in groups or programmes that this scenario does not have [people]."""
    plan: Plan | None
    from_earlier: Moves
    """Changes from the earlier plan to the nearest plan."""
    best_from_earlier: Moves
    """Changes from the earlier plan to the best plan."""
    message: str = ""


def nearest_plan(inquiry: Inquiry, earlier: EarlierPlan, within: Fraction = Fraction(1, 100)) -> NearestPlan:
    """Return the plan with the fewest changes from `earlier` that loses at most `within` of the inquiry's plan.

        minimise  sum over (g,p,t) of |participants - earlier|  +  sum over (p,t) of |classes - earlier|

    If no period of the earlier plan matches one of this scenario, participants of (group, programme) are compared.
    """
    scenario = inquiry.scenario
    kept = earlier.for_scenario(scenario)
    limit = nearly_best(inquiry, within)
    if earlier.period_in(scenario) is None:
        aim = Aim(at_least=limit.asked, people=kept.people)
        changes = partial(moves_of_people, kept.people)
    else:
        aim = Aim(at_least=limit.asked, seats=kept.seats, classes=kept.classes)
        changes = partial(moves_in_time, kept.seats, kept.classes)
    point = inquiry.point("near", limit.scenario, aim)
    plan, message = plan_of_result(inquiry, inquiry.solve([point])[point.name])
    if plan is not None and not limit.holds(plan):
        plan = None
    best = changes(inquiry.plan)
    if plan is not None and changes(plan).all_changes > best.all_changes:  # the search was stopped early
        plan = inquiry.plan
    lost = sum(earlier.seats.values()) - sum(kept.seats.values())
    moved = best if plan is None else changes(plan)
    return NearestPlan(inquiry.plan, within, kept, earlier.unknown_ids(scenario), lost, plan, moved, best, message)
