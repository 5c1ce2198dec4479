"""The price of a rule: what more could be closed if it were dropped, found by planning without it.

The plan in question keeps every rule, so it is a plan of the scenario without one of them too: dropping a rule never
closes fewer gaps. With v the gaps closed (weighted, less penalties) of a plan and b what is proven that none exceeds,
the price of a rule lies between v(without) - b(with) and b(without) - v(with), and is never below 0.

A soft rule costs what giving it up would gain on the plan in question, its own penalty not counted; and where the plan
misses it, keeping it costs what the best plan that does keep it has less.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from planner import planning
from planner.analysis.plans.gaps_first import gaps_first
from planner.analysis.repairs.adjustable import Path
from planner.analysis.scenarios.variants import without_rule
from planner.batch.carry_over import handed_on
from planner.batch.inquiry import Inquiry
from planner.batch.points import Result
from planner.domain.scenario import Scenario
from planner.plans.plan import Plan, RuleResult, Status


@dataclass(frozen=True)
class Price:
    """What rules cost: gaps gained without them, weighted and less the other penalties, as an interval."""

    found: Fraction
    """Between the plans found; never below 0."""
    least: Fraction
    most: Fraction
    """Between the best plans, proven."""
    unweighted: Fraction
    """Gaps between the plans found; it may be below 0."""
    total_cost: int
    own_cost: int
    """What the plan without them costs more [rupiah]."""
    plan: Plan
    """The plan without them."""


@dataclass(frozen=True)
class RulePrice:
    """One rule of the scenario: how the plan keeps it, and what it costs."""

    number: int
    """Its index in the scenario."""
    result: RuleResult
    """What it measures in the plan in question, and its bounds."""
    price: Price | None
    """None where no plan was found without it; then `message` says why."""
    kept: tuple[Fraction, Fraction] | None = None
    """Of a soft rule that the plan misses: the least and the most that keeping it would lose, no penalty counted."""
    kept_status: Status | None = None
    """How the search for a plan that keeps it ended; infeasible where none can."""
    message: str = ""

    @property
    def room(self) -> Fraction:
        """How far the measure is from the nearest bound, in its unit; below 0 where the rule is missed."""
        r = self.result
        below = [] if r.at_least is None else [r.measure - r.at_least]
        above = [] if r.at_most is None else [r.at_most - r.measure]
        return min([*below, *above])


@dataclass(frozen=True)
class RulePrices:
    """The prices of all rules, one by one, and of all of them together."""

    base: Plan
    rules: tuple[RulePrice, ...]
    together: Price | None
    """Without all rules at once; None where there are fewer than two, or no plan was found."""
    places: Mapping[Path, str] = field(default_factory=dict)
    """Where in which file the rules stand, by path; given by whoever has read the files."""


def rule_prices(inquiry: Inquiry) -> RulePrices:
    """The price of each rule of the scenario of `inquiry`."""
    held = gaps_first(inquiry)
    rules = range(len(inquiry.scenario.rules))
    missed = [n for n in rules if not inquiry.scenario.rules[n].hard and not inquiry.plan.rules[n].held]
    points = [inquiry.point(f"without {n}", without_rule(held, n)) for n in rules]
    points += [inquiry.point(f"kept {n}", _hard(held, n)) for n in missed]
    if len(rules) > 1:
        points.append(inquiry.point("without all", _without_all(held, rules)))
    results = inquiry.runner.solve(points, inquiry.limits)
    scenarios = {point.name: point.scenario for point in points}
    return RulePrices(
        inquiry.plan,
        tuple(_rule_price(inquiry, n, scenarios, results) for n in rules),
        _price(inquiry, scenarios["without all"], results["without all"]) if len(rules) > 1 else None,
    )


def _without_all(scenario: Scenario, rules: range) -> Scenario:
    for number in rules:
        scenario = without_rule(scenario, number)
    return scenario


def _hard(scenario: Scenario, number: int) -> Scenario:
    """`scenario` in which soft rule `number` must be kept."""
    rules = list(scenario.rules)
    rules[number] = rules[number].model_copy(update={"soft": None})
    return scenario.changed(rules=tuple(rules))


def _rule_price(
    inquiry: Inquiry, number: int, scenarios: Mapping[str, Scenario], results: Mapping[str, Result]
) -> RulePrice:
    name, kept = f"without {number}", results.get(f"kept {number}")
    price = _price(inquiry, scenarios[name], results[name])
    lost = None
    if kept is not None and kept.plan is not None:
        value = planning.adopt(scenarios[name], inquiry.decisions).gaps_level.value
        lost = (
            max(Fraction(0), value - kept.plan.gaps_ceiling),
            max(Fraction(0), value - kept.plan.gaps_level.value),
        )
    status = None if kept is None else kept.status
    return RulePrice(number, inquiry.plan.rules[number], price, lost, status, results[name].message)


def _price(inquiry: Inquiry, scenario: Scenario, result: Result) -> Price | None:
    """The price of what `scenario` leaves out; None where no plan of it was found."""
    if result.plan is None:
        return None
    base = planning.adopt(scenario, inquiry.decisions, tolerance=inquiry.plan.tolerance)
    plan = handed_on(scenario, result.plan, base) or result.plan
    value = base.gaps_level.value
    found = max(Fraction(0), plan.gaps_level.value - value)
    least = found
    if value == inquiry.plan.gaps_level.value:  # no goal is given up: the plan in question may not be the best one
        least = max(Fraction(0), plan.gaps_level.value - inquiry.plan.gaps_ceiling)
    return Price(
        found,
        min(found, least),
        max(found, plan.gaps_ceiling - value),
        plan.gaps_closed - inquiry.plan.gaps_closed,
        plan.total_cost - inquiry.plan.total_cost,
        plan.own_cost - inquiry.plan.own_cost,
        plan,
    )
