"""Scenarios with given classes, and with unlimited own money."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Final

from planner.analysis.scenarios.variants import with_rules
from planner.domain.funds import Fund
from planner.domain.rules import Limit, Rule, Where
from planner.domain.scenario import Scenario
from planner.domain.selectors import ProgrammeSelector
from planner.units.numbers import MAX_RUPIAH

Classes = Mapping[tuple[str, str], int]
"""Classes by (programme, period)."""

FURTHER: Final = "further own money"
"""Id of the added own fund, with apostrophes if it is taken."""


def with_at_most(scenario: Scenario, classes: Classes) -> Scenario:
    """Return `scenario` in which at most these classes may be held."""
    return with_rules(scenario, *_rules(scenario, classes, exactly=False))


def with_exactly(scenario: Scenario, classes: Classes) -> Scenario:
    """Return `scenario` in which exactly these classes are held."""
    return with_rules(scenario, *_rules(scenario, classes, exactly=True))


def contained(classes: Classes, in_: Classes) -> bool:
    """Return whether all of `classes` are among those of `in_`."""
    return all(number <= in_.get(held, 0) for held, number in classes.items())


def with_further_own_money(scenario: Scenario) -> Scenario:
    """Return `scenario` with one more own fund of the largest amount, for any cost in any period.

    Payments are not rounded there: what a fund then keeps for the sake of round amounts is no money that is missing.
    """
    name = FURTHER
    while name in scenario.fund:
        name += "'"
    fund = Fund(id=name, kind="own", amount=MAX_RUPIAH - 1)
    identity = scenario.scenario.model_copy(update={"round_to": None})
    return scenario.changed(scenario=identity, funds=(*scenario.funds, fund))


def _rules(scenario: Scenario, classes: Classes, *, exactly: bool) -> Iterator[Rule]:
    """Yield one rule per programme and period with classes, and one per programme without any."""
    taken = {rule.name for rule in scenario.rules}
    for programme in scenario.programmes:
        if programme.class_size is None:
            continue
        held = {t: classes.get((programme.id, t), 0) for t in scenario.periods_of(programme)}
        kept = [((t,), number) for t, number in held.items()] if any(held.values()) else [(None, 0)]
        for periods, number in kept:
            name = " ".join((programme.id, *(periods or ())))
            while name in taken:
                name += "'"
            taken.add(name)
            limit = Limit(value=Fraction(number), is_share=False)
            yield Rule(
                name=name,
                measure="classes",
                where=Where(programmes=ProgrammeSelector(id=(programme.id,)), periods=periods),
                at_least=limit if exactly and number else None,
                at_most=limit,
            )
