"""The price of a rule: the gaps that could be closed in addition if it were dropped, found by planning without it.

The plan in question keeps every hard rule, so it is feasible without one of them: dropping a rule never closes fewer
gaps. With v the gaps closed of a plan (weighted, less penalties) and b its proven upper bound, the price of a rule lies
between v(without) - b(with) and b(without) - v(with), and is never negative.

The price of a soft rule is the gain from dropping it, without its own penalty. If the plan misses it, the cost of
keeping it is the difference to the best plan that keeps it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from planner import planning
from planner.analysis.plans.gaps_first import gaps_first
from planner.analysis.plans.levels_anew import levels_anew
from planner.analysis.scenarios.variants import without_rule
from planner.batch.begun import Early, begins_anywhere, point_anywhere
from planner.batch.handing_on import handed_on
from planner.batch.inquiry import Inquiry, quick_limits
from planner.batch.points import Result
from planner.batch.taken_over import TakenOver
from planner.domain.checks.problem import Path
from planner.domain.objectives import GAPS_CLOSED, levels_of
from planner.domain.scenario import Scenario
from planner.planning import SearchLimits
from planner.plans.plan import Plan, Status
from planner.plans.plan_rows import RuleResult


@dataclass(frozen=True)
class Price:
    """The price of rules: gaps gained without them [weighted, less the other penalties], as an interval."""

    found: Fraction
    """Difference between the plans found; never negative."""
    least: Fraction
    most: Fraction
    """Proven limits of the difference between the best plans."""
    unweighted: Fraction
    """Difference between the plans found in unweighted gaps; may be negative."""
    total_cost: int
    own_cost: int
    """Additional cost of the plan without the rules [rupiah]."""
    plan: Plan
    """Plan without the rules."""


@dataclass(frozen=True)
class RulePrice:
    """A rule of the scenario, its result in the plan, and its price."""

    number: int
    """Index in the scenario."""
    result: RuleResult
    """Measure and bounds in the plan in question; of a rule with `per`, those of the unit with the least slack."""
    price: Price | None
    """None if no plan was found without it; `message` has the reason."""
    keeping_cost: tuple[Fraction, Fraction] | None = None
    """For a soft rule that the plan misses: proven limits of the gaps lost by keeping it, without its penalty."""
    keeping_status: Status | None = None
    """Status of the search for a plan that keeps it; infeasible if there is none."""
    message: str = ""

    @property
    def slack(self) -> Fraction:
        """Distance of the measure to the nearest bound, in its unit; negative if the rule is missed."""
        return self.result.slack


@dataclass(frozen=True)
class RulePrices:
    """The price of each rule, and of all rules together."""

    base: Plan
    rules: tuple[RulePrice, ...]
    together: Price | None
    """Price of all rules at once; None for fewer than two rules, or if no plan was found."""
    places: Mapping[Path, str] = field(default_factory=dict)
    """File and line of the rules, by path; set by the caller who has read the files."""


def rule_prices(inquiry: Inquiry) -> RulePrices:
    """Return the price of each rule of the inquiry's scenario."""
    gaps_first_scenario = gaps_first(inquiry)
    rules = range(len(inquiry.scenario.rules))
    missed = [n for n in rules if not inquiry.scenario.rules[n].hard and not _result(inquiry, n).held]
    points = [inquiry.opening_point(*each) for each in _without_rules(gaps_first_scenario)]
    points += [inquiry.point(f"kept {n}", _hard(gaps_first_scenario, n)) for n in missed]
    results = inquiry.solve(points)
    scenarios = {point.name: point.scenario for point in points}
    without = {name: scenario for name, scenario in scenarios.items() if name.startswith("without ")}
    prices = _prices(inquiry, without, results)
    return RulePrices(
        inquiry.plan,
        tuple(_rule_price(inquiry, n, scenarios, results, prices.get(f"without {n}")) for n in rules),
        prices.get("without all"),
    )


def begun_early(scenario: Scenario, limits: SearchLimits) -> list[Early]:
    """Return the plans without rules that can be begun before the plan in question is known."""
    if not begins_anywhere(scenario) or levels_of(scenario)[0] != GAPS_CLOSED:
        return []
    quick = quick_limits(scenario, limits)
    return [Early(point_anywhere(*each, scenario), quick) for each in _without_rules(scenario)]


def _without_rules(scenario: Scenario) -> Iterator[tuple[str, Scenario]]:
    """Yield the scenario without each of its rules, and without all of them where there are several, with names."""
    rules = range(len(scenario.rules))
    for number in rules:
        yield f"without {number}", without_rule(scenario, number)
    if len(rules) > 1:
        yield "without all", _without_all(scenario, rules)


def _result(inquiry: Inquiry, number: int) -> RuleResult:
    """Return the result of a rule with the least slack; one without bounds where it binds nothing."""
    name = inquiry.scenario.rules[number].name
    results = inquiry.plan.results_of(name)
    nothing = RuleResult(name, Fraction(0), None, None, True)
    return min(results, key=lambda result: (result.held, result.slack), default=nothing)


def _without_all(scenario: Scenario, rules: range) -> Scenario:
    for number in rules:
        scenario = without_rule(scenario, number)
    return scenario


def _hard(scenario: Scenario, number: int) -> Scenario:
    """Return `scenario` with soft rule `number` made hard."""
    rules = list(scenario.rules)
    rules[number] = rules[number].model_copy(update={"soft": None})
    return scenario.changed(rules=tuple(rules))


def _rule_price(
    inquiry: Inquiry,
    number: int,
    scenarios: Mapping[str, Scenario],
    results: Mapping[str, Result],
    price: Price | None,
) -> RulePrice:
    name, keeping_cost = f"without {number}", results.get(f"kept {number}")
    lost = None
    if keeping_cost is not None and keeping_cost.plan is not None:
        value = planning.adopt(scenarios[name], inquiry.decisions).gaps_level.value
        lost = (
            max(Fraction(0), value - keeping_cost.plan.gaps_ceiling),
            max(Fraction(0), value - keeping_cost.plan.gaps_level.value),
        )
    status = None if keeping_cost is None else keeping_cost.status
    return RulePrice(number, _result(inquiry, number), price, lost, status, results[name].message)


def _prices(inquiry: Inquiry, without: Mapping[str, Scenario], results: Mapping[str, Result]) -> dict[str, Price]:
    """Return the prices of the rules that scenarios leave out, by name, where a plan was found.

    Where the plan in question closes more than the plan found without them, it is taken over, with its own money
    searched anew.
    """
    found = {name: plan for name in without if (plan := results[name].plan) is not None}
    bases = {name: planning.adopt(without[name], inquiry.decisions, tolerance=inquiry.plan.tolerance) for name in found}
    moved = {name: handed_on(without[name], plan, bases[name]) for name, plan in found.items()}
    taken = {name: TakenOver(without[name], plan, found[name]) for name, plan in moved.items() if plan is not None}
    best = found | {name: each.plan for name, each in taken.items()} | levels_anew(inquiry, taken)
    return {name: _price(inquiry, bases[name], plan) for name, plan in best.items()}


def _price(inquiry: Inquiry, base: Plan, plan: Plan) -> Price:
    """Return the price of the rules that are left out in `plan`, where the plan in question would be `base`."""
    value = base.gaps_level.value
    found = max(Fraction(0), plan.gaps_level.value - value)
    least = found
    if value == inquiry.plan.gaps_level.value:  # no penalty is dropped; the plan in question may not be the best one
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
