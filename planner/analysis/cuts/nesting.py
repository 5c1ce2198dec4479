"""Chains of plans for shrinking budgets, each contained in the one before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from planner import planning
from planner.analysis.scenarios.variants import with_amounts, with_rules
from planner.batch.inquiry import Inquiry
from planner.batch.points import Point
from planner.domain.rules import Limit, Rule, Where
from planner.domain.scenario import Scenario
from planner.domain.selectors import ProgrammeSelector
from planner.errors import PlannerError
from planner.planning import Hints
from planner.plans.plan import Plan

Nested = list[Plan | None]
"""One plan per budget, from the full one to the deepest cut."""


@dataclass(frozen=True)
class Held:
    """What of a plan is nested."""

    classes: Mapping[tuple[str, str], int]
    """Classes of (programme, period)."""
    people: Mapping[tuple[str, str], int]
    """Participants of (programme, period), for programmes without classes [people]."""

    def contains(self, other: Held) -> bool:
        """Whether all of `other` is in here."""
        return all(
            number <= mine.get(key, 0)
            for mine, its in ((self.classes, other.classes), (self.people, other.people))
            for key, number in its.items()
        )


def held_of(scenario: Scenario, plan: Plan) -> Held:
    """What of `plan` is nested."""
    people: dict[tuple[str, str], int] = {}
    for row in plan.allocations:
        if scenario.programme[row.programme].class_size is None:
            key = row.programme, row.period
            people[key] = people.get(key, 0) + row.participants
    return Held({(row.programme, row.period): row.classes for row in plan.classes}, people)


def budgets(scenario: Scenario, cuts: Sequence[Fraction]) -> list[Scenario]:
    """`scenario` with every own fund cut by each share: floor(amount x (1 - share)) [rupiah]."""
    own = [fund for fund in scenario.funds if fund.own]
    return [with_amounts(scenario, {fund.id: int(fund.amount * (1 - cut)) for fund in own}) for cut in cuts]


def nest(inquiry: Inquiry, scenarios: Sequence[Scenario], free: Sequence[Plan | None]) -> tuple[Nested, Nested]:
    """The chains downwards and upwards. Both take their steps side by side, so that two plans are made at a time."""
    last = len(scenarios) - 1
    down: Nested = [free[0], *([None] * last)]
    up: Nested = [*([None] * last), free[last]]
    for step in range(1, last + 1):
        points = []
        above = next((plan for plan in reversed(down[:step]) if plan is not None), None)
        if above is not None and free[step] is not None:
            points.append(_within(inquiry, f"down {step}", scenarios[step], above))
        place = last - step
        below = next((plan for plan in up[place + 1 :] if plan is not None), None)
        if below is None:
            up[place] = free[place]
        else:
            points.append(_around(inquiry, f"up {place}", scenarios[place], below))
        results = inquiry.solve(points)
        down[step] = _plan_of(scenarios[step], results[f"down {step}"].plan) if f"down {step}" in results else None
        if f"up {place}" in results:
            up[place] = _plan_of(scenarios[place], results[f"up {place}"].plan)
    for chain in (down, up):
        _raise(inquiry.scenario, scenarios, chain)
    return down, up


def improved(scenarios: Sequence[Scenario], free: Sequence[Plan | None], chains: Sequence[Nested]) -> Nested:
    """The free optima, none of them worse than a plan that is known for the same budget or a smaller one."""
    better = list(free)
    for place in reversed(range(len(scenarios))):
        known = [chain[place] for chain in chains]
        if place + 1 < len(scenarios):
            known.append(_moved(scenarios[place], better[place + 1]))
        for plan in known:
            if plan is not None and (found := better[place]) is not None and plan.rank_of_gaps > found.rank_of_gaps:
                better[place] = plan
    return better


def _raise(scenario: Scenario, scenarios: Sequence[Scenario], chain: Nested) -> None:
    """Make more money never worth less: a larger budget takes over the plan of a smaller one where that is better,
    or where its own is missing. What contained the plan it had contains the plan it takes over."""
    for place in reversed(range(len(scenarios) - 1)):
        below, here = chain[place + 1], chain[place]
        if below is None or (here is not None and here.rank_of_gaps >= below.rank_of_gaps):
            continue
        moved = _moved(scenarios[place], below)
        above = next((plan for plan in reversed(chain[:place]) if plan is not None), None)
        if moved is None:
            continue
        if above is None or here is not None or held_of(scenario, above).contains(held_of(scenario, moved)):
            chain[place] = moved


def _moved(scenario: Scenario, plan: Plan | None) -> Plan | None:
    """A plan made for less money as a plan of `scenario`; its bounds are not known to hold there."""
    return None if plan is None else _plan_of(scenario, plan)


def _plan_of(scenario: Scenario, plan: Plan | None) -> Plan | None:
    """A plan of `scenario`, without the rules that nest it, checked as such."""
    if plan is None:
        return None
    try:
        return planning.adopt(scenario, plan.decisions(scenario), tolerance=plan.tolerance)
    except PlannerError:
        return None


def _within(inquiry: Inquiry, name: str, scenario: Scenario, above: Plan) -> Point:
    """The best plan that keeps only what is in `above`."""
    held = held_of(scenario, above)
    rules = []
    for programme in scenario.programmes:
        for period in scenario.periods_of(programme):
            key = programme.id, period
            measure, of = _nested_by(scenario, programme.id, held)
            rules.append(_rule(scenario, measure, key, at_most=of.get(key, 0)))
    return Point(name, with_rules(scenario, *rules), Hints(start=above.decisions(scenario)))


def _around(inquiry: Inquiry, name: str, scenario: Scenario, below: Plan) -> Point:
    """The best plan that keeps all that is in `below`."""
    held = held_of(scenario, below)
    kept: Iterator[tuple[str, tuple[str, str], int]] = (
        (measure, key, number)
        for measure, of in (("classes", held.classes), ("participants", held.people))
        for key, number in of.items()
    )
    rules = [_rule(scenario, measure, key, at_least=number) for measure, key, number in kept]
    return Point(name, with_rules(scenario, *rules), Hints(start=below.decisions(scenario)))


def _nested_by(scenario: Scenario, programme: str, held: Held) -> tuple[str, Mapping[tuple[str, str], int]]:
    if scenario.programme[programme].class_size is None:
        return "participants", held.people
    return "classes", held.classes


def _rule(scenario: Scenario, measure: str, key: tuple[str, str], **bounds: int) -> Rule:
    """The rule that a programme has at most, or at least, so many classes or participants in a period."""
    programme, period = key
    where = Where(programmes=ProgrammeSelector(id=(programme,)), periods=(period,))
    taken = {rule.name for rule in scenario.rules}
    name = f"{measure} {programme} {period}"
    while name in taken:
        name += "'"
    limits = {side: Limit(value=Fraction(number), is_share=False) for side, number in bounds.items()}
    return Rule.model_validate({"name": name, "measure": measure, "where": where, **limits})
