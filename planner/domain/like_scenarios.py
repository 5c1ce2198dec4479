"""What is worked out of one scenario and holds for another that differs in its funds alone."""

from __future__ import annotations

from typing import Final

from planner.domain.scenario import Scenario

WITHOUT_FUNDS: Final = (
    "horizon",
    "place_of_period",
    "year_of",
    "years",
    "floors",
    "places_of_year",
    "price_year",
    "working_days",
    "one_person",
    "group",
    "programme",
    "competency",
    "mentor_pool",
    "resource",
    "willingness",
    "mentors_from",
    "total_need",
    "_group_attributes",
    "_groups_of_agency",
    "_mentors",
)
"""Names of what is worked out of a scenario without its funds."""

NAMED: Final = ("id", "name", "description")
"""What of its identity nothing is worked out of."""


def lent(known: Scenario, other: Scenario) -> Scenario:
    """`other` with what is worked out of `known` already and holds for both: all that funds have no part in.

    `other` itself where more than funds and names differ.
    """
    names = {name: getattr(other.scenario, name) for name in NAMED}
    if known.scenario.model_copy(update=names) != other.scenario:
        return other
    same = known.changed(funds=other.funds, scenario=other.scenario)
    if same != other:
        return other
    worked_out = {name: getattr(known, name) for name in WITHOUT_FUNDS}
    same.__dict__.update(worked_out)
    return same
