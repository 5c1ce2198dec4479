"""Why gaps stay open, in words for lists of names: what the report says of the groups."""

from __future__ import annotations

from planner.locale import language_in_force
from planner.plans.causes import Cause
from planner.plans.stored_figures import as_written
from planner.report.material import Material
from planner.report.views.cause_words import reason_words
from planner.report.wording.formats import Formats
from planner.store.stored_plan import StoredPlan


def reasons_of_open_gaps(stored: StoredPlan) -> dict[tuple[str, str], str]:
    """The certain reasons of a stored plan by (group, competency); gaps without one are missing."""
    material = Material(stored.scenario, as_written(stored.plan()), Formats(language_in_force()))
    found = {}
    for row in material.open_gaps.rows:
        if row.cause is not Cause.PRIORITY:
            words = reason_words(material, row.reasons)
            found[row.group, row.competency] = words[:1].lower() + words[1:]
    return found
