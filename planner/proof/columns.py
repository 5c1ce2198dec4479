"""The columns of the exact model: people, classes, yes-or-no decisions, payments and gaps closed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final

from planner.domain.affordable import Affordability
from planner.domain.cells import Funding
from planner.domain.groups import Group
from planner.domain.programmes import Programme
from planner.domain.scenario import Scenario
from planner.payments.pools import CostPools
from planner.proof.exact_model import ExactModel, Term

Seat = tuple[str, str, str]
"""(group, programme, period)."""

CHOICES: Final = 0
TOTALS: Final = 1
IN_PERIODS: Final = 2
MONEY: Final = 3
"""Order of branching: yes-or-no decisions and classes; people and classes over all periods; in each; payments last."""


@dataclass(frozen=True)
class SeatKind:
    """Seats of a programme with the same cost by pool, and the same saving where they are free."""

    programme: str
    costs: tuple[tuple[int, int], ...]
    """Pool and rupiah of one participant."""
    saved: tuple[tuple[str, tuple[tuple[int, int], ...]], ...]
    """Fund, and the saving of its free seat by pool [rupiah]."""


@dataclass
class Columns:
    """The columns of a scenario by meaning.

    seats x[g,p,t], trained n[g,p] = sum over t of x; classes y[p,t], held N[p] = sum over t of y; runs o[p];
    socialized s[g]; used a[f]; free v[f,kind]; paid z[f,pool]; closed k[g,c]; full b[g,c]: all the willing are trained;
    missed m[rule,side]: by how much a goal is missed; worst u[level]: coverage of the worst-off bucket.
    """

    scenario: Scenario
    model: ExactModel = field(default_factory=ExactModel)
    seats: dict[Seat, int] = field(default_factory=dict)
    trained: dict[tuple[str, str], int] = field(default_factory=dict)
    classes: dict[tuple[str, str], int] = field(default_factory=dict)
    held: dict[str, int] = field(default_factory=dict)
    runs: dict[str, int] = field(default_factory=dict)
    socialized: dict[str, int] = field(default_factory=dict)
    used: dict[str, int] = field(default_factory=dict)
    free: dict[tuple[str, SeatKind], int] = field(default_factory=dict)
    paid: dict[tuple[str, int], int] = field(default_factory=dict)
    closed: dict[tuple[str, str], int] = field(default_factory=dict)
    full: dict[tuple[str, str], int] = field(default_factory=dict)
    missed: dict[tuple[int, str], int] = field(default_factory=dict)
    worst: dict[int, int] = field(default_factory=dict)
    kinds: dict[Seat, SeatKind] = field(default_factory=dict)
    payments: dict[tuple[str, int], list[Term]] = field(default_factory=dict)
    """Write the payment of a fund for a pool as terms [rupiah]: z, or the cost of the pool where only it may pay."""

    def __post_init__(self) -> None:
        self.funding = Funding(self.scenario)
        self.pools = CostPools(self.funding)
        self.by_pair: dict[tuple[str, str], list[Seat]] = {}
        self.by_class: dict[tuple[str, str], list[Seat]] = {}
        self.need: dict[tuple[str, str], int] = {}
        self.by_programme: dict[str, list[tuple[str, str]]] = {}
        self.most_cost: dict[int, int] = {}
        """The most that each pool could cost [rupiah]."""
        self.place = {group.id: number for number, group in enumerate(self.scenario.groups)}
        self.gaps: dict[str, list[tuple[str, int]]] = {}
        """Groups with a gap in each competency, with people."""
        for group in self.scenario.groups:
            for key, gap in group.gaps.items():
                self.gaps.setdefault(key, []).append((group.id, gap))
        self.most_willing = {g.id: g.willing(socialized=True) for g in self.scenario.groups}
        """The largest share of each group that may take part [0-1]."""

    def willing(self, group: Group) -> Fraction:
        """The largest share of the group that may take part [0-1]."""
        return self.most_willing[group.id]


def make_columns(scenario: Scenario) -> Columns:
    """Add the columns of people, classes and choices; those of money, gaps and rules come with their rows."""
    c = Columns(scenario)
    for programme in scenario.programmes:
        periods = scenario.periods_of(programme)
        people = dict(_takers(c, programme))
        most = sum(people.values())
        size, limits = programme.class_size, programme.classes
        if size is not None:
            caps = [most // size.min, *(n for n in (limits.max, limits.per_period) if n is not None)]
            if not most or min(caps) < 1 or min(caps) * len(periods) < limits.min:
                continue
            per_period = min(caps)
        elif not most:
            continue
        several = len(periods) > 1
        if size is not None:
            for t in periods:
                rank = IN_PERIODS if several else CHOICES
                c.classes[programme.id, t] = c.model.column(per_period, whole=True, rank=rank)
            if several:
                total = min(most // size.min, per_period * len(periods), *([] if limits.max is None else [limits.max]))
                c.held[programme.id] = c.model.column(total, whole=True, rank=CHOICES)
        c.by_programme[programme.id] = [(g, programme.id) for g in people]
        for g, trainable in people.items():
            for t in periods:
                seat = g, programme.id, t
                c.seats[seat] = c.model.column(trainable, whole=True, rank=IN_PERIODS if several else TOTALS)
                c.by_pair.setdefault((g, programme.id), []).append(seat)
                c.by_class.setdefault((programme.id, t), []).append(seat)
            if several:
                c.trained[g, programme.id] = c.model.column(trainable, whole=True, rank=TOTALS)
        fewest = limits.min if size is not None else 0
        if fewest > 1 or any(item.unit_cost() for item in programme.items("programme")):
            c.runs[programme.id] = c.model.column(1, whole=True, rank=CHOICES)
    for group in scenario.groups:
        if group.socialization:
            c.socialized[group.id] = c.model.column(1, whole=True, rank=CHOICES)
    for fund in scenario.funds:
        if fund.conditional:
            c.used[fund.id] = c.model.column(1, whole=True, rank=CHOICES)
    return c


def _takers(c: Columns, programme: Programme) -> Iterator[tuple[str, int]]:
    """List the groups that may take the programme and could be paid for, with the most people of each.

    That is floor(need x most willing) [people].
    """
    needs: dict[str, int] = {}
    for key in programme.closes:
        for g, gap in c.gaps.get(key, ()):
            needs[g] = max(gap, needs.get(g, 0))
    if programme.for_.named():
        chosen = {group.id for group in c.scenario.groups_in(programme.for_)}
        needs = {g: need for g, need in needs.items() if g in chosen}
    able = []
    for g in sorted(needs, key=c.place.__getitem__):
        share = c.most_willing[g]
        most = needs[g] * share.numerator // share.denominator
        if most:
            able.append((c.scenario.group[g], needs[g], most))
    money = Affordability(c.funding, programme, (group for group, _, _ in able))
    for group, need, most in able:
        if money.affords(group):
            c.need[group.id, programme.id] = need
            yield group.id, most
