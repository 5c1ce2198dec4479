"""The planner's own rules: a measure of the plan within bounds, hard or as a goal with a price."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from planner.domain.rule_units import RuleUnits, Unit, asks_if_running, needs_of_units
from planner.domain.rule_years import Periods, ends_counted, periods_measured, periods_of_base
from planner.domain.rules import SIDES, Limit, Rule, Where
from planner.domain.running import hours_counted
from planner.model.ingredients import Parts
from planner.model.money_terms import less_share
from planner.model.rows import Row, Term


def rules(parts: Parts) -> Iterator[Row]:
    """Each rule n keeps its measure within at_least and at_most.

        measure_n + m[n,at_least]  >=  at_least_n                     [unit of the measure]
        measure_n - m[n,at_most]   <=  at_most_n                      [unit of the measure]

    Participants and classes count in the period in which they start, hours in the periods of the run, evenly, and cost
    in the period of the payment; years are their periods. Of gaps closed, years a to b running count

        measure_n  =  sum of K[g,c,b]  -  sum of K[g,c,a - 1]         [expected people]

    which are closed by the end of a year (`closings_until`): k[g,c] for the last of the plan, nothing before the first.
    m is there for soft rules only, and each unit of it costs `penalty` weighted gaps. A share is of the same measure
    without `where`, with `of_years: same` in the same years; for gaps_closed, of the need that `where` selects, by the
    end of the plan or of the last of the same years, which is a number. A share = num/den of cost is of the costs of
    programmes and counts these alone, for a socialization could be bought to meet it; those and agreements count where
    `items` names them. It is rounded to whole rupiah, down for at_least and up for at_most:

        den * (cost_n + m[n,at_least])  >=  num * costs of programmes - (den - 1)       [rupiah]
        den * (cost_n - m[n,at_most])   <=  num * costs of programmes + (den - 1)       [rupiah]

    Where num or den is beyond a solver, such a row is divided by the larger of the two.

    With `per` there are such rows for each programme, group, agency or location u by itself, with m[n,side,u] and a
    share of the measure of u. Of cost, participant items belong to a group, and socialization where no bound is a
    share. A programme is bound if it runs, so that a number it must reach is

        measure_n,p + m[n,at_least,p]  >=  at_least_n * o[p]          [unit of the measure]
    """
    for number, rule in enumerate(parts.scenario.rules):
        measured = _measures(parts, number, whole=False)
        wholes = _measures(parts, number, whole=True) if rule.has_share else {}
        needs = needs_of_units(parts.scenario, rule) if rule.has_share and rule.measure == "gaps_closed" else {}
        for of in units_asked(parts, rule):
            for side in SIDES:
                limit: Limit | None = getattr(rule, side)
                if limit is not None:
                    terms = measured.get(of, [])
                    missed = parts.variables.missed.get((number, side, of))
                    if missed is not None:
                        terms = [*terms, (missed, 1.0 if side == "at_least" else -1.0)]
                    terms, bound = _against(parts, rule, (side, of), limit, terms, wholes.get(of, []), needs)
                    key = (number, side) if of is None else (number, side, of)
                    yield Row(key, terms, ">=" if side == "at_least" else "<=", bound)


def units_asked(parts: Parts, rule: Rule) -> Iterator[Unit]:
    """Yield whom the bounds of a rule apply to; a programme that nobody can attend does not run."""
    for of in RuleUnits(parts.scenario, rule).all:
        if rule.per != "programme" or of in parts.sets.of_programme or of in parts.scenario.facts.ran:
            yield of


def _measures(parts: Parts, number: int, *, whole: bool) -> dict[Unit, list[Term]]:
    """Return what rule `number` measures for each unit, as terms; money in solver units.

    With `whole`, return the measure without `where`, to which the shares of the rule refer.
    """
    rule = parts.scenario.rules[number]
    units = RuleUnits(parts.scenario, rule)
    measured: dict[Unit, list[Term]] = {}
    if rule.measure == "cost":
        members = parts.pools.members
        funds = parts.pools.cost_rules[number].funds
        for (fund, q), z in parts.variables.paid.items():
            if whole or fund in funds:
                for n, of in members[q].bases if whole else members[q].rules:
                    if n == number:
                        measured.setdefault(of, []).append((z, 1.0))
        return measured
    where = Where() if whole else rule.where
    periods = (periods_of_base if whole else periods_measured)(parts.scenario, rule)
    for programme, group, term in _counted(parts, rule, where, periods):
        for of in units.holding(programme, group):
            measured.setdefault(of, []).append(term)
    return measured


def _counted(parts: Parts, rule: Rule, where: Where, periods: Periods) -> Iterator[tuple[str | None, str | None, Term]]:
    """Yield (programme, group, term) of what a rule on any measure but cost counts where `where` selects."""
    v, scenario = parts.variables, parts.scenario
    programmes = None if where.programmes is None else {p.id for p in scenario.programmes_in(where.programmes)}
    groups = None if where.groups is None else {g.id for g in scenario.groups_in(where.groups)}

    def of_groups(group: str) -> bool:
        return groups is None or group in groups

    def counted(programme: str, period: str | None = None) -> bool:
        in_period = period is None or periods is None or period in periods
        return in_period and (programmes is None or programme in programmes)

    match rule.measure:
        case "participants":
            for (g, p, t), x in v.participants.items():
                if counted(p, t) and of_groups(g):
                    yield p, g, (x, 1.0)
        case "hours":
            hours = {p.id: hours_counted(scenario, p, periods) for p in scenario.programmes}
            for (g, p, t), x in v.participants.items():
                if counted(p) and of_groups(g) and (each := hours[p].get(t)):
                    yield p, g, (x, float(each))
        case "classes":
            for (p, t), y in v.classes.items():
                if counted(p, t):
                    yield p, None, (y, 1.0)
        case _:
            for until, sign in ends_counted(scenario, rule):
                for g, c in counted_gaps(parts, where):
                    k = v.closed.get((g, c)) if until is None else v.closed_by.get((g, c, until))
                    if k is not None:
                        yield None, g, (k, float(sign))


def counted_gaps(parts: Parts, where: Where) -> list[tuple[str, str]]:
    """Return the (group, competency) pairs with a gap that `where` selects."""
    scenario = parts.scenario
    groups = scenario.groups if where.groups is None else scenario.groups_in(where.groups)
    competencies = scenario.competencies if where.competencies is None else scenario.competencies_in(where.competencies)
    chosen = {c.id for c in competencies}
    return [(g.id, c) for g in groups for c, gap in g.needs.items() if gap and c in chosen]


def _against(
    parts: Parts,
    rule: Rule,
    place: tuple[str, Unit],
    limit: Limit,
    measured: list[Term],
    whole: Iterable[Term],
    needs: Mapping[Unit, int],
) -> tuple[list[Term], float]:
    """Return `measured` less the share of the whole, and the bound of the row, for (side, unit) with these `needs`."""
    side, of = place
    if not limit.is_share:
        bound = float(limit.value) / (parts.unit if rule.measure == "cost" else 1)
        if side == "at_least" and asks_if_running(rule) and of not in parts.scenario.facts.ran:
            return [*measured, (parts.variables.runs[str(of)], -bound)], 0.0
        return measured, bound
    if rule.measure == "gaps_closed":
        return measured, float(limit.value * needs[of])
    if rule.measure == "cost":
        terms, rounding = less_share(measured, whole, limit.value, parts.unit)
        return terms, rounding if side == "at_most" else -rounding
    return [*measured, *((variable, -float(limit.value) * factor) for variable, factor in whole)], 0.0
