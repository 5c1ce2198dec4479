"""What a plan uses of places, trainers and rooms, and whether one more participant fits."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from planner.domain.programmes import Programme
from planner.domain.resources import Use
from planner.domain.running import run_of, users_of
from planner.domain.scenario import Scenario
from planner.plans.measures import Measures


@dataclass(frozen=True)
class ResourceUse:
    """The use of the resources of a scenario by one plan of it."""

    scenario: Scenario
    measures: Measures

    @cached_property
    def used(self) -> dict[tuple[str, str], Fraction]:
        """Units used by (resource, period) of the horizon, zeros included."""
        used = {(r.id, t): Fraction(0) for r in self.scenario.resources for t in self.scenario.horizon}
        for resource in self.scenario.resources:
            for programme, use in users_of(self.scenario, resource):
                for period, units in self._used_by(programme, use).items():
                    used[resource.id, period] += units
        return used

    def _used_by(self, programme: Programme, use: Use) -> dict[str, Fraction]:
        """Return units that one programme uses, by period."""
        if use.per == "programme":
            return dict.fromkeys(self._running[programme.id], use.in_each(1))
        counts = {
            "participant": self.measures.participants_by_programme_and_period,
            "class": self.measures.classes_by_programme_and_period,
        }[use.per]
        units: dict[str, Fraction] = {}
        for start in self.scenario.periods_of(programme):
            run = run_of(self.scenario, programme, start)
            for period in run if counts.get((programme.id, start)) else ():
                units[period] = units.get(period, Fraction(0)) + use.in_each(len(run)) * counts[programme.id, start]
        return units

    @cached_property
    def _running(self) -> dict[str, set[str]]:
        """The periods in which each programme runs."""
        running: dict[str, set[str]] = {programme: set() for programme in self.scenario.programme}
        for name, start in self.measures.participants_by_programme_and_period:
            running[name].update(run_of(self.scenario, self.scenario.programme[name], start))
        return running

    def left(self, resource: str, period: str) -> Fraction:
        """Return the units that are not used."""
        return self.scenario.resource[resource].in_period(period) - self.used[resource, period]

    def used_up(self, programme: Programme, periods: tuple[str, ...]) -> tuple[str, ...]:
        """Return the ids of the resources of which one more participant, starting in any period, would use too much.

        Empty where some period has enough of all. Where the classes held are full, one more class is needed too, and a
        programme that does not run yet uses what it needs as a whole.
        """
        short = [self._short(programme, start) for start in periods]
        return tuple(dict.fromkeys(name for names in short for name in names)) if all(short) else ()

    def _short(self, programme: Programme, start: str) -> list[str]:
        run = run_of(self.scenario, programme, start)
        size = programme.class_size
        seated = self.measures.participants_by_programme_and_period.get((programme.id, start), 0)
        held = self.measures.classes_by_programme_and_period.get((programme.id, start), 0)
        full = size is not None and seated >= held * size.max
        return [
            name
            for name, use in programme.uses.items()
            if use.per == "participant" or (use.per == "class" and full) or use.per == "programme"
            for period in run
            if use.in_each(len(run)) > self.left(name, period)
            and not (use.per == "programme" and period in self._running[programme.id])
        ]
