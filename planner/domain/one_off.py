"""One-off costs: each is paid once, in one period, which may not be later than the first use of what it pays for.

The plan chooses the period. They are programme items, socializations and agreements.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from planner.domain.decisions import Decisions
from planner.domain.programmes import Programme

if TYPE_CHECKING:
    from planner.domain.scenario import Scenario

SOCIALIZATION = "socialization"
"""Item name of the cost of a socialization."""

AGREEMENT = "agreement:"
"""Item names of agreement costs begin with this; the id of the fund follows."""


class OneOff(NamedTuple):
    """A cost that is due once: an item of a programme, the socialization of a group, or an agreement."""

    programme: str | None
    group: str | None
    item: str
    account: str | None

    @property
    def fund(self) -> str | None:
        """Id of the fund whose agreement it is; None for other costs."""
        agreement = self.programme is None and self.group is None
        return self.item.removeprefix(AGREEMENT) if agreement else None


OnceCost = Mapping[str, int]
"""What a one-off cost is in each period of the horizon, at the prices of its year [rupiah]."""


def of_programme(scenario: Scenario, programme: Programme) -> dict[OneOff, OnceCost]:
    """Return what a programme costs once if it runs, by period [rupiah]; lines of one name and account are one cost."""
    costs: dict[OneOff, dict[str, int]] = {}
    for item in programme.items("programme"):
        of_year = {year: item.unit_cost(year=year) for year in dict.fromkeys(scenario.price_year.values())}
        if any(of_year.values()):
            so_far = costs.setdefault(OneOff(programme.id, None, item.item, item.account), {})
            for period, year in scenario.price_year.items():
                so_far[period] = so_far.get(period, 0) + of_year[year]
    return dict(costs)


def one_offs(scenario: Scenario) -> Iterator[tuple[OneOff, OnceCost]]:
    """Yield every one-off cost that a plan may have to pay, by period [rupiah], in file order; without settled ones."""
    facts = scenario.facts
    if not facts:
        yield from _all_one_offs(scenario)
    elif facts.rest:
        yield from ((one_off, cost) for one_off, cost in _all_one_offs(scenario) if not facts.is_settled(one_off))


def _all_one_offs(scenario: Scenario) -> Iterator[tuple[OneOff, OnceCost]]:
    for programme in scenario.programmes:
        yield from of_programme(scenario, programme).items()

    def each_year(cost: int) -> OnceCost:
        return {period: year.of(cost) for period, year in scenario.price_year.items()}

    for group in scenario.groups:
        if group.socialization and group.socialization.cost and group.persuadable:
            yield (
                OneOff(None, group.id, SOCIALIZATION, group.socialization.account),
                each_year(group.socialization.cost),
            )
    for fund in scenario.funds:
        if fund.agreement_cost and fund.agreement:
            yield OneOff(None, None, AGREEMENT + fund.id, fund.agreement_cost.account), each_year(fund.agreement)


class FirstUses:
    """The period in which each one-off cost is first needed: a programme is held, a group trained, a free seat given.

    Uses in periods that are over do not count: what is still unpaid for them is paid in the first period that is left.

    A fund is also used when it pays, but payments are no decisions; whoever knows the payments must take care of that.
    """

    def __init__(self, scenario: Scenario, decisions: Decisions) -> None:
        order = {period: number for number, period in enumerate(scenario.horizon)}
        over = scenario.facts.over
        self._programmes: dict[str, str] = {}
        self._groups: dict[str, str] = {}
        self._funds: dict[str, str] = {}
        for g, p, t in sorted(decisions.participants, key=lambda seat: order[seat[2]]):
            if t not in over:
                self._programmes.setdefault(p, t)
                self._groups.setdefault(g, t)
        for f, _p, _g, t in sorted(decisions.seats, key=lambda seat: order[seat[3]]):
            if t not in over:
                self._funds.setdefault(f, t)
        self._owed = scenario.facts.ran
        self._first = (scenario.facts.rest or scenario.horizon[-1:])[0]

    def of(self, one_off: OneOff) -> str:
        """Return the period of the first use; where there is none left, the first period that is not over."""
        firsts: Mapping[str, str] = self._funds
        name = one_off.fund
        if one_off.programme in self._owed:
            return self._first
        if one_off.programme is not None:
            firsts, name = self._programmes, one_off.programme
        elif one_off.group is not None:
            firsts, name = self._groups, one_off.group
        return firsts.get(name or "", self._first)
