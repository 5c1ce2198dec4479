"""Adjustable limits of the rules of the scenario: at_least can be lowered, at_most raised."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from planner.analysis.repairs.adjustable import (
    TENTH,
    AdjustableLimit,
    LeastChange,
    Unit,
    money_step,
    with_bound,
    with_least_violation,
)
from planner.domain.rule_years import year_of_need
from planner.domain.rules import Limit, Rule, Side
from planner.domain.scenario import Scenario
from planner.units.numbers import MAX_RUPIAH

UNITS: Final[dict[str, Unit]] = {
    "cost": "rupiah",
    "participants": "people",
    "hours": "hours",
    "classes": "classes",
    "gaps_closed": "gaps",
}
"""Unit of each measure."""


def rule_limit(scenario: Scenario, number: int, side: Side) -> AdjustableLimit:
    """Return one side of rule `number` as a limit."""
    rule = scenario.rules[number]
    limit: Limit = getattr(rule, side)
    unit: Unit = "share" if limit.is_share else UNITS[rule.measure]
    step = TENTH if limit.is_share else money_step(limit.value) if unit == "rupiah" else Fraction(1)
    most = Fraction(1 if limit.is_share else MAX_RUPIAH - 1)
    path = ("rules", number, side)

    sign = -1 if side == "at_least" else 1
    whole = _need(scenario, rule) if limit.is_share and rule.measure == "gaps_closed" else 1

    def least_change(changed: Scenario) -> LeastChange:
        known = limit.is_share and rule.measure != "gaps_closed"  # a share of what the plan decides
        needed = None if known or not whole else lambda missed: limit.value + sign * missed / whole
        return LeastChange(*with_least_violation(with_bound(changed, number, side), rule, side), needed)

    return AdjustableLimit(
        "rule_at_least" if side == "at_least" else "rule_at_most",
        rule.name,
        path,
        unit,
        limit.value,
        Fraction(0) if side == "at_least" else most,
        step,
        change=lambda changed, value: with_bound(changed, number, side, Limit(value=value, is_share=limit.is_share)),
        least_change=least_change if rule.per is None else None,
    )


def _need(scenario: Scenario, rule: Rule) -> int:
    """Return the gaps that a rule on gaps closed counts [people]."""
    where = rule.where
    competencies = scenario.competencies if where.competencies is None else scenario.competencies_in(where.competencies)
    chosen = {c.id for c in competencies}
    groups = scenario.groups if where.groups is None else scenario.groups_in(where.groups)
    until = year_of_need(rule)
    return sum(gap for group in groups for c, gap in group.needs_by(until).items() if c in chosen)
