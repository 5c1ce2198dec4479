"""Rows about people that hold by the end of each year, and the willing of an agency."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from math import ceil, gcd, lcm
from typing import Final

from planner.proof.columns import Columns, Course, OfYears, Seat
from planner.proof.exact_model import Term

PREFERRED: Final = 16
"""Number of chances up to which ties are broken by their order: each has more weight than all after it together."""


def agency_of(c: Columns, groups: Iterable[str]) -> str:
    """Return the agency of groups that have one in common."""
    return next((agency for g in groups if (agency := c.scenario.group[g].agency) is not None), "")


def within_willing(
    c: Columns, terms: list[Term], numbers: Mapping[str, int], done: Fraction = Fraction(0)
) -> tuple[list[Term], Fraction]:
    """Return the row: terms + done <= sum over groups g of number[g] * r[g].

    Return what socialization adds, as negative terms, and the sum without it.
    """
    of_share: dict[Fraction, int] = {}  # whole numbers are added up faster than fractions
    raised: list[Term] = []
    for g, n in numbers.items():
        group = c.scenario.group[g]
        of_share[group.uptake] = of_share.get(group.uptake, 0) + n
        if g in c.socialized and (more := c.willing(group) - group.uptake):
            raised.append((c.socialized[g], -n * more))
    today = sum((n * share for share, n in of_share.items()), Fraction(0))
    if done + sum(factor * c.model.upper[x] for x, factor in terms) > today:
        c.model.limit([*terms, *raised], today, done)
    return raised, today


def changes(
    c: Columns, numbers: Mapping[str, int], by: Callable[[str, str], int]
) -> Iterator[tuple[str, dict[str, int]]]:
    """Yield the years after which some of `numbers`, by group, is more: (year, numbers by its end)."""
    years = c.scenario.years if any(c.scenario.group[g].new_gaps for g in numbers) else ()
    then = [(year, {g: by(g, year) for g in numbers}) for year in years]
    for (year, now), (_, next_year) in pairwise(then):
        if now != next_year:
            yield year, now


def gap_by(c: Columns, competency: str, g: str, year: str) -> int:
    """Count the people of a group below the standard by the end of a year."""
    return c.scenario.group[g].needs_by(year).get(competency, 0)


def closed_by_year(
    c: Columns,
    competency: str,
    numbers: Mapping[str, int],
    steps: Sequence[tuple[str, Mapping[str, int]]],
    until: str | None = None,
) -> None:
    """Add the closings of a competency in groups whose chances are limited by the end of several years.

    h[g,p,Y] are chances in courses that end in the step of year Y: h <= sum over t of x; for each step the sum of h so
    far is at most gap * r, of a group (rounded up where it shares its agency) and of the agency; k = sum of closes * h.
    `steps` are the years after which more people have the gap, with their gaps; `numbers` the gaps in the end. What was
    measured is added to k, and the chances that it used by the end of each step are taken off.

    With `until` these are the closings by the end of that year, with the gaps by then and the courses ended by then.
    """
    limits = [*steps, (until, numbers)]
    chances: dict[str, list[list[tuple[int, Fraction]]]] = {}
    found = OfYears()
    for g in numbers:
        pairs = [pair for pair in c.by_pair if pair[0] == g and competency in c.scenario.programme[pair[1]].closes]
        measured = c.facts.measured_by(until).get((g, competency), Fraction(0))
        if not pairs:
            if measured:
                c.closing((g, competency), 0, until)
            continue
        c.model.about = "closings", g, competency, *([] if until is None else [until])
        group = c.scenario.group[g]
        most = numbers[g] * c.willing(group)
        of_step = chances[g] = [[] for _ in limits]
        effects = []
        for pair in pairs:
            effect = c.scenario.programme[pair[1]].closes[competency]
            effects.append(effect)
            for step, seats in enumerate(_ended(c, pair, competency, [year for year, _ in steps], until)):
                if seats:
                    h = c.model.column(ceil(most), whole=False)
                    of_step[step].append((h, effect))
                    people: list[Term] = [(c.seats[seat], -1) for seat in seats]
                    c.model.row([(h, 1), *people], high=0)
                    found.courses.append((g, step, h, people, group.weight * effect))
        k = c.closing((g, competency), ceil(most) * max(effects), until)
        worth: list[Term] = [(h, -effect) for each in of_step for h, effect in each]
        c.model.row([(k, 1), *worth], high=measured)
        found.closed.append(([(k, 1), *worth], measured))
        c.of_years[g, competency, until] = found
    for step, (year, by_then) in enumerate(limits):
        c.model.about = "closings", agency_of(c, numbers), competency, *([] if year is None else [year])
        before = c.facts.chances_by(year)
        used_up = {g: before.get((g, competency), 0) for g in numbers}
        together: list[Term] = []
        for g, of_step in chances.items():
            used: list[Term] = [(h, 1) for each in of_step[: step + 1] for h, _ in each]
            together += used
            found.limits.append((g, step, *_within(c, g, used, by_then[g], used_up[g], alone=len(numbers) == 1)))
        if len(numbers) > 1 and together:
            gone = Fraction(sum(used_up.values()))
            raised, today = within_willing(c, together, by_then, gone)
            found.limits.append(("", step, [*together, *raised], today - gone))
    if len(numbers) > 1 and until is None:
        c.shared.update({(g, competency): dict(numbers) for g in numbers})


def _within(
    c: Columns, g: str, used: list[Term], people: int, before: int, *, alone: bool
) -> tuple[list[Term], Fraction]:
    """Return the row used <= people * r[g] - before, rounded up where the group shares its agency, and never below 0,
    as terms and upper side."""
    group, social = c.scenario.group[g], c.socialized.get(g)
    today, most = people * group.uptake, people * c.willing(group)
    if not alone:
        today, most = Fraction(ceil(today)), Fraction(ceil(most))
    today, most = max(Fraction(0), today - before), max(Fraction(0), most - before)
    raised: list[Term] = [(social, today - most)] if social is not None and most > today else []
    terms, high = [*used, *raised], today if raised else most
    if used:
        c.model.row(terms, high=high)
    return terms, high


def all_closed(c: Columns, found: OfYears) -> None:
    """Require a best use of the chances of gaps, so that k is not below what training closes in all years.

    Prices of the limits and of each course's seats prove it: they cover what a chance in the course closes, exactly
    where chances are used there, and are 0 where the limit is not reached (complementary slackness). Of equally good
    uses the first is taken, as plans do.
    """
    if found.exact:
        return
    found.exact = True
    c.model.about = "closings_exact", *(courses_of[0] for courses_of in found.courses[:1])
    courses = _by_preference(found.courses)
    largest = max((worth for *_, worth in courses), default=Fraction(0))
    prices: list[tuple[str, int, int]] = []
    for g, step, terms, high in found.limits:
        price = c.model.column(largest, whole=False)
        full = c.model.column(1, whole=True, rank=0)
        least = high - sum((n * c.model.upper[x] for x, n in terms if n < 0), Fraction(0))
        least = max(Fraction(0), least)  # negative where more was used before than all have
        c.model.row([(price, 1), (full, -largest)], high=0)
        c.model.row([*terms, (full, -least)], low=high - least)
        prices.append((g, step, price))
    for g, step, h, people, worth in courses:
        counting: list[Term] = [(price, 1) for of, until, price in prices if of in ("", g) and step <= until]
        seat_price, full, used = (
            c.model.column(worth, whole=False),
            c.model.column(1, whole=True, rank=0),
            c.model.column(1, whole=True, rank=0),
        )
        most = sum((c.model.upper[x] for x, _ in people), Fraction(0))
        beyond = worth + largest * len(counting)
        c.model.row([(seat_price, 1), *counting], low=worth)
        c.model.row([(seat_price, 1), *counting, (used, beyond)], high=worth + beyond)
        c.model.row([(h, 1), (used, -c.model.upper[h])], high=0)
        c.model.row([(seat_price, 1), (full, -worth)], high=0)
        c.model.row([(h, 1), *people, (full, -most)], low=-most)
    for terms, measured in found.closed:
        c.model.row(terms, low=measured)


def _by_preference(courses: Sequence[Course]) -> list[Course]:
    """Return the courses by worth, then in file order, the first ones worth a little more.

    Each bonus is less than the one before, and all together are less than the smallest difference of two sums of worth.
    """
    ranked = sorted(courses, key=lambda course: -course[-1])
    worths = [worth for *_, worth in ranked] or [Fraction(1)]
    unit = Fraction(gcd(*(worth.numerator for worth in worths)), lcm(*(worth.denominator for worth in worths)))
    return [
        (g, step, h, people, worth + unit / 2 ** (place + 1) if place < PREFERRED else worth)
        for place, (g, step, h, people, worth) in enumerate(ranked)
    ]


def _ended(
    c: Columns, pair: tuple[str, str], competency: str, years: Sequence[str], until: str | None
) -> list[list[Seat]]:
    """Return the seats of a pair divided by the first of `years` by whose end the course has ended; those that last
    longer come last. Left out are seats whose closings were measured, and those that last longer than the year
    `until`."""
    found: list[list[Seat]] = [[] for _ in range(len(years) + 1)]
    horizon, lasts = c.scenario.horizon, c.scenario.programme[pair[1]].lasts
    for seat in c.by_pair[pair]:
        if (*seat, competency) in c.facts.examined_seats:
            continue
        end = c.scenario.year_of[horizon[min(horizon.index(seat[2]) + lasts, len(horizon)) - 1]]
        if until is None or end <= until:
            found[next((n for n, year in enumerate(years) if end <= year), len(years))].append(seat)
    return found
