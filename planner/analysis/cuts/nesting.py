"""Chains of plans for decreasing budgets, each contained in the one before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from planner.analysis.plans.adopted import adopt_if_feasible
from planner.analysis.scenarios.variants import unique_rule_name, with_amounts, with_rules
from planner.batch.inquiry import Inquiry
from planner.batch.points import Point
from planner.domain.rules import Limit, Rule, Where
from planner.domain.scenario import Scenario
from planner.domain.selectors import ProgrammeSelector
from planner.planning import Hints
from planner.plans.plan import Plan

PlanChain = list[Plan | None]
"""One plan per budget, from the full budget to the deepest cut; None where there is no plan."""


@dataclass(frozen=True)
class NestedPart:
    """The part of a plan that must be contained in the plan for the next larger budget."""

    classes: Mapping[tuple[str, str], int]
    """Classes of (programme, period)."""
    people: Mapping[tuple[str, str], int]
    """Participants of (programme, period), for programmes without classes [people]."""

    def contains(self, other: NestedPart) -> bool:
        """Whether this part contains all of `other`."""
        return all(
            number <= mine.get(key, 0)
            for mine, its in ((self.classes, other.classes), (self.people, other.people))
            for key, number in its.items()
        )


def nested_part(scenario: Scenario, plan: Plan) -> NestedPart:
    """Return the part of `plan` that is nested."""
    people: dict[tuple[str, str], int] = {}
    for row in plan.allocations:
        if scenario.programme[row.programme].class_size is None:
            key = row.programme, row.period
            people[key] = people.get(key, 0) + row.participants
    return NestedPart({(row.programme, row.period): row.classes for row in plan.classes}, people)


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
        _share_upwards(inquiry.scenario, scenarios, chain)
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


def _share_upwards(scenario: Scenario, scenarios: Sequence[Scenario], chain: PlanChain) -> None:
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
        if above is None or here is not None or nested_part(scenario, above).contains(nested_part(scenario, moved)):
            chain[place] = moved


def _adopted(scenario: Scenario, plan: Plan | None) -> Plan | None:
    """Return `plan` as a checked plan of `scenario`, without its bounds, which need not hold there; None if infeasible.

    It was made with nesting rules or for less money.
    """
    if plan is None:
        return None
    return adopt_if_feasible(scenario, plan.decisions(scenario), tolerance=plan.tolerance)


def _subset_point(inquiry: Inquiry, name: str, scenario: Scenario, above: Plan) -> Point:
    """Return the point whose plan may only use what the nested part of `above` contains."""
    part = nested_part(scenario, above)
    rules = []
    for programme in scenario.programmes:
        for period in scenario.periods_of(programme):
            key = programme.id, period
            measure, of = _nested_measure(scenario, programme.id, part)
            rules.append(_rule(scenario, measure, key, at_most=of.get(key, 0)))
    return Point(name, with_rules(scenario, *rules), Hints(start=above.decisions(scenario)))


def _superset_point(inquiry: Inquiry, name: str, scenario: Scenario, below: Plan) -> Point:
    """Return the point whose plan must keep all of the nested part of `below`."""
    part = nested_part(scenario, below)
    kept: Iterator[tuple[str, tuple[str, str], int]] = (
        (measure, key, number)
        for measure, of in (("classes", part.classes), ("participants", part.people))
        for key, number in of.items()
    )
    rules = [_rule(scenario, measure, key, at_least=number) for measure, key, number in kept]
    return Point(name, with_rules(scenario, *rules), Hints(start=below.decisions(scenario)))


def _nested_measure(scenario: Scenario, programme: str, part: NestedPart) -> tuple[str, Mapping[tuple[str, str], int]]:
    if scenario.programme[programme].class_size is None:
        return "participants", part.people
    return "classes", part.classes


def _rule(scenario: Scenario, measure: str, key: tuple[str, str], **bounds: int) -> Rule:
    """Return the rule that bounds the classes or participants of a programme in a period."""
    programme, period = key
    where = Where(programmes=ProgrammeSelector(id=(programme,)), periods=(period,))
    name = unique_rule_name(scenario, f"{measure} {programme} {period}")
    limits = {side: Limit(value=Fraction(number), is_share=False) for side, number in bounds.items()}
    return Rule.model_validate({"name": name, "measure": measure, "where": where, **limits})
