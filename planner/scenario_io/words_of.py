"""The words of one scenario in another: sentences, signatories, number, date, logo and the days of classes change no
figure of a plan."""

from __future__ import annotations

from pathlib import Path

from planner.domain.identity import DOCUMENT_KEYS
from planner.domain.scenario import Scenario
from planner.errors import InputError, Problem
from planner.locale import _
from planner.scenario_io.reading import read_scenario


def with_words_of(scenario: Scenario, path: str | Path) -> Scenario:
    """Return `scenario`, whose plan is stored, with the words of the file at `path`.

    Raises InputError where that file cannot be read, or says anything else than `scenario`: its plan would be another.
    """
    spoken = read_scenario(path)
    words = {key: getattr(spoken.scenario, key) for key in DOCUMENT_KEYS}
    dates = {programme.id: programme.dates for programme in spoken.programmes}
    given = scenario.changed(
        scenario=scenario.scenario.model_copy(update=words),
        narrative=spoken.narrative,
        programmes=tuple(p.model_copy(update={"dates": dates.get(p.id, p.dates)}) for p in scenario.programmes),
    )
    if given.to_plain() != spoken.to_plain():
        message = _("this scenario differs from that of the plan in more than its words.")
        remedy = _("Plan it anew with planner plan, or take back the other changes.")
        raise InputError([Problem(message, remedy, file=str(path))])
    return given
