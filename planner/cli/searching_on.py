"""`planner plan --from`: the search of a scenario goes on from a plan made before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.errors import CheckFailed, InputError, Problem
from planner.locale import _, language_in_force

if TYPE_CHECKING:
    from planner.batch.going_on import Gained, GoingOn
    from planner.domain.scenario import Scenario


def read_begin(path: str, scenario: Scenario) -> GoingOn:
    """Return the plan in a folder of results, or in a plan.json, as one of `scenario`.

    Raises InputError where it cannot be read or is no plan of the scenario as it stands.
    """
    from planner.batch.going_on import GoingOn
    from planner.store.stored_plan import read_stored

    stored = read_stored(path)
    try:
        return GoingOn.of(scenario, stored.plan())
    except CheckFailed as error:
        message = _("this is no plan of '{id}' as it stands: {reason}").format(id=scenario.id, reason=error.message)
        remedy = _("Name a plan that keeps its rules and its money, or plan without --from.")
        raise InputError([Problem(message, remedy, file=str(stored.path))]) from None


def said_of(gained: Gained, begun: GoingOn) -> str:
    """Return what came of the search."""
    from planner.report.wording.formats import Formats
    from planner.report.wording.gone_on import gone_on

    gaps = begun.plan.relative_gap, gained.answer.plan.relative_gap
    return gone_on(gained.gain, *gaps, Formats(language_in_force()), stopped=gained.interrupted)
