"""Chances: how many participants of each programme have a gap that it may close.

Each person's gap in a competency has one chance, whatever number of courses this person takes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from planner.domain.chances_of_years import Course, Limits, best_use
from planner.domain.exact_sums import shares_together
from planner.domain.running import year_of_end
from planner.domain.scenario import Scenario
from planner.domain.willingness import Circle

Chances = dict[tuple[str, str, str], Fraction]
"""Participants by (group, programme, competency) whose gap has its chance in that programme [people]."""


@dataclass(frozen=True, slots=True)
class ChancesTaken:
    """The chances in one competency that the courses of one circle (`willingness.Circle`) take."""

    years: tuple[str, ...]
    """The years by whose end chances are limited; the last one stands for all later years too."""
    limits: Sequence[Limits]
    used: Mapping[Course, Fraction]

    def room(self, group: str, year: str) -> bool:
        """Return whether one more participant of a group, in a course that ends in `year`, has a chance left.

        By the end of that year and of each later one, the group must have one left, and so must all groups together.
        """
        first = place_of_year(self.years, year)
        for place in range(first, len(self.limits)):
            of_all = [(course.group, tried) for course, tried in self.used.items() if course.step <= place]
            limit = self.limits[place]
            if limit.together - sum(tried for _g, tried in of_all) < 1:
                return False
            if limit.of_group[group] - sum(tried for g, tried in of_all if g == group) < 1:
                return False
        return True


def place_of_year(years: Sequence[str], year: str) -> int:
    """Return the place of the first of `years` that is not before `year`, or else the last place."""
    return next((n for n, end in enumerate(years) if year <= end), len(years) - 1)


Trained = dict[str, dict[str, dict[str, int]]]
"""Participants by group, programme and the year in which the course ends [people]."""


def chances(
    scenario: Scenario,
    participants: Mapping[tuple[str, str, str], int],
    socialized: Collection[str],
    until: str | None = None,
) -> Chances:
    """Return the chances that participants, by (group, programme, period), take.

    A group has as many as it has willing people with the gap, rounded up where it shares its agency; an agency has
    exactly the sum over its groups, not rounded; chances that measured closings used are taken off. Where more people
    fall below the standard in a later year, the limits hold for the end of each year, for the courses that have ended
    by then. Chances go to the participants that close most weighted gaps; of equal ones to the highest weight x closes,
    then in file order, then in earlier years. Within one year the limits are nested, so that filling in this order
    closes most (`best_use` handles several years).

    With `until` only courses that have ended by the end of that year count, and the gaps that exist by then.
    """
    return {
        (g, p, each.competency): tried
        for each in chances_by_circle(scenario, participants, socialized, until)
        for (g, p), tried in each.tried.items()
    }


@dataclass(frozen=True, slots=True)
class ChancesOfCircle:
    """What the courses of one circle try and close in one competency."""

    competency: str
    tried: Mapping[tuple[str, str], Fraction]
    """Chances taken by (group, programme) [people]."""
    closed: Mapping[str, Fraction]
    """Gaps closed by group, without those that were measured [expected people]."""


MOST_KEPT: Final = 20_000
"""Largest number of circles of a scenario whose chances are kept."""


def chances_by_circle(
    scenario: Scenario,
    participants: Mapping[tuple[str, str, str], int],
    socialized: Collection[str],
    until: str | None = None,
) -> Iterator[ChancesOfCircle]:
    """Yield the chances that participants take, circle by circle, as `chances` describes.

    Those of a circle follow from the courses of its own groups. They are remembered: most groups of two plans that are
    compared attend the same.
    """
    trained = trained_until(scenario, participants, until)
    kept: dict[Any, ChancesOfCircle] = {} if scenario.facts else scenario.willingness.chances_kept
    if len(kept) > MOST_KEPT:
        kept.clear()
    courses = {
        g: tuple((p, *by_year.items()) for p, by_year in sorted(of_group.items())) for g, of_group in trained.items()
    }
    for c, circles in scenario.willingness.learning.items():
        closing: dict[str, Fraction] | None = None
        for place, circle in enumerate(circles):
            key = c, place, until, *((courses.get(g), g in socialized) for g in circle.people)
            found = kept.get(key)
            if found is None:
                closing = closing or closing_shares(scenario, c)
                used = chances_in(scenario, c, circle, closing, trained, socialized, until).used
                found = kept[key] = _of_circle(c, closing, used)
            yield found


def _of_circle(competency: str, closing: Mapping[str, Fraction], used: Mapping[Course, Fraction]) -> ChancesOfCircle:
    tried: dict[tuple[str, str], Fraction] = {}
    closed: dict[str, Fraction] = {}
    for course, people in used.items():
        g, p = course.group, course.programme
        tried[g, p] = tried.get((g, p), Fraction(0)) + people
        closed[g] = closed.get(g, Fraction(0)) + closing[p] * people
    return ChancesOfCircle(competency, tried, closed)


def closing_shares(scenario: Scenario, competency: str) -> dict[str, Fraction]:
    """Return closes[p,c] of the programmes that close a competency, in file order [0-1]."""
    return {p.id: p.closes[competency] for p in scenario.programmes if competency in p.closes}


def chances_in(
    scenario: Scenario,
    competency: str,
    circle: Circle,
    closing: Mapping[str, Fraction],
    trained: Trained,
    socialized: Collection[str],
    until: str | None = None,
) -> ChancesTaken:
    """Return the chances in one competency that the courses of one circle take; other circles do not change them.

    `closing` is the share of gaps closed by each programme that closes the competency [0-1].
    """
    steps = tuple(_steps(scenario, circle, until))
    years = tuple(year for year, _circle in steps)
    seated: dict[tuple[str, str, int], int] = {}
    for g in circle.people:
        of_group = trained.get(g, {})
        for p in closing:
            if p in of_group:
                for year, people in sorted(_unmeasured(scenario, of_group[p], (g, p, competency)).items()):
                    step = place_of_year(years, year)
                    seated[g, p, step] = seated.get((g, p, step), 0) + people
    courses = [Course(scenario.group[g].weight * closing[p], g, p, step, n) for (g, p, step), n in seated.items()]
    courses.sort(key=lambda course: -course.worth)
    limits = [_limits(scenario, competency, now, socialized, year) for year, now in steps]
    return ChancesTaken(years, limits, best_use(courses, limits, shared=circle.shared) if courses else {})


def trained_until(scenario: Scenario, participants: Mapping[tuple[str, str, str], int], until: str | None) -> Trained:
    """Return participants by group, programme and the year in which the course ends, for courses ended by `until`."""
    one_year = len(scenario.years) == 1
    trained: Trained = {}
    for (g, p, t), people in participants.items():
        year = scenario.years[0] if one_year else year_of_end(scenario, scenario.programme[p], t)
        if until is None or year <= until:
            of_programme = trained.setdefault(g, {}).setdefault(p, {})
            of_programme[year] = of_programme.get(year, 0) + people
    return trained


def _steps(scenario: Scenario, circle: Circle, until: str | None) -> Iterator[tuple[str, Circle]]:
    """Yield the people in need by the end of each year after which more are in need, and by the end of the last
    year."""
    last = scenario.years[-1] if until is None else until
    for year, earlier in circle.earlier:
        if year < last:
            yield year, earlier
    yield last, circle.by(last)


def _unmeasured(scenario: Scenario, by_year: Mapping[str, int], key: tuple[str, str, str]) -> Mapping[str, int]:
    """Return the participants of (group, programme, competency) by year, less those whose closings were measured."""
    examined = scenario.facts.examined_in
    return {year: n - examined.get((*key, year), 0) for year, n in by_year.items()} if examined else by_year


def _limits(scenario: Scenario, competency: str, circle: Circle, socialized: Collection[str], year: str) -> Limits:
    """Return the chances left by the end of a year; `circle` has the people in need by then."""
    shares = {g: g in socialized for g in circle.people}
    of_group = {g: circle.most(scenario.group[g], shares[g]) for g in circle.people}
    together = shares_together((n, scenario.group[g].willing(shares[g])) for g, n in circle.people.items())
    if scenario.facts.chances:
        willing = scenario.willingness
        of_group = {g: willing.chances_of(g, competency, shares[g], year) for g in circle.people}
        together = willing.chances_together(competency, circle, socialized, year)
    return Limits(of_group, together)
