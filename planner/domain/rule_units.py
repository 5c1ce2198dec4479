"""Whom the bounds of a rule apply to: the whole plan, or each programme, group, agency or location separately."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from planner.domain.groups import Group
from planner.domain.rule_years import year_of_need
from planner.domain.rules import Rule
from planner.domain.scenario import Scenario

Unit = str | None
"""The programme, group, agency or location of a bound; None where the bound is for the whole plan."""

RuleUnit = tuple[int, Unit]
"""Index of a rule in the scenario, and one of its units."""

WHOLE: Final[tuple[Unit, ...]] = (None,)


class RuleUnits:
    """The units of one rule, in file order, and which programmes and groups belong to them."""

    def __init__(self, scenario: Scenario, rule: Rule) -> None:
        where, self.rule = rule.where, rule
        self._programmes: frozenset[str] = frozenset()
        self._groups: Mapping[str, str] = {}
        self.all: tuple[Unit, ...] = WHOLE
        if rule.per == "programme":
            picked = scenario.programmes if where.programmes is None else scenario.programmes_in(where.programmes)
            self.all = tuple(p.id for p in picked)
            self._programmes = frozenset(p.id for p in picked)
        elif rule.per is not None:
            chosen = scenario.groups if where.groups is None else scenario.groups_in(where.groups)
            units = dict.fromkeys(unit for group in chosen if (unit := self._of_group(group)) is not None)
            self.all = tuple(units)
            named = ((group.id, self._of_group(group)) for group in scenario.groups)
            self._groups = {g: unit for g, unit in named if unit is not None and unit in units}

    def holding(self, programme: str | None, group: str | None) -> tuple[Unit, ...]:
        """Return the units that a (programme, group) belongs to: one, or none."""
        if self.rule.per is None:
            return WHOLE
        if self.rule.per == "programme":
            return (programme,) if programme in self._programmes else ()
        unit = self._groups.get(group or "")
        return () if unit is None else (unit,)

    def _of_group(self, group: Group) -> str | None:
        unit: str | None = group.id if self.rule.per == "group" else getattr(group, str(self.rule.per))
        return unit


def gaps_of_units(scenario: Scenario, rule: Rule) -> dict[Unit, list[tuple[str, str]]]:
    """Return the (group, competency) with a gap that a rule about gaps closed selects, for each of its units."""
    where, units = rule.where, RuleUnits(scenario, rule)
    groups = scenario.groups if where.groups is None else scenario.groups_in(where.groups)
    among = scenario.competencies if where.competencies is None else scenario.competencies_in(where.competencies)
    chosen = {competency.id for competency in among}
    found: dict[Unit, list[tuple[str, str]]] = {of: [] for of in units.all}
    for group in groups:
        for of in units.holding(None, group.id):
            found[of] += ((group.id, c) for c in group.needs if c in chosen)
    return found


def needs_of_units(scenario: Scenario, rule: Rule) -> dict[Unit, int]:
    """Return how many gaps a rule about gaps closed selects in each unit, by the end of the year that its share is
    of."""
    until, groups = year_of_need(rule), scenario.group
    return {
        of: sum(groups[g].needs_by(until).get(c, 0) for g, c in keys)
        for of, keys in gaps_of_units(scenario, rule).items()
    }


def asks_if_running(rule: Rule) -> bool:
    """Return whether the rule has a minimum for each programme that runs, and none for programmes that do not."""
    return rule.per == "programme" and rule.at_least is not None and not rule.at_least.is_share


def asked_if_running(scenario: Scenario) -> frozenset[str | None]:
    """Return the programmes for which some rule has a minimum if they run."""
    asking = (rule for rule in scenario.rules if asks_if_running(rule))
    return frozenset(of for rule in asking for of in RuleUnits(scenario, rule).all)
