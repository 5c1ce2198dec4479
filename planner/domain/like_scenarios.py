"""Values derived from one scenario that hold for another which differs only in its funds."""

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
"""Names of the derived values that do not depend on funds."""

OWN: Final = ("scenario", "funds")
"""The parts in which such scenarios may differ."""

NAMED: Final = ("id", "name", "description")
"""Fields of the identity from which nothing is derived."""


def lent(known: Scenario, other: Scenario) -> Scenario:
    """Return `other` with the values derived from `known` that hold for both because they do not depend on funds.

    Returns `other` itself where more than funds and names differ.
    """
    if not same_identity(known, other):
        return other
    same = known.changed(funds=other.funds, scenario=other.scenario)
    if same != other:
        return other
    worked_out = {name: getattr(known, name) for name in WITHOUT_FUNDS}
    texts = {name: text for name, text in known.texts.items() if name not in OWN}
    same.__dict__.update(worked_out, texts=texts | texts_of(other, OWN))
    if same_but_amounts_of_funds(known, same):
        same.__dict__["funding"] = known.funding.with_amounts_of(same)
    return same


def same_identity(known: Scenario, other: Scenario) -> bool:
    """Return whether the identities of two scenarios differ in names alone."""
    names = {name: getattr(other.scenario, name) for name in NAMED}
    return known.scenario is other.scenario or known.scenario.model_copy(update=names) == other.scenario


def same_but_amounts(known: Scenario, other: Scenario) -> bool:
    """Return whether two scenarios differ only in names and in the amounts of funds, not in how these are counted."""
    if known is other:
        return True
    return (
        same_identity(known, other)
        and known.changed(funds=other.funds, scenario=other.scenario) == other
        and same_but_amounts_of_funds(known, other)
    )


def same_but_amounts_of_funds(known: Scenario, other: Scenario) -> bool:
    """Return whether the funds of both differ only in their amounts, not in how these are counted."""
    return len(known.funds) == len(other.funds) and all(
        a is b or (a.counts_like(b) and a.model_copy(update={"amounts": b.amounts, "amount": b.amount}) == b)
        for a, b in zip(known.funds, other.funds, strict=True)
    )
