"""What of a scenario no sheet holds: pictures, people who sign and long texts stay in the file."""

from __future__ import annotations

from typing import Final

from planner.domain.scenario import Scenario
from planner.domain.words import Narrative

BESIDE: Final = ("logo", "signatories", "narrative")
"""Keys of a scenario that have no place in the workbook."""


def left_beside(scenario: Scenario) -> list[str]:
    """Return the keys of `scenario` that its workbook does not hold."""
    plain = scenario.to_plain()
    return [key for key in BESIDE if key in plain["scenario"] or key in plain]


def without_them(scenario: Scenario) -> Scenario:
    """Return `scenario` as its workbook holds it."""
    identity = scenario.scenario.model_copy(update={"logo": None, "signatories": ()})
    return scenario.changed(scenario=identity, narrative=Narrative.model_construct())
