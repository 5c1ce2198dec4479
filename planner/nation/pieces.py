"""The scenario of one block: alone, with everything that is shared available; or with its allotment of it.

With everything available at a price, the best of a block bounds what it does in any plan of the whole, since the rows
that connect blocks are left out. Within allotments that add up to what there is, the plans of all blocks together are
a plan of the whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from typing import Any, Final, Literal, NamedTuple

from planner.domain.base import Record
from planner.domain.choices import Choices
from planner.domain.funds import Fund
from planner.domain.named_keys import KEYS_OF
from planner.domain.programmes import ClassLimits, Programme
from planner.domain.rules import Limit, Rule, Where
from planner.domain.scenario import Scenario
from planner.domain.selectors import ProgrammeSelector
from planner.nation.structure import AgencyBlock, Structure

MARGIN: Final = Fraction(1, 10**6)
"""A block keeps a shared share more strictly by this margin [0-1]."""


class Shared(NamedTuple):
    """Something that blocks share, by kind and name, which can be priced and allotted."""

    kind: Literal["fund", "seats", "cap"]
    """fund (money of a year, or of all), seats (in the classes of a programme in a period), or cap (of a rule)."""
    name: str
    when: str = ""


def relaxed(structure: Structure, block: AgencyBlock) -> Scenario:
    """Return the scenario of a block that has all shared money and all shared seats."""
    return _scenario(structure, block, [structure.scenario.fund[f] for f in structure.funds], ())


def with_caps(structure: Structure, block: AgencyBlock) -> Scenario:
    """Return the scenario of a block that has all that is shared, and at last the rules that cap several blocks."""
    scenario = relaxed(structure, block)
    caps = tuple(structure.scenario.rules[n] for n in structure.capped)
    return scenario.changed(rules=(*scenario.rules, *caps)) if caps else scenario


def allotted(structure: Structure, block: AgencyBlock, allotment: Mapping[Shared, int]) -> Scenario:
    """Return the scenario of a block that has its allotment of what is shared, and keeps shared shares by itself."""
    scenario = structure.scenario
    funds = [_allotted_fund(scenario.fund[f], allotment) for f in structure.funds]
    rules = [_share(scenario.rules[n]) for n in structure.shares]
    for shared, number in allotment.items():
        if shared.kind == "seats" and shared.name in block.programmes:
            where = Where(programmes=ProgrammeSelector(id=(shared.name,)), periods=(shared.when,))
            rules.append(_cap(f"{shared.name} {shared.when}", number, measure="participants", where=where))
        elif shared.kind == "cap":
            rule = scenario.rules[int(shared.name)]
            rules.append(rule.model_copy(update={"at_most": _limit(number)}))
    return _scenario(structure, block, funds, rules)


def _scenario(structure: Structure, block: AgencyBlock, shared: list[Fund], more: Any) -> Scenario:
    scenario = structure.scenario
    names = frozenset(block.programmes)
    there = {"programmes": names, "groups": frozenset(group.id for group in block.groups)}
    own = {*block.funds}
    used = {r for p in block.programmes for r in scenario.programme[p].uses}
    pools = {m.pool for p in block.programmes if (m := scenario.programme[p].mentors) is not None}
    given = {fund.id: fund for fund in shared}
    return scenario.changed(
        groups=tuple(_within(group, there) for group in block.groups),
        programmes=tuple(_programme(structure, _within(scenario.programme[p], there)) for p in block.programmes),
        funds=tuple(
            _within(given.get(f) or scenario.fund[f], there)
            for f in (fund.id for fund in scenario.funds if fund.id in own or fund.id in given)
        ),
        mentor_pools=tuple(pool for pool in scenario.mentor_pools if pool.id in pools),
        resources=tuple(each for each in scenario.resources if each.id in used),
        choices=_choices(scenario.choices, names),
        rules=(*(scenario.rules[n] for n in block.rules), *more),
    )


def _within[R: Record](record: R, there: Mapping[str, frozenset[str]]) -> R:
    """Return a record without what its free keys name outside this scenario, such as attendance in programmes of
    others."""
    kept: dict[str, Any] = {}
    for key, names in _free_keys(type(record)):
        held = getattr(record, key)
        if not held.keys() <= there[names]:
            kept[key] = {name: value for name, value in held.items() if name in there[names]}
    return record.model_copy(update=kept) if kept else record


@cache
def _free_keys(kind: type[Record]) -> tuple[tuple[str, str], ...]:
    """Return the fields of a record whose free keys name groups or programmes, which agencies divide."""
    lists = ((key, KEYS_OF[key][0]) for key in kind.model_fields if key in KEYS_OF)
    return tuple((key, names) for key, names in lists if names in ("groups", "programmes"))


def _programme(structure: Structure, programme: Programme) -> Programme:
    """Return a shared programme without its classes and their costs, which are decided for all blocks together."""
    if programme.id not in structure.programmes:
        return programme
    costs = programme.items("participant")
    return programme.model_copy(update={"class_size": None, "classes": ClassLimits(), "costs": costs})


def of_fund(fund: Fund) -> tuple[tuple[Shared, int], ...]:
    """Return what a fund has: one amount per year, or one for all where money left may be spent later [rupiah]."""
    if fund.amounts and not fund.carry_over:
        return tuple((Shared("fund", fund.id, year), amount) for year, amount in fund.amounts.items())
    return ((Shared("fund", fund.id), fund.amount),)


def _allotted_fund(fund: Fund, allotment: Mapping[Shared, int]) -> Fund:
    of_years = of_fund(fund)
    if len(of_years) == 1 and not of_years[0][0].when:
        return fund.with_amount(allotment.get(of_years[0][0], 0))
    return fund.with_amounts({shared.when: allotment.get(shared, 0) for shared, _amount in of_years})


def _share(rule: Rule) -> Rule:
    """Return a rule about a share made slightly stricter: each block may round to whole rupiah, all together only
    once."""
    parts: dict[str, Limit] = {}
    for side, more in (("at_least", MARGIN), ("at_most", -MARGIN)):
        limit = getattr(rule, side)
        if limit is not None and limit.is_share and 0 < limit.value < 1:
            parts[side] = limit.model_copy(update={"value": min(Fraction(1), max(Fraction(0), limit.value + more))})
    return rule.model_copy(update=parts)


def _choices(choices: Choices, names: frozenset[str]) -> Choices:
    return choices.model_copy(
        update={
            "together": tuple(each for each in choices.together if names.issuperset(each)),
            "only_if": {b: a for b, a in choices.only_if.items() if b in names},
            "at_most_one_of": tuple(each for each in choices.at_most_one_of if names.issuperset(each)),
        }
    )


def _limit(number: int) -> Limit:
    return Limit(value=number, is_share=False)


def _cap(name: str, number: int, **parts: Any) -> Rule:
    return Rule(name=name, at_most=_limit(number), **parts)
