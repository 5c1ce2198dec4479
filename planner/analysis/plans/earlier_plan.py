"""An earlier plan, of this scenario or another: what of it still has a place in the scenario at hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Self

from planner.domain.scenario import Scenario
from planner.plans.plan import Plan

Seats = Mapping[tuple[str, str, str], int]
"""Participants of (group, programme, period) [people]."""


@dataclass(frozen=True)
class Earlier:
    """Who was to sit where, and which classes were to be held."""

    id: str
    """Id of its scenario."""
    seats: Seats
    classes: Mapping[tuple[str, str], int]
    """Classes of (programme, period)."""
    periods: tuple[str, ...]
    """Its periods in order."""

    @classmethod
    def of(cls, plan: Plan, periods: tuple[str, ...]) -> Self:
        """What `plan` decides, over the periods of its scenario."""
        seats = {(row.group, row.programme, row.period): row.participants for row in plan.allocations}
        classes = {(row.programme, row.period): row.classes for row in plan.classes}
        return cls(plan.scenario_id, seats, classes, periods)

    @cached_property
    def people(self) -> dict[tuple[str, str], int]:
        """Participants of (group, programme) over all periods [people]."""
        found: dict[tuple[str, str], int] = {}
        for (group, programme, _), number in self.seats.items():
            found[group, programme] = found.get((group, programme), 0) + number
        return found

    def unknown(self, scenario: Scenario) -> tuple[str, ...]:
        """Ids of groups and programmes that took part then and are not in `scenario`, and periods without a match."""
        groups = dict.fromkeys(g for g, _, _ in self.seats if g not in scenario.group)
        programmes = dict.fromkeys(p for _, p, _ in self.seats if p not in scenario.programme)
        known = self.period_in(scenario) or {}
        return (*groups, *programmes, *(period for period in self.periods if period not in known))

    def period_in(self, scenario: Scenario) -> dict[str, str] | None:
        """The period of `scenario` that each period then stands for; None where nothing matches.

        By name where the names are known; by place where the two have as many periods, as 2026 and 2027.
        """
        if set(self.periods) & set(scenario.horizon):
            return {period: period for period in self.periods if period in scenario.horizon}
        if len(self.periods) == len(scenario.horizon):
            return dict(zip(self.periods, scenario.horizon, strict=True))
        return None

    def moved_to(self, scenario: Scenario) -> Earlier:
        """The plan in the words of `scenario`: what it no longer has left out, periods renamed.

        Where no period matches, seats stand under the period ''; only who takes what is known then.
        """
        period_in = self.period_in(scenario)
        seats: dict[tuple[str, str, str], int] = {}
        classes: dict[tuple[str, str], int] = {}
        for (group, programme, period), number in self.seats.items():
            now = "" if period_in is None else period_in.get(period, "")
            if group in scenario.group and programme in scenario.programme:
                seats[group, programme, now] = seats.get((group, programme, now), 0) + number
        for (programme, period), number in self.classes.items():
            if programme in scenario.programme and period_in is not None and period in period_in:
                classes[programme, period_in[period]] = number
        return Earlier(self.id, seats, classes, scenario.horizon)
