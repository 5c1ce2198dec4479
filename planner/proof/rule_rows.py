"""Rows of the planner's own rules, hard or soft, and of the smallest coverage."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import partial

from planner.domain.objectives import Level
from planner.domain.rule_units import RuleUnits, Unit, asks_if_running, needs_of_units
from planner.domain.rule_years import Periods, ends_counted, periods_measured, periods_of_base
from planner.domain.rules import Rule, Where
from planner.proof.closing_rows import feeds
from planner.proof.columns import MONEY, Columns, Seat
from planner.proof.exact_model import Number, Term
from planner.proof.money_rows import at_most_share
from planner.proof.people_rows import people
from planner.proof.year_rows import all_closed, changes, closed_by_year, gap_by

Place = tuple[int, str, Unit]
"""Index of a rule, side of its bound, and unit that the bound applies to."""


def add_rules(c: Columns) -> None:
    """Add rows by which each rule n keeps its measure within at_least and at_most, or misses it by m[n, side], per
    unit."""
    for number, rule in enumerate(c.scenario.rules):
        if rule.measure == "gaps_closed":
            _count_until(c, rule)
        if rule.measure == "gaps_closed" and (None, 1) in ends_counted(c.scenario, rule):
            _used_best(c, counted_gaps(c, rule.where), capped=rule.at_most is not None)
            fed = feeds(c) if rule.at_most is not None else {}
            for key in counted_gaps(c, rule.where):
                c.model.about = "closings_exact", *key
                if key in c.closed and key not in c.shared and (*key, None) not in c.of_years and key in fed:
                    _all_closed(c, key, fed[key])
        terms = measures(c, number, whole=False)
        wholes = measures(c, number, whole=True) if rule.has_share else {}
        for of in RuleUnits(c.scenario, rule).all:
            if rule.per == "programme" and of not in c.by_programme:
                continue
            c.model.about = "rules", rule.name, *([] if of is None else [str(of)])
            if rule.at_least is not None:
                _at_least(c, (number, "at_least", of), rule, terms.get(of, []), wholes.get(of, []))
            if rule.at_most is not None:
                _at_most(c, (number, "at_most", of), rule, terms.get(of, []), wholes.get(of, []))


def _at_least(c: Columns, place: Place, rule: Rule, terms: list[Term], whole: list[Term]) -> None:
    assert rule.at_least is not None
    limit, of = rule.at_least, place[2]
    share = limit.is_share and rule.measure != "gaps_closed"
    bound: Number = 0 if share else limit.value * (need_of(c, rule, of) if limit.is_share else 1)
    whole = whole if share else []
    missed = _missed(c, place, rule, bound + limit.value * _most(c, whole) + _most(c, [(x, -n) for x, n in terms]))
    if share and rule.measure == "cost":  # part >= floor(share * whole), for whole rupiah
        num, den = limit.value.numerator, limit.value.denominator
        parts = [(x, den * n) for x, n in (*terms, *missed)]
        c.model.row([*parts, *((x, -num * n) for x, n in whole)], low=1 - den)
    elif asks_if_running(rule):
        c.model.row([*terms, *missed, (c.runs[str(of)], -bound)], low=0)
    else:
        c.model.row([*terms, *missed, *((x, -limit.value * n) for x, n in whole)], low=bound)


def _at_most(c: Columns, place: Place, rule: Rule, terms: list[Term], whole: list[Term]) -> None:
    assert rule.at_most is not None
    limit = rule.at_most
    missed = [(m, -n) for m, n in _missed(c, place, rule, _most(c, terms))]
    add = c.model.limit if rule.hard else lambda terms, high: c.model.row(terms, high=high)
    if not limit.is_share:
        add([*terms, *missed], limit.value)
    elif rule.measure == "gaps_closed":
        add([*terms, *missed], limit.value * need_of(c, rule, place[2]))
    elif rule.measure == "cost":
        at_most_share(c, terms, whole, limit.value, *missed)
    else:
        less = [*terms, *missed, *((x, -limit.value * n) for x, n in whole)]
        if rule.hard:
            c.model.limit_share(terms, less, 0)
        else:
            c.model.row(less, high=0)


def _missed(c: Columns, place: Place, rule: Rule, most: Number) -> list[Term]:
    """Add the column for the amount by which a soft rule is missed, at most `most` and a unit; hard rules have none."""
    if rule.hard:
        return []
    m = c.model.column(most + 1, whole=rule.measure == "cost" and _in_rupiah(rule, place[1]), rank=MONEY)
    c.missed[place] = m
    return [(m, 1)]


def _most(c: Columns, terms: list[Term]) -> Number:
    """Return the largest value of the terms within the bounds of their columns."""
    return sum((n * c.model.upper[x] for x, n in terms if n > 0), Fraction(0))


def _in_rupiah(rule: Rule, side: str) -> bool:
    """Return whether the bound of a cost rule is in whole rupiah, because it is a share, which is rounded."""
    limit = getattr(rule, side)
    return bool(limit.is_share or limit.value.denominator == 1)


def measures(c: Columns, number: int, whole: bool) -> dict[Unit, list[Term]]:
    """Return what rule `number` measures for each unit as terms; with `whole`, what its shares refer to."""
    rule = c.scenario.rules[number]
    found: dict[Unit, list[Term]] = {}
    if rule.measure == "cost":
        # a pool counts wholly or not at all, as pools are split by the cost rules
        members, funds = c.pools.members, c.pools.cost_rules[number].funds
        for (f, q), terms in c.payments.items():
            for n, of in members[q].bases if whole else members[q].rules:
                if n == number and (whole or f in funds):
                    found.setdefault(of, []).extend(terms)
        return found
    units = RuleUnits(c.scenario, rule)
    periods = (periods_of_base if whole else periods_measured)(c.scenario, rule)
    for programme, group, term in _counted(c, rule, Where() if whole else rule.where, periods):
        for of in units.holding(programme, group):
            found.setdefault(of, []).append(term)
    return found


def _counted(c: Columns, rule: Rule, where: Where, within: Periods) -> Iterator[tuple[str | None, str | None, Term]]:
    """Yield programme, group and term of what a rule that is not about cost measures within `where`."""
    scenario = c.scenario
    programmes = {
        p.id for p in (scenario.programmes if where.programmes is None else scenario.programmes_in(where.programmes))
    }
    groups = {g.id for g in (scenario.groups if where.groups is None else scenario.groups_in(where.groups))}
    periods = set(scenario.horizon if within is None else within)
    if rule.measure == "gaps_closed":
        for until, sign in ends_counted(scenario, rule):
            closed = c.closings_by(until)
            yield from ((None, key[0], (closed[key], sign)) for key in counted_gaps(c, where) if key in closed)
    elif rule.measure == "classes":
        yield from ((p, None, (y, 1)) for (p, t), y in c.classes.items() if p in programmes and t in periods)
    elif within is None:
        hours = {p.id: p.hours if rule.measure == "hours" else 1 for p in scenario.programmes}
        for g, p in c.by_pair:
            if g in groups and p in programmes:
                yield from ((p, g, (x, n * hours[p])) for x, n in people(c, (g, p)))
    else:
        for seat, x in c.seats.items():
            if seat[0] in groups and seat[1] in programmes:
                started = Fraction(seat[2] in periods)
                each = started if rule.measure == "participants" else _hours_within(c, seat, periods)
                yield seat[1], seat[0], (x, each)


def _hours_within(c: Columns, seat: Seat, periods: set[str]) -> Fraction:
    """Return the hours of one participant that fall into `periods`: hours are even over the run."""
    programme, horizon = c.scenario.programme[seat[1]], c.scenario.horizon
    first = horizon.index(seat[2])
    return programme.hours * sum(t in periods for t in horizon[first : first + programme.lasts]) / programme.lasts


def counted_gaps(c: Columns, where: Where) -> list[tuple[str, str]]:
    """List the (group, competency) pairs with a gap that `where` selects."""
    scenario = c.scenario
    groups = scenario.groups if where.groups is None else scenario.groups_in(where.groups)
    chosen = scenario.competencies if where.competencies is None else scenario.competencies_in(where.competencies)
    wanted = {competency.id for competency in chosen}
    return [(g.id, key) for g in groups for key, gap in g.needs.items() if gap and key in wanted]


def need_of(c: Columns, rule: Rule, of: Unit) -> int:
    """Count the gaps of a unit that a rule about gaps closed selects [people]."""
    if rule.name not in c.needs_of_rules:
        c.needs_of_rules[rule.name] = needs_of_units(c.scenario, rule)
    return c.needs_of_rules[rule.name][of]


def _all_closed(c: Columns, key: tuple[str, str], fed: list[tuple[list[Term], Fraction]]) -> None:
    """Add rows by which k[g,c] is not below what training closes: it reaches the bound for d = 0, or for one d with
    b[g,c,d] = 1.

    k >= sum of max(0, closes - d) * n + d * chances - M * (1 - b[d]), and k >= sum of closes * n - M * sum of b.
    """
    k, (today, highest) = c.closed[key], c.chances[key]
    measured = c.facts.measured.get(key, Fraction(0))
    shares = sorted({effect for _, effect in fed})
    if (*key, shares[0]) in c.full:
        return
    for share in shares:
        c.full[(*key, share)] = c.model.column(1, whole=True, rank=0)
    for share in [Fraction(0), *shares]:
        trained = [(x, -n * (effect - share)) for each, effect in fed if effect > share for x, n in each]
        most = share * highest - sum((factor * c.model.upper[x] for x, factor in trained), Fraction(0))
        terms: list[Term] = [(k, 1), *trained]
        if not share:
            c.model.row([*terms, *((c.full[(*key, d)], most) for d in shares)], low=measured)
            continue
        if highest > today:
            terms.append((c.socialized[key[0]], -share * (highest - today)))
        c.model.row([*terms, (c.full[(*key, share)], -most)], low=measured + share * today - most)
    c.model.row([(c.full[(*key, d)], 1) for d in shares], high=1)


def _used_best(c: Columns, keys: list[tuple[str, str]], *, capped: bool) -> None:
    """Require a best use of chances of several years where they are capped, or an agency's are counted for some
    groups."""
    for key in keys:
        if (*key, None) in c.of_years and (capped or key in c.shared):
            all_closed(c, c.of_years[*key, None])


def _count_until(c: Columns, rule: Rule) -> None:
    """Add what is closed by the end of each year that a rule adds or subtracts: a best use of the chances, where the
    rule is easier to keep with less of it, or several groups share them."""
    wanted = set(counted_gaps(c, rule.where))
    for until, sign in ends_counted(c.scenario, rule):
        if until is None:
            continue
        pushed = (rule.at_most if sign > 0 else rule.at_least) is not None
        for competency, circles in c.learning.items():
            for people_of in circles:
                keys = [(g, competency, until) for g in people_of]
                if not any((g, competency) in wanted for g in people_of):
                    continue
                if not any(key in c.of_years for key in keys):
                    gaps = partial(gap_by, c, competency)
                    steps = [step for step in changes(c, people_of, gaps) if step[0] < until]
                    closed_by_year(c, competency, {g: gaps(g, until) for g in people_of}, steps, until)
                for key in keys:
                    if key in c.of_years and (pushed or len(people_of) > 1):
                        all_closed(c, c.of_years[key])


def add_coverage(c: Columns, levels: tuple[Level, ...]) -> None:
    """Add need of the bucket * u[level] <= sum of k over the bucket, for each bucket with a gap."""
    for number, level in enumerate(levels):
        if level.goal != "smallest_coverage":
            continue
        u = c.worst[number] = c.model.column(1, whole=False)
        buckets: dict[str | None, list[tuple[str, str]]] = {}
        for group in c.scenario.groups:
            for key, gap in group.needs.items():
                by = {"agency": group.agency, "location": group.location, "group": group.id, "competency": key}
                if gap:
                    buckets.setdefault(by[level.by or "group"], []).append((group.id, key))
        for bucket, keys in buckets.items():
            _used_best(c, keys, capped=False)
            c.model.about = "smallest_coverage", *([] if bucket is None else [bucket])
            need = sum(c.scenario.group[g].needs[key] for g, key in keys)
            c.model.row([(u, need), *((c.closed[key], -1) for key in keys if key in c.closed)], high=0)
