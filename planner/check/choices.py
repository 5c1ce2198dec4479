"""The rule about choices between programmes: what runs together, only with another, or not beside one another."""

from __future__ import annotations

from planner.check.costs import running
from planner.check.rows import StatedDecisions
from planner.check.verdict import FindingLog
from planner.domain.scenario import Scenario
from planner.locale import _


def check_choices(scenario: Scenario, decisions: StatedDecisions, log: FindingLog) -> None:
    """Check choices; a programme runs if it has a participant or a class in some period."""
    runs = {programme.id for programme in running(scenario, decisions)}
    for number, names in enumerate(scenario.choices.together):
        missing = [name for name in names if name not in runs]
        if missing and len(missing) < len(names):
            sentence = _("'{running}' and '{missing}' must run together, but only '{running}' runs.")
            there = next(name for name in names if name in runs)
            log.find_asked("choices", ("together", str(number)), sentence, running=there, missing=missing[0])
    for name, needed in scenario.choices.only_if.items():
        if name in runs and needed not in runs:
            sentence = _("'{programme}' runs, but it may only run with '{needed}', which does not run.")
            log.find("choices", ("only_if", name), sentence, programme=name, needed=needed)
    for number, names in enumerate(scenario.choices.at_most_one_of):
        beside = [name for name in names if name in runs]
        sentence = _("'{first}' and '{second}' both run, but at most one of them may.")
        first, second = (*beside, "", "")[:2]
        log.room("choices", ("at_most_one_of", str(number)), 1 - len(beside), sentence, first=first, second=second)
