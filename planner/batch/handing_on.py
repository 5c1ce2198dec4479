"""Carry plans and bounds over from one point to another, so that monotone questions get monotone answers.

A plan of another point replaces a point's own plan if it passes the check there and is better, whichever of the two
points allows more. A bound is carried over only to points whose funds offer no more.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from planner import planning
from planner.domain.decisions import Decisions
from planner.domain.objectives import COSTS, levels_of
from planner.domain.scenario import Scenario
from planner.errors import PlannerError
from planner.plans.claim import Bounds, tightest
from planner.plans.closings import closings
from planner.plans.evaluation import level_value, weighted
from planner.plans.plan import Plan
from planner.plans.plan_rows import Closing
from planner.plans.rule_measures import penalty, rule_results


def handed_on(scenario: Scenario, own: Plan | None, other: Plan, *, strictly: bool = False) -> Plan | None:
    """Return the plan of `scenario` with the decisions of `other`, a plan of another scenario, if it is better than
    `own`.

    With `strictly` it must be better in gaps closed or in a level above; else a cheaper plan is better too. None where
    it is not better or does not pass the check.
    """
    decisions = other.decisions(scenario)

    def order(plan: Plan) -> tuple[Fraction, ...]:
        return plan.rank_of_gaps if strictly else plan.rank

    if own is not None and own.decisions(scenario) == decisions:
        return None
    try:
        if own is not None:
            most = at_best(scenario, decisions)
            if most[: len(order(own))] <= order(own) or _beyond(scenario, own, most[0]):
                return None
        bounds = own.bounds if own is not None else ()
        tolerance = own.tolerance if own is not None else other.tolerance
        found = planning.adopt(
            scenario, decisions, bounds=bounds, tolerance=tolerance, solver=other.solver if own is None else own.solver
        )
    except (PlannerError, LookupError):
        return None
    return found if own is None or order(found) > order(own) else None


def _beyond(scenario: Scenario, own: Plan, value: Fraction) -> bool:
    """Return whether the first level of a plan exceeds what is proven of all plans here, so that it is not one of them.

    Without soft rules about cost, the value at best is the value itself. A bound is kept as a float, so the value is
    compared as one: otherwise an equal value with decimals, such as 948.886, often exceeds its own bound.
    """
    proven = own.bounds[0].exact
    lowered = any(rule.soft is not None and rule.measure == "cost" for rule in scenario.rules)
    return levels_of(scenario)[0].maximize is not None and not lowered and proven is not None and float(value) > proven


def at_best(
    scenario: Scenario, decisions: Decisions, closed: tuple[Closing, ...] | None = None
) -> tuple[Fraction, ...]:
    """Return an upper limit of the rank of any plan of `decisions`: as if they cost nothing and kept all rules about
    cost.

    `closed` is what they close, if known.
    """
    closed = closings(scenario, decisions) if closed is None else closed
    results = rule_results(scenario, decisions, (), closed)
    about_money = {rule.name for rule in scenario.rules if rule.measure == "cost"}
    lost = penalty(scenario, [result for result in results if result.rule not in about_money])
    return tuple(
        weighted(scenario, closed) - lost
        if level.goal == "gaps_closed"
        else Fraction(0)
        if level.goal in COSTS
        else level_value(scenario, level, closed, results, 0, 0)
        for level in levels_of(scenario)
    )


def allows_more(less: Scenario, more: Scenario) -> bool:
    """Return whether every plan of `less` is a plan of `more`: they differ only in funds, none of which offers less.

    No rule forces a fund to spend what it has, so added money and seats forbid nothing.
    """
    if len(less.funds) != len(more.funds) or less.changed(funds=more.funds, scenario=more.scenario) != more:
        return False
    offered = ("amounts", "amount", "seats")
    return all(
        a.model_copy(update={name: getattr(b, name) for name in offered}) == b
        and a.amount <= b.amount
        and a.amounts.keys() == b.amounts.keys()
        and all(amount <= b.amounts[year] for year, amount in a.amounts.items())
        and all(number <= b.seats.get(programme, 0) for programme, number in a.seats.items())
        for a, b in zip(less.funds, more.funds, strict=True)
    )


def bounded(scenario: Scenario, plan: Plan, bounds: Sequence[Bounds]) -> Plan:
    """Return `plan` with the tightest bound on its first level: its own, or that of a point that allows more.

    Bounds on lower levels hold only given the values above them, so they are not carried over.
    """
    first, *rest = plan.bounds
    known = tightest((first, *bounds), upper=plan.objective[0].goal not in COSTS)
    if known == first:
        return plan
    return planning.adopt(
        scenario, plan.decisions(scenario), bounds=(known, *rest), tolerance=plan.tolerance, solver=plan.solver
    )
