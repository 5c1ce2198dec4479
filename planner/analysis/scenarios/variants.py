"""Scenarios that differ from a given one in a single respect: amounts of funds, partners, or rules."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from planner.domain.objectives import Bucket
from planner.domain.rules import Limit, Rule, Where
from planner.domain.scenario import Scenario
from planner.domain.selectors import CompetencySelector, GroupSelector, ProgrammeSelector


def with_amounts(scenario: Scenario, amounts: Mapping[str, int]) -> Scenario:
    """Return `scenario` with other amounts for some funds [rupiah]; below its minimum a fund cannot be used.

    Amounts per year keep their proportions.
    """
    return scenario.changed(
        funds=tuple(fund.with_amount(amounts[fund.id]) if fund.id in amounts else fund for fund in scenario.funds)
    )


def without_partners(scenario: Scenario, absent: Collection[str], year: str = "") -> Scenario:
    """Return `scenario` in which the funds `absent` offer neither money nor free seats.

    With a year, they do not pay their amount of that year: what else they give stays.
    """
    if year:
        return scenario.changed(
            funds=tuple(
                fund.with_amounts(fund.amounts | {year: 0}) if fund.id in absent and year in fund.amounts else fund
                for fund in scenario.funds
            )
        )
    return scenario.changed(
        funds=tuple(
            fund.with_amount(0).model_copy(update={"minimum": 0, "seats": dict.fromkeys(fund.seats, 0)})
            if fund.id in absent
            else fund
            for fund in scenario.funds
        )
    )


def without_rule(scenario: Scenario, number: int) -> Scenario:
    """Return `scenario` without the bounds of rule `number`; the indices of the others are unchanged."""
    free = scenario.rules[number].model_copy(update={"at_least": None, "at_most": None, "soft": None})
    rules = (*scenario.rules[:number], free, *scenario.rules[number + 1 :])
    return scenario.changed(rules=rules)


def with_rules(scenario: Scenario, *rules: Rule) -> Scenario:
    """Return `scenario` with additional rules. Raises ValueError where a name repeats: results are told apart by it."""
    names = [rule.name for rule in (*scenario.rules, *rules)]
    if len(set(names)) < len(names):
        raise ValueError(f"rules of the same name: {names}")
    return scenario.changed(rules=(*scenario.rules, *rules))


def at_least_people(name: str, group: str, programme: str, people: int) -> Rule:
    """Return the rule that at least `people` of a group take a programme."""
    where = Where(programmes=ProgrammeSelector(id=(programme,)), groups=GroupSelector(id=(group,)))
    return Rule(name=name, measure="participants", where=where, at_least=Limit(value=people, is_share=False))


def where_of_bucket(by: Bucket | None, bucket: str, gaps: Iterable[tuple[str, str]]) -> Where:
    """Return the selection of a bucket's gaps (group, competency), for rules on its coverage."""
    if by == "competency":
        return Where(competencies=CompetencySelector(id=(bucket,)))
    return Where(groups=GroupSelector(id=tuple(dict.fromkeys(group for group, _ in gaps))))


def unique_rule_name(scenario: Scenario, name: str) -> str:
    """Return `name`, with apostrophes added until no rule of `scenario` has it."""
    taken = {rule.name for rule in scenario.rules}
    while name in taken:
        name += "'"
    return name
