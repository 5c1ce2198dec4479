"""The columns of the exact model: people, classes, yes-or-no decisions, payments and gaps closed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache, cached_property
from typing import Final

from planner.domain.affordable import Affordability
from planner.domain.exact_sums import share_down, share_up
from planner.domain.groups import Group
from planner.domain.one_off import OneOff, of_programme
from planner.domain.programmes import Programme
from planner.domain.rule_units import Unit, asked_if_running
from planner.domain.scenario import Scenario
from planner.payments.pools import CostPools
from planner.proof.exact_model import ExactModel, Number, Term

Seat = tuple[str, str, str]
"""(group, programme, period)."""

CHOICES: Final = 0
TOTALS: Final = 1
IN_PERIODS: Final = 2
MONEY: Final = 3
"""Order of branching: yes-or-no decisions and classes; people over all periods; in each; payments last."""


@dataclass(frozen=True)
class SeatKind:
    """Seats of a programme with the same cost by pool, and the same saving where they are free."""

    programme: str
    period: str | None
    """The period, where a fund that gives seats is used only after its agreement is paid; otherwise None."""
    costs: tuple[tuple[int, int], ...]
    """Pool and rupiah of one participant."""
    saved: tuple[tuple[str, tuple[tuple[int, int], ...]], ...]
    """Fund, and the saving of its free seat by pool [rupiah]."""


Course = tuple[str, int, int, list[Term], Fraction]
"""Group, step of years, column of chances, participants as negative terms, weighted gaps that one closes."""


@dataclass
class OfYears:
    """The chances of a competency in groups whose chances are limited by the end of several years."""

    courses: list[Course] = field(default_factory=list)
    limits: list[tuple[str, int, list[Term], Fraction]] = field(default_factory=list)
    """Group ("" for the agency), last step, terms and upper side of each limit."""
    closed: list[tuple[list[Term], Fraction]] = field(default_factory=list)
    """k less what the chances close, and what was measured, of each group."""
    exact: bool = False
    """Whether the chances must be a best use of all."""


@dataclass(frozen=True)
class MoneyRow:
    """A row whose numbers depend on the amounts of some funds."""

    funds: frozenset[str]
    written: Callable[[Scenario], tuple[list[Term], int]]
    """Returns its terms and upper side for the amounts of a scenario."""


@dataclass
class Columns:
    """The columns of a scenario by meaning.

    seats x[g,p,t], trained n[g,p] = sum over t of x; classes y[p,t], held N[p] = sum over t of y; runs o[p];
    socialized s[g]; used a[f]; due d[i,t]: a one-off cost is paid in t;
    free v[f,kind]; paid z[f,pool]; closed k[g,c]; until K[g,c,Y] by year; full b[g,c,d]: the last chances close d;
    missed m[rule,side,of]: by how much a goal is missed; worst u[level]: coverage of the worst-off bucket;
    in_period h[p,t]: the programme runs in the period; present L[g,p,t]: somebody of the group starts it;
    attendees A[g]: people of g who attend anything.
    """

    scenario: Scenario
    model: ExactModel = field(default_factory=ExactModel)
    seats: dict[Seat, int] = field(default_factory=dict)
    trained: dict[tuple[str, str], int] = field(default_factory=dict)
    classes: dict[tuple[str, str], int] = field(default_factory=dict)
    held: dict[str, int] = field(default_factory=dict)
    runs: dict[str, int] = field(default_factory=dict)
    in_period: dict[tuple[str, str], int] = field(default_factory=dict)
    present: dict[Seat, int] = field(default_factory=dict)
    socialized: dict[str, int] = field(default_factory=dict)
    used: dict[str, int] = field(default_factory=dict)
    due: dict[tuple[OneOff, str], int] = field(default_factory=dict)
    free: dict[tuple[str, SeatKind], int] = field(default_factory=dict)
    paid: dict[tuple[str, int], int] = field(default_factory=dict)
    closed: dict[tuple[str, str], int] = field(default_factory=dict)
    until: dict[str, dict[tuple[str, str], int]] = field(default_factory=dict)
    full: dict[tuple[str, str, Fraction], int] = field(default_factory=dict)
    missed: dict[tuple[int, str, Unit], int] = field(default_factory=dict)
    needs_of_rules: dict[str, dict[Unit, int]] = field(default_factory=dict)
    steps_of_willing: dict[tuple[str, ...], Fraction] = field(default_factory=dict)
    worst: dict[int, int] = field(default_factory=dict)
    kinds: dict[Seat, SeatKind] = field(default_factory=dict)
    attendees: dict[str, int] = field(default_factory=dict)
    payments: dict[tuple[str, int], list[Term]] = field(default_factory=dict)
    """The payment of a fund for a pool as terms [rupiah]: z, or the cost of the pool where only that fund may pay
    it."""

    def __post_init__(self) -> None:
        self.derive_from_funds()
        self.able: dict[str, list[Group]] = {}
        """Groups that may take each programme, whether or not they could be paid for."""
        self.takers: dict[str, list[str]] = {}
        """Those of them that can be paid for."""
        self.affordability: dict[str, Affordability] = {}
        """Who can be paid for in each programme, and why."""
        self.by_pair: dict[tuple[str, str], list[Seat]] = {}
        self.by_class: dict[tuple[str, str], list[Seat]] = {}
        self.need: dict[tuple[str, str], int] = {}
        self.agencies: dict[str, list[dict[str, int]]] = {}
        """Groups that may take each programme, with their need, by agency [people]."""
        self.chances: dict[tuple[str, str], tuple[Fraction, Fraction]] = {}
        """The chances that each gap has to be closed, without and with socialization of its group [people]."""
        self.shared: dict[tuple[str, str], dict[str, int]] = {}
        """For gaps whose chances several groups of an agency share: these groups, with their gaps [people]."""
        self.of_years: dict[tuple[str, str, str | None], OfYears] = {}
        """The chances of each gap that are limited by the end of several years, up to the end of a year or the plan."""
        self.learning: dict[str, list[dict[str, int]]] = {}
        """Groups whose chances in each competency are counted together, with their gaps [people]."""
        self.people: dict[str, tuple[int, int]] = {}
        """Most people of each group in patterns, without and with socialization."""
        self.by_programme: dict[str, list[tuple[str, str]]] = {}
        self.most_cost: dict[int, int] = {}
        """The most that each pool could cost [rupiah]."""
        self.money_rows: dict[int, MoneyRow] = {}
        """The rows whose numbers depend on the amounts of funds, by number."""
        self.place = {group.id: number for number, group in enumerate(self.scenario.groups)}
        self.gaps: dict[str, list[tuple[str, int]]] = {}
        """Groups with a gap in each competency, with people."""
        for group in self.scenario.groups:
            for key, gap in group.needs.items():
                self.gaps.setdefault(key, []).append((group.id, gap))
        self.one: int | None = None
        """A column fixed at 1, used to write payments made as terms."""
        self.most_willing = {g.id: g.willing(socialized=True) for g in self.scenario.groups}
        """The largest share of each group that may take part [0-1]."""

    def derive_from_funds(self) -> None:
        """Set what follows from funds and facts; again where the columns are those of another scenario."""
        self.funding = self.scenario.funding
        self.pools = CostPools(self.funding)
        self.facts = self.scenario.facts
        self.closed_before = cache(self.facts.closed_by)
        """What the facts alone close by the end of a year, or of the plan."""

    @cached_property
    def programmes_of(self) -> dict[str, list[str]]:
        """Programmes that each group may take; read it only once the columns are complete."""
        found: dict[str, list[str]] = {}
        for group, programme in self.by_pair:
            found.setdefault(group, []).append(programme)
        return found

    @property
    def missed_by_cost(self) -> bool:
        """Whether some column measures by how much a rule about cost is missed: its bound depends on the amounts of
        funds."""
        return any(self.scenario.rules[number].measure == "cost" for number, _, _ in self.missed)

    def closings_by(self, until: str | None) -> dict[tuple[str, str], int]:
        """Return the columns of what is closed by the end of a year, or of the plan."""
        return self.closed if until is None else self.until.setdefault(until, {})

    def bound_by_money(self, funds: Iterable[str], written: Callable[[Scenario], tuple[list[Term], int]]) -> None:
        """Add a row whose numbers depend on the amounts of `funds`."""
        row = len(self.model.low)
        terms, high = written(self.scenario)
        self.model.row(terms, high=high)
        if len(self.model.low) > row:
            self.money_rows[row] = MoneyRow(frozenset(funds), written)

    def willing(self, group: Group) -> Fraction:
        """Return the largest share of the group that may take part [0-1]."""
        return self.most_willing[group.id]

    def closing(self, key: tuple[str, str], more: Number, until: str | None = None) -> int:
        """Add k[g,c], or K[g,c,Y]: what was measured, which no other group takes away, and at most `more`."""
        measured = self.facts.measured_by(until).get(key, Fraction(0))
        k = self.closings_by(until)[key] = self.model.column(measured + more, whole=False)
        self.model.lower[k] = measured
        if self.facts and (closed := self.closed_before(until).get(key)):
            self.model.facts[k] = closed
        return k


def make_columns(scenario: Scenario) -> Columns:
    """Add the columns of people, classes and choices; those of money, gaps and rules come with their rows."""
    c = Columns(scenario)
    asked = asked_if_running(scenario)
    for programme in scenario.programmes:
        _add_programme(c, programme)
        if scenario.facts:
            _add_facts(c, programme)
        fewest = programme.classes.min if programme.class_size is not None else 0
        chosen = programme.id in scenario.choices.programmes or programme.id in asked
        if programme.id in c.by_programme and (chosen or fewest > 1 or of_programme(scenario, programme)):
            o = c.runs[programme.id] = c.model.column(1, whole=True, rank=CHOICES)
            if programme.id in scenario.facts.ran:
                c.model.happened(o, 1)
    for group in scenario.groups:
        if group.socialization and group.socialization.raises_uptake_to > group.uptake:
            s = c.socialized[group.id] = c.model.column(1, whole=True, rank=CHOICES)
            c.model.raises.add(s)
            if group.id in scenario.facts.socialized:
                c.model.happened(s, 1)
    for fund in scenario.funds:
        if fund.conditional:
            c.used[fund.id] = c.model.column(1, whole=True, rank=CHOICES)
    if scenario.facts:
        c.one = c.model.column(1, whole=True)
        c.model.happened(c.one, 1)
    return c


def _add_programme(c: Columns, programme: Programme) -> None:
    """Add the columns of the people and classes of one programme in the periods that are not over."""
    scenario, ran = c.scenario, programme.id in c.facts.ran
    periods, fits = scenario.periods_of(programme), scenario.one_person.fits
    people: dict[str, int] = {}
    starts: dict[str, list[str]] = {}
    for g, trainable in _takers(c, programme):
        # the group may start where no year of the run has more hours than a person may take
        if possible := [t for t in periods if fits(scenario.group[g], programme, t)]:
            people[g], starts[g] = trainable, possible
    if not periods:
        return
    most = sum(people.values())
    size, limits = programme.class_size, programme.classes
    if size is not None:
        caps = [most // size.min, *(n for n in (limits.max, limits.per_period) if n is not None)]
        promised = max((n for (p, _t), n in c.facts.committed.items() if p == programme.id), default=0)
        held = max(min(caps), min(promised, most // size.min))
        if not most or held < 1 or (held * len(periods) < limits.min and not ran):
            return
        per_period = min(caps)
    elif not most:
        return
    several = len(periods) > 1
    if size is not None:
        for t in periods:
            c.classes[programme.id, t] = c.model.column(per_period, whole=True, rank=CHOICES)
        if several:
            total = min(most // size.min, per_period * len(periods), *([] if limits.max is None else [limits.max]))
            c.held[programme.id] = c.model.column(total, whole=True, rank=CHOICES)
    c.by_programme[programme.id] = [(g, programme.id) for g in people]
    for g, trainable in people.items():
        for t in starts[g]:
            seat = g, programme.id, t
            c.seats[seat] = c.model.column(trainable, whole=True, rank=IN_PERIODS if several else TOTALS)
            c.by_pair.setdefault((g, programme.id), []).append(seat)
            c.by_class.setdefault((programme.id, t), []).append(seat)
        if several:
            c.trained[g, programme.id] = c.model.column(trainable, whole=True, rank=TOTALS)


def _add_facts(c: Columns, programme: Programme) -> None:
    """Add the columns of who attended and what was held, with their values; raise bounds that facts exceed."""
    facts, p, model = c.facts, programme.id, c.model
    for held, number in facts.classes.items():
        if held[0] == p:
            c.classes[held] = model.column(number, whole=True)
            model.happened(c.classes[held], number)
            c.by_programme.setdefault(p, [])
    for held, number in facts.committed.items():
        if held[0] == p and held in c.classes:
            model.upper[c.classes[held]] = max(model.upper[c.classes[held]], number)
            model.lower[c.classes[held]] = number
        elif held[0] == p:
            model.about = "classes", *held
            model.row([], low=number)  # nobody can attend the committed classes
    if p in c.held:
        total = c.held[p]
        model.upper[total] += sum(n for (q, _t), n in (*facts.classes.items(), *facts.committed.items()) if q == p)
        model.happened(total, sum(n for (q, _t), n in facts.classes.items() if q == p), all_of_it=False)
    for (g, q, t), number in facts.participants.items():
        if q == p:
            seat = g, p, t
            c.seats[seat] = model.column(number, whole=True)
            model.happened(c.seats[seat], number)
            c.by_pair.setdefault((g, p), []).append(seat)
            c.by_class.setdefault((p, t), []).append(seat)
            c.need.setdefault((g, p), c.scenario.need(c.scenario.group[g], programme))
            if (g, p) not in c.by_programme.setdefault(p, []):
                c.by_programme[p].append((g, p))
    for g in dict.fromkeys(g for g, q, _t in facts.participants if q == p):
        pair, people = (g, p), facts.people[g, p]
        later = [model.upper[c.seats[seat]] for seat in c.by_pair[pair] if seat not in facts.participants]
        if later and pair not in c.trained:
            c.trained[pair] = model.column(max(later), whole=True, rank=TOTALS)
        if pair in c.trained:
            model.upper[c.trained[pair]] = max(model.upper[c.trained[pair]], people)
            model.happened(c.trained[pair], people, all_of_it=False)


def colleagues(scenario: Scenario, people: Mapping[str, int]) -> list[dict[str, int]]:
    """Divide groups, with people of each, by agency; a group without one stands alone."""
    found: dict[str, dict[str, int]] = {}
    alone = []
    for g, number in people.items():
        agency = scenario.group[g].agency
        if agency is None:
            alone.append({g: number})
        else:
            found.setdefault(agency, {})[g] = number
    return [*found.values(), *alone]


def _takers(c: Columns, programme: Programme) -> Iterator[tuple[str, int]]:
    """Yield the groups that may take the programme and could be paid for, with the most people of each.

    That is need x most willing, rounded up where other groups of the agency may take it too, otherwise down [people].
    """
    needs: dict[str, int] = {}
    for key in programme.closes:
        for g, gap in c.gaps.get(key, ()):
            needs[g] = max(gap, needs.get(g, 0))
    if programme.for_.named():
        chosen = {group.id for group in c.scenario.groups_in(programme.for_)}
        needs = {g: need for g, need in needs.items() if g in chosen}
    one, groups_by_id = c.scenario.one_person, c.scenario.group
    needs = {g: need for g, need in needs.items() if need and one.admits(groups_by_id[g], programme)}
    able = []
    c.agencies[programme.id] = colleagues(c.scenario, needs)
    of_agency = {g: len(groups) > 1 for groups in c.agencies[programme.id] for g in groups}
    for g in sorted(needs, key=c.place.__getitem__):
        most = (share_up if of_agency[g] else share_down)(needs[g], c.most_willing[g])
        if most >= max(1, programme.smallest):
            able.append((c.scenario.group[g], needs[g], most))
    c.able[programme.id] = [group for group, _, _ in able]
    c.takers[programme.id] = []
    money = c.affordability[programme.id] = Affordability(c.funding, programme, c.able[programme.id])
    for group, need, most in able:
        if money.affords(group):
            c.need[group.id, programme.id] = need
            c.takers[programme.id].append(group.id)
            yield group.id, most
