"""The name of the figure that plans seek the most of, the same while a plan is searched, in tables and in reports."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

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


def has_weights(scenario: Scenario) -> bool:
    """Return whether gaps have weights, so that weighted gaps differ from gaps."""
    return {c.weight for c in scenario.competencies} | {g.weight for g in scenario.groups} != {Fraction(1)}


def has_penalties(scenario: Scenario) -> bool:
    """Return whether goals may be missed at a price, so that what is sought differs from the gaps closed."""
    return any(not rule.hard and rule.penalty for rule in scenario.rules)
