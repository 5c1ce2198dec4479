"""The name of the figure that plans seek the most of, the same while a plan is searched, in tables and in reports."""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction
from typing import Final

from planner.domain.rules import Rule
from planner.domain.scenario import Scenario
from planner.locale import N_

GAPS_CLOSED: Final = N_("Gaps closed (expected)")
"""The name where there are neither weights nor penalties."""


def gaps_sought(scenario: Scenario) -> str:
    """Return the name, to be translated: gaps closed, by weight, less penalties where the scenario has any."""
    return named(weights=has_weights(scenario), penalties=has_penalties(scenario))


def named(*, weights: bool, penalties: bool) -> str:
    """Return the name of gaps closed, by weight or less penalties, to be translated."""
    if weights:
        return (
            N_("Weighted gaps closed (expected), net of penalties")
            if penalties
            else N_("Weighted gaps closed (expected)")
        )
    return N_("Gaps closed (expected), net of penalties") if penalties else GAPS_CLOSED


def counted_alike(one: Scenario, other: Scenario) -> bool:
    """Return whether two scenarios count that figure alike, by the same weights and penalties: else it says nothing
    that the one is larger."""
    return _weights(one) == _weights(other) and _penalties(one) == _penalties(other)


def _weights(scenario: Scenario) -> dict[tuple[str, str], Fraction]:
    """Return the weights by what they are of; whoever has none of his own weighs 1."""
    competencies = {("competency", each.id): each.weight for each in scenario.competencies}
    weights = competencies | {("group", each.id): each.weight for each in scenario.groups}
    return {key: weight for key, weight in weights.items() if weight != 1}


def _penalties(scenario: Scenario) -> dict[str, Fraction]:
    return {rule.name: Fraction(rule.penalty or 0) for rule in scenario.rules if _has_penalty(rule)}


def unit_sought(scenario: Scenario, without: Collection[int] = ()) -> str:
    """Return the unit of that figure, to be translated, as it stands after "counted in".

    Rules whose numbers are in `without` are left out, as in the plans that tell what they cost: their penalties are
    not counted, and only those of other goals may be.
    """
    others = [rule for number, rule in enumerate(scenario.rules) if number not in without]
    weights, penalties = has_weights(scenario), any(map(_has_penalty, others))
    if penalties and sum(map(_has_penalty, scenario.rules)) > sum(map(_has_penalty, others)):
        return (
            N_("weighted gaps, less the penalties of the other missed goals")
            if weights
            else N_("gaps, less the penalties of the other missed goals")
        )
    if penalties:
        return (
            N_("weighted gaps, less the penalties of missed goals")
            if weights
            else N_("gaps, less the penalties of missed goals")
        )
    return N_("weighted gaps") if weights else N_("gaps")


def has_weights(scenario: Scenario) -> bool:
    """Return whether gaps have weights, so that weighted gaps differ from gaps."""
    return {c.weight for c in scenario.competencies} | {g.weight for g in scenario.groups} != {Fraction(1)}


def has_penalties(scenario: Scenario) -> bool:
    """Return whether goals may be missed at a price, so that what is sought differs from the gaps closed."""
    return any(map(_has_penalty, scenario.rules))


def _has_penalty(rule: Rule) -> bool:
    return not rule.hard and bool(rule.penalty)
