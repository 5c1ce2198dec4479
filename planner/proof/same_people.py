"""The columns and rows of people, taken over for a scenario whose funds have other amounts."""

from __future__ import annotations

from copy import copy
from dataclasses import replace
from typing import Any

from planner.domain.kin import same_but_amounts_of_funds
from planner.domain.scenario import Scenario
from planner.proof.columns import Columns, OfYears


def for_other_amounts(people: Columns, scenario: Scenario) -> Columns | None:
    """A copy of the part of `people` for `scenario`, to which money can be added.

    None where more than amounts and names differ, or where the funds can pay for other seats: amounts have no other
    part in it.
    """
    if not takes_same_people(people, scenario):
        return None
    c = copy(people)
    c.scenario = scenario
    met: dict[int, OfYears] = {}
    vars(c).update((name, _copied(value, met)) for name, value in vars(people).items() if isinstance(value, dict))
    c.model = people.model.copy()
    c.model.facts, c.model.raises = dict(people.model.facts), set(people.model.raises)
    c.ask_funds()
    return c


def takes_same_people(people: Columns, scenario: Scenario) -> bool:
    """Whether `scenario` differs in amounts and names alone, with which funds can pay for the same seats."""
    before = people.scenario
    same = scenario.changed(funds=before.funds, scenario=before.scenario) == before
    if not same or not same_but_amounts_of_funds(before, scenario):
        return False
    for programme, known in people.affordability.items():
        money = known.with_amounts_of(scenario)
        if [group.id for group in people.able[programme] if money.affords(group)] != people.takers[programme]:
            return False
    return True


def _copied(value: Any, met: dict[int, OfYears]) -> Any:
    """A copy of dictionaries, lists and chances of years within one another; nothing else is changed later.

    Groups share the chances of their agency: those that were `met` before are copied once.
    """
    if isinstance(value, dict):
        return {key: _copied(each, met) for key, each in value.items()}
    if isinstance(value, OfYears):
        if id(value) not in met:
            met[id(value)] = replace(value, courses=[*value.courses], limits=[*value.limits], closed=[*value.closed])
        return met[id(value)]
    return [_copied(each, met) for each in value] if isinstance(value, list) else value
