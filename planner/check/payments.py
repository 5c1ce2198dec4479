"""The rules about payments: every cell that costs something is paid exactly, by funds that may pay it."""

from __future__ import annotations

from collections.abc import Collection

from planner.check.costs import AGREEMENT, SOCIALIZATION, Amount, Basis, Due
from planner.check.rows import StatedCell, StatedDecisions
from planner.check.verdict import FindingLog, rupiah
from planner.domain.programmes import Programme
from planner.domain.scenario import Scenario
from planner.domain.selectors import GroupSelector
from planner.locale import _


def check_payments(scenario: Scenario, decisions: StatedDecisions, due: Due, log: FindingLog) -> None:
    """Check sum_f z[f,q] = cost of q for every cell q, and z[f,q] > 0 only for funds that may pay q."""
    payers = _Payers(scenario)
    if _is_paid(payers, decisions, due):
        return
    paid: dict[StatedCell, dict[str, int]] = {}
    for (fund, cell), amount in decisions.payments.items():
        paid.setdefault(cell, {})[fund] = amount
    for cell, bases in due.items():
        cost, amount = sum(bases.values()), sum(paid.get(cell, {}).values())
        if cost != amount:
            sentence = _("{cell} costs {cost}, and {paid} is paid.")
            log.find("cost", _key(cell), sentence, cell=_name(cell), cost=rupiah(cost), paid=rupiah(amount))
    for cell, amounts in paid.items():
        if cell in due:
            _check_payers(payers, cell, due[cell], amounts, log)
        else:
            sentence = _("{paid} is paid for {cell}, which costs nothing in this plan.")
            log.find("cost", _key(cell), sentence, paid=rupiah(sum(amounts.values())), cell=_name(cell))


def _is_paid(payers: _Payers, decisions: StatedDecisions, due: Due) -> bool:
    """Return whether there is surely no finding: each cell is due on a single basis, and paid exactly by funds that
    may."""
    paid = decisions.paid
    if paid.keys() != due.keys():
        return False
    for cell, bases in due.items():
        if len(bases) > 1 or paid[cell] not in bases.values():
            return False
    for fund, cell in decisions.payments:
        (basis,) = due[cell]
        if not payers.may_pay(fund, cell, basis):
            return False
    return True


def _check_payers(
    payers: _Payers, cell: StatedCell, bases: dict[Basis, Amount], amounts: dict[str, int], log: FindingLog
) -> None:
    """Check that only funds that may pay a cell pay it.

    Where class and programme items share the cell, funds that may pay only one of them pay no more than its cost.
    """
    only: dict[Basis, int] = {}
    for fund, amount in amounts.items():
        payable = [basis for basis in bases if payers.may_pay(fund, cell, basis)]
        if not payable:
            sentence = _("Fund '{fund}' pays {amount} for {cell}, which it may not pay.")
            log.find("fund_pays", (fund, *_key(cell)), sentence, fund=fund, amount=rupiah(amount), cell=_name(cell))
        elif len(payable) == 1:
            only[payable[0]] = only.get(payable[0], 0) + amount
    for basis, amount in only.items():
        if amount > bases[basis] and len(bases) > 1:
            sentence = _("{cell}: funds that may pay only the part per {basis} pay {paid}, but that part costs {cost}.")
            values = {"cell": _name(cell), "basis": basis, "paid": rupiah(amount), "cost": rupiah(bases[basis])}
            log.find("fund_pays", (*_key(cell), basis), sentence, **values)


class _Payers:
    """Which fund may pay what."""

    def __init__(self, scenario: Scenario) -> None:
        self._scenario = scenario
        self._lines: dict[tuple[str, str, str, str | None, Basis], bool] = {}
        self._groups: dict[str, Collection[str]] = {}
        self._for: dict[GroupSelector, set[str | None]] = {}

    def may_pay(self, fund_id: str, cell: StatedCell, basis: Basis) -> bool:
        """Return whether the fund may pay the part of the cell due on this basis.

        Only own funds pay socialization and agreements, regardless of their `pays`. For the rest `pays` must
        select programme and item, and for participant items the group whose seats they are. Money of one agency pays
        for its own groups alone, and class and programme items only where nobody else may attend.
        """
        fund = self._scenario.fund[fund_id]
        if basis in (SOCIALIZATION, AGREEMENT):
            return fund.kind == "own" and fund.agency in (None, self._owner(cell))
        if cell.programme is None or not self._may_pay_line(fund_id, cell.programme, cell, basis):
            return False
        return basis != "participant" or (cell.group is not None and self._may_pay_group(fund_id, cell.group))

    def _may_pay_line(self, fund_id: str, programme_id: str, cell: StatedCell, basis: Basis) -> bool:
        key = (fund_id, programme_id, cell.item, cell.account, basis)
        if key not in self._lines:
            pays, programme = self._scenario.fund[fund_id].pays, self._scenario.programme[programme_id]
            account = () if cell.account is None else (cell.account,)
            item = {"item": (cell.item,), "account": account, "per": (basis,)}
            selected = pays.programmes.matches(self._scenario.programme_attributes(programme))
            self._lines[key] = selected and pays.items.matches(item)
            agency = self._scenario.fund[fund_id].agency
            if self._lines[key] and agency is not None and basis != "participant":
                self._lines[key] = self._agencies(programme) == {agency}
        return self._lines[key]

    def _agencies(self, programme: Programme) -> set[str | None]:
        """Return the agencies of all groups that the programme is for."""
        if programme.for_ not in self._for:
            self._for[programme.for_] = {group.agency for group in self._scenario.groups_in(programme.for_)}
        return self._for[programme.for_]

    def _owner(self, cell: StatedCell) -> str | None:
        """Return the agency of the group that is socialized, or of the fund of the agreement."""
        if cell.group is not None:
            return self._scenario.group[cell.group].agency
        fund = self._scenario.fund.get(cell.item.partition(":")[2])
        return None if fund is None else fund.agency

    def _may_pay_group(self, fund_id: str, group_id: str) -> bool:
        if fund_id not in self._groups:
            fund, groups = self._scenario.fund[fund_id], self._scenario.groups
            if fund.pays.groups.named():
                groups = self._scenario.groups_in(fund.pays.groups)
            self._groups[fund_id] = {group.id for group in groups if fund.agency in (None, group.agency)}
        return group_id in self._groups[fund_id]


def _key(cell: StatedCell) -> tuple[str, ...]:
    return tuple(part for part in (cell.programme, cell.group, cell.item, cell.period) if part is not None)


def _name(cell: StatedCell) -> str:
    """Return the cell as a sentence names it."""
    parts = (cell.programme, cell.group, cell.item, cell.account, cell.period)
    return " / ".join("'{}'".format(part if len(part) <= 60 else part[:59] + "…") for part in parts if part is not None)
