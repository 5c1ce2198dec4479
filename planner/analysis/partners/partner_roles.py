"""The partners whose presence is varied, at most eight, and the roles of the others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from planner.domain.checks.did_you_mean import suggestion
from planner.domain.funds import Fund
from planner.domain.scenario import Scenario
from planner.errors import InputError, Problem
from planner.locale import _
from planner.plans.plan import Plan

MOST: Final = 8
"""Most partners that are varied; each subset of them needs a plan."""


@dataclass(frozen=True)
class PartnerRoles:
    """The partners of a scenario by their role in an analysis, each in file order."""

    varied: tuple[str, ...]
    """Partners that are present in some subsets and absent in others."""
    always: tuple[str, ...]
    """Partners that offer something and are present in all cases."""
    never: tuple[str, ...]
    """Partners that offer something but have a chance of 0."""
    idle: tuple[str, ...]
    """Partners that offer neither money nor free seats."""
    too_many: bool
    """Whether some of `always` are not varied only because of the limit MOST."""


def partner_roles(
    scenario: Scenario, plan: Plan, asked: Sequence[str] = (), *, uncertain: bool = False
) -> PartnerRoles:
    """Return the roles of the partners: those `asked` for, or all that offer something, are varied.

    With `uncertain`, partners with a chance of 0 or 1 are not varied. Of more than MOST, those that contribute most to
    `plan` are varied: by payments and value of free seats, then by their offer, then in file order.
    Raises InputError for names that are not partners, or too many names.
    """
    partners = [fund for fund in scenario.funds if not fund.own]
    refuse_unknown(scenario, asked)
    offering = [fund for fund in partners if offers(fund)]
    never = [fund for fund in offering if uncertain and not fund.chance]
    varied = varying(scenario, asked, uncertain=uncertain)
    too_many = len(varied) > MOST
    if too_many:
        weight = carried(scenario, plan)
        order = sorted(varied, key=lambda f: (weight(f), f.amount, sum(f.seats.values())), reverse=True)
        chosen = {fund.id for fund in order[:MOST]}
        varied = [fund for fund in varied if fund.id in chosen]
    others = [fund for fund in offering if fund not in varied and fund not in never]
    return PartnerRoles(
        varied=tuple(fund.id for fund in varied),
        always=tuple(fund.id for fund in others),
        never=tuple(fund.id for fund in never),
        idle=tuple(fund.id for fund in partners if not offers(fund)),
        too_many=too_many,
    )


def varying(scenario: Scenario, asked: Sequence[str], *, uncertain: bool) -> list[Fund]:
    """Return the partners that would be varied if any number could be, in file order."""
    possible = [fund for fund in scenario.funds if not fund.own and offers(fund) and (fund.id in asked or not asked)]
    return [fund for fund in possible if not uncertain or 0 < fund.chance < 1]


def offers(fund: Fund) -> bool:
    """Return whether a fund offers money or free seats."""
    return fund.amount > 0 or any(fund.seats.values())


def carried(scenario: Scenario, plan: Plan) -> Callable[[Fund], int]:
    """Return a function from fund to its contribution to `plan`: payments and the cost saved by free seats [rupiah]."""
    funding = scenario.funding
    worth = {row.fund: row.spent for row in plan.funds}
    for row in plan.seats:
        programme, group = scenario.programme[row.programme], scenario.group[row.group]
        covered = funding.covered(scenario.fund[row.fund], programme)
        year = scenario.price_year[row.period]
        worth[row.fund] += row.seats * sum(item.unit_cost(group, year) for item in covered)
    return lambda fund: worth[fund.id]


def refuse_unknown(scenario: Scenario, asked: Sequence[str]) -> None:
    """Raise InputError for names that are not partners of `scenario`, or too many names."""
    names = [fund.id for fund in scenario.funds if not fund.own]
    problems = []
    for name in asked:
        if name in names:
            continue
        if name in scenario.fund:
            message = _("'{id}' is an own fund, not a partner.").format(id=name)
        else:
            message = _("there is no partner '{id}'.").format(id=name)
        problems.append(Problem(message, suggestion(name, names)))
    if len(set(asked)) > MOST:
        message = _("{number} partners are too many; name at most {most}.")
        problems.append(Problem(message.format(number=len(set(asked)), most=MOST)))
    if problems:
        raise InputError(problems)
