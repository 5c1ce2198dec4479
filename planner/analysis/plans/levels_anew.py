"""Plans that were taken over from another search, with the levels below gaps closed searched anew."""

from __future__ import annotations

from collections.abc import Mapping

from planner.batch.handing_on import handed_on
from planner.batch.inquiry import Inquiry
from planner.batch.points import Point
from planner.batch.taken_over import TakenOver
from planner.plans.plan import Plan
from planner.solve.hints import Hints


def levels_anew(inquiry: Inquiry, taken: Mapping[str, TakenOver]) -> dict[str, Plan]:
    """Search lower levels anew where plans `taken` over may cost less; return the better plans found, by name."""
    points = [
        Point(
            f"{name} anew",
            each.scenario,
            Hints(start=each.plan.decisions(each.scenario)),
            each.aim,
        )
        for name, each in taken.items()
        if each.may_cost_less
    ]
    results = inquiry.runner.solve(points, inquiry.quick) if points else {}
    found = {}
    for name, each in taken.items():
        result = results.get(f"{name} anew")
        if result is not None and result.plan is not None:
            better = handed_on(each.scenario, each.plan, result.plan)
            if better is not None:
                found[name] = better
    return found
