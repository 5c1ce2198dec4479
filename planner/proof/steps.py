"""Steps: the values of a level are multiples of a number, so a bound can be rounded to the next multiple."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import gcd, lcm

from planner.domain.objectives import Level, buckets
from planner.domain.rule_units import Unit
from planner.domain.rules import Limit, Rule, Where
from planner.domain.scenario import Scenario
from planner.proof.columns import Columns
from planner.proof.formulation import Formulation
from planner.proof.rule_rows import counted_gaps, need_of


def step_of(formulation: Formulation, number: int) -> Fraction:
    """Return the largest number of which every value of a level is a multiple."""
    c, level = formulation.columns, formulation.levels[number]
    scenario = c.scenario
    match level.goal:
        case "gaps_closed":
            worth = [
                _closing(c, key) * scenario.group[key[0]].weight * scenario.competency[key[1]].weight
                for key in c.closed
            ]
            units = {n: _unit(c, scenario.rules[n]) for n in dict.fromkeys(n for n, _side, _of in c.missed)}
            missed = (scenario.rules[n].penalty * _missing(c, n, side, of, units[n]) for n, side, of in c.missed)
            return common([*worth, *missed])
        case "smallest_coverage":
            return common(_closing(c, key) for key in c.closed) / lcm(*_needs(c.scenario, level))
        case _:
            return Fraction(1)


def common(numbers: Iterable[Fraction]) -> Fraction:
    """Return the greatest common divisor; 1 where all are 0."""
    positive = [number for number in numbers if number]
    if not positive:
        return Fraction(1)
    return Fraction(gcd(*(n.numerator for n in positive)), lcm(*(n.denominator for n in positive)))


def _closing(c: Columns, key: tuple[str, str]) -> Fraction:
    """Return the step of gaps closed: of what one person closes, of the part of a person who is willing, and of
    what was measured."""
    programmes = (c.scenario.programme[p] for p in c.programmes_of.get(key[0], ()))
    effects = [programme.closes[key[1]] for programme in programmes if key[1] in programme.closes]
    sharing = (key[1], *(c.shared.get(key) or (key[0],)))
    if sharing not in c.steps_of_willing:  # the same for all groups that share the willingness of an agency
        c.steps_of_willing[sharing] = _step_of_willing(c, *sharing)
    chance = c.steps_of_willing[sharing]
    measured = c.facts.measured.get(key, Fraction(0))
    return common([common(effects) * chance, measured] if effects else [measured])


def _step_of_willing(c: Columns, competency: str, *sharing: str) -> Fraction:
    """Return the step of the willing people of these groups with the gap: 1, or less with parts of a person."""
    willing = [
        group.needs_by(year).get(competency, 0) * share
        for group in (c.scenario.group[g] for g in sharing)
        for year in (c.scenario.years if group.new_gaps else (None,))
        for share in (group.uptake, c.willing(group))
    ]
    return common([Fraction(1), *willing])


def _needs(scenario: Scenario, level: Level) -> list[int]:
    """Return the needs of the buckets of a level: its smallest coverage is a fraction with one of them as
    denominator. A step of further ones is finer, and may leave a bound that no plan can have."""
    return [
        need
        for keys in buckets(scenario, level).values()
        if (need := sum(scenario.group[group].needs[competency] for group, competency in keys))
    ]


def _missing(c: Columns, number: int, side: str, of: Unit, unit: Fraction) -> Fraction:
    """Return the step of the amount by which a soft rule is missed; `unit` is that of its measure."""
    rule: Rule = c.scenario.rules[number]
    limit: Limit = getattr(rule, side)
    if rule.measure == "cost" and limit.is_share:
        return Fraction(1)
    if rule.measure == "gaps_closed" and limit.is_share:
        return common([unit, limit.value * need_of(c, rule, of)])
    return common([unit, limit.value * unit if limit.is_share else limit.value])


def _unit(c: Columns, rule: Rule) -> Fraction:
    """Return the step of the measure of a rule, whatever it selects."""
    match rule.measure:
        case "hours":
            return common(programme.hours / programme.lasts for programme in c.scenario.programmes)
        case "gaps_closed":
            keys = [key for key in counted_gaps(c, Where()) if key in c.closed]
            measured = (c.facts.measured_by(year).get(key, Fraction(0)) for year in c.scenario.years for key in keys)
            return common([*(_closing(c, key) for key in keys), *measured])
        case _:
            return Fraction(1)
