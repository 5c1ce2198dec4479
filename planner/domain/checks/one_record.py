"""Records that contradict themselves: problems visible in one group, programme, fund, rule or level alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from planner.domain.checks.price_lists import price_list_problems
from planner.domain.checks.problem import DomainProblem, Path, percent, rupiah
from planner.domain.checks.taxes import tax_problems
from planner.domain.checks.uses import use_problems
from planner.domain.funds import Fund
from planner.domain.groups import Group
from planner.domain.objectives import Level
from planner.domain.programmes import ClassLimits, CostItem, PriceBy, Programme
from planner.domain.rules import APPLICABLE, DIVISIBLE, Limit, Rule
from planner.locale import _
from planner.units.numbers import MAX_RUPIAH
from planner.units.said import decimal_said


def group_problems(group: Group, path: Path) -> Iterator[DomainProblem]:
    """Yield more people with a gap or a completed programme than people, and socialization that lowers the uptake."""
    for programme, people in group.completed.items():
        if people > group.headcount:
            yield DomainProblem(
                (*path, "completed", programme),
                _("'{id}' has {people} people who completed '{programme}' but only {headcount} people.").format(
                    id=group.id, people=people, programme=programme, headcount=group.headcount
                ),
                _("Lower the number or raise the headcount."),
            )
    for competency, gap in group.gaps.items():
        if gap > group.headcount:
            yield DomainProblem(
                (*path, "gaps", competency),
                _("'{id}' has {gap} people with a gap in '{competency}' but only {headcount} people.").format(
                    id=group.id, gap=gap, competency=competency, headcount=group.headcount
                ),
                _("Lower the gap or raise the headcount."),
            )
    if group.socialization and group.socialization.raises_uptake_to < group.uptake:
        yield DomainProblem(
            (*path, "socialization", "raises_uptake_to"),
            _("'{id}' has an uptake of {now}, and socialization would lower it to {then}.").format(
                id=group.id,
                now=percent(group.uptake),
                then=percent(group.socialization.raises_uptake_to),
            ),
            _("Raise raises_uptake_to or lower uptake."),
        )


def programme_problems(programme: Programme, path: Path) -> Iterator[DomainProblem]:
    """Yield class sizes and limits that exclude each other, shares of 0, and cost lines that can never be due."""
    size, limits = programme.class_size, programme.classes
    if size and size.min > size.max:
        yield DomainProblem(
            (*path, "class_size"),
            _("'{id}' needs at least {min} people but takes at most {max}.").format(
                id=programme.id, min=size.min, max=size.max
            ),
            _("Lower 'min' or raise 'max'."),
        )
    if size is None and limits != ClassLimits.model_construct():
        yield DomainProblem(
            (*path, "classes"),
            _("'{id}' limits its classes but has no class_size, so it has no classes.").format(id=programme.id),
            _("Add class_size, or remove classes."),
        )
    if limits.max is not None and limits.min > limits.max:
        yield DomainProblem(
            (*path, "classes"),
            _("'{id}' needs at least {min} classes but may hold at most {max}.").format(
                id=programme.id, min=limits.min, max=limits.max
            ),
            _("Lower 'min' or raise 'max'."),
        )
    for competency, share in programme.closes.items():
        if share == 0:
            yield DomainProblem(
                (*path, "closes", competency),
                _("'{id}' closes 0 of the gaps in '{competency}'.").format(id=programme.id, competency=competency),
                _("Give a share above 0, or remove the competency."),
            )
    if isinstance(programme.days, tuple) and len(programme.days) != programme.lasts:
        yield DomainProblem(
            (*path, "days"),
            _("'{id}' lists days for {count} periods and lasts {lasts}.").format(
                id=programme.id, count=len(programme.days), lasts=programme.lasts
            ),
            _("List as many as the periods it lasts, or give their sum as one number."),
        )
    for place, enough in enumerate(programme.prerequisites):
        if programme.id in enough:
            inner = () if isinstance(programme.requires_[place], str) else ("any", enough.index(programme.id))
            yield DomainProblem(
                (*path, "requires", place, *inner),
                _("'{id}' requires itself.").format(id=programme.id),
                _("Remove it from requires."),
            )
    if programme.periods == ():
        yield DomainProblem(
            (*path, "periods"),
            _("'{id}' lists no period in which it may start.").format(id=programme.id),
            _("Name a period, or remove the key."),
        )
    yield from use_problems(programme, path)
    for position, item in enumerate(programme.costs):
        yield from _item_problems(programme, item, (*path, "costs", position))


def _item_problems(programme: Programme, item: CostItem, path: Path) -> Iterator[DomainProblem]:
    if item.per == "class" and programme.class_size is None:
        yield DomainProblem(
            (*path, "per"),
            _("'{item}' of '{id}' is due per class, but the programme has no class_size, so no classes.").format(
                item=item.item, id=programme.id
            ),
            _("Add class_size, or make it due per participant or programme."),
        )
    if isinstance(item.price, PriceBy) and item.price.by != "year" and item.per != "participant":
        yield DomainProblem(
            (*path, "price"),
            _("'{item}' of '{id}' has a price by {by}, but it is due per {per}, which belongs to no group.").format(
                item=item.item, id=programme.id, by=item.price.by, per=item.per
            ),
            _("Give one price, or make it due per participant."),
        )
    yield from tax_problems(programme, item, _prices(item, path))
    yield from price_list_problems(programme, item, path)
    for place, net in _prices(item, path):
        price = item.with_tax(net)
        whole, rest = divmod(item.quantity.numerator * price, item.quantity.denominator)
        if rest:
            yield DomainProblem(
                place,
                _("'{item}' of '{id}' costs {quantity} x {price} = {cost}, which is not whole rupiah.").format(
                    item=item.item,
                    id=programme.id,
                    quantity=decimal_said(item.quantity),
                    price=price,
                    cost=decimal_said(item.quantity * price),
                ),
                _("Change the quantity or the price."),
            )
        elif whole >= MAX_RUPIAH:
            yield DomainProblem(
                place,
                _("'{item}' of '{id}' costs {cost} each; 10^15 rupiah or more cannot be planned.").format(
                    item=item.item, id=programme.id, cost=rupiah(whole)
                ),
                _("Check the zeros of the quantity and the price."),
            )


def _prices(item: CostItem, path: Path) -> list[tuple[Path, int]]:
    if isinstance(item.price, int):
        return [((*path, "price"), item.price)]
    listed: list[tuple[Path, int]] = [((*path, "price", value), price) for value, price in item.price.prices.items()]
    if item.price.default is not None:
        listed.append(((*path, "price", "default"), item.price.default))
    return listed


def fund_problems(fund: Fund, path: Path) -> Iterator[DomainProblem]:
    """Yield a minimum above the amount, and a fund matched with itself."""
    if fund.minimum > fund.amount:
        yield DomainProblem(
            (*path, "minimum"),
            _("'{id}' gives at least {minimum} if used, but has only {amount}.").format(
                id=fund.id, minimum=rupiah(fund.minimum), amount=rupiah(fund.amount)
            ),
            _("Lower 'minimum' or raise 'amount'."),
        )
    if fund.match and fund.match.with_ == fund.id:
        yield DomainProblem(
            (*path, "match", "with"),
            _("'{id}' is matched with itself.").format(id=fund.id),
            _("Name another fund."),
        )


def rule_problems(rule: Rule, path: Path) -> Iterator[DomainProblem]:
    """Yield rules without bounds, with bounds that exclude each other, or with selectors that do not fit the
    measure."""
    if rule.at_least is None and rule.at_most is None:
        yield DomainProblem(
            path, _("the rule '{name}' has no bound.").format(name=rule.name), _("Add 'at_least' or 'at_most'.")
        )
    low, high = rule.at_least, rule.at_most
    if low and high and low.is_share == high.is_share and low.value > high.value:
        yield DomainProblem(
            (*path, "at_least"),
            _("the rule '{name}' asks for at least {low} and at most {high}.").format(
                name=rule.name, low=_limit(low), high=_limit(high)
            ),
            _("Lower 'at_least' or raise 'at_most'."),
        )
    for selector in rule.where.named():
        if selector not in APPLICABLE[rule.measure]:
            yield DomainProblem(
                (*path, "where", selector),
                _("the rule '{name}' selects {selector}, which means nothing for the measure {measure}.").format(
                    name=rule.name, selector=selector, measure=rule.measure
                ),
                _("For {measure} one may select: {selectors}.").format(
                    measure=rule.measure, selectors=", ".join(APPLICABLE[rule.measure])
                ),
                of_key=True,
            )
    yield from _division_problems(rule, path)
    if rule.of_years is not None and not (rule.where.years and rule.has_share):
        yield DomainProblem(
            (*path, "of_years"),
            _("the rule '{name}' has of_years, which needs a bound that is a share and years in where.").format(
                name=rule.name
            ),
            _("Give a share as a bound and name years in where, or remove of_years."),
            of_key=True,
        )
    if rule.where.periods == ():
        yield DomainProblem(
            (*path, "where", "periods"),
            _("the rule '{name}' measures no period.").format(name=rule.name),
            _("Name a period, or remove the key."),
        )


def _division_problems(rule: Rule, path: Path) -> Iterator[DomainProblem]:
    """Yield rules whose measure cannot be divided by `per`: classes have no group, gaps closed have no programme."""
    if rule.per is None:
        return
    if rule.per not in DIVISIBLE[rule.measure]:
        yield DomainProblem(
            (*path, "per"),
            _("the rule '{name}' divides {measure} per {per}, which means nothing.").format(
                name=rule.name, measure=rule.measure, per=rule.per
            ),
            _("{measure} can be divided per {units}.").format(
                measure=rule.measure, units=", ".join(DIVISIBLE[rule.measure])
            ),
        )
    elif rule.measure == "gaps_closed" and rule.at_most is not None:
        yield DomainProblem(
            (*path, "at_most"),
            _("the rule '{name}' caps gaps closed per {per}; a cap holds for all that it selects together.").format(
                name=rule.name, per=rule.per
            ),
            _("Remove per, or write a rule for each {per} with where.").format(per=rule.per),
        )


def level_problems(levels: Sequence[Level], path: Path = ("objective",)) -> Iterator[DomainProblem]:
    """Yield levels without exactly one goal, with a missing or needless `by`, or given twice."""
    first: dict[tuple[str, str | None], int] = {}
    for position, level in enumerate(levels):
        here: Path = (*path, position)
        if (level.maximize is None) == (level.minimize is None):
            yield DomainProblem(
                here,
                _("a level of the objective has exactly one of maximize and minimize."),
                _("Split it into two levels, or name its goal."),
            )
            continue
        if level.goal == "smallest_coverage" and level.by is None:
            yield DomainProblem(
                here,
                _("smallest_coverage needs 'by'."),
                _("Add by: agency, location, group or competency."),
            )
        if level.goal != "smallest_coverage" and level.by is not None:
            yield DomainProblem(
                (*here, "by"),
                _("'by' belongs to smallest_coverage, not to {goal}.").format(goal=level.goal),
                _("Remove it."),
                of_key=True,
            )
        other = first.setdefault((level.goal, level.by), position)
        if other != position:
            yield DomainProblem(
                here,
                _("the level {goal} is defined twice.").format(goal=level.goal),
                _("Remove one of them."),
                other=(*path, other),
            )


def _limit(limit: Limit) -> str:
    return percent(limit.value) if limit.is_share else decimal_said(limit.value)
