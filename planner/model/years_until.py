"""What rules about years count: gaps closed by the end of a year, besides those of the whole plan."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from functools import cache

from planner.domain.running import year_of_end
from planner.model.chances import Until, counted_until
from planner.model.closed_exactly import limiting_shares, seats_by
from planner.model.ingredients import Parts
from planner.model.sets import Seat
from planner.model.years_exact import Chances, YearLimit, add_prices, limits_of, preferred, years_of


def add_until(parts: Parts) -> None:
    """Add K[g,c,Y] and W[g,p,c,Y,Y'], and the prices for those that must be a best use of all."""
    v, scenario = parts.variables, parts.scenario
    closed_by = cache(scenario.facts.closed_by)
    for until in counted_until(scenario):
        c, year = until.competency, until.year
        effects: dict[str, list[Fraction]] = {}
        for g, p, effect, step, seats in _courses(parts, until):
            v.add("tried_until", (g, p, c, year, step), float(sum(parts.sets.seats[seat] for seat in seats)))
            effects.setdefault(g, []).append(effect)
        for g in until.circle.people:
            measured = scenario.facts.measured_by(year).get((g, c), Fraction(0))
            if g in effects or measured:
                most = scenario.willingness.chances_of(g, c, socialized=True, until=year)
                k = v.add("closed_by", (g, c, year), float(measured + most * max(effects.get(g, [Fraction(0)]))))
                if done := closed_by(year).get((g, c)):
                    v.facts[k.name] = float(done)
        if until.apart:
            for g in effects:
                for share in limiting_shares(parts, (g, c), year):
                    v.add("full", (g, c, share, year), 1)
        elif until.exact:
            chances = chances_until(parts, until)
            add_prices(v, chances, limits_until(parts, until, chances))


def chances_until(parts: Parts, until: Until) -> list[Chances]:
    """Return the chances of a circle in courses that have ended by the year, as `chances_in` does for the whole plan.

    Where the limits are nested, in one step of years or for a group by itself, the best use depends only on the order
    of the courses: then their place in it, counted from the last, replaces their worth.
    """
    v, c, year = parts.variables, until.competency, until.year
    found = []
    for g, p, effect, step, seats in _courses(parts, until):
        people = [(v.participants[seat], -1.0) for seat in seats]
        most = Fraction(sum(parts.sets.seats[seat] for seat in seats))
        used = [(v.tried_until[g, p, c, year, step], 1.0)]
        found.append(Chances((g, p, c, step, year), used, people, most, parts.scenario.group[g].weight * effect))
    if until.circle.shared and until.circle.earlier:
        return preferred(found)
    found.sort(key=lambda each: -each.worth)
    return [replace(each, worth=Fraction(len(found) - place)) for place, each in enumerate(found)]


def limits_until(parts: Parts, until: Until, chances: list[Chances]) -> list[YearLimit]:
    """Yield the limits on `chances` by the end of each step of years up to the year."""
    return list(limits_of(parts, until.competency, until.circle, chances, until.year))


def steps_until(until: Until) -> list[str]:
    """Return the steps of years up to the year."""
    return [step for step, _ in years_of(until.circle, until.year)]


def _courses(parts: Parts, until: Until) -> Iterator[tuple[str, str, Fraction, str, list[Seat]]]:
    """Yield (group, programme, closes, step of years, seats) of the courses that have ended by the year, in file
    order."""
    scenario, c, steps = parts.scenario, until.competency, steps_until(until)
    for g in until.circle.people:
        for p, effect in parts.effects.get((g, c), ()):
            ended: dict[str, list[Seat]] = {}
            for seat in seats_by(parts, (g, c), p, until.year):
                end = year_of_end(scenario, scenario.programme[p], seat[2])
                ended.setdefault(next(step for step in steps if end <= step), []).append(seat)
            for step in sorted(ended):
                yield g, p, effect, step, ended[step]
