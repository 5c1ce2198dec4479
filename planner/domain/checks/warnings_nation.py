"""Conditions of a shared fund that force many agencies to be planned together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from planner.domain.checks.problem import Doubt
from planner.domain.funds import Fund
from planner.domain.groups import Group
from planner.domain.scenario import Scenario
from planner.locale import _

MANY_AGENCIES: Final = 4
"""From so many agencies with money of their own on, it matters."""

MANY_SEATS: Final = 5_000
"""Up to so many (group, programme, period), planning all agencies together is fast anyway."""


def agencies_joined(scenario: Scenario, takers: Mapping[str, tuple[Group, ...]]) -> Iterator[Doubt]:
    """Yield funds for several agencies whose conditions keep these from being planned one by one."""
    owners = {fund.agency for fund in scenario.funds if fund.agency is not None}
    if len(owners) < MANY_AGENCIES:
        return
    seats = (len(takers[each.id]) * len(scenario.periods_of(each)) for each in scenario.programmes)
    if sum(seats) <= MANY_SEATS:
        return
    sentence = _(
        "'{id}' may pay for {agencies} agencies and has {keys}, which cannot be divided between them: "
        "these agencies are planned together, which takes far longer than one by one."
    )
    for number, fund in enumerate(scenario.funds):
        keys = undivided(fund)
        if keys and fund.agency is None:
            programmes = scenario.programmes_in(fund.pays.programmes)
            agencies = {group.agency for each in programmes for group in takers[each.id]}
            if len(agencies) > 1:
                text = sentence.format(id=fund.id, agencies=len(agencies), keys=", ".join(keys))
                yield Doubt(("funds", number, keys[0]), text)


def undivided(fund: Fund) -> list[str]:
    """Return the keys of a fund's conditions that hold for all it pays together."""
    stated = {
        "minimum": fund.minimum,
        "agreement_cost": fund.agreement_cost,
        "match": fund.match,
        "seats": any(fund.seats.values()),
    }
    return [key for key, value in stated.items() if value]
