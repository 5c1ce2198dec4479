"""An earlier plan of this or another scenario, and the part of it that fits a given scenario."""

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
class EarlierPlan:
    """Seats and classes of an earlier plan."""

    id: str
    """Id of the scenario it was made for."""
    seats: Seats
    classes: Mapping[tuple[str, str], int]
    """Classes of (programme, period)."""
    periods: tuple[str, ...]
    """Its periods, in order."""

    @classmethod
    def from_plan(cls, plan: Plan, periods: tuple[str, ...]) -> Self:
        """Return the seats and classes of `plan`; `periods` are those of its scenario."""
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

    def unknown_ids(self, scenario: Scenario) -> tuple[str, ...]:
        """Return the groups, programmes and periods of this plan that have no counterpart in `scenario`."""
        groups = dict.fromkeys(g for g, _, _ in self.seats if g not in scenario.group)
        programmes = dict.fromkeys(p for _, p, _ in self.seats if p not in scenario.programme)
        known = self.period_in(scenario) or {}
        return (*groups, *programmes, *(period for period in self.periods if period not in known))

    def period_in(self, scenario: Scenario) -> dict[str, str] | None:
        """Return the period of `scenario` for each period of this plan; None if none matches.

        Matched by name if any name is known; else by position if both have equally many periods (2026 and 2027).
        """
        if set(self.periods) & set(scenario.horizon):
            return {period: period for period in self.periods if period in scenario.horizon}
        if len(self.periods) == len(scenario.horizon):
            return dict(zip(self.periods, scenario.horizon, strict=True))
        return None

    def for_scenario(self, scenario: Scenario) -> EarlierPlan:
        """Return this plan reduced to the groups and programmes of `scenario`, with its periods renamed.

        If no period matches, all seats are under the period '', so that only (group, programme) counts.
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
        return EarlierPlan(self.id, seats, classes, scenario.horizon)
