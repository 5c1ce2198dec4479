"""The columns and rows of people, reused for a scenario that differs in funds, costs or bounds of rules: money affects
them only by who can be paid for."""

from __future__ import annotations

from copy import copy
from dataclasses import replace
from typing import Any

from planner.domain.affordable import Affordability
from planner.domain.like_scenarios import same_but_amounts_of_funds, same_identity
from planner.domain.one_off import of_programme
from planner.domain.rule_units import asked_if_running
from planner.domain.scenario import Scenario
from planner.proof.columns import Columns, OfYears


def for_other_amounts(people: Columns, scenario: Scenario) -> Columns | None:
    """Return a copy of the part of `people` for `scenario`, to which money can be added.

    None where more than amounts and names differ, or where the funds can pay for other seats.
    """
    return _taken_over(people, scenario, {}) if takes_same_people(people, scenario) else None


def for_other_money(people: Columns, scenario: Scenario) -> Columns | None:
    """Return a copy of the part of `people` for `scenario`, to which money can be added.

    None where more than funds, costs of programmes, rules and names differ, or where other seats can be paid for,
    other costs are due once, other funds have conditions, or rules apply to other running programmes.
    """
    before = people.scenario
    same = scenario.changed(
        funds=before.funds, programmes=before.programmes, rules=before.rules, scenario=before.scenario
    )
    if scenario.facts or same != before or not same_identity(before, scenario):
        return None
    if not _same_but_costs(before, scenario):
        return None
    conditional = [[fund.id for fund in each.funds if fund.conditional] for each in (before, scenario)]
    if conditional[0] != conditional[1] or asked_if_running(before) != asked_if_running(scenario):
        return None
    funding, affordability = scenario.funding, dict[str, Affordability]()
    for programme in scenario.programmes:
        money = affordability[programme.id] = Affordability(funding, programme, people.able[programme.id])
        if [g.id for g in people.able[programme.id] if money.affords(g)] != people.takers[programme.id]:
            return None
    return _taken_over(people, scenario, affordability)


def _same_but_costs(before: Scenario, scenario: Scenario) -> bool:
    """Return whether the programmes of both differ in their costs alone, with the same number of one-off costs."""
    if len(before.programmes) != len(scenario.programmes):
        return False
    return all(
        a is b
        or (
            a.model_copy(update={"costs": b.costs}) == b
            and bool(of_programme(before, a)) == bool(of_programme(scenario, b))
        )
        for a, b in zip(before.programmes, scenario.programmes, strict=True)
    )


def _taken_over(people: Columns, scenario: Scenario, affordability: dict[str, Affordability]) -> Columns:
    """Return a copy of the part of `people` for `scenario`, which has the same columns and rows."""
    c = copy(people)
    c.scenario = scenario
    met: dict[int, OfYears] = {}
    vars(c).update((name, _copied(value, met)) for name, value in vars(people).items() if isinstance(value, dict))
    c.model = people.model.copy()
    c.model.facts, c.model.raises = dict(people.model.facts), set(people.model.raises)
    c.affordability |= affordability
    c.derive_from_funds()
    return c


def takes_same_people(people: Columns, scenario: Scenario) -> bool:
    """Return whether `scenario` differs in amounts and names alone, and its funds can pay for the same seats."""
    before = people.scenario
    same = scenario.changed(funds=before.funds, scenario=before.scenario) == before
    if not same or not same_identity(before, scenario) or not same_but_amounts_of_funds(before, scenario):
        return False
    for programme, known in people.affordability.items():
        money = known.with_amounts_of(scenario)
        if [group.id for group in people.able[programme] if money.affords(group)] != people.takers[programme]:
            return False
    return True


def _copied(value: Any, met: dict[int, OfYears]) -> Any:
    """Return a copy of nested dictionaries, lists and chances of years; nothing else is changed later.

    Groups share the chances of their agency: those that were `met` before are copied once.
    """
    if isinstance(value, dict):
        return {key: _copied(each, met) for key, each in value.items()}
    if isinstance(value, OfYears):
        if id(value) not in met:
            met[id(value)] = replace(value, courses=[*value.courses], limits=[*value.limits], closed=[*value.closed])
        return met[id(value)]
    return [_copied(each, met) for each in value] if isinstance(value, list) else value
