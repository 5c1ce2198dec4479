"""What is worked out of one scenario and holds for another that differs in its funds alone."""

from __future__ import annotations

from typing import Final

from planner.domain.as_written import texts_of
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
    "picks",
    "_mentors",
)
"""Names of what is worked out of a scenario without its funds."""

OWN: Final = ("scenario", "funds")
"""The parts that scenarios may have of their own."""

NAMED: Final = ("id", "name", "description")
"""What of its identity nothing is worked out of."""


def lent(known: Scenario, other: Scenario) -> Scenario:
    """`other` with what is worked out of `known` already and holds for both: all that funds have no part in.

    `other` itself where more than funds and names differ.
    """
    if not same_identity(known, other):
        return other
    same = known.changed(funds=other.funds, scenario=other.scenario)
    if same != other:
        return other
    worked_out = {name: getattr(known, name) for name in WITHOUT_FUNDS}
    texts = {name: text for name, text in known.texts.items() if name not in OWN}
    same.__dict__.update(worked_out, texts=texts | texts_of(other, OWN))
    return same


def same_identity(known: Scenario, other: Scenario) -> bool:
    """Whether the identities of two scenarios differ in names alone."""
    names = {name: getattr(other.scenario, name) for name in NAMED}
    return known.scenario is other.scenario or known.scenario.model_copy(update=names) == other.scenario


def same_but_amounts(known: Scenario, other: Scenario) -> bool:
    """Whether two scenarios differ in the amounts of funds alone, in all or by year as before, and in names."""
    if known is other:
        return True
    return (
        same_identity(known, other)
        and known.changed(funds=other.funds, scenario=other.scenario) == other
        and same_but_amounts_of_funds(known, other)
    )


def same_but_amounts_of_funds(known: Scenario, other: Scenario) -> bool:
    """Whether the funds of both differ in their amounts alone, in all or by year as before."""
    return len(known.funds) == len(other.funds) and all(
        a.counts_like(b) and a.model_copy(update={"amounts": b.amounts, "amount": b.amount}) == b
        for a, b in zip(known.funds, other.funds, strict=True)
    )
