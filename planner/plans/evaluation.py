"""Evaluate decisions and payments exactly: closings, measures of rules, values of the objective.

Nothing here is read from a solver: every figure is recomputed from whole people and whole rupiah.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import ceil, floor

from planner.domain.cells import Funding
from planner.domain.decisions import Decisions
from planner.domain.objectives import Level
from planner.domain.rules import Limit, Rule, Where
from planner.domain.scenario import Scenario
from planner.payments.payment import Payment
from planner.plans.plan import Closing, RuleResult


def closings(scenario: Scenario, decisions: Decisions) -> tuple[Closing, ...]:
    """closed[g,c] = min(gap[g,c] x r[g], sum of closes[p,c] x participants), for every gap, in file order."""
    trained: dict[tuple[str, str], Fraction] = {}
    for (group, programme, _), people in decisions.participants.items():
        for competency, effect in scenario.programme[programme].closes.items():
            key = group, competency
            trained[key] = trained.get(key, Fraction(0)) + effect * people
    return tuple(
        Closing(g.id, c, gap, min(gap * g.willing(g.id in decisions.socialized), trained.get((g.id, c), Fraction(0))))
        for g in scenario.groups
        for c, gap in g.gaps.items()
        if gap
    )


def weighted(scenario: Scenario, closed: Sequence[Closing]) -> Fraction:
    """Sum of weight_g x weight_c x closed[g,c]."""
    return sum(
        (row.closed * scenario.group[row.group].weight * scenario.competency[row.competency].weight for row in closed),
        Fraction(0),
    )


def rule_results(
    scenario: Scenario, decisions: Decisions, payments: Sequence[Payment], closed: Sequence[Closing]
) -> tuple[RuleResult, ...]:
    """Each rule's measure and bounds in its own unit, and whether it holds."""
    results = []
    for rule in scenario.rules:
        measured = _measure(scenario, rule, rule.where, decisions, payments, closed)
        low = _bound(scenario, rule, rule.at_least, floor, decisions, payments, closed)
        high = _bound(scenario, rule, rule.at_most, ceil, decisions, payments, closed)
        held = (low is None or measured >= low) and (high is None or measured <= high)
        results.append(RuleResult(rule.name, measured, low, high, held))
    return tuple(results)


def penalty(scenario: Scenario, results: Sequence[RuleResult]) -> Fraction:
    """Weighted gaps that missed soft rules cost: sum of penalty x units missed."""
    lost = Fraction(0)
    for rule, result in zip(scenario.rules, results, strict=True):
        if result.at_least is not None:
            lost += rule.penalty * max(Fraction(0), result.at_least - result.measure)
        if result.at_most is not None:
            lost += rule.penalty * max(Fraction(0), result.measure - result.at_most)
    return lost


def level_value(
    scenario: Scenario,
    level: Level,
    closed: Sequence[Closing],
    results: Sequence[RuleResult],
    own_cost: int,
    total_cost: int,
) -> Fraction:
    """The value of one level of the objective, in the scenario's units."""
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


def _bound(
    scenario: Scenario,
    rule: Rule,
    limit: Limit | None,
    rounded: Callable[[Fraction], int],
    decisions: Decisions,
    payments: Sequence[Payment],
    closed: Sequence[Closing],
) -> Fraction | None:
    """A bound in the unit of the measure; a share is written out, and `rounded` to whole rupiah if it is of cost."""
    if limit is None or not limit.is_share:
        return None if limit is None else limit.value
    if rule.measure == "gaps_closed":
        return limit.value * sum(row.need for row in _counted(scenario, rule.where, closed))
    amount = limit.value * _measure(scenario, rule, Where(), decisions, payments, closed)
    return Fraction(rounded(amount)) if rule.measure == "cost" else amount


def _measure(
    scenario: Scenario,
    rule: Rule,
    where: Where,
    decisions: Decisions,
    payments: Sequence[Payment],
    closed: Sequence[Closing],
) -> Fraction:
    """What `rule` measures where `where` selects."""
    if rule.measure == "cost":
        counted = Funding(scenario).counted(where)
        paid = sum(row.amount for row in payments if row.fund in counted.funds and counted.selects(row.cell))
        return Fraction(paid)
    if rule.measure == "gaps_closed":
        return sum((row.closed for row in _counted(scenario, where, closed)), Fraction(0))
    programmes = {p.id for p in (scenario.programmes_in(where.programmes) if where.programmes else scenario.programmes)}
    periods = set(where.periods or scenario.horizon)
    if rule.measure == "classes":
        return Fraction(sum(n for (p, t), n in decisions.classes.items() if p in programmes and t in periods))
    groups = {g.id for g in (scenario.groups_in(where.groups) if where.groups else scenario.groups)}
    total = Fraction(0)
    for (g, p, t), people in decisions.participants.items():
        if g in groups and p in programmes and t in periods:
            total += people * (scenario.programme[p].hours if rule.measure == "hours" else 1)
    return total


def _counted(scenario: Scenario, where: Where, closed: Sequence[Closing]) -> list[Closing]:
    groups = {g.id for g in (scenario.groups_in(where.groups) if where.groups else scenario.groups)}
    chosen = scenario.competencies_in(where.competencies) if where.competencies else scenario.competencies
    competencies = {c.id for c in chosen}
    return [row for row in closed if row.group in groups and row.competency in competencies]
