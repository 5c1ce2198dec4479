"""The planner's own rules: what each measures, its bounds, and whether it holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import Any

from planner.check.closings import Closings
from planner.check.costs import AGREEMENT, SOCIALIZATION, Due
from planner.check.rows import StatedCell, StatedDecisions, anything, is_flag, is_text, table
from planner.check.verdict import FindingLog, rupiah, shown
from planner.domain.rules import Limit, Rule, Where
from planner.domain.scenario import Scenario
from planner.locale import _


@dataclass(frozen=True)
class RuleOutcome:
    """The measure of a rule, and its bounds in the unit of the measure."""

    rule: Rule
    measure: Fraction
    at_least: Fraction | None
    """Lower bound in the unit of the measure."""
    at_most: Fraction | None
    """Upper bound in the unit of the measure."""

    @property
    def missed(self) -> Fraction:
        """Units by which the measure lies outside its bounds."""
        below = max(Fraction(0), self.at_least - self.measure) if self.at_least is not None else Fraction(0)
        above = max(Fraction(0), self.measure - self.at_most) if self.at_most is not None else Fraction(0)
        return below + above

    @property
    def lost(self) -> Fraction:
        """Weighted gaps that a goal costs: penalty x units missed."""
        return self.rule.soft.penalty * self.missed if self.rule.soft else Fraction(0)


class RuleMeasures:
    """The measures of a plan, over the part of it that `where` selects."""

    def __init__(self, scenario: Scenario, decisions: StatedDecisions, due: Due, closed: Closings) -> None:
        self._scenario = scenario
        self._decisions = decisions
        self._due = due
        self._closed = closed
        self._of: dict[str, Callable[[Where], Fraction]] = {
            "cost": self._cost,
            "participants": self._participants,
            "hours": self._hours,
            "classes": self._classes,
            "gaps_closed": self._gaps_closed,
        }

    def outcome(self, rule: Rule) -> RuleOutcome:
        """The rule's measure, and its bounds with shares written out.

        A share is of the same measure over the whole plan; for gaps_closed, of the need that `where` selects.
        Of cost it is whole rupiah: at_least = floor(share x cost), at_most = ceil(share x cost).
        """
        measure = self._of[rule.measure]

        def written_out(limit: Limit | None, to_rupiah: Callable[[Fraction], int]) -> Fraction | None:
            if limit is None:
                return None
            if not limit.is_share:
                return limit.value
            whole = self._need(rule.where) if rule.measure == "gaps_closed" else measure(Where())
            exact = limit.value * whole
            return Fraction(to_rupiah(exact)) if rule.measure == "cost" else exact

        low, high = written_out(rule.at_least, floor), written_out(rule.at_most, ceil)
        return RuleOutcome(rule, measure(rule.where), low, high)

    def _programmes(self, where: Where) -> set[str]:
        picked = (
            self._scenario.programmes if where.programmes is None else self._scenario.programmes_in(where.programmes)
        )
        return {programme.id for programme in picked}

    def _groups(self, where: Where) -> set[str]:
        picked = self._scenario.groups if where.groups is None else self._scenario.groups_in(where.groups)
        return {group.id for group in picked}

    def _periods(self, where: Where) -> set[str]:
        return set(self._scenario.horizon if where.periods is None else where.periods)

    def _seated(self, where: Where) -> list[tuple[str, int]]:
        programmes, groups, periods = self._programmes(where), self._groups(where), self._periods(where)
        rows = self._decisions.participants.items()
        return [(p, n) for (g, p, t), n in rows if p in programmes and g in groups and t in periods]

    def _participants(self, where: Where) -> Fraction:
        return Fraction(sum(people for _p, people in self._seated(where)))

    def _hours(self, where: Where) -> Fraction:
        people: dict[str, int] = {}
        for p, number in self._seated(where):
            people[p] = people.get(p, 0) + number
        return sum((self._scenario.programme[p].hours * number for p, number in people.items()), Fraction(0))

    def _classes(self, where: Where) -> Fraction:
        programmes, periods = self._programmes(where), self._periods(where)
        rows = self._decisions.classes.items()
        return Fraction(sum(classes for (p, t), classes in rows if p in programmes and t in periods))

    def _gaps_closed(self, where: Where) -> Fraction:
        return sum((self._closed[key] for key in self._gaps(where)), Fraction(0))

    def _need(self, where: Where) -> Fraction:
        return Fraction(sum(self._scenario.group[g].gaps[c] for g, c in self._gaps(where)))

    def _gaps(self, where: Where) -> list[tuple[str, str]]:
        groups, all_competencies = self._groups(where), self._scenario.competencies
        picked = all_competencies if where.competencies is None else self._scenario.competencies_in(where.competencies)
        competencies = {competency.id for competency in picked}
        return [(g, c) for g, c in self._closed if g in groups and c in competencies]

    def _cost(self, where: Where) -> Fraction:
        """Payments. `programmes` leaves out socialization and agreements; `groups` keeps only participant items of
        those groups and their socialization; `items` sees item, account and per, which those two lack."""
        programmes = None if where.programmes is None else self._programmes(where)
        groups = None if where.groups is None else self._groups(where)
        periods = self._periods(where)
        funds = {
            fund.id
            for fund in self._scenario.funds
            if where.funds is None or where.funds.matches({"id": (fund.id,), "kind": (fund.kind,)})
        }
        items = _Items(where, self._due)
        return Fraction(
            sum(
                amount
                for (fund, cell), amount in self._decisions.payments.items()
                if fund in funds
                and cell.period in periods
                and (programmes is None or cell.programme in programmes)
                and (groups is None or cell.group in groups)
                and items.selects(cell)
            )
        )


class _Items:
    """Which cells the `items` selector of a rule counts."""

    def __init__(self, where: Where, due: Due) -> None:
        self._selector = where.items
        self._due = due
        self._known: dict[tuple[str, str | None, tuple[str, ...]], bool] = {}

    def selects(self, cell: StatedCell) -> bool:
        if self._selector is None:
            return True
        bases = tuple(b for b in self._due.get(cell, ()) if b not in (SOCIALIZATION, AGREEMENT))
        key = (cell.item, cell.account, bases)
        if key not in self._known:
            account = () if cell.account is None else (cell.account,)
            self._known[key] = self._selector.matches({"item": (cell.item,), "account": account, "per": bases})
        return self._known[key]


def check_rules(plan: Mapping[str, Any], outcomes: list[RuleOutcome], log: FindingLog) -> None:
    """Hard rules hold; there is one correct row for each rule, in file order."""
    for outcome in outcomes:
        _check_bounds(outcome, log)
    columns = {"rule": is_text, "measure": anything, "at_least": anything, "at_most": anything, "held": is_flag}
    rows = list(table(plan, "rules", columns, log))
    if [row["rule"] for _place, row in rows] != [outcome.rule.name for outcome in outcomes]:
        log.find("rules", ("order",), _("The rows are not the rules of the scenario, once each and in their order."))
        return
    for (place, row), outcome in zip(rows, outcomes, strict=True):
        log.equal("rules", (place, "measure"), row["measure"], outcome.measure)
        for bound in ("at_least", "at_most"):
            exact = getattr(outcome, bound)
            if exact is not None:
                log.equal("rules", (place, bound), row[bound], exact)
            elif row[bound] is not None:
                sentence = _("The rule '{name}' has no such bound, and the plan states {stated}.")
                log.find("rules", (place, bound), sentence, name=outcome.rule.name, stated=shown(row[bound]))
        if row["held"] != (outcome.missed == 0):
            sentence = _("The plan states wrongly whether the rule '{name}' holds.")
            log.find("rules", (place, "held"), sentence, name=outcome.rule.name)


def _check_bounds(outcome: RuleOutcome, log: FindingLog) -> None:
    """A hard rule is kept; of a soft rule only the slack is recorded."""
    name = outcome.rule.name
    text = rupiah if outcome.rule.measure == "cost" else shown
    low = _("The rule '{name}' asks for at least {bound} and gets {measure}.")
    high = _("The rule '{name}' allows at most {bound} and gets {measure}.")
    for side, sentence, bound in (("at_least", low, outcome.at_least), ("at_most", high, outcome.at_most)):
        if bound is None:
            continue
        left = outcome.measure - bound if side == "at_least" else bound - outcome.measure
        if outcome.rule.soft is None:
            figures = {"bound": text(bound), "measure": text(outcome.measure)}
            log.room("rules", (name, side), left, sentence, name=name, **figures)
        else:
            log.note("rules", (name, side), left)
