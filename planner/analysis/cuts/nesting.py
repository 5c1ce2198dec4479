"""Chains of plans for decreasing budgets, each contained in the one before."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from planner.analysis.cuts.nested_part import Nesting, nested_part
from planner.analysis.plans.adopted import adopt_if_feasible
from planner.analysis.scenarios.variants import with_amounts, with_rules
from planner.batch.inquiry import Inquiry
from planner.batch.points import Point
from planner.domain.scenario import Scenario
from planner.planning import Hints
from planner.plans.plan import Plan

PlanChain = list[Plan | None]
"""One plan per budget, from the full budget to the deepest cut; None where there is no plan."""


def budgets(scenario: Scenario, cuts: Sequence[Fraction]) -> list[Scenario]:
    """Return `scenario` with every own fund cut by each share: floor(amount x (1 - share)) [rupiah]."""
    own = [fund for fund in scenario.funds if fund.own]
    return [with_amounts(scenario, {fund.id: int(fund.amount * (1 - cut)) for fund in own}) for cut in cuts]


def nest(inquiry: Inquiry, scenarios: Sequence[Scenario], free: Sequence[Plan | None]) -> tuple[PlanChain, PlanChain]:
    """Return the chains downwards and upwards; in each step a plan of both is made, at the same time."""
    last = len(scenarios) - 1
    down: PlanChain = [free[0], *([None] * last)]
    up: PlanChain = [*([None] * last), free[last]]
    for step in range(1, last + 1):
        points = []
        above = next((plan for plan in reversed(down[:step]) if plan is not None), None)
        if above is not None and free[step] is not None:
            points.append(_subset_point(inquiry, f"down {step}", scenarios[step], above))
        place = last - step
        below = next((plan for plan in up[place + 1 :] if plan is not None), None)
        if below is None:
            up[place] = free[place]
        else:
            points.append(_superset_point(inquiry, f"up {place}", scenarios[place], below))
        results = inquiry.solve(points)
        down[step] = _adopted(scenarios[step], results[f"down {step}"].plan) if f"down {step}" in results else None
        if f"up {place}" in results:
            up[place] = _adopted(scenarios[place], results[f"up {place}"].plan)
    for chain in (down, up):
        _share_upwards(scenarios, chain)
    return down, up


def improved(scenarios: Sequence[Scenario], free: Sequence[Plan | None], chains: Sequence[PlanChain]) -> PlanChain:
    """Return the free plans, replaced by better known plans for the same or a smaller budget."""
    better = list(free)
    for place in reversed(range(len(scenarios))):
        known = [chain[place] for chain in chains]
        if place + 1 < len(scenarios):
            known.append(_adopted(scenarios[place], better[place + 1]))
        for plan in known:
            if plan is not None and (found := better[place]) is not None and plan.rank_of_gaps > found.rank_of_gaps:
                better[place] = plan
    return better


def _share_upwards(scenarios: Sequence[Scenario], chain: PlanChain) -> None:
    """Give each budget the plan of the next smaller one if that is better or its own is missing.

    The chain stays nested: a plan that replaces a missing one must be contained in the plan above it.
    """
    for place in reversed(range(len(scenarios) - 1)):
        below, here = chain[place + 1], chain[place]
        if below is None or (here is not None and here.rank_of_gaps >= below.rank_of_gaps):
            continue
        moved = _adopted(scenarios[place], below)
        above = next((plan for plan in reversed(chain[:place]) if plan is not None), None)
        if moved is None:
            continue
        if above is None or here is not None or nested_part(above).contains(nested_part(moved)):
            chain[place] = moved


def _adopted(scenario: Scenario, plan: Plan | None) -> Plan | None:
    """Return `plan` as a checked plan of `scenario`, without its bounds, which need not hold there; None if infeasible.

    It was made with nesting rules or for less money. It keeps its payments, for they are nested too.
    """
    if plan is None:
        return None
    return adopt_if_feasible(scenario, plan.decisions(scenario), payments=plan.payments, tolerance=plan.tolerance)


def _subset_point(inquiry: Inquiry, name: str, scenario: Scenario, above: Plan) -> Point:
    """Return the point whose plan may only use what the nested part of `above` contains."""
    rules = Nesting(scenario, nested_part(above)).at_most()
    return Point(name, with_rules(scenario, *rules), Hints(start=above.decisions(scenario)))


def _superset_point(inquiry: Inquiry, name: str, scenario: Scenario, below: Plan) -> Point:
    """Return the point whose plan must keep all of the nested part of `below`."""
    rules = Nesting(scenario, nested_part(below)).at_least()
    return Point(name, with_rules(scenario, *rules), Hints(start=below.decisions(scenario)))
