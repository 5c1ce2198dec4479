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
    if has_weights(scenario):
        return (
            N_("Weighted gaps closed (expected), net of penalties")
            if has_penalties(scenario)
            else N_("Weighted gaps closed (expected)")
        )
    return N_("Gaps closed (expected), net of penalties") if has_penalties(scenario) else GAPS_CLOSED


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
