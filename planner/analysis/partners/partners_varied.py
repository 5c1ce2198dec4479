"""Whose presence is varied: up to eight partners, each there or not; what is left to the others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from planner.domain.cells import Funding
from planner.domain.checks.did_you_mean import suggestion
from planner.domain.funds import Fund
from planner.domain.scenario import Scenario
from planner.errors import InputError, Problem
from planner.locale import _
from planner.plans.plan import Plan

MOST: Final = 8
"""Partners whose every subset is planned for."""


@dataclass(frozen=True)
class Presence:
    """The partners of a scenario, in file order."""

    varied: tuple[str, ...]
    """Those that are there or not."""
    always: tuple[str, ...]
    """Those that offer something and are taken to be there in any case."""
    never: tuple[str, ...]
    """Those that offer something and certainly do not come: their chance is 0."""
    idle: tuple[str, ...]
    """Those that offer neither money nor free seats."""
    too_many: bool
    """Whether some of `always` are there in any case only because they are too many."""


def presence(scenario: Scenario, plan: Plan, asked: Sequence[str] = (), *, uncertain: bool = False) -> Presence:
    """Who is varied: the partners `asked` for, or else all that offer something.

    Where only those that are `uncertain` count, partners that are sure to come, or sure not to, are not varied. Of
    more than MOST the ones that carry most of `plan` are varied: by what they pay and what their free seats save, then
    by what they offer, then in file order; the others are taken to be there.
    Raises InputError for names that are no partners, or too many names.
    """
    partners = [fund for fund in scenario.funds if not fund.own]
    refuse_unknown(scenario, asked)
    offering = [fund for fund in partners if offers(fund)]
    never = [fund for fund in offering if uncertain and not fund.chance]
    possible = [fund for fund in offering if fund.id in asked or not asked]
    varied = [fund for fund in possible if not uncertain or 0 < fund.chance < 1]
    too_many = len(varied) > MOST
    if too_many:
        weight = carried(scenario, plan)
        order = sorted(varied, key=lambda f: (weight(f), f.amount, sum(f.seats.values())), reverse=True)
        chosen = {fund.id for fund in order[:MOST]}
        varied = [fund for fund in varied if fund.id in chosen]
    others = [fund for fund in offering if fund not in varied and fund not in never]
    return Presence(
        varied=tuple(fund.id for fund in varied),
        always=tuple(fund.id for fund in others),
        never=tuple(fund.id for fund in never),
        idle=tuple(fund.id for fund in partners if not offers(fund)),
        too_many=too_many,
    )


def offers(fund: Fund) -> bool:
    """Whether a fund has anything to give."""
    return fund.amount > 0 or any(fund.seats.values())


def carried(scenario: Scenario, plan: Plan) -> Callable[[Fund], int]:
    """What each fund carries of `plan`: what it pays, and what its free seats would cost otherwise [rupiah]."""
    funding = Funding(scenario)
    worth = {row.fund: row.spent for row in plan.funds}
    for row in plan.seats:
        programme, group = scenario.programme[row.programme], scenario.group[row.group]
        covered = funding.covered(scenario.fund[row.fund], programme)
        worth[row.fund] += row.seats * sum(item.unit_cost(group) for item in covered)
    return lambda fund: worth[fund.id]


def refuse_unknown(scenario: Scenario, asked: Sequence[str]) -> None:
    """InputError for names that are no partners of `scenario`, or too many of them."""
    names = [fund.id for fund in scenario.funds if not fund.own]
    problems = []
    for name in asked:
        if name in names:
            continue
        if name in scenario.fund:
            message = _("'{id}' is a fund of your own and no partner.").format(id=name)
        else:
            message = _("there is no partner '{id}'.").format(id=name)
        problems.append(Problem(message, suggestion(name, names)))
    if len(set(asked)) > MOST:
        message = _("{number} partners are too many at a time; at most {most} can be varied.")
        problems.append(Problem(message.format(number=len(set(asked)), most=MOST)))
    if problems:
        raise InputError(problems)
