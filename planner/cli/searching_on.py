"""`planner plan --from`: the search of a scenario goes on from a plan made before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.errors import CheckFailed, InputError, Problem
from planner.locale import _

if TYPE_CHECKING:
    from planner.batch.going_on import Gain, GoingOn
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


def said_of(gain: Gain) -> str:
    """Return what came of the search."""
    from planner.batch.going_on import Gain

    match gain:
        case Gain.BETTER:
            return _("The search has gone on and found a better plan, checked.")
        case Gain.NEARER:
            return _("The search has gone on: no better plan was found, and less is left open than was proven before.")
        case Gain.NOTHING:
            return _("The search has gone on and found no better plan: the one made before stays.")
