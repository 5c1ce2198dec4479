"""Cost cells and who may pay them: the part of the contract that model, settlement and checker share.

A cell is one amount to be paid exactly: a participant item for the people of one group in one
period, a class item in one period, a programme item once, a socialization, or an agreement.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from planner.domain.funds import Fund
from planner.domain.groups import Group
from planner.domain.one_off import OneOff
from planner.domain.programmes import CostItem, Programme
from planner.domain.rule_units import RuleUnits
from planner.domain.rule_years import Periods, periods_measured, periods_of_base
from planner.domain.rules import Rule, Where
from planner.domain.scenario import Scenario
from planner.domain.selectors import ProgrammeSelector


class Cell(NamedTuple):
    """What one payment is for. Fields that do not apply are None.

    participant items: programme, group, period · class items: programme, period ·
    programme items: programme · socialization: group · agreement: neither; each in the period the plan chooses.
    """

    programme: str | None
    group: str | None
    item: str
    account: str | None
    period: str


@dataclass(frozen=True)
class Funding:
    """Cells of a scenario and the funds that may pay them."""

    scenario: Scenario

    @cached_property
    def own_funds(self) -> tuple[str, ...]:
        """Ids of the own funds, in file order; they alone pay socialization and agreements."""
        return tuple(fund.id for fund in self.scenario.funds if fund.own)

    @cached_property
    def _of_agency(self) -> dict[str, tuple[Fund, ...]]:
        """The funds of each agency, in file order."""
        found: dict[str, list[Fund]] = {}
        for fund in self.scenario.funds:
            if fund.agency is not None:
                found.setdefault(fund.agency, []).append(fund)
        return {agency: tuple(funds) for agency, funds in found.items()}

    def _of(self, agencies: Iterable[str | None]) -> list[Fund]:
        """Return funds of no agency and those of `agencies`, in file order."""
        funds = [*self._of_none, *(f for agency in agencies if agency for f in self._of_agency.get(agency, ()))]
        return sorted(funds, key=lambda fund: self._place[fund.id])

    @cached_property
    def _of_none(self) -> tuple[Fund, ...]:
        return tuple(fund for fund in self.scenario.funds if fund.agency is None)

    @cached_property
    def _place(self) -> dict[str, int]:
        return {fund.id: number for number, fund in enumerate(self.scenario.funds)}

    @cached_property
    def agencies_of(self) -> dict[str, tuple[str | None, ...]]:
        """The agencies whose groups each programme is for, by programme id; only where some fund is an agency's."""
        if not self._of_agency:
            return {p.id: () for p in self.scenario.programmes}
        picked = {s: self.scenario.groups_in(s) for s in {p.for_ for p in self.scenario.programmes}}
        agencies = {s: tuple(dict.fromkeys(group.agency for group in groups)) for s, groups in picked.items()}
        return {p.id: agencies[p.for_] for p in self.scenario.programmes}

    @cached_property
    def _pays_programme(self) -> dict[ProgrammeSelector, frozenset[str]]:
        """Ids of the programmes that each selector of a fund picks; many funds have the same."""
        picked = self.scenario.programmes_in
        return {s: frozenset(p.id for p in picked(s)) for s in {f.pays.programmes for f in self.scenario.funds}}

    @cached_property
    def _pays_group(self) -> dict[str, frozenset[str]]:
        """Groups whose seats a fund may pay, for the funds that select them."""
        restricted = [f for f in self.scenario.funds if f.pays.groups.named()]
        return {f.id: frozenset(g.id for g in self.scenario.groups_in(f.pays.groups)) for f in restricted}

    @cached_property
    def _payers_of_line(self) -> dict[tuple[str, str, str | None, str], tuple[str, ...]]:
        """Funds that may pay a cost line for some group, by programme, item, account and basis."""
        found: dict[tuple[str, str, str | None, str], tuple[str, ...]] = {}
        chosen = {f.id for f in self.scenario.funds if f.pays.items.named()}
        for programme in self.scenario.programmes:
            agencies = self.agencies_of[programme.id]
            funds = [f for f in self._of(agencies) if programme.id in self._pays_programme[f.pays.programmes]]
            for item in programme.costs:
                alone = item.per == "participant" or len(agencies) == 1  # else money of one agency pays for others too
                key = (programme.id, item.item, item.account, item.per)
                attributes = item.attributes()
                found[key] = tuple(
                    f.id
                    for f in funds
                    if (alone or f.agency is None) and (f.id not in chosen or f.pays.items.matches(attributes))
                )
        return found

    @cached_property
    def _payers_for(self) -> dict[tuple[str, str, str | None, str | None], tuple[str, ...]]:
        """Ids of the funds that may pay a participant item, by (programme, item, account, agency); filled on demand."""
        return {}

    def payers(self, programme: Programme, item: CostItem, group: Group | None = None) -> tuple[str, ...]:
        """Return the ids of the funds that may pay `item` of `programme`, in file order.

        `pays.groups` and `agency` restrict participant items by the group of the seat.
        """
        payers = self._payers_of_line[programme.id, item.item, item.account, item.per]
        if item.per != "participant" or group is None:
            return payers
        if self._of_agency:
            key = (programme.id, item.item, item.account, group.agency)
            if key not in self._payers_for:
                whose = {f: self.scenario.fund[f].agency for f in payers}
                self._payers_for[key] = tuple(f for f, agency in whose.items() if agency in (None, group.agency))
            payers = self._payers_for[key]
        if not self._pays_group:
            return payers
        alike = (payers, tuple(group.id in groups for groups in self._pays_group.values()))
        found = self._payers_among.get(alike)
        if found is None:
            found = tuple(f for f in payers if f not in self._pays_group or group.id in self._pays_group[f])
            self._payers_among[alike] = found
        return found

    @cached_property
    def _payers_among(self) -> dict[tuple[object, ...], tuple[str, ...]]:
        """Which of some funds may pay for groups that the same funds select; filled on demand."""
        return {}

    def kind_of_group(self, group: Group) -> tuple[object, ...]:
        """Return what funds and cost rules distinguish about a group; groups of one kind are paid alike."""
        return self._kind_of_group[group.id]

    @cached_property
    def _kind_of_group(self) -> dict[str, tuple[object, ...]]:
        some = (*self._pays_group.values(), *self._groups_of_rules)
        divided = [r for r in self.scenario.rules if r.measure == "cost" and r.per not in (None, "programme")]
        units = [RuleUnits(self.scenario, rule) for rule in divided]
        return {
            group.id: (
                group.agency if group.agency in self._of_agency else None,
                *(group.id in groups for groups in some),
                *(each.holding(None, group.id) for each in units),
            )
            for group in self.scenario.groups
        }

    @cached_property
    def _groups_of_rules(self) -> tuple[frozenset[str], ...]:
        selectors = [r.where.groups for r in self.scenario.rules if r.measure == "cost" and r.where.groups]
        return tuple(frozenset(g.id for g in self.scenario.groups_in(s)) for s in selectors)

    def payers_of(self, one_off: OneOff) -> tuple[str, ...]:
        """Return the ids of the funds that may pay a one-off cost.

        Own funds alone pay socializations and agreements; those of one agency pay only for that agency.
        """
        if one_off.programme is None:
            if not self._of_agency:
                return self.own_funds
            owner = self.scenario.group[one_off.group] if one_off.group else self.scenario.fund[one_off.fund or ""]
            return tuple(f.id for f in self._of((owner.agency,)) if f.own)
        line = (one_off.programme, one_off.item, one_off.account, "programme")
        return self._payers_of_line[line]

    def covered(self, fund: Fund, programme: Programme) -> tuple[CostItem, ...]:
        """Return participant items that cost nothing for a free seat of `fund` in `programme`."""
        return tuple(i for i in programme.items("participant") if fund.seats_cover.matches(i.attributes()))

    def counted(self, rule: Rule) -> CostFilter:
        """Return which cells and payers a cost rule counts; of rules that are asked about again it is remembered."""
        known = self._filters.get(rule.name)
        if known is None or known.rule is not rule:
            known = self._filters[rule.name] = CostFilter(self.scenario, rule)
        return known

    @cached_property
    def _filters(self) -> dict[str, CostFilter]:
        return {}

    def with_amounts_of(self, scenario: Scenario) -> Funding:
        """Return the same for a scenario whose funds differ from these only in their amounts, which decide nothing
        here."""
        other = Funding(scenario)
        vars(other).update({**vars(self), "scenario": scenario})
        return other


@dataclass(frozen=True)
class CostFilter:
    """The part of the payments that `where` of a cost rule selects.

    A `programmes` selector leaves out socialization and agreements; a `groups` selector keeps only
    participant items of those groups and their socialization; `items` sees item, account and per,
    and socialization and agreements have no `per`. A rule with a share counts socialization and agreements only where
    `items` names them by item.
    """

    scenario: Scenario
    rule: Rule

    @property
    def where(self) -> Where:
        return self.rule.where

    @cached_property
    def units(self) -> RuleUnits:
        """Whom the bounds of the rule are for."""
        return RuleUnits(self.scenario, self.rule)

    @property
    def sees_periods(self) -> bool:
        """Whether the rule counts payments of some periods only."""
        return self._periods is not None or self._periods_of_base is not None

    @cached_property
    def _periods(self) -> Periods:
        return periods_measured(self.scenario, self.rule)

    @cached_property
    def _periods_of_base(self) -> Periods:
        return periods_of_base(self.scenario, self.rule)

    @cached_property
    def _programmes(self) -> frozenset[str] | None:
        selector = self.where.programmes
        return None if selector is None else frozenset(p.id for p in self.scenario.programmes_in(selector))

    @cached_property
    def _groups(self) -> frozenset[str] | None:
        selector = self.where.groups
        return None if selector is None else frozenset(g.id for g in self.scenario.groups_in(selector))

    @cached_property
    def funds(self) -> frozenset[str]:
        """Ids of the funds whose payments count."""
        selector = self.where.funds
        picked = self.scenario.funds if selector is None else self.scenario.funds_in(selector)
        return frozenset(fund.id for fund in picked)

    def selects(self, cell: Cell) -> bool:
        """Return whether payments for `cell` count, whoever makes them."""
        if self.rule.has_share and not self.rule.in_base(cell.programme, cell.item):
            return False
        if self._programmes is not None and cell.programme not in self._programmes:
            return False
        if self._groups is not None and cell.group not in self._groups:
            return False
        if self._periods is not None and cell.period not in self._periods:
            return False
        return self.where.items is None or self._selects_line(cell)

    def in_whole(self, cell: Cell) -> bool:
        """Return whether `cell` belongs to the cost of which a share of the rule is taken, whoever pays it."""
        in_years = self._periods_of_base is None or cell.period in self._periods_of_base
        return in_years and self.rule.in_base(cell.programme, cell.item)

    @cached_property
    def _lines(self) -> dict[tuple[str | None, str, str | None, bool], bool]:
        """Whether `where.items` selects the line of a cell; filled on demand, since many cells have the same line."""
        return {}

    def _selects_line(self, cell: Cell) -> bool:
        line = cell.programme, cell.item, cell.account, cell.group is None
        if line not in self._lines:
            assert self.where.items is not None
            self._lines[line] = self.where.items.matches(self._item_attributes(cell))
        return self._lines[line]

    def _item_attributes(self, cell: Cell) -> dict[str, tuple[str, ...]]:
        per: tuple[str, ...] = ()
        if cell.programme is not None:
            lines = self.scenario.programme[cell.programme].costs
            named = (i for i in lines if (i.item, i.account) == (cell.item, cell.account))
            per = tuple(i.per for i in named if (i.per == "participant") == (cell.group is not None))
        return {"item": (cell.item,), "account": (cell.account,) if cell.account else (), "per": per}
