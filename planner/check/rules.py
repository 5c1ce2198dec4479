"""The planner's own rules: what each measures, its bounds, and whether it holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, partial
from math import ceil, floor
from typing import Any

from planner.check.closings import ClosedBy
from planner.check.costs import AGREEMENT, SOCIALIZATION, Due, periods_of_run
from planner.check.needs import gap, years_of
from planner.check.row_index import Picked, RowIndex
from planner.check.rows import ColumnTest, StatedCell, StatedDecisions, anything, entries, is_flag, is_text, record
from planner.check.rule_units import CheckedUnits, Unit
from planner.check.verdict import FindingLog, rupiah, shown
from planner.domain.competencies import Competency
from planner.domain.funds import Fund
from planner.domain.groups import Group
from planner.domain.periods import Period
from planner.domain.programmes import Programme
from planner.domain.rules import Limit, Rule, Where
from planner.domain.scenario import Scenario
from planner.domain.selectors import Selector
from planner.locale import _

Part = tuple[str | None, str | None, Fraction | int]
"""Programme, group and amount of a part of a measure."""


@dataclass(frozen=True)
class RuleOutcome:
    """The measure of a rule, and its bounds in the unit of the measure."""

    rule: Rule
    measure: Fraction
    at_least: Fraction | None
    """Lower bound in the unit of the measure."""
    at_most: Fraction | None
    """Upper bound in the unit of the measure."""
    of: Unit = None
    """The programme, group, agency or location of the bounds, with `per`."""

    @property
    def is_share_of_plan(self) -> bool:
        """Whether the upper bound is a share of what the plan decides; the need, which gaps are shares of, is known."""
        limit = self.rule.at_most
        return self.rule.measure != "gaps_closed" and limit is not None and limit.is_share

    @property
    def missed(self) -> Fraction:
        """Units by which the measure lies outside its bounds."""
        below = max(Fraction(0), self.at_least - self.measure) if self.at_least is not None else Fraction(0)
        above = max(Fraction(0), self.measure - self.at_most) if self.at_most is not None else Fraction(0)
        return below + above

    @property
    def lost(self) -> Fraction:
        """Weighted gaps lost by a missed soft rule: penalty x units missed."""
        return self.rule.soft.penalty * self.missed if self.rule.soft else Fraction(0)


class RuleMeasures:
    """The measures of a plan, over the part of it that `where` selects."""

    def __init__(
        self, scenario: Scenario, decisions: StatedDecisions, due: Due, closed: ClosedBy, *, paid_for: bool = False
    ) -> None:
        """`closed` gives the gaps closed by the end of a year, or of the plan. With `paid_for` the programmes that
        `per` binds are those paid for too, not only those that run."""
        self._scenario = scenario
        self._paid_for = {paid.cell.programme for paid in decisions.payments} if paid_for else set()
        self._decisions = decisions
        self._rows = RowIndex(decisions)
        self._picked: dict[Selector, frozenset[str]] = {}
        self._due = due
        self._closed = closed
        self._of: dict[str, Callable[[Where], Iterator[Part]]] = {
            "participants": self._participants,
            "hours": self._hours,
            "classes": self._classes,
            "gaps_closed": self._gaps_closed,
        }

    def outcomes(self, rule: Rule) -> list[RuleOutcome]:
        """Return the rule's measure and its bounds, shares as numbers: for the plan, or for each unit with `per`.

        A share is of the same measure over the whole plan or unit, or the same years of it; for gaps_closed, of the
        need that `where` selects, by the end of the plan, or of the last of the same years. Of cost it is whole rupiah:
        at_least = floor(share x cost), at_most = ceil(share x cost); such a rule counts the costs of programmes, and
        socialization and agreements only where `items` names them by item.
        """
        units = CheckedUnits(self._scenario, self._decisions, rule, self._paid_for)

        def summed(parts: Iterable[Part]) -> dict[Unit, Fraction]:
            tops: dict[Unit, dict[int, int]] = {unit: {} for unit in units.all}
            for programme, group, amount in parts:
                for unit in units.of(programme, group):
                    of_unit, bottom = tops[unit], amount.denominator
                    of_unit[bottom] = of_unit.get(bottom, 0) + amount.numerator
            return {
                unit: sum((Fraction(top, bottom) for bottom, top in of_unit.items()), Fraction(0))
                for unit, of_unit in tops.items()
            }

        measure = self._of.get(rule.measure)
        if measure is None:
            named = set(rule.where.items.item or ()) if rule.where.items else set()
            shared = any(limit is not None and limit.is_share for limit in (rule.at_least, rule.at_most))
            measure = partial(self._cost, outside=named if shared else None)
        base = Where(years=rule.where.years) if rule.of_years == "same" else Where()
        measured = summed(measure(rule.where))
        whole: dict[Unit, Fraction] = {}
        if any(limit is not None and limit.is_share for limit in (rule.at_least, rule.at_most)):
            whole = summed(self._need(rule) if rule.measure == "gaps_closed" else measure(base))

        def written_out(limit: Limit | None, unit: Unit, to_rupiah: Callable[[Fraction], int]) -> Fraction | None:
            if limit is None:
                return None
            if not limit.is_share:
                return limit.value
            exact = limit.value * whole[unit]
            return Fraction(to_rupiah(exact)) if rule.measure == "cost" else exact

        return [
            RuleOutcome(
                rule,
                measured[unit],
                written_out(rule.at_least, unit, floor),
                written_out(rule.at_most, unit, ceil),
                unit,
            )
            for unit in units.all
        ]

    def _programmes(self, where: Where) -> Picked:
        return self._ids(where.programmes, self._scenario.programmes_in)

    def _groups(self, where: Where) -> Picked:
        return self._ids(where.groups, self._scenario.groups_in)

    def _ids[S: Selector](
        self, selector: S | None, pick: Callable[[S], Iterable[Group | Programme | Competency | Fund]]
    ) -> Picked:
        """Return what a selector picks, by id, found once for all rules that have it."""
        if selector is None:
            return None
        if selector not in self._picked:
            self._picked[selector] = frozenset(each.id for each in pick(selector))
        return self._picked[selector]

    def _periods(self, where: Where) -> set[str]:
        named = set(self._scenario.horizon if where.periods is None else where.periods)
        if where.years is None:
            return named
        entries, default = self._scenario.periods or (), self._scenario.scenario.fiscal_year
        stated = {entry.id: entry.year for entry in entries if isinstance(entry, Period)}
        years = {t: str(stated.get(t) or default or 1) for t in self._scenario.horizon}
        return {t for t in named if years[t] in where.years}

    def _seated(self, where: Where) -> Iterator[tuple[str, str, str, int]]:
        programmes, groups = self._programmes(where), self._groups(where)
        rows = self._rows.participants(programmes, groups)
        for (g, p, t), people in rows:
            if (programmes is None or p in programmes) and (groups is None or g in groups):
                yield g, p, t, people

    def _participants(self, where: Where) -> Iterator[Part]:
        periods = self._periods(where)
        yield from ((p, g, people) for g, p, t, people in self._seated(where) if t in periods)

    def _hours(self, where: Where) -> Iterator[Part]:
        """Yield hours, spread evenly over a run: those of its periods that `where` selects count."""
        periods = self._periods(where)
        shares: dict[tuple[str, str], Fraction] = {}
        for g, p, t, people in self._seated(where):
            if (p, t) not in shares:
                programme = self._scenario.programme[p]
                within = sum(u in periods for u in periods_of_run(self._scenario, programme, t))
                shares[p, t] = programme.hours * within / programme.lasts
            yield p, g, shares[p, t] * people

    def _classes(self, where: Where) -> Iterator[Part]:
        programmes, periods = self._programmes(where), self._periods(where)
        for (p, t), classes in self._decisions.classes.items():
            if (programmes is None or p in programmes) and t in periods:
                yield p, None, classes

    def _gaps_closed(self, where: Where) -> Iterator[Part]:
        """Yield gaps closed, or what each year that `where` names adds to those closed by the end of the year
        before."""
        gaps = self._gaps(where)
        if where.years is None:
            yield from ((None, key[0], self._closed(None)[key]) for key in gaps)
            return
        years = years_of(self._scenario)
        for before, year in zip([None, *years], years, strict=False):
            if year in where.years:
                now = self._closed(None if year == years[-1] else year)
                then = self._closed(before) if before is not None else {}
                yield from ((None, key[0], now.get(key, 0) - then.get(key, 0)) for key in gaps)

    def _need(self, rule: Rule) -> Iterator[Part]:
        until = max(rule.where.years or ("",)) if rule.of_years == "same" else None
        yield from ((None, g, gap(self._scenario.group[g], c, until)) for g, c in self._gaps(rule.where))

    def _gaps(self, where: Where) -> list[tuple[str, str]]:
        groups, competencies = self._groups(where), self._ids(where.competencies, self._scenario.competencies_in)
        of_groups = self._gaps_of.values() if groups is None else (self._gaps_of.get(g, ()) for g in groups)
        return [key for gaps in of_groups for key in gaps if competencies is None or key[1] in competencies]

    @cached_property
    def _gaps_of(self) -> dict[str, list[tuple[str, str]]]:
        """The gaps of each group."""
        found: dict[str, list[tuple[str, str]]] = {}
        for key in self._closed(None):
            found.setdefault(key[0], []).append(key)
        return found

    def _cost(self, where: Where, outside: set[str] | None = None) -> Iterator[Part]:
        """Yield payments that `where` selects.

        `programmes` leaves out socialization and agreements; `groups` keeps only participant items of those groups and
        their socialization; `items` sees item, account and per, which those two lack. Where `outside` is given, costs
        of no programme count only for the items in it.
        """
        programmes, groups, periods = self._programmes(where), self._groups(where), self._periods(where)
        funds = self._ids(where.funds, self._scenario.funds_in)
        items = _Items(where, self._due)
        for (fund, cell), amount in self._rows.payments(programmes, groups, funds):
            if (
                (funds is None or fund in funds)
                and (outside is None or cell.programme is not None or cell.item in outside)
                and cell.period in periods
                and (programmes is None or cell.programme in programmes)
                and (groups is None or cell.group in groups)
                and items.selects(cell)
            ):
                yield cell.programme, cell.group, amount


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
    """Check that hard rules hold, and that there is one correct row for each rule or unit, in file order."""
    for outcome in outcomes:
        check_bounds(outcome, log)
    columns: dict[str, ColumnTest] = {
        "rule": is_text,
        "measure": anything,
        "at_least": anything,
        "at_most": anything,
        "held": is_flag,
    }
    rows = []
    for place, row in entries(plan, "rules", log):
        divided = {"of": is_text} if isinstance(row, dict) and "of" in row else {}
        if record(row, columns | divided, place, log):
            rows.append((place, row))
    stated = [(row["rule"], row.get("of")) for _place, row in rows]
    if stated != [(outcome.rule.name, outcome.of) for outcome in outcomes]:
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
            sentence = _("The plan says wrongly whether the rule '{name}' holds.")
            log.find("rules", (place, "held"), sentence, name=outcome.rule.name)


def check_bounds(outcome: RuleOutcome, log: FindingLog) -> None:
    """Check that a hard rule is kept; of a soft rule only the slack is recorded."""
    name = outcome.rule.name
    text = rupiah if outcome.rule.measure == "cost" else shown
    low = _("The rule '{name}' asks for at least {bound} and gets {measure}.")
    high = _("The rule '{name}' allows at most {bound} and gets {measure}.")
    if outcome.of is not None:
        low = _("The rule '{name}' asks for at least {bound} of '{of}' and gets {measure}.")
        high = _("The rule '{name}' allows '{of}' at most {bound} and gets {measure}.")
    for side, sentence, bound in (("at_least", low, outcome.at_least), ("at_most", high, outcome.at_most)):
        if bound is None:
            continue
        key = (name, side) if outcome.of is None else (name, outcome.of, side)
        left = outcome.measure - bound if side == "at_least" else bound - outcome.measure
        if outcome.rule.soft is None:
            figures = {"bound": text(bound), "measure": text(outcome.measure), "of": outcome.of or ""}
            if side == "at_least":
                log.room_asked("rules", key, left, sentence, name=name, **figures)
            elif not outcome.is_share_of_plan:
                log.room("rules", key, left, sentence, name=name, **figures)
            else:
                log.share_room("rules", key, left, outcome.measure, sentence, name=name, **figures)
        else:
            log.note("rules", key, left)
