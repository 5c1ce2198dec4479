"""Where it is a decision of its own whose gap a participant closes.

Each person's gap has one chance, so participants beyond the willing with the gap close nothing. For a group by itself
the best use of its chances follows from its participants. Where the willingness of several groups of an agency is
counted together, the groups compete for it; then w[g,p,c] says how many of them have their chance in p.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import NamedTuple

from planner.domain.objectives import buckets, levels_of
from planner.domain.rule_units import gaps_of_units
from planner.domain.rule_years import ends_counted
from planner.domain.scenario import Scenario
from planner.domain.willingness import Circle

Key = tuple[str, str]
"""(group, competency)."""

Effects = Mapping[Key, list[tuple[str, Fraction]]]
"""(programme, closes) of the programmes that close the gap of a group in a competency."""


class Counts:
    """What rules and buckets count, found by the gaps that they count."""

    def __init__(self, counts: Iterable[Counted]) -> None:
        self._all = tuple(counts)
        self._with: dict[Key, list[int]] = {}
        for place, each in enumerate(self._all):
            for key in each.gaps:
                self._with.setdefault(key, []).append(place)

    def __bool__(self) -> bool:
        return bool(self._all)

    def among(self, keys: Iterable[Key]) -> list[Counted]:
        """Those that count some of these gaps."""
        return [self._all[place] for place in sorted({place for key in keys for place in self._with.get(key, ())})]


class Counted(NamedTuple):
    """What a rule or a bucket counts of the gaps that are closed by the end of a year, or of the plan (None)."""

    until: str | None
    gaps: frozenset[Key]
    pushed: bool
    """Whether the rule is easier to keep where less is counted, so that the model would understate it."""


def chosen_chances(scenario: Scenario, effects: Effects) -> Iterator[Key]:
    """The gaps whose chances are variables.

    Of several effects where an agency is limited, all of exact circles, and all where people fall below the standard in
    a later year.
    """
    for c, circles in scenario.willingness.learning.items():
        for circle in circles:
            if circle.earlier:
                yield from ((g, c) for g in circle.people if (g, c) in effects)
    exact_circles = {(c, next(iter(circle.people))) for c, circle in exactly_counted(scenario)}
    for c, circle in binding_circles(scenario):
        exact = (c, next(iter(circle.people))) in exact_circles
        for g in circle.people if not circle.earlier else ():
            if len({effect for _, effect in effects.get((g, c), ())}) > (0 if exact else 1):
                yield g, c


def binding_circles(scenario: Scenario) -> Iterator[tuple[str, Circle]]:
    """The groups of an agency with a gap in a competency whose willing people are limited together."""
    for c, circles in scenario.willingness.learning.items():
        for circle in circles:
            if circle.binds(scenario):
                yield c, circle


def exactly_counted(scenario: Scenario) -> Iterator[tuple[str, Circle]]:
    """The binding circles whose gaps closed some rule or level counts otherwise than the objective values them.

    Where a rule caps gaps closed, or a rule or a bucket counts some groups of the circle only, or groups of unlike
    weight, the chances must be those that the plan reports: by weight x closes, highest first, in file order.
    """
    counts = Counts(each for each in _counted(scenario) if each.until is None)
    for c, circle in binding_circles(scenario) if counts else ():
        if not circle.earlier and _must_be_exact(scenario, c, circle, counts):
            yield c, circle


def exact_over_years(scenario: Scenario) -> Iterator[tuple[str, Circle]]:
    """The circles with limits of several years whose gaps closed some rule or level counts otherwise than their worth.

    Where a rule caps gaps closed, or counts some groups of the circle only, or groups of unlike weight, the chances
    must be a best use of all (chances_of_years.py).
    """
    counts = Counts(each for each in _counted(scenario) if each.until is None)
    for c, circles in scenario.willingness.learning.items() if counts else ():
        for circle in circles:
            if circle.earlier and _must_be_exact(scenario, c, circle, counts):
                yield c, circle


class Until(NamedTuple):
    """A circle whose gaps closed by the end of a year some rule counts, with those in need by then."""

    year: str
    competency: str
    circle: Circle
    exact: bool
    """Whether the chances must be a best use of all."""
    apart: bool
    """Whether they must, and those of each group are its own and of one step of years."""


def counted_until(scenario: Scenario) -> Iterator[Until]:
    """The circles whose gaps closed by the end of a year before the last some rule counts."""
    counts = [each for each in _counted(scenario) if each.until is not None]
    for year in scenario.years[:-1] if counts else ():
        of_year = Counts(each for each in counts if each.until == year)
        for c, circles in scenario.willingness.learning.items() if of_year else ():
            for whole in circles:
                if of_year.among((g, c) for g in whole.people):
                    earlier = tuple(step for step in whole.earlier if step[0] < year)
                    circle = Circle(whole.by(year).people, earlier)
                    exact = _must_be_exact(scenario, c, circle, of_year)
                    yield Until(year, c, circle, exact, exact and not earlier and not circle.binds(scenario))


def _must_be_exact(scenario: Scenario, competency: str, circle: Circle, counts: Counts) -> bool:
    """Whether what is counted is what the plan reports only if the chances are a best use of all.

    It is anyway where more is better, and all groups of the circle count, of the same weight, or share no limit.
    """
    members = {(g, competency) for g in circle.people}
    binds = any(then.binds(scenario) for _, then in (*circle.earlier, ("", circle)))
    alike = len({scenario.group[g].weight for g in circle.people}) == 1
    return any(each.pushed or (binds and not (alike and members <= each.gaps)) for each in counts.among(members))


def _counted(scenario: Scenario) -> Iterator[Counted]:
    """The gaps that each rule and each bucket counts by the end of the plan or of a year."""
    for rule in scenario.rules:
        if rule.measure == "gaps_closed":
            ends = ends_counted(scenario, rule)
            for keys in gaps_of_units(scenario, rule).values():
                for until, sign in ends:
                    yield Counted(until, frozenset(keys), (rule.at_most if sign > 0 else rule.at_least) is not None)
    for level in levels_of(scenario):
        if level.goal == "smallest_coverage":
            for keys in buckets(scenario, level).values():
                yield Counted(None, frozenset(keys), False)
