"""The cost of each rule in gaps and money, and whether the plan has slack under it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from fractions import Fraction

from planner.analysis.rules.rule_prices import Price, RulePrice, RulePrices
from planner.batch.taken_over import own_cost_proven
from planner.domain.rules import Rule
from planner.locale import _, ngettext
from planner.plans.plan import Status
from planner.report.material import Material
from planner.report.views.answers.intervals import SMALLEST, between
from planner.report.views.answers.own_money_words import least_found
from planner.report.views.answers.plan_figures import PlanFigures
from planner.report.views.heading import Heading
from planner.report.views.quality import counts_otherwise
from planner.report.views.section import Block, Section
from planner.report.views.summary import Tile
from planner.report.views.table import Column, Table, table
from planner.report.wording import gaps_sought, labels
from planner.report.wording.formats import NOTHING


def view(material: Material, answer: RulePrices, heading: Heading) -> Section:
    return Section(
        heading,
        _("What does each rule cost: what could be closed more without it?"),
        tiles=_tiles(material, answer),
        sentences=tuple(_sentences(material, answer)),
        blocks=tuple(_blocks(material, answer)),
    )


def _unit(material: Material, without: Collection[int]) -> str:
    """Return the unit of the price of rules: that of the plans without them, where their penalties are not counted."""
    return _(gaps_sought.unit_sought(material.scenario, without))


def _all(material: Material) -> range:
    return range(len(material.scenario.rules))


def _less_penalties(material: Material, without: Collection[int]) -> bool:
    """Return whether penalties are part of that unit, which is too long then to stand within a sentence."""
    return any(
        not rule.hard and rule.penalty for number, rule in enumerate(material.scenario.rules) if number not in without
    )


def _gained(material: Material, price: Price | None) -> str:
    return NOTHING if price is None else between(material, price.least, price.most)


def _tiles(material: Material, answer: RulePrices) -> tuple[Tile, ...]:
    goals = sum(not material.scenario.rules[each.number].hard for each in answer.rules)
    tiles = [Tile(_("Rules"), material.formats.count(len(answer.rules) - goals), _("in the scenario"))]
    if goals:
        tiles.append(Tile(_("Goals"), material.formats.count(goals), _("rules that may be missed")))
    most_expensive = _most_expensive(answer)
    if most_expensive is not None and most_expensive.price is not None:
        name, without = material.scenario.rules[most_expensive.number].name, [most_expensive.number]
        note = _("{unit} more without it (expected): {rule}")
        if _less_penalties(material, without):
            note = _("more without it (expected): {rule}; counted in {unit}")
        note = note.format(unit=_unit(material, without), rule=name)
        tiles.append(Tile(_("Most expensive rule"), _gained(material, most_expensive.price), note))
    if answer.together is not None:
        label = _("All rules and goals together") if goals else _("All rules together")
        note = _("{unit} more without them (expected)").format(unit=_unit(material, _all(material)))
        tiles.append(Tile(label, _gained(material, answer.together), note))
    return tuple(tiles)


def _most_expensive(answer: RulePrices) -> RulePrice | None:
    """Return the rule whose price is largest, if any is known to cost something."""
    priced = [each for each in answer.rules if each.price is not None and each.price.found >= SMALLEST]
    return max(priced, key=lambda each: each.price.found if each.price else Fraction(0), default=None)


def _sentences(material: Material, answer: RulePrices) -> Iterator[str]:
    rules = material.scenario.rules
    if not answer.rules:
        yield _("The scenario has no rules of its own, so none has a price.")
        return
    most_expensive = _most_expensive(answer)
    if most_expensive is None:
        yield no_rule_costs(material)
    else:
        yield most_expensive_rule(material, most_expensive.number, _gained(material, most_expensive.price))
    if len(answer.rules) > 1:
        yield from _free(material, answer)
    for each in answer.rules:
        if each.keeping_status is not None:
            yield _of_goal(material, rules[each.number], each)
    if answer.together is not None and most_expensive is not None:
        yield _(
            "Prices do not add up; without all of them at once the best plan closes {gained} more {unit} (expected)."
        ).format(gained=_gained(material, answer.together), unit=_unit(material, _all(material)))
    prices = [*(each.price for each in answer.rules), answer.together]
    yield from least_found(material, (own_cost_proven(each.plan) for each in prices if each is not None))


def no_rule_costs(material: Material) -> str:
    """Return that no rule costs anything, as far as was found."""
    if counts_otherwise(material):
        return _("No rule is known to cost anything: the plans found without it reach no more of what is counted.")
    return _("No rule is known to cost any gaps: the plans found without it close no more.")


def most_expensive_rule(material: Material, number: int, gained: str) -> str:
    """Return which rule costs most, and what is gained without it."""
    words = _("The most expensive rule is '{rule}': without it the best plan closes {gained} more {unit} (expected).")
    if _less_penalties(material, [number]):
        words = _(
            "The most expensive rule is '{rule}': without it the best plan reaches {gained} more (expected), counted in"
            " {unit}."
        )
    return words.format(rule=material.scenario.rules[number].name, gained=gained, unit=_unit(material, [number]))


def _free(material: Material, answer: RulePrices) -> Iterator[str]:
    """Yield how many rules, and apart from them how many goals, certainly cost nothing."""
    otherwise = counts_otherwise(material)
    free = [each for each in answer.rules if each.price is not None and each.price.most < SMALLEST]
    rules = sum(material.scenario.rules[each.number].hard for each in free)
    goals = len(free) - rules
    if rules:
        words = ngettext("{number} rule costs no gaps.", "{number} rules cost no gaps.", rules)
        if otherwise:
            words = ngettext("{number} rule costs nothing.", "{number} rules cost nothing.", rules)
        yield words.format(number=material.formats.count(rules))
    if goals:
        words = ngettext("{number} goal costs no gaps.", "{number} goals cost no gaps.", goals)
        if otherwise:
            words = ngettext("{number} goal costs nothing.", "{number} goals cost nothing.", goals)
        yield words.format(number=material.formats.count(goals))


def _of_goal(material: Material, rule: Rule, each: RulePrice) -> str:
    """Return what would be lost by keeping a goal that the plan misses."""
    if each.keeping_cost is not None:
        words = _(
            "Meeting the goal '{rule}', which the plan misses, would cost {lost} (expected), counted in {unit}; the"
            " penalty that would no longer be due is not set against it."
        )
        unit = _unit(material, [each.number])
        return words.format(rule=rule.name, lost=between(material, *each.keeping_cost), unit=unit)
    if each.keeping_status == Status.INFEASIBLE:
        return _("No plan can meet the goal '{rule}', which the plan misses.").format(rule=rule.name)
    return _("It is not known whether the goal '{rule}', which the plan misses, can be met.").format(rule=rule.name)


def _blocks(material: Material, answer: RulePrices) -> Iterator[Block]:
    if not answer.rules:
        return
    notes = [
        _(
            "Each price is the result of a plan made anew without the rule. A rule costs nothing or more, never less:"
            " the plan in question would do without it too. Plans are proven best to the tolerance only, so that a"
            " price is an interval."
        ),
        _(
            "Slack is the distance of the plan from the bound. A rule with slack may have a price, and a rule "
            "without slack may have none."
        ),
    ]
    if counts_otherwise(material):
        notes.append(
            _(
                "Each price is counted in the unit of its row: as the plan counts, without the penalty of the rule that"
                " is left out. A goal that the plan misses may therefore cost nothing when left out, although it has"
                " a penalty."
            )
        )
    yield Block(tables=(_prices(material, answer),), notes=tuple(notes))


def _prices(material: Material, answer: RulePrices) -> Table:
    figures, otherwise = PlanFigures(material, (), ()), counts_otherwise(material)
    columns = [
        Column(_("Rule"), "name"),
        Column(_("Measures")),
        Column(_("In the plan"), "number", mixed=True),
        Column(_("Bound"), "number", mixed=True),
        Column(_("Room"), "number", mixed=True),
        *(
            (Column(_("More without it (expected)"), "number"), Column(_("Counted in")))
            if otherwise
            else (Column(_("More gaps without it (expected)"), "number"),)
        ),
        Column(_("Cost then, against the plan"), "number"),
        Column(_("File and line")),
    ]
    rows: list[tuple[str, ...]] = []
    for each in answer.rules:
        rule = material.scenario.rules[each.number]
        rows.append(
            (
                rule.name if rule.hard else _("{rule} (goal)").format(rule=rule.name),
                labels.measured(material.scenario, rule),
                _in_plan(material, rule, each),
                _bounds(material, rule, each),
                _amount(material, rule, each.slack) if each.slack >= 0 else _("missed"),
                _gained(material, each.price),
                *((_unit(material, [each.number]),) if otherwise else ()),
                NOTHING if each.price is None else figures.signed_rupiah(each.price.total_cost),
                answer.places.get(("rules", each.number), NOTHING),
            )
        )
    if answer.together is not None:
        gained, cost = _gained(material, answer.together), figures.signed_rupiah(answer.together.total_cost)
        counted = (_unit(material, _all(material)),) if otherwise else ()
        rows.append((_("all rules together"), *[NOTHING] * 4, gained, *counted, cost, NOTHING))
    return table("table-rule-prices", _("What the rules cost"), columns, rows, folded=False)


def _amount(material: Material, rule: Rule, value: Fraction) -> str:
    """Format a number in the unit of the measure."""
    return material.formats.rupiah(int(value)) if rule.measure == "cost" else material.formats.number(value)


def _in_plan(material: Material, rule: Rule, each: RulePrice) -> str:
    """Format the measure in the plan; of a rule with `per` that of the unit with the least room, by its name."""
    amount = _amount(material, rule, each.result.measure)
    return (
        amount
        if each.result.of is None
        else f"{amount} ({labels.unit_of_rule(material.scenario, rule, each.result.of)})"
    )


def _bounds(material: Material, rule: Rule, each: RulePrice) -> str:
    """Format the bounds in the unit of the measure: "at least 260"."""
    parts = []
    if each.result.at_least is not None:
        parts.append(_("at least {bound}").format(bound=_amount(material, rule, each.result.at_least)))
    if each.result.at_most is not None:
        parts.append(_("at most {bound}").format(bound=_amount(material, rule, each.result.at_most)))
    return "; ".join(parts)
