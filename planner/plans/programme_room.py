"""What one plan leaves of a programme, whoever the next participant is: seats, classes, resources and money."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from planner.domain.cells import Funding
from planner.domain.groups import Group
from planner.domain.programmes import Programme
from planner.domain.scenario import Scenario
from planner.domain.seat_costs import SeatCosts
from planner.plans.measures import Measures
from planner.plans.resource_use import ResourceUse


@dataclass(frozen=True, slots=True)
class MoneyForSeat:
    """What one more participant who starts in a year costs at least, and what money is left [rupiah]."""

    seat: SeatCosts | None
    """What the seat costs; None where it may be free."""
    common: int
    """The least that is due whoever it is: a class where no seat is left, the programme's costs where it does not run
    yet."""
    left: int
    """What is left for the year in all funds that may pay anything of the programme."""


@dataclass(frozen=True, slots=True)
class ProgrammeRoom:
    """What is left of one programme."""

    starts: tuple[str, ...]
    """The periods in which it may still start."""
    used_up: tuple[str, ...]
    """Ids of the resources that rule out one more participant."""
    free_seats: bool
    """Whether some fund has free seats left, so that a seat may cost nothing."""
    full: bool
    """Whether every seat of the classes held is taken, and no further class is allowed."""
    money: tuple[MoneyForSeat, ...]
    """One for each year in which it may start."""

    def too_dear(self, group: Group) -> bool:
        """Return whether the least that one more participant of the group costs is more than is left, in every year."""
        return all(
            needed.common + (sum(needed.seat.of(group)) if needed.seat else 0) > needed.left for needed in self.money
        )


@dataclass(frozen=True)
class ProgrammeRooms:
    """What is left of each programme of a plan; found once for each."""

    measures: Measures

    @property
    def scenario(self) -> Scenario:
        return self.measures.scenario

    def of(self, programme: Programme) -> ProgrammeRoom:
        """Return what is left of `programme`."""
        if programme.id not in self._known:
            starts = self.scenario.periods_of(programme)
            no_seat, free = self._no_seat(programme, starts), self._free_seats(programme)
            self._known[programme.id] = ProgrammeRoom(
                starts,
                self._resources.used_up(programme, starts),
                free,
                no_seat and not self._another_class(programme, starts),
                tuple(self._money_needed(programme, starts, no_seat=no_seat, free=free)),
            )
        return self._known[programme.id]

    def _no_seat(self, programme: Programme, starts: tuple[str, ...]) -> bool:
        """Return whether every seat of the classes held is taken, in every period; never for a programme without
        classes."""
        size, seated = programme.class_size, self.measures.participants_by_programme_and_period
        held = self.measures.classes_by_programme_and_period
        return size is not None and all(
            seated.get((programme.id, t), 0) >= held.get((programme.id, t), 0) * size.max for t in starts
        )

    def _another_class(self, programme: Programme, starts: tuple[str, ...]) -> bool:
        """Return whether the limits on classes allow one more somewhere."""
        limits = programme.classes
        if limits.max is not None and self.measures.classes_by_programme[programme.id] >= limits.max:
            return False
        held = self.measures.classes_by_programme_and_period
        return limits.per_period is None or any(held.get((programme.id, t), 0) < limits.per_period for t in starts)

    def _free_seats(self, programme: Programme) -> bool:
        """Return whether some fund has free seats left in `programme`."""
        given = self.measures.seats_by_fund_and_programme
        return any(
            given.get((fund.id, programme.id), 0) < fund.seats.get(programme.id, 0) for fund in self.scenario.funds
        )

    def _money_needed(
        self, programme: Programme, starts: tuple[str, ...], *, no_seat: bool, free: bool
    ) -> Iterator[MoneyForSeat]:
        payers = {f for item in programme.costs for f in self._funding.payers(programme, item)}
        runs = self.measures.participants_by_programme[programme.id] > 0
        due = (*(programme.items("class") if no_seat else ()), *(() if runs else programme.items("programme")))
        for year in dict.fromkeys(self.scenario.price_year[period] for period in starts):
            left = sum(self.measures.left_in_year(self.scenario.fund[f], year.name) for f in payers)
            seat = None if free else SeatCosts(programme.items("participant"), year)
            yield MoneyForSeat(seat, sum(item.unit_cost(year=year) for item in due), left)

    @cached_property
    def _resources(self) -> ResourceUse:
        return ResourceUse(self.scenario, self.measures)

    @cached_property
    def _funding(self) -> Funding:
        return self.scenario.funding

    @cached_property
    def _known(self) -> dict[str, ProgrammeRoom]:
        return {}
