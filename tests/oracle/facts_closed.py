"""Gaps closed where some closings were measured already."""

from __future__ import annotations

from fractions import Fraction
from math import ceil

from tests.oracle.instance import Instance
from tests.oracle.measures import People
from tests.oracle.plain import Plain, number
from tests.oracle.years import best_chances

Gap = tuple[str, str]


def closed_after(
    i: Instance, before: People, rows: list[Plain], people: People, socialized: frozenset[str], until: str = ""
) -> dict[Gap, Fraction]:
    """Gaps closed: as measured, and for the others as expected, with the chances that are left, by the end of a year.

    What was measured counts in the year in which its course ends, and at most up to the gap that exists then.
    """
    years = [year for year in i.years if year <= (until or i.years[-1])]
    closed = dict.fromkeys(i.gaps_by[years[-1]], Fraction(0))
    gone, measured = _measured(i, rows, years)
    closed |= {key: gained for key, gained in measured.items() if key in closed}
    examined = {(r["group"], r["programme"], r["period"], c) for r in rows for c in r["closed"]}
    for c in i.competencies:
        teaching = [p for p in i.programmes if c in i.closes[p]]
        been = {g for g, p, _t in before if p in teaching}
        able = [g for g in i.groups if (g, c) in i.gaps and (g in been or any(i.may_take(g, p) for p in teaching))]
        for those in i.colleagues(able):
            taking: dict[tuple[str, str, str], int] = {}
            for (g, p, t), n in people.items():
                if g in those and p in teaching and (g, p, t, c) not in examined:
                    year = i.year_of_end(p, t)
                    taking[g, p, year] = taking.get((g, p, year), 0) + n
            queue = sorted(
                (-i.worth(g, c) * i.closes[p][c], order, year, g, p)
                for order, (g, p) in enumerate((g, p) for g in those for p in teaching)
                for year in years
                if (g, p, year) in taking
            )
            limits: list[tuple[frozenset[int], Fraction]] = []
            for year in years:
                ended = [k for k, row in enumerate(queue) if row[2] <= year]
                exact = {g: i.gaps_by[year].get((g, c), 0) * i.willing(g, g in socialized) for g in those}
                for g, own in exact.items():
                    left = (Fraction(ceil(own)) if len(those) > 1 else own) - gone[year].get((g, c), 0)
                    limits.append((frozenset(k for k in ended if queue[k][3] == g), max(Fraction(0), left)))
                used = sum(gone[year].get((g, c), 0) for g in those)
                limits.append((frozenset(ended), max(Fraction(0), sum(exact.values(), Fraction(0)) - used)))
            counts = tuple(taking[g, p, year] for _worth, _order, year, g, p in queue)
            served = best_chances(counts, tuple(-row[0] for row in queue), tuple(limits))
            for (_worth, _order, _year, g, p), tried in zip(queue, served, strict=True):
                closed[g, c] = closed.get((g, c), Fraction(0)) + i.closes[p][c] * tried
    return {key: n for key, n in closed.items() if n or key in i.gaps_by[years[-1]]}


def _measured(
    i: Instance, rows: list[Plain], years: list[str]
) -> tuple[dict[str, dict[Gap, int]], dict[Gap, Fraction]]:
    """Chances used by the end of each year, and the gaps closed by the end of the last."""
    used: dict[Gap, int] = {}
    closed: dict[Gap, Fraction] = {}
    by_year: dict[str, dict[Gap, int]] = {}
    for year in years:
        for r in rows:
            for c, gained in r["closed"].items() if i.year_of_end(r["programme"], r["period"]) == year else ():
                key = r["group"], c
                used[key] = used.get(key, 0) + r["participants"]
                closed[key] = closed.get(key, Fraction(0)) + number(gained)
        gaps = i.gaps_by[year]
        used = {key: min(n, gaps.get(key, 0)) for key, n in used.items()}
        closed = {key: min(n, Fraction(gaps.get(key, 0))) for key, n in closed.items()}
        by_year[year] = dict(used)
    return by_year, closed
