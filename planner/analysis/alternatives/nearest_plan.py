"""The plan nearest to an earlier one: few people moved, few classes changed, and little lost against the best."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import partial

from planner.analysis.plans.earlier_plan import Earlier
from planner.analysis.plans.moves import Moves, moves_in_time, moves_of_people
from planner.analysis.plans.nearly_best import nearly_best, of_scenario
from planner.batch.inquiry import Inquiry
from planner.planning import Aim
from planner.plans.plan import Plan


@dataclass(frozen=True)
class Near:
    """The earlier plan, the best plan now, and between them the nearest plan that is nearly as good."""

    best: Plan
    within: Fraction
    earlier: Earlier
    """The earlier plan in the words of this scenario."""
    unknown: tuple[str, ...]
    """Ids in the earlier plan that the scenario no longer has."""
    lost: int
    """Seats of the earlier plan of groups or programmes that are no more [people]."""
    plan: Plan | None
    from_earlier: Moves
    """What changes from the earlier plan to the nearest one."""
    best_from_earlier: Moves
    """What would change from the earlier plan to the best one."""
    message: str = ""


def near(inquiry: Inquiry, earlier: Earlier, within: Fraction = Fraction(1, 100)) -> Near:
    """The plan that changes least of `earlier` and loses at most `within` of the plan of `inquiry`.

        minimise  sum over (g,p,t) of |participants - earlier|  +  sum over (p,t) of |classes - earlier|

    Where the periods of the earlier plan have nothing to do with these, participants of (group, programme) count.
    """
    scenario = inquiry.scenario
    kept = earlier.moved_to(scenario)
    limit = nearly_best(inquiry, within)
    if earlier.period_in(scenario) is None:
        aim = Aim(at_least=limit.asked, people=kept.people)
        changes = partial(moves_of_people, kept.people)
    else:
        aim = Aim(at_least=limit.asked, seats=kept.seats, classes=kept.classes)
        changes = partial(moves_in_time, kept.seats, kept.classes)
    point = inquiry.point("near", limit.scenario, aim)
    plan, message = of_scenario(inquiry, inquiry.solve([point])[point.name])
    if plan is not None and not limit.holds(plan):
        plan = None
    best = changes(inquiry.plan)
    if plan is not None and changes(plan).all_changes > best.all_changes:  # of a search that was cut short
        plan = inquiry.plan
    lost = sum(earlier.seats.values()) - sum(kept.seats.values())
    moved = best if plan is None else changes(plan)
    return Near(inquiry.plan, within, kept, earlier.unknown(scenario), lost, plan, moved, best, message)
