"""The columns and rows of people, taken over for a scenario whose funds have other amounts."""

from __future__ import annotations

from copy import copy
from dataclasses import replace
from typing import Any

from planner.domain.affordable import Affordability
from planner.domain.funds import Fund
from planner.domain.scenario import Scenario
from planner.proof.columns import Columns, OfYears


def for_other_amounts(people: Columns, scenario: Scenario) -> Columns | None:
    """A copy of the part of `people` for `scenario`, to which money can be added.

    None where more than amounts and names differ, or where the funds can pay for other seats: amounts have no other
    part in it.
    """
    known = people.scenario
    if scenario.changed(funds=known.funds, scenario=known.scenario) != known or not _same_but_amounts(known, scenario):
        return None
    c = copy(people)
    c.scenario = scenario
    vars(c).update((name, _copied(value)) for name, value in vars(people).items() if isinstance(value, dict))
    c.model = people.model.copy()
    c.model.facts, c.model.raises = dict(people.model.facts), set(people.model.raises)
    c.ask_funds()
    for programme in scenario.programmes:
        able = people.able.get(programme.id, [])
        money = Affordability(c.funding, programme, able)
        if [group.id for group in able if money.affords(group)] != people.takers.get(programme.id, []):
            return None
    return c


def _same_but_amounts(known: Scenario, scenario: Scenario) -> bool:
    """Whether the funds of both differ in their amounts alone."""
    return len(known.funds) == len(scenario.funds) and all(
        _with_amounts_of(a, b) == b for a, b in zip(known.funds, scenario.funds, strict=True)
    )


def _with_amounts_of(fund: Fund, other: Fund) -> Fund:
    """`fund` with the amounts of the `other`."""
    return fund.model_copy(update={"amounts": other.amounts, "amount": other.amount})


def _copied(value: Any) -> Any:
    """A copy of dictionaries, lists and chances of years within one another; nothing else is changed later."""
    if isinstance(value, dict):
        return {key: _copied(each) for key, each in value.items()}
    if isinstance(value, OfYears):
        return replace(value, courses=[*value.courses], limits=[*value.limits], closed=[*value.closed])
    return [_copied(each) for each in value] if isinstance(value, list) else value
