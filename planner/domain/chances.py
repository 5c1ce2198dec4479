"""Whose gap has its chance in which programme: each person's gap in a competency is closed once."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from fractions import Fraction

from planner.domain.chances_of_years import Course, Limits, best_use
from planner.domain.running import year_of_end
from planner.domain.scenario import Scenario
from planner.domain.willingness import Circle

Chances = dict[tuple[str, str, str], Fraction]
"""Participants of (group, programme, competency) whose gap has its chance there [people]."""


def chances(
    scenario: Scenario,
    participants: Mapping[tuple[str, str, str], int],
    socialized: Collection[str],
    until: str | None = None,
) -> Chances:
    """Return the chances that participants, by (group, programme, period), take.

    A group has as many as it has willing people with the gap, rounded up where it shares its agency; an agency exactly
    as many as its groups have; both less those that measured closings used. Where people fall below the standard in a
    later year, that is so by the end of each year, for the courses that have ended by then. Chances go to the
    participants that close most weighted gaps; of equal ones to those by weight x closes, highest first, then in file
    order, then in earlier years. Within one year the limits are nested, so that filling in this order closes most
    (`best_use` has the rest).

    With `until` only courses that have ended by the end of that year count, and the gaps that exist by then.
    """
    trained = _trained(scenario, participants, until)
    taken: Chances = {}
    for c, circles in scenario.willingness.learning.items():
        closing = [(p.id, p.closes[c]) for p in scenario.programmes if c in p.closes]
        for circle in circles:
            steps = tuple(_steps(scenario, circle, until))
            last = len(steps) - 1
            seated: dict[tuple[str, str, int], int] = {}
            for g in circle.people:
                for p, _ in closing if g in trained else ():
                    for year, people in sorted(_unmeasured(scenario, trained[g].get(p, {}), (g, p, c)).items()):
                        step = next((n for n, (end, _) in enumerate(steps) if year <= end), last)
                        seated[g, p, step] = seated.get((g, p, step), 0) + people
            if not seated:
                continue
            effect = dict(closing)
            courses = [
                Course(scenario.group[g].weight * effect[p], g, p, step, n) for (g, p, step), n in seated.items()
            ]
            courses.sort(key=lambda course: -course.worth)
            limits = [_limits(scenario, c, now, socialized, year) for year, now in steps]
            for course, tried in best_use(courses, limits, shared=circle.shared).items():
                key = course.group, course.programme, c
                taken[key] = taken.get(key, Fraction(0)) + tried
    return taken


def _trained(
    scenario: Scenario, participants: Mapping[tuple[str, str, str], int], until: str | None
) -> dict[str, dict[str, dict[str, int]]]:
    """Participants by group, programme and the year in which the course ends [people]."""
    one_year = len(scenario.years) == 1
    trained: dict[str, dict[str, dict[str, int]]] = {}
    for (g, p, t), people in participants.items():
        year = scenario.years[0] if one_year else year_of_end(scenario, scenario.programme[p], t)
        if until is None or year <= until:
            of_programme = trained.setdefault(g, {}).setdefault(p, {})
            of_programme[year] = of_programme.get(year, 0) + people
    return trained


def _steps(scenario: Scenario, circle: Circle, until: str | None) -> Iterator[tuple[str, Circle]]:
    """The people in need by the end of each year after which there are more, and by the end of the last year."""
    last = scenario.years[-1] if until is None else until
    for year, earlier in circle.earlier:
        if year < last:
            yield year, earlier
    yield last, circle.by(last)


def _unmeasured(scenario: Scenario, by_year: Mapping[str, int], key: tuple[str, str, str]) -> Mapping[str, int]:
    """The participants of (group, programme, competency) by year less those whose closings were measured."""
    examined = scenario.facts.examined_in
    return {year: n - examined.get((*key, year), 0) for year, n in by_year.items()} if examined else by_year


def _limits(scenario: Scenario, competency: str, circle: Circle, socialized: Collection[str], year: str) -> Limits:
    """The chances that are left by the end of a year; `circle` has those in need by then."""
    shares = {g: g in socialized for g in circle.people}
    of_group = {g: circle.most(scenario.group[g], shares[g]) for g in circle.people}
    together = sum((n * scenario.group[g].willing(shares[g]) for g, n in circle.people.items()), Fraction(0))
    if scenario.facts.chances:
        willing = scenario.willingness
        of_group = {g: willing.chances_of(g, competency, shares[g], year) for g in circle.people}
        together = willing.chances_together(competency, circle, socialized, year)
    return Limits(of_group, together)
