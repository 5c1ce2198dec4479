"""The dials of the planner's own rules: at_least can be lowered, at_most raised."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from planner.analysis.repairs.adjustable import (
    TENTH,
    Dial,
    Goal,
    Side,
    Unit,
    missed_least,
    money_step,
    without_side,
    written,
)
from planner.domain.rules import Limit, Rule
from planner.domain.scenario import Scenario
from planner.units import MAX_RUPIAH

UNITS: Final[dict[str, Unit]] = {
    "cost": "rupiah",
    "participants": "people",
    "hours": "hours",
    "classes": "classes",
    "gaps_closed": "gaps",
}
"""Unit of each measure."""


def of_rule(scenario: Scenario, number: int, side: Side) -> Dial:
    """One side of rule `number`."""
    rule = scenario.rules[number]
    limit: Limit = getattr(rule, side)
    unit: Unit = "share" if limit.is_share else UNITS[rule.measure]
    step = TENTH if limit.is_share else money_step(limit.value) if unit == "rupiah" else Fraction(1)
    most = Fraction(1 if limit.is_share else MAX_RUPIAH - 1)
    path = ("rules", number, side)

    sign = -1 if side == "at_least" else 1
    whole = _need(scenario, rule) if limit.is_share and rule.measure == "gaps_closed" else 1

    def goal(changed: Scenario) -> Goal:
        known = limit.is_share and rule.measure != "gaps_closed"  # a share of what the plan decides
        needed = None if known or not whole else lambda missed: limit.value + sign * missed / whole
        return Goal(*missed_least(without_side(changed, number, side), rule, side), needed)

    return Dial(
        "rule_" + side,
        rule.name,
        path,
        unit,
        limit.value,
        Fraction(0) if side == "at_least" else most,
        step,
        change=lambda changed, value: without_side(changed, number, side, Limit(value=value, is_share=limit.is_share)),
        writes=lambda value: ((path, written(unit, value)),),
        goal=goal,
    )


def _need(scenario: Scenario, rule: Rule) -> int:
    """The gaps that a rule of gaps closed counts [people]."""
    where = rule.where
    competencies = scenario.competencies if where.competencies is None else scenario.competencies_in(where.competencies)
    chosen = {c.id for c in competencies}
    groups = scenario.groups if where.groups is None else scenario.groups_in(where.groups)
    return sum(gap for group in groups for c, gap in group.gaps.items() if c in chosen)
