"""How many people reach the target of JP in a year, counted from attendance patterns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final

from planner.domain.attendance import Pattern
from planner.domain.programmes import Programme
from planner.domain.scenario import Scenario
from planner.plans.plan import HoursTarget

BASIC: Final = ("latsar", "pelatihan dasar")
"""Forms of the basic training of new civil servants, which alone has more JP than a year's target."""


def is_basic(programme: Programme) -> bool:
    """Whether a programme is the basic training (Latsar): by its form, or where its id says so."""
    return programme.form.casefold() in BASIC or "latsar" in programme.id.casefold()


def _counts_facts(scenario: Scenario, attendance: Sequence[Pattern]) -> bool:
    """Whether the patterns hold what has happened already; where they are of the rest, nobody's hours are known."""
    held: dict[tuple[str, str, str], int] = {}
    for pattern in attendance:
        for p, t in pattern.programmes:
            held[pattern.group, p, t] = held.get((pattern.group, p, t), 0) + pattern.people
    return all(held.get(seat, 0) >= people for seat, people in scenario.facts.participants.items())


def hours_reached(
    scenario: Scenario, attendance: Sequence[Pattern], *, without_basic: bool = False
) -> Iterator[HoursTarget]:
    """Count, for each year and group, those with at least `hours_target` JP; those who attend nothing have none.

    Nothing is counted where patterns are of the rest of a plan only. The hours of basic training can be left out: they
    say nothing of those who have been civil servants for long.
    """
    target = scenario.scenario.hours_target
    if target is None or (scenario.facts and not _counts_facts(scenario, attendance)):
        return
    one = scenario.one_person
    reached: dict[tuple[str, str], int] = {}
    for pattern in attendance:
        hours: dict[str, Fraction] = {}
        for p, t in pattern.programmes:
            if without_basic and is_basic(scenario.programme[p]):
                continue
            for year, n in one.hours(scenario.programme[p], t).items():
                hours[year] = hours.get(year, Fraction(0)) + n
        for year in one.years:
            if hours.get(year, 0) >= target:
                reached[year, pattern.group] = reached.get((year, pattern.group), 0) + pattern.people
    for year in one.years:
        for group in scenario.groups:
            count = reached.get((year, group.id), 0) if target else group.headcount
            yield HoursTarget(year, group.id, group.headcount, count)
