"""Rows of the planner's own rules, hard or with a price, and of the worst-off bucket."""

from __future__ import annotations

from fractions import Fraction
from math import floor

from planner.domain.objectives import Level
from planner.domain.rules import Rule, Where
from planner.proof.columns import MONEY, Columns
from planner.proof.exact_model import Number, Term
from planner.proof.money_rows import at_most_share
from planner.proof.people_rows import people


def add_rules(c: Columns) -> None:
    """Each rule n keeps its measure within at_least and at_most, or misses it by m[n, side]."""
    for number, rule in enumerate(c.scenario.rules):
        if rule.measure == "gaps_closed" and rule.at_most is not None:
            for key in counted_gaps(c, rule.where):
                _all_closed(c, key)
        if rule.at_least is not None:
            _at_least(c, number, rule)
        if rule.at_most is not None:
            _at_most(c, number, rule)


def _at_least(c: Columns, number: int, rule: Rule) -> None:
    assert rule.at_least is not None
    terms, limit = measure(c, rule, rule.where), rule.at_least
    share = limit.is_share and rule.measure != "gaps_closed"
    whole = measure(c, rule, Where()) if share else []
    bound: Number = 0 if share else limit.value * (_need(c, rule.where) if limit.is_share else 1)
    missed = _missed(c, number, rule, "at_least", bound + limit.value * _most(c, whole))
    if share and rule.measure == "cost":  # part >= floor(share * whole), for whole rupiah
        num, den = limit.value.numerator, limit.value.denominator
        parts = [(x, den * n) for x, n in (*terms, *missed)]
        c.model.row([*parts, *((x, -num * n) for x, n in whole)], low=1 - den)
    else:
        c.model.row([*terms, *missed, *((x, -limit.value * n) for x, n in whole)], low=bound)


def _at_most(c: Columns, number: int, rule: Rule) -> None:
    assert rule.at_most is not None
    terms, limit = measure(c, rule, rule.where), rule.at_most
    missed = [(m, -n) for m, n in _missed(c, number, rule, "at_most", _most(c, terms))]
    if not limit.is_share:
        c.model.row([*terms, *missed], high=limit.value)
    elif rule.measure == "gaps_closed":
        c.model.row([*terms, *missed], high=limit.value * _need(c, rule.where))
    elif rule.measure == "cost":
        at_most_share(c, terms, measure(c, rule, Where()), limit.value, *missed)
    else:
        whole = measure(c, rule, Where())
        c.model.row([*terms, *missed, *((x, -limit.value * n) for x, n in whole)], high=0)


def _missed(c: Columns, number: int, rule: Rule, side: str, most: Number) -> list[Term]:
    """Add the column by which a soft rule is missed, at most by `most` and a unit; none for a hard rule."""
    if rule.hard:
        return []
    m = c.model.column(most + 1, whole=rule.measure == "cost" and _in_rupiah(rule, side), rank=MONEY)
    c.missed[number, side] = m
    return [(m, 1)]


def _most(c: Columns, terms: list[Term]) -> Number:
    """Return the largest value of the terms within the bounds of their columns."""
    return sum((n * c.model.upper[x] for x, n in terms if n > 0), Fraction(0))


def _in_rupiah(rule: Rule, side: str) -> bool:
    """Whether the bound of a cost rule is in whole rupiah: shares are rounded to rupiah."""
    limit = getattr(rule, side)
    return bool(limit.is_share or limit.value.denominator == 1)


def measure(c: Columns, rule: Rule, where: Where) -> list[Term]:
    """Write what `rule` measures within `where` as terms."""
    scenario = c.scenario
    programmes = {
        p.id for p in (scenario.programmes if where.programmes is None else scenario.programmes_in(where.programmes))
    }
    groups = {g.id for g in (scenario.groups if where.groups is None else scenario.groups_in(where.groups))}
    periods = set(scenario.horizon if where.periods is None else where.periods)
    match rule.measure:
        case "cost":
            return _cost(c, rule, where)
        case "gaps_closed":
            return [(c.closed[key], 1) for key in counted_gaps(c, where) if key in c.closed]
        case "classes":
            return [(y, 1) for (p, t), y in c.classes.items() if p in programmes and t in periods]
        case _:
            hours = {p.id: p.hours if rule.measure == "hours" else 1 for p in scenario.programmes}
            if where.periods is None:
                pairs = [pair for pair in c.by_pair if pair[0] in groups and pair[1] in programmes]
                return [(x, n * hours[pair[1]]) for pair in pairs for x, n in people(c, pair)]
            counted = [s for s in c.seats if s[0] in groups and s[1] in programmes and s[2] in periods]
            return [(c.seats[seat], hours[seat[1]]) for seat in counted]


def _cost(c: Columns, rule: Rule, where: Where) -> list[Term]:
    """Write the payments as terms. A pool counts as a whole or not at all: pools are split by the cost rules."""
    if where == Where():
        return [term for terms in c.payments.values() for term in terms]
    number = next(n for n, other in enumerate(c.scenario.rules) if other is rule)
    funds = c.pools.cost_rules[number].funds
    members = c.pools.members
    return [t for (f, q), terms in c.payments.items() if f in funds and number in members[q].rules for t in terms]


def counted_gaps(c: Columns, where: Where) -> list[tuple[str, str]]:
    """List the (group, competency) pairs with a gap that `where` selects."""
    scenario = c.scenario
    groups = scenario.groups if where.groups is None else scenario.groups_in(where.groups)
    chosen = scenario.competencies if where.competencies is None else scenario.competencies_in(where.competencies)
    wanted = {competency.id for competency in chosen}
    return [(g.id, key) for g in groups for key, gap in g.gaps.items() if gap and key in wanted]


def _need(c: Columns, where: Where) -> int:
    return sum(c.scenario.group[g].gaps[key] for g, key in counted_gaps(c, where))


def _all_closed(c: Columns, key: tuple[str, str]) -> None:
    """k[g,c] is not below what training closes: k >= sum of closes * n - M * b, and k >= gap * r - gap * (1 - b)."""
    if key not in c.closed or key in c.full:
        return
    group, k = c.scenario.group[key[0]], c.closed[key]
    full = c.full[key] = c.model.column(1, whole=True, rank=0)
    trained: list[Term] = []
    most = Fraction(0)
    for pair in c.by_pair:
        effect = c.scenario.programme[pair[1]].closes.get(key[1])
        if pair[0] == group.id and effect:
            trained += [(x, -effect * n) for x, n in people(c, pair)]
            most += effect * floor(c.need[pair] * c.willing(group))
    c.model.row([(k, 1), *trained, (full, most)], low=0)
    gap = group.gaps[key[1]]
    today, highest = gap * group.uptake, gap * c.willing(group)
    terms: list[Term] = [(k, 1), (full, -highest)]
    if key[0] in c.socialized:
        terms.append((c.socialized[key[0]], -(highest - today)))
    c.model.row(terms, low=today - highest)


def add_coverage(c: Columns, levels: tuple[Level, ...]) -> None:
    """need of the bucket * u[level] <= sum of k over the bucket, for each bucket with a gap."""
    for number, level in enumerate(levels):
        if level.goal != "smallest_coverage":
            continue
        u = c.worst[number] = c.model.column(1, whole=False)
        buckets: dict[str | None, list[tuple[str, str]]] = {}
        for group in c.scenario.groups:
            for key, gap in group.gaps.items():
                by = {"agency": group.agency, "location": group.location, "group": group.id, "competency": key}
                if gap:
                    buckets.setdefault(by[level.by or "group"], []).append((group.id, key))
        for keys in buckets.values():
            need = sum(c.scenario.group[g].gaps[key] for g, key in keys)
            c.model.row([(u, need), *((c.closed[key], -1) for key in keys if key in c.closed)], high=0)
