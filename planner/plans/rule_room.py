"""Whether the planner's rules leave room for one more participant, with the rest of a plan as it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from planner.domain.cells import Cell, CostFilter, Funding
from planner.domain.groups import Group
from planner.domain.programmes import CostItem, Programme
from planner.domain.rule_units import RuleUnits, Unit
from planner.domain.rule_years import ends_counted, periods_measured, periods_of_base
from planner.domain.rules import Rule
from planner.domain.running import hours_counted
from planner.domain.scenario import Scenario
from planner.plans.gaps_gained import GapsGained
from planner.plans.measures import Measures
from planner.plans.rule_measures import Amounts, MeasuredRules, most

Added = tuple[Unit, Fraction | int, Fraction | int]
"""A unit of a rule, the least that one more participant adds to its measure, and the most to what its shares refer
to."""


@dataclass(frozen=True)
class RuleRoom:
    """What the hard upper bounds of rules, and the choices between programmes, leave in one plan of a scenario."""

    scenario: Scenario
    measures: Measures

    def at_limit(self, group: Group, programme: Programme, *, free: bool) -> tuple[str, ...]:
        """Return the names of the rules that one more participant would break, in whatever period the programme starts.

        Empty where in some period no rule is certainly broken. Where all classes held are full, the participant needs
        one more; a programme that does not run yet also costs what it costs as a whole. With `free` some fund has a
        free seat left in the programme, so that the seat may cost nothing.
        """
        broken = [
            [rule.name for rule in self._limiting if self._breaks(rule, group, programme, start, free=free)]
            for start in self.scenario.periods_of(programme)
        ]
        return tuple(dict.fromkeys(name for names in broken for name in names)) if all(broken) else ()

    def chosen_otherwise(self, programme: Programme) -> bool:
        """Return whether the choices forbid the programme, which does not run, given what else runs and does not."""
        runs, p, choices = self._running, programme.id, self.scenario.choices
        return p not in runs and (
            any(p in names and any(name in runs for name in names) for names in choices.at_most_one_of)
            or any(p in names and not runs.issuperset(set(names) - {p}) for names in choices.together)
            or (p in choices.only_if and choices.only_if[p] not in runs)
        )

    def _breaks(self, rule: Rule, group: Group, programme: Programme, start: str, *, free: bool) -> bool:
        measured, whole = self._amounts[rule.name]
        for of, least, base in self._added(rule, group, programme, start, free=free):
            high = most(rule, whole.get(of, 0) + base)
            if least > 0 and high is not None and measured.get(of, 0) + least > high:
                return True
        return False

    def _added(self, rule: Rule, group: Group, programme: Programme, start: str, *, free: bool) -> Iterator[Added]:
        """Yield what one more participant adds, for each unit affected."""
        of_group = self._units[rule.name].holding(programme.id, group.id)
        if rule.measure == "cost":
            yield from self._costs(rule, group, programme, start, free=free)
        elif rule.measure == "gaps_closed":
            gained = self._gaps_closed(rule, group, programme, start)
            yield from ((of, gained, 0) for of in of_group)
        elif rule.measure == "classes":
            new = int(self._needs_class(programme, start))
            yield from ((of, *self._selected(rule, group, programme, start, new)) for of in of_group)
        elif rule.measure == "participants":
            yield from ((of, *self._selected(rule, group, programme, start, 1)) for of in of_group)
        else:
            within, of_base = periods_measured(self.scenario, rule), periods_of_base(self.scenario, rule)
            counted = hours_counted(self.scenario, programme, within).get(start, Fraction(0))
            base = hours_counted(self.scenario, programme, of_base).get(start, Fraction(0))
            for of in of_group:
                yield of, counted * self._names(rule, group, programme), base

    def _selected(self, rule: Rule, group: Group, programme: Programme, start: str, number: int) -> tuple[int, int]:
        """Return how much of a number that counts at the start the rule measures, and how much its shares refer to."""
        within, of_base = periods_measured(self.scenario, rule), periods_of_base(self.scenario, rule)
        measured = (within is None or start in within) and self._names(rule, group, programme)
        return number * measured, number * (of_base is None or start in of_base)

    def _names(self, rule: Rule, group: Group, programme: Programme) -> bool:
        """Return whether `where` selects the programme, and the group where the measure knows groups."""
        groups, programmes = self._chosen[rule.name]
        return programme.id in programmes and (rule.measure == "classes" or group.id in groups)

    def _gaps_closed(self, rule: Rule, group: Group, programme: Programme, start: str) -> Fraction:
        """Return the gaps measured that one more participant closes, exactly; 0 where even all of them could not be too
        many."""
        groups, competencies = self._chosen[rule.name][0], self._competencies[rule.name]
        gained = Fraction(0)
        for until, sign in ends_counted(self.scenario, rule):
            for (g, c), more in self._gained.by(group, programme, start, until).items():
                if g in groups and c in competencies:
                    gained += sign * more
        return gained

    def _costs(self, rule: Rule, group: Group, programme: Programme, start: str, *, free: bool) -> Iterator[Added]:
        """Yield the least of the costs that one more participant brings and the rule counts, and all of them
        [rupiah]."""
        counted, units, funding = self._counted[rule.name], self._units[rule.name], self._funding
        years = dict.fromkeys(self.scenario.price_year.values())
        now = (self.scenario.price_year[start],)
        least: Amounts = {}
        whole: Amounts = {}

        def add(item: CostItem, of_group: Group | None) -> None:
            cell = Cell(programme.id, None if of_group is None else of_group.id, item.item, item.account, start)
            prices = [item.unit_cost(of_group, year) for year in (years if item.per == "programme" else now)]
            payers = funding.payers(programme, item, of_group)
            sure = counted.funds.issuperset(payers) and not (item.per == "participant" and free)
            sure = sure and not (item.per == "programme" and counted.sees_periods)  # it may be paid in another period
            for of in units.holding(cell.programme, cell.group):
                if sure and counted.selects(cell):
                    least[of] = least.get(of, 0) + min(prices)
                if counted.in_whole(cell) or item.per == "programme":
                    whole[of] = whole.get(of, 0) + max(prices)

        for item in programme.items("participant"):
            add(item, group)
        for item in programme.items("class") if self._needs_class(programme, start) else ():
            add(item, None)
        for item in programme.items("programme") if programme.id not in self._running else ():
            add(item, None)
        return ((of, least.get(of, 0), whole.get(of, 0)) for of in {**least, **whole})

    def _needs_class(self, programme: Programme, start: str) -> bool:
        size, key = programme.class_size, (programme.id, start)
        seated = self.measures.participants_by_programme_and_period.get(key, 0)
        return size is not None and seated >= self.measures.classes_by_programme_and_period.get(key, 0) * size.max

    @cached_property
    def _limiting(self) -> tuple[Rule, ...]:
        """Hard rules whose upper bound one more participant could reach; only these are tried for each seat."""
        return tuple(rule for rule in self._bounded if self._near(rule))

    def _near(self, rule: Rule) -> bool:
        """Return whether the most that one participant adds in any programme would be too much for some unit."""
        measured, whole = self._amounts[rule.name]
        added = self._most_added(rule)
        highs = ((measured.get(of, 0), most(rule, whole.get(of, 0))) for of in self._units[rule.name].all)
        return added is None or any(high is not None and n + added > high for n, high in highs)

    def _most_added(self, rule: Rule) -> Fraction | None:
        """Return the most that one participant adds to a measure, whatever the programme; None where that is not
        known."""
        programmes = self.scenario.programmes
        if rule.measure == "hours":
            return max((p.hours for p in programmes), default=Fraction(0))
        if rule.measure == "gaps_closed":
            return max((sum(p.closes.values(), Fraction(0)) for p in programmes), default=Fraction(0))
        return None if rule.measure == "cost" else Fraction(1)

    @cached_property
    def _bounded(self) -> tuple[Rule, ...]:
        return tuple(rule for rule in self.scenario.rules if rule.hard and rule.at_most is not None)

    @cached_property
    def _amounts(self) -> dict[str, tuple[Amounts, Amounts]]:
        plan = self.measures.plan
        found = MeasuredRules(self.scenario, plan.decisions(self.scenario), plan.payments, plan.closings)
        return {rule.name: found.amounts(rule) for rule in self._bounded}

    @cached_property
    def _units(self) -> dict[str, RuleUnits]:
        return {rule.name: RuleUnits(self.scenario, rule) for rule in self._bounded}

    @cached_property
    def _chosen(self) -> dict[str, tuple[frozenset[str], frozenset[str]]]:
        """Ids of the groups and programmes that `where` of each rule selects."""
        scenario = self.scenario
        return {
            rule.name: (
                frozenset(g.id for g in (scenario.groups_in(w.groups) if w.groups else scenario.groups)),
                frozenset(
                    p.id for p in (scenario.programmes_in(w.programmes) if w.programmes else scenario.programmes)
                ),
            )
            for rule in self._bounded
            for w in (rule.where,)
        }

    @cached_property
    def _counted(self) -> dict[str, CostFilter]:
        """Which cells and payers each rule counts."""
        return {rule.name: self._funding.counted(rule) for rule in self._bounded}

    @cached_property
    def _competencies(self) -> dict[str, frozenset[str]]:
        """Ids of the competencies that `where` of each rule selects."""
        scenario = self.scenario
        return {
            rule.name: frozenset(c.id for c in (scenario.competencies_in(chosen) if chosen else scenario.competencies))
            for rule in self._bounded
            for chosen in (rule.where.competencies,)
        }

    @cached_property
    def _gained(self) -> GapsGained:
        return GapsGained(self.scenario, self.measures.plan)

    @cached_property
    def _running(self) -> frozenset[str]:
        return frozenset(self.measures.running) | self.scenario.facts.ran

    @cached_property
    def _funding(self) -> Funding:
        return self.scenario.funding
