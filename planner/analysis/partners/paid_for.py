"""What the money and free seats of one partner pay for in a plan: people, classes and programmes, by its payments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from planner.domain.scenario import Scenario
from planner.plans.plan import Plan


@dataclass(frozen=True)
class PaidGroup:
    """A group in a programme that the partner pays for, or gives free seats of."""

    programme: str
    group: str
    participants: int
    """Participants of the group in the programme, whoever pays [people]."""
    amount: Fraction
    """Payments of the partner for the group: its own items, and its part of class and programme items [rupiah]."""
    seats: int
    """Free seats of the partner [people]."""
    share: Fraction
    """Part of what the group's training is worth that the partner bears [0-1]: payments, and free seats at their
    price."""

    @property
    def people(self) -> Fraction:
        """Participants by the partner's part of the cost: participants x share [people]."""
        return self.participants * self.share


@dataclass(frozen=True)
class PaidProgramme:
    """A programme that the partner pays for, or gives free seats of."""

    programme: str
    classes: int
    """Classes, whoever pays."""
    amount: int
    """Payments of the partner [rupiah]."""
    groups: tuple[PaidGroup, ...]
    """In file order."""
    share: Fraction
    """Part of what the programme is worth that the partner bears [0-1]."""

    @property
    def participants(self) -> int:
        """Participants of the programme in the groups that the partner pays for, whoever pays the rest [people]."""
        return sum(group.participants for group in self.groups)

    @property
    def people(self) -> Fraction:
        """Participants by the partner's part of the cost [people]."""
        return sum((group.people for group in self.groups), Fraction(0))

    @property
    def paid_classes(self) -> Fraction:
        """Classes by the partner's part of the cost: classes x share."""
        return self.classes * self.share

    @property
    def seats(self) -> int:
        return sum(group.seats for group in self.groups)


def paid_for(scenario: Scenario, plan: Plan, partner: str) -> tuple[PaidProgramme, ...]:
    """Return what the partner pays for in `plan`, by programme in file order."""
    found = (_of_programme(scenario, plan, partner, programme) for programme in scenario.programme)
    return tuple(each for each in found if each.amount or each.seats)


def _of_programme(scenario: Scenario, plan: Plan, partner: str, programme: str) -> PaidProgramme:
    payments = [row for row in plan.payments if row.programme == programme]
    amount = sum(row.amount for row in payments if row.fund == partner)
    worth = Fraction(sum(row.amount for row in payments) + _value_of_seats(scenario, plan, programme))
    borne = Fraction(amount + _value_of_seats(scenario, plan, programme, partner))
    return PaidProgramme(
        programme,
        sum(row.classes for row in plan.classes if row.programme == programme),
        amount,
        tuple(_groups(scenario, plan, partner, programme)),
        borne / worth if worth else Fraction(0),
    )


def _groups(scenario: Scenario, plan: Plan, partner: str, programme: str) -> Iterator[PaidGroup]:
    """Yield the groups; class items are divided by the participants of their period, programme items by all."""
    seated: dict[tuple[str, str], int] = {}
    in_period: dict[str, int] = {}
    for row in plan.allocations:
        if row.programme == programme:
            seated[row.group, row.period] = row.participants
            in_period[row.period] = in_period.get(row.period, 0) + row.participants
    people = sum(in_period.values())
    for group in scenario.group:
        mine = {period: number for (g, period), number in seated.items() if g == group}
        if not mine:
            continue
        total = borne = Fraction(0)
        for payment in plan.payments:
            if payment.programme != programme or payment.group not in (None, group):
                continue
            part = Fraction(1)
            if payment.group is None:
                of_period = in_period.get(payment.period)
                per_class = any(item.item == payment.item for item in scenario.programme[programme].items("class"))
                part = (
                    Fraction(mine.get(payment.period, 0), of_period)
                    if per_class and of_period
                    else Fraction(sum(mine.values()), people)
                )
            total += payment.amount * part
            borne += payment.amount * part if payment.fund == partner else 0
        given = _value_of_seats(scenario, plan, programme, group=group)
        own = _value_of_seats(scenario, plan, programme, partner, group)
        seats = sum(
            row.seats for row in plan.seats if (row.fund, row.programme, row.group) == (partner, programme, group)
        )
        if borne or seats:
            worth = total + given
            share = (borne + own) / worth if worth else Fraction(seats, sum(mine.values()))
            yield PaidGroup(programme, group, sum(mine.values()), borne, seats, share)


def _value_of_seats(
    scenario: Scenario, plan: Plan, programme: str, partner: str | None = None, group: str | None = None
) -> int:
    """Return what the free seats in a programme would cost [rupiah]."""
    funding, value = scenario.funding, 0
    for row in plan.seats:
        if row.programme == programme and partner in (None, row.fund) and group in (None, row.group):
            covered = funding.covered(scenario.fund[row.fund], scenario.programme[programme])
            value += row.seats * sum(item.unit_cost(scenario.group[row.group]) for item in covered)
    return value
