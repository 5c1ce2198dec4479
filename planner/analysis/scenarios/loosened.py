"""Scenarios whose hard rules may be missed from below, so that there is a plan to speak of."""

from __future__ import annotations

from fractions import Fraction
from math import ceil
from typing import Final

from planner.analysis.scenarios.variants import unique_rule_name
from planner.domain.rules import Rule, Soft
from planner.domain.scenario import Scenario

DIGITS: Final = 10**9
"""Penalties are rounded up to 1 / DIGITS: a scenario is written in decimals."""


def with_loose_minimums(scenario: Scenario) -> Scenario:
    """Return `scenario` in which every hard `at_least` is a goal; an `at_most` beside it stays hard, as a rule.

    Missing a bound altogether costs as much as all gaps weigh, so the rules are kept as far as they can be.
    """
    worth = sum(
        (gap * g.weight * scenario.competency[c].weight for g in scenario.groups for c, gap in g.needs.items()),
        Fraction(0),
    )
    rules: list[Rule] = []
    for rule in scenario.rules:
        if not rule.hard or rule.at_least is None:
            rules.append(rule)
            continue
        penalty = max(Fraction(1), worth) / max(Fraction(1), _units(scenario, rule))
        penalty = Fraction(ceil(penalty * DIGITS), DIGITS)
        rules.append(rule.model_copy(update={"soft": Soft(penalty=penalty), "at_most": None}))
        if rule.at_most is not None:
            beside = unique_rule_name(scenario, f"{rule.name} '")
            rules.append(rule.model_copy(update={"name": beside, "at_least": None}))
    return scenario.changed(rules=tuple(rules))


def _units(scenario: Scenario, rule: Rule) -> Fraction:
    """Return about how many units of its measure the lower bound of `rule` asks for."""
    assert rule.at_least is not None
    if not rule.at_least.is_share:
        return Fraction(rule.at_least.value)
    whole = sum(fund.amount for fund in scenario.funds) if rule.measure == "cost" else scenario.total_need
    return Fraction(rule.at_least.value) * whole
