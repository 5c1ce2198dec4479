"""Where it is a decision of its own whose gap a participant closes.

Each person's gap has one chance, so participants beyond the willing with the gap close nothing. For a group by itself
the best use of its chances follows from its participants. Where the willingness of several groups of an agency is
counted together, the groups compete for it; then w[g,p,c] says how many of them have their chance in p.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from planner.domain.objectives import buckets, levels_of
from planner.domain.rule_units import RuleUnits
from planner.domain.scenario import Scenario
from planner.domain.willingness import Circle

Key = tuple[str, str]
"""(group, competency)."""

Effects = Mapping[Key, list[tuple[str, Fraction]]]
"""(programme, closes) of the programmes that close the gap of a group in a competency."""


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
    counts = list(_counted(scenario))
    for c, circle in binding_circles(scenario) if counts else ():
        if circle.earlier:
            continue
        members = {(g, c) for g in circle.people}
        alike = len({scenario.group[g].weight for g in circle.people}) == 1
        found = ((members & counted, capped) for counted, capped in counts)
        if any(among and (capped or among != members or not alike) for among, capped in found):
            yield c, circle


def exact_over_years(scenario: Scenario) -> Iterator[tuple[str, Circle]]:
    """The circles with limits of several years whose gaps closed some rule or level counts otherwise than their worth.

    Where a rule caps gaps closed, or counts some groups of the circle only, or groups of unlike weight, the chances
    must be a best use of all (chances_of_years.py).
    """
    counts = list(_counted(scenario))
    for c, circles in scenario.willingness.learning.items() if counts else ():
        for circle in circles:
            members = {(g, c) for g in circle.people}
            alike = len({scenario.group[g].weight for g in circle.people}) == 1
            found = ((members & counted, capped) for counted, capped in counts)
            if circle.earlier and any(
                among and (capped or (circle.shared and (among != members or not alike))) for among, capped in found
            ):
                yield c, circle


def _counted(scenario: Scenario) -> Iterator[tuple[set[Key], bool]]:
    """The gaps that each rule and each bucket counts, and whether a rule caps them."""
    for rule in scenario.rules:
        if rule.measure == "gaps_closed":
            where = rule.where
            groups = scenario.groups if where.groups is None else scenario.groups_in(where.groups)
            among = (
                scenario.competencies if where.competencies is None else scenario.competencies_in(where.competencies)
            )
            chosen, units = {c.id for c in among}, RuleUnits(scenario, rule)
            for of in units.all:
                among_these = (g for g in groups if of in units.holding(None, g.id))
                yield {(g.id, c) for g in among_these for c in g.needs if c in chosen}, rule.at_most is not None
    for level in levels_of(scenario):
        if level.goal == "smallest_coverage":
            for keys in buckets(scenario, level).values():
                yield set(keys), False
