"""Rows about gaps closed: each at most once, by people who are trained for it."""

from __future__ import annotations

from fractions import Fraction
from functools import partial
from math import ceil, lcm

from planner.proof.columns import Columns, colleagues
from planner.proof.exact_model import Term
from planner.proof.people_rows import people
from planner.proof.year_rows import agency_of, changes, closed_by_year, gap_by, within_willing


def add_closings(c: Columns) -> None:
    """Add k[g,c] <= sum over p of max(0, closes[p,c] - d) * n[g,p] + d * chances, for d = 0 and each d among the
    closes.

    chances = gap[g,c] * r[g], since each person's gap is closed once: rounded up where other groups of the agency may
    be trained too. Their sum over the agency is exact; h[g,c] are those of g where its programmes close different
    shares.
    """
    learning: dict[str, dict[str, int]] = {}
    for p, agencies in c.agencies.items():
        for competency in c.scenario.programme[p].closes:
            for needs in agencies:
                gaps = ((g, c.scenario.group[g].needs.get(competency, 0)) for g in needs)
                learning.setdefault(competency, {}).update({g: gap for g, gap in gaps if gap})
    fed = feeds(c)
    for g, p in c.facts.people:
        for competency in c.scenario.programme[p].closes:
            if gap := c.scenario.group[g].needs.get(competency, 0):
                learning.setdefault(competency, {})[g] = gap
    for competency, numbers in learning.items():
        c.learning[competency] = colleagues(c.scenario, numbers)
        for people_of in c.learning[competency]:
            steps = list(changes(c, people_of, partial(gap_by, c, competency)))
            if steps:
                closed_by_year(c, competency, people_of, steps)
                continue
            together: list[Term] = []
            used = sum(c.facts.chances.get((g, competency), 0) for g in people_of)
            done = Fraction(used)
            for g, gap in people_of.items():
                measured = c.facts.measured.get((g, competency), Fraction(0))
                if (g, competency) not in fed and measured:
                    c.closing((g, competency), 0)
                if (g, competency) in fed:
                    together += _closed_by(c, (g, competency), fed[g, competency], gap, len(people_of) > 1)
                    own = together[-1]
                    done -= measured * own[1] if own[0] == c.closed[g, competency] else 0
            if len(people_of) > 1 and together:
                c.model.about = "closings", agency_of(c, people_of), competency
                within_willing(c, together, people_of, done)
                if not c.facts.groups.isdisjoint(people_of) or any(
                    part.denominator > 1 for g, gap in people_of.items() for part in exact_chances(c, g, gap)
                ):
                    c.shared.update(dict.fromkeys(((g, competency) for g in people_of), people_of))


def feeds(c: Columns) -> dict[tuple[str, str], list[tuple[list[Term], Fraction]]]:
    """List, for each gap, the participants of each programme that closes it, and the share that it closes."""
    found: dict[tuple[str, str], list[tuple[list[Term], Fraction]]] = {}
    for p, pairs in c.by_programme.items():
        for pair in pairs:
            gaps, everybody = c.scenario.group[pair[0]].needs, people(c, pair)
            for competency, effect in c.scenario.programme[p].closes.items():
                trained = everybody
                if (*pair, competency) in c.facts.examined:
                    seats = [s for s in c.by_pair[pair] if (*s, competency) not in c.facts.examined_seats]
                    trained = [(c.seats[seat], 1) for seat in seats]
                if gaps.get(competency):
                    found.setdefault((pair[0], competency), []).append((trained, effect))
    return found


def exact_chances(c: Columns, g: str, gap: int) -> tuple[Fraction, Fraction]:
    """Count the willing people with a gap, without and with socialization [people]."""
    group = c.scenario.group[g]
    return gap * group.uptake, gap * c.willing(group)


def _closed_by(
    c: Columns, key: tuple[str, str], fed: list[tuple[list[Term], Fraction]], gap: int, shared: bool
) -> list[Term]:
    """Add the column and rows of one gap; return the chances used as terms."""
    c.model.about = "closings", *key
    today, most = exact_chances(c, key[0], gap)
    if shared:
        today, most = Fraction(ceil(today)), Fraction(ceil(most))
    used_before = c.facts.chances.get(key, 0)
    today, most = max(Fraction(0), today - used_before), max(Fraction(0), most - used_before)
    measured = c.facts.measured.get(key, Fraction(0))
    c.chances[key] = today, most
    shares = sorted({effect for _, effect in fed})
    k = c.closing(key, most * shares[-1])
    raised: list[Term] = [(c.socialized[key[0]], today - most)] if most > today else []
    used: list[Term] = []
    if shared and len(shares) > 1:
        h = c.model.column(most, whole=False)
        used = [(h, 1)]
        c.model.row([*used, *raised], high=today)
    # each row is multiplied by the denominator that all shares have in common: whole numbers are far quicker
    one = lcm(*(share.denominator for share in shares))
    parts = [(trained, effect.numerator * (one // effect.denominator)) for trained, effect in fed]
    for share in [0, *(share.numerator * (one // share.denominator) for share in shares)]:
        if not (used or raised or share < one * shares[-1]):
            continue
        terms: list[Term] = [(k, one)]
        for trained, part in parts:
            if part > share:
                less = share - part
                terms += [(x, less if n == 1 else n * less) for x, n in trained]
        if used:
            c.model.row([*terms, *((x, -share) for x, _ in used)], high=one * measured)
        else:
            c.model.row([*terms, *((x, n * share) for x, n in raised)], high=one * measured + share * today)
    return used or [(k, 1 / shares[-1])]
