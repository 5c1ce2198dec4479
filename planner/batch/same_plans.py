"""When two scenarios have the same plans, although they are written differently.

Words of documents make no difference: sentences, signatories, numbers, dates, logos and the days of classes. Partners
that offer nothing, that were taken out of the plan, or whose minimum is more than they have are the same for every
plan: they cannot be used. Different questions lead to such scenarios; they share one plan.
"""

from __future__ import annotations

from fractions import Fraction

from planner.domain.funds import Fund
from planner.domain.identity import DOCUMENT_KEYS
from planner.domain.objectives import levels_of
from planner.domain.scenario import Scenario
from planner.domain.words import Narrative


def canonical(scenario: Scenario) -> Scenario:
    """Return the scenario that represents all those with the same plans as `scenario`."""
    words = {key: type(scenario.scenario).model_fields[key].default for key in DOCUMENT_KEYS}
    return scenario.changed(
        objective=levels_of(scenario),
        funds=tuple(_canonical(fund) for fund in scenario.funds),
        scenario=scenario.scenario.model_copy(update=words),
        narrative=Narrative.model_construct(),
        programmes=tuple(programme.model_copy(update={"dates": ()}) for programme in scenario.programmes),
    )


def cannot_be_used(fund: Fund) -> bool:
    """Return whether no plan can use a fund: it offers neither money nor free seats, or less than its minimum."""
    return fund.amount < fund.minimum or not (fund.amount or any(fund.seats.values()))


def _canonical(fund: Fund) -> Fund:
    """Return a fund without what makes no difference to plans: its chance, seats of 0, and all conditions of a partner
    that cannot be used."""
    if fund.own or not cannot_be_used(fund):
        seats = {programme: number for programme, number in fund.seats.items() if number}
        return fund.model_copy(update={"seats": seats, "chance": Fraction(1)})
    return Fund(id=fund.id, kind=fund.kind, amount=0)
