"""Sentences about a sub-activity that neither the list of activities nor any programme has."""

from __future__ import annotations

from collections.abc import Iterator

from planner.domain.checks.did_you_mean import suggestion
from planner.domain.checks.problem import DomainProblem
from planner.domain.scenario import Scenario
from planner.locale import _


def narrative_problems(scenario: Scenario) -> Iterator[DomainProblem]:
    """Yield narratives of unknown sub-activities; where no activities are listed, those of the programmes are known."""
    known = {activity.code: None for activity in scenario.activities}
    known |= {programme.activity: None for programme in scenario.programmes if programme.activity is not None}
    for code in scenario.narrative.activities:
        if code not in known:
            yield DomainProblem(
                ("narrative", "activities", code),
                _("the narrative is about an unknown sub-activity: '{code}'.").format(code=code),
                suggestion(code, known),
                of_key=True,
            )
