"""The limits on the chances of a circle over several years, and rows that make the best use of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import gcd, lcm
from typing import Final

from planner.domain.willingness import Circle
from planner.model.ingredients import Parts
from planner.model.rows import Row, Term
from planner.model.variables import Variables

PREFERRED: Final = 8
"""Number of chances whose order among equal ones is kept; a solver would not see the differences of more."""

LAST: Final = "last"
"""Stands for the last year, after those with fewer gaps than a year later."""


@dataclass(frozen=True)
class Chances:
    """Chances of one group in the courses of one programme that end in one step of years."""

    key: tuple[str, ...]
    """group, programme, competency, step of years; and the year by whose end it is counted, if that is not the last."""
    used: list[Term]
    people: list[Term]
    """Participants, as negative terms."""
    most: Fraction
    """Most participants [people]."""
    worth: Fraction
    """Weighted gaps that one of them closes, and a little more where it is preferred."""


@dataclass(frozen=True)
class YearLimit:
    """A limit on the chances of a group, or of all ("agency"), up to the end of a year: used <= most + raised."""

    key: tuple[str, ...]
    """group or "", first group of the circle, competency, step of years; and the year by whose end it is counted."""
    used: list[Term]
    raised: list[Term]
    """What socialization adds, as negative terms."""
    today: Fraction
    highest: Fraction


def years_of(circle: Circle, last: str = LAST) -> list[tuple[str, Circle]]:
    """Return the steps of years of a circle with its people in need by the end of each; `last` names the last step."""
    return [*circle.earlier, (last, circle)]


def chances_in(parts: Parts, competency: str, circle: Circle) -> list[Chances]:
    """Return the chances of a circle by group, programme and step of years."""
    return preferred(_chances_in(parts, competency, circle))


def preferred(chances: Iterable[Chances]) -> list[Chances]:
    """Return chances in the order in which plans prefer them: by worth, then in file order.

    The first few are worth a little more, so that equal ones are told apart: each bonus is less than the one before,
    and all together are less than the smallest difference between two sums of worth.
    """
    found = sorted(chances, key=lambda each: -each.worth)
    worths = [each.worth for each in found] or [Fraction(1)]
    whole = lcm(*(worth.denominator for worth in worths))
    unit = Fraction(gcd(*(int(worth * whole) for worth in worths)), whole)
    return [
        replace(each, worth=each.worth + unit / 2 ** (place + 1)) if place < PREFERRED else each
        for place, each in enumerate(found)
    ]


def _chances_in(parts: Parts, competency: str, circle: Circle) -> Iterator[Chances]:
    v, scenario = parts.variables, parts.scenario
    for g in circle.people:
        key = g, competency
        if key not in v.closed:
            continue
        ended = parts.ended_by(key)
        for programme, effect in parts.effects.get(key, ()):
            worth = scenario.group[g].weight * effect
            early: list[Term] = []
            seats = parts.tried_by(g, programme, competency)
            for (p, year), these in ended.items():
                if p == programme:
                    q = v.tried_by[g, programme, competency, year]
                    early.append((q, -1.0))
                    seats = [seat for seat in seats if seat not in these]
                    people = [(v.participants[seat], -1.0) for seat in these]
                    most = Fraction(sum(parts.sets.seats[seat] for seat in these))
                    yield Chances((g, programme, competency, year), [(q, 1.0)], people, most, worth)
            people = [(v.participants[seat], -1.0) for seat in seats]
            most = Fraction(sum(parts.sets.seats[seat] for seat in seats))
            used: list[Term] = [(v.tried[g, programme, competency], 1.0), *early]
            yield Chances((g, programme, competency, LAST), used, people, most, worth)


def limits_of(
    parts: Parts, competency: str, circle: Circle, chances: list[Chances], last: str = LAST
) -> Iterator[YearLimit]:
    """Yield the limits on `chances` by the end of each step of years: of each group, and of all where there are
    several.

    Chances that measured closings used by then are taken off; the limit is never below 0.
    """
    scenario, v, willing = parts.scenario, parts.variables, parts.scenario.willingness
    steps = [year for year, _ in years_of(circle, last)]
    first, tail = next(iter(circle.people)), () if last == LAST else (last,)
    for number, (year, now) in enumerate(years_of(circle, last)):
        until = None if year == LAST else year
        so_far = [each for each in chances if steps.index(each.key[3]) <= number]
        for g in dict.fromkeys(each.key[0] for each in chances):
            today, highest = (willing.chances_of(g, competency, s, until) for s in (False, True))
            raised: list[Term] = [(v.socialized[g], -float(highest - today))] if highest > today else []
            used = [term for each in so_far if each.key[0] == g for term in each.used]
            yield YearLimit((g, first, competency, year, *tail), used, raised, today, highest)
        if circle.shared:
            used = [term for each in so_far for term in each.used]
            before = willing.used_together(competency, circle, until)
            today, highest = (now.together(scenario, socialized=s) - before for s in (False, True))
            yield YearLimit(("", first, competency, year, *tail), used, parts.raised(now), today, highest)


def add_prices(v: Variables, chances: Sequence[Chances], limits: Iterable[YearLimit]) -> None:
    """Add the variables of `best_use`."""
    for each in chances:
        v.add("limit_worth", ("seats", *each.key), float(each.worth))
        v.add("limit_full", ("seats", *each.key), 1)
        v.add("limit_full", ("used", *each.key), 1)
    most = max((each.worth for each in chances), default=Fraction(0))
    for limit in limits:
        v.add("limit_worth", ("limit", *limit.key), float(most))
        v.add("limit_full", ("limit", *limit.key), 1)


def best_use(
    v: Variables, steps: Sequence[str], chances: Sequence[Chances], limits: Sequence[YearLimit]
) -> Iterator[Row]:
    """Yield rows that make chances a best use of all: prices of the limits prove it (see `years_exact`)."""
    largest = float(max((each.worth for each in chances), default=Fraction(0)))
    for each in chances:
        g, year = each.key[0], each.key[3]
        counting = [
            (v.limit_worth["limit", *limit.key], 1.0)
            for limit in limits
            if limit.key[0] in ("", g) and steps.index(year) <= steps.index(limit.key[3])
        ]
        price, full = v.limit_worth["seats", *each.key], v.limit_full["seats", *each.key]
        used, worth, most = v.limit_full["used", *each.key], float(each.worth), float(each.most)
        beyond = largest * (len(counting) + 1)
        yield Row((*each.key, "priced"), [(price, 1.0), *counting], ">=", worth)
        yield Row((*each.key, "no dearer"), [(price, 1.0), *counting, (used, beyond)], "<=", worth + beyond)
        yield Row((*each.key, "used"), [*each.used, (used, -most)], "<=", 0)
        yield Row((*each.key, "not less"), each.used, ">=", 0)
        yield Row((*each.key, "seat price"), [(price, 1.0), (full, -worth)], "<=", 0)
        yield Row((*each.key, "seats"), [*each.used, *each.people, (full, -most)], ">=", -most)
    for limit in limits:
        price, full = v.limit_worth["limit", *limit.key], v.limit_full["limit", *limit.key]
        highest = max(0.0, float(limit.highest))
        yield Row((*limit.key, "price"), [(price, 1.0), (full, -largest)], "<=", 0)
        yield Row(limit.key, [*limit.used, *limit.raised, (full, -highest)], ">=", float(limit.today) - highest)
