"""The planner's own rules: a measure of the plan within bounds, hard or as a goal with a price."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from planner.domain.rules import Limit, Rule, Where
from planner.model.ingredients import Parts
from planner.model.money_terms import less_share
from planner.model.rows import Row, Term

SIDES: Final = ("at_least", "at_most")


def rules(parts: Parts) -> Iterator[Row]:
    """Each rule n keeps its measure within at_least and at_most.

        measure_n + m[n,at_least]  >=  at_least_n                     [unit of the measure]
        measure_n - m[n,at_most]   <=  at_most_n                      [unit of the measure]

    m is there for soft rules only, and each unit of it costs `penalty` weighted gaps. A share is of the
    same measure without `where`; for gaps_closed, of the need that `where` selects, which is a number.
    A share = num/den of cost is rounded to whole rupiah, down for at_least and up for at_most:

        den * (cost_n + m[n,at_least])  >=  num * all costs - (den - 1)       [rupiah]
        den * (cost_n - m[n,at_most])   <=  num * all costs + (den - 1)       [rupiah]

    Where num or den is beyond a solver, such a row is divided by the larger of the two.
    """
    for number, rule in enumerate(parts.scenario.rules):
        for side in SIDES:
            limit: Limit | None = getattr(rule, side)
            if limit is None:
                continue
            measured = measure(parts, rule, rule.where, number)
            missed = parts.variables.missed.get((number, side))
            if missed is not None:
                measured = [*measured, (missed, 1.0 if side == "at_least" else -1.0)]
            terms, bound = _against(parts, rule, side, limit, measured)
            yield Row((number, side), terms, ">=" if side == "at_least" else "<=", bound)


def measure(parts: Parts, rule: Rule, where: Where, number: int | None) -> list[Term]:
    """Return the measure of a rule where `where` selects, as terms; money in solver units.

    `number` is the rule's index where `where` is its own, None for the whole plan.
    """
    v, scenario = parts.variables, parts.scenario
    programmes = None if where.programmes is None else {p.id for p in scenario.programmes_in(where.programmes)}
    groups = None if where.groups is None else {g.id for g in scenario.groups_in(where.groups)}

    def counted(programme: str, period: str) -> bool:
        return (programmes is None or programme in programmes) and (where.periods is None or period in where.periods)

    match rule.measure:
        case "cost":
            if number is None:
                return [(z, 1.0) for z in v.paid.values()]
            funds = parts.pools.cost_rules[number].funds
            members = parts.pools.members
            return [(z, 1.0) for (f, q), z in v.paid.items() if f in funds and number in members[q].rules]
        case "participants" | "hours":
            hours = {p.id: float(p.hours) if rule.measure == "hours" else 1.0 for p in scenario.programmes}
            return [
                (x, hours[p])
                for (g, p, t), x in v.participants.items()
                if counted(p, t) and (groups is None or g in groups) and hours[p]
            ]
        case "classes":
            return [(y, 1.0) for (p, t), y in v.classes.items() if counted(p, t)]
        case "gaps_closed":
            return [(v.closed[key], 1.0) for key in counted_gaps(parts, where) if key in v.closed]


def counted_gaps(parts: Parts, where: Where) -> list[tuple[str, str]]:
    """The (group, competency) pairs with a gap that `where` selects."""
    scenario = parts.scenario
    groups = scenario.groups if where.groups is None else scenario.groups_in(where.groups)
    competencies = scenario.competencies if where.competencies is None else scenario.competencies_in(where.competencies)
    chosen = {c.id for c in competencies}
    return [(g.id, c) for g in groups for c, gap in g.gaps.items() if gap and c in chosen]


def _against(parts: Parts, rule: Rule, side: str, limit: Limit, measured: list[Term]) -> tuple[list[Term], float]:
    """Return `measured` less the share of the whole, and the bound of the row."""
    if not limit.is_share:
        return measured, float(limit.value) / (parts.unit if rule.measure == "cost" else 1)
    if rule.measure == "gaps_closed":
        need = sum(parts.scenario.group[g].gaps[c] for g, c in counted_gaps(parts, rule.where))
        return measured, float(limit.value * need)
    whole = measure(parts, rule, Where(), None)
    if rule.measure == "cost":
        terms, rounding = less_share(measured, whole, limit.value, parts.unit)
        return terms, rounding if side == "at_most" else -rounding
    return [*measured, *((variable, -float(limit.value) * factor) for variable, factor in whole)], 0.0
