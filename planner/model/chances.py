"""Where it is a decision of its own which of a participant's programmes closes a gap.

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
    """What rules and buckets count, indexed by gap."""

    def __init__(self, counts: Iterable[Counted]) -> None:
        self._all = tuple(counts)
        self._with: dict[Key, list[int]] = {}
        for place, each in enumerate(self._all):
            for key in each.gaps:
                self._with.setdefault(key, []).append(place)

    def __bool__(self) -> bool:
        return bool(self._all)

    def among(self, keys: Iterable[Key]) -> list[Counted]:
        """Return those that count some of these gaps."""
        return [self._all[place] for place in sorted({place for key in keys for place in self._with.get(key, ())})]


class Counted(NamedTuple):
    """The gaps that a rule or a bucket counts, and the year by whose end they are closed (None: by the end of the
    plan)."""

    until: str | None
    gaps: frozenset[Key]
    pushed: bool
    """Whether the rule is easier to keep where less is counted: then the model must keep k from being understated."""


def chosen_chances(scenario: Scenario, effects: Effects) -> Iterator[Key]:
    """Yield the gaps whose chances are variables.

    Those are all gaps of circles where people fall below the standard in a later year, all of circles counted exactly,
    and of other binding circles those that programmes of several shares may close.
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
    """Yield the groups of an agency with a gap in a competency whose willing people are limited together."""
    for c, circles in scenario.willingness.learning.items():
        for circle in circles:
            if circle.binds(scenario):
                yield c, circle


def exactly_counted(scenario: Scenario) -> Iterator[tuple[str, Circle]]:
    """Yield the binding circles whose gaps closed some rule or level does not count as the objective values them.

    Where a rule caps gaps closed, or a rule or a bucket counts only some groups of the circle, or groups of different
    weight, the chances must be those that the plan reports: by weight x closes, highest first, then in file order.
    """
    counts = Counts(each for each in _counted(scenario) if each.until is None)
    for c, circle in binding_circles(scenario) if counts else ():
        if not circle.earlier and _must_be_exact(scenario, c, circle, counts):
            yield c, circle


def exact_over_years(scenario: Scenario) -> Iterator[tuple[str, Circle]]:
    """Yield the circles with limits of several years whose gaps closed some rule or level does not count by their
    worth.

    Where a rule caps gaps closed, or counts only some groups of the circle, or groups of different weight, the chances
    must be a best use of all (chances_of_years.py).
    """
    counts = Counts(each for each in _counted(scenario) if each.until is None)
    for c, circles in scenario.willingness.learning.items() if counts else ():
        for circle in circles:
            if circle.earlier and _must_be_exact(scenario, c, circle, counts):
                yield c, circle


class Until(NamedTuple):
    """A circle, with the people in need by then, and a year by whose end some rule counts its gaps closed."""

    year: str
    competency: str
    circle: Circle
    exact: bool
    """Whether the chances must be a best use of all."""
    apart: bool
    """Whether they must, and each group has chances of its own in a single step of years."""


def counted_until(scenario: Scenario) -> Iterator[Until]:
    """Yield the circles for each year before the last by whose end some rule counts gaps closed."""
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
    """Return whether what is counted equals what the plan reports only if the chances are a best use of all.

    Otherwise it does so anyway: where more is better, and all groups of the circle count, with the same weight or
    without a common limit.
    """
    members = {(g, competency) for g in circle.people}
    binds = any(then.binds(scenario) for _, then in (*circle.earlier, ("", circle)))
    alike = len({scenario.group[g].weight for g in circle.people}) == 1
    return any(each.pushed or (binds and not (alike and members <= each.gaps)) for each in counts.among(members))


def _counted(scenario: Scenario) -> Iterator[Counted]:
    """Yield the gaps that each rule and each bucket counts by the end of the plan or of a year."""
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
