"""Evaluate decisions and payments exactly: closings, measures of rules, values of the objective.

Nothing here is read from a solver: every figure is recomputed from whole people and whole rupiah.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from planner.domain.decisions import Decisions
from planner.domain.objectives import Level
from planner.domain.scenario import Scenario
from planner.plans.closings import closings
from planner.plans.plan_rows import Closing, RuleResult, YearResult
from planner.plans.rule_measures import penalty


def year_results(scenario: Scenario, decisions: Decisions) -> tuple[YearResult, ...]:
    """Return the gaps by the end of each year of a plan of several years; empty for a plan of one year."""
    results = []
    for year in scenario.years if len(scenario.years) > 1 else ():
        rows = closings(scenario, decisions, year)
        results.append(YearResult(year, sum(row.need for row in rows), sum((row.closed for row in rows), Fraction(0))))
    return tuple(results)


def weighted(scenario: Scenario, closed: Sequence[Closing]) -> Fraction:
    """Return the sum of weight_g x weight_c x closed[g,c]."""
    of_group, of_competency = scenario.group, scenario.competency
    tops: dict[
        int, int
    ] = {}  # summed by denominator, of which there are few: adding fractions one by one takes far longer
    for row in closed:
        (n, a), (m, b) = row.closed.as_integer_ratio(), of_group[row.group].weight.as_integer_ratio()
        k, c = of_competency[row.competency].weight.as_integer_ratio()
        bottom = a * b * c
        tops[bottom] = tops.get(bottom, 0) + n * m * k
    return sum((Fraction(top, bottom) for bottom, top in tops.items()), Fraction(0))


def level_value(
    scenario: Scenario,
    level: Level,
    closed: Sequence[Closing],
    results: Sequence[RuleResult],
    own_cost: int,
    total_cost: int,
) -> Fraction:
    """Return the value of one level of the objective, in the scenario's units."""
    match level.goal:
        case "gaps_closed":
            return weighted(scenario, closed) - penalty(scenario, results)
        case "own_cost":
            return Fraction(own_cost)
        case "total_cost":
            return Fraction(total_cost)
    need: dict[str | None, int] = {}
    got: dict[str | None, Fraction] = {}
    for row in closed:
        group = scenario.group[row.group]
        by = {"agency": group.agency, "location": group.location, "group": group.id, "competency": row.competency}
        bucket = by[level.by or "group"]
        need[bucket] = need.get(bucket, 0) + row.need
        got[bucket] = got.get(bucket, Fraction(0)) + row.closed
    return min((got[bucket] / need[bucket] for bucket in need), default=Fraction(1))
