"""Plans handed on from point to point: where a plan made elsewhere passes the check and is better, it is taken.

So what is monotone in theory comes out monotone. Any better plan of any other point is a better plan; nothing has to
be known of the direction in which more is allowed. Only what is proven asks for that: a bound goes on to the points
whose funds have no more.
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
from planner.plans.evaluation import closings, level_value, penalty, rule_results, weighted
from planner.plans.plan import Plan


def handed_on(scenario: Scenario, own: Plan | None, other: Plan, *, strictly: bool = False) -> Plan | None:
    """The decisions of `other`, made for another scenario, as a plan of this one, if that is better than its `own`.

    `strictly` asks for better gaps closed, or better levels above; else a cheaper plan is better too. None where it
    is not better, or does not pass the check here.
    """
    decisions = other.decisions(scenario)

    def order(plan: Plan) -> tuple[Fraction, ...]:
        return plan.rank_of_gaps if strictly else plan.rank

    if own is not None and own.decisions(scenario) == decisions:
        return None
    try:
        if own is not None and _at_best(scenario, decisions)[: len(order(own))] <= order(own):
            return None
        bounds = own.bounds if own is not None else ()
        tolerance = own.tolerance if own is not None else other.tolerance
        found = planning.adopt(
            scenario, decisions, bounds=bounds, tolerance=tolerance, solver=other.solver if own is None else own.solver
        )
    except (PlannerError, LookupError):
        return None
    return found if own is None or order(found) > order(own) else None


def _at_best(scenario: Scenario, decisions: Decisions) -> tuple[Fraction, ...]:
    """What the rank of a plan of `decisions` cannot pass: they cost nothing, and keep all rules of cost."""
    closed = closings(scenario, decisions)
    results = rule_results(scenario, decisions, (), closed)
    lost = Fraction(0)
    for rule, result in zip(scenario.rules, results, strict=True):
        if rule.measure != "cost":
            lost += penalty(scenario.changed(rules=(rule,)), (result,))
    return tuple(
        weighted(scenario, closed) - lost
        if level.goal == "gaps_closed"
        else Fraction(0)
        if level.goal in COSTS
        else level_value(scenario, level, closed, results, 0, 0)
        for level in levels_of(scenario)
    )


def allows_more(less: Scenario, more: Scenario) -> bool:
    """Whether every plan of `less` is one of `more`: they differ in what funds offer alone, and none offers less.

    No rule makes anybody spend what a fund has, so money and seats that are added forbid nothing.
    """
    if len(less.funds) != len(more.funds) or less.changed(funds=more.funds, scenario=more.scenario) != more:
        return False
    offered = ("amount", "seats")
    return all(
        a.model_copy(update={name: getattr(b, name) for name in offered}) == b
        and a.amount <= b.amount
        and all(number <= b.seats.get(programme, 0) for programme, number in a.seats.items())
        for a, b in zip(less.funds, more.funds, strict=True)
    )


def bounded(scenario: Scenario, plan: Plan, bounds: Sequence[Bounds]) -> Plan:
    """`plan` with what else is known of the first level of its objective, as it is known where more is allowed.

    Levels below the first are bounded given what those above have reached: that says nothing elsewhere.
    """
    first, *rest = plan.bounds
    known = tightest((first, *bounds), upper=plan.objective[0].goal not in COSTS)
    if known == first:
        return plan
    return planning.adopt(
        scenario, plan.decisions(scenario), bounds=(known, *rest), tolerance=plan.tolerance, solver=plan.solver
    )
