"""The fewest people of a group that start a programme in a period."""

from __future__ import annotations

from planner.check.rows import StatedDecisions
from planner.check.verdict import FindingLog
from planner.domain.scenario import Scenario
from planner.locale import _


def check_smallest(scenario: Scenario, decisions: StatedDecisions, log: FindingLog) -> None:
    """Check x[g,p,t] >= smallest of p, wherever anybody of g starts p in t."""
    sentence = _(
        "{people} people of group '{group}' start '{programme}' in {period}; it takes at least {least} of a group."
    )
    for (g, p, t), people in decisions.participants.items():
        least = scenario.programme[p].smallest
        if least > 1:
            names = {"group": g, "programme": p, "period": t}
            log.room("smallest", (g, p, t), people - least, sentence, people=people, least=least, **names)
