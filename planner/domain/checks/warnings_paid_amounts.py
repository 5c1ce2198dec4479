"""Payments of another size than what they are for: with zeros too many, or written in thousands."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

from planner.domain.actuals import Actuals
from planner.domain.checks.problem import Doubt, Path, rupiah
from planner.domain.programmes import CostItem, Programme
from planner.domain.scenario import Scenario
from planner.locale import _

TOO_MUCH: Final = 10
"""Factor above what was due from which zeros too many are more likely than a higher price."""
TOO_LITTLE: Final = 100
"""Factor below it from which missing zeros are more likely than a first instalment."""

type _Line = tuple[str | None, str, str | None]
"""Programme, item and account."""


def unlikely_payments(scenario: Scenario, told: Collection[Path] = ()) -> Iterator[Doubt]:
    """Yield the cost lines for which far more or far less was paid than what attended, was held and is promised costs.

    Each is told once, at its largest payment, except at places in `told`, which were reported already.
    """
    actuals = scenario.actuals
    if actuals is None:
        return
    rows: dict[_Line, list[int]] = {}
    for number, row in enumerate(actuals.paid):
        if row.amount and row.programme in scenario.programme:
            rows.setdefault((row.programme, row.item, row.account), []).append(number)
    for (name, item, account), numbers in rows.items():
        programme = scenario.programme[name or ""]
        lines = [line for line in programme.costs if (line.item, line.account) == (item, account)]
        due = sum(_due(scenario, actuals, programme, line) for line in lines)
        paid = sum(actuals.paid[number].amount for number in numbers)
        if not due or due / TOO_LITTLE < paid < due * TOO_MUCH:
            continue
        message = _("{paid} was paid for '{item}' of '{programme}', but what was held and attended costs {due}.")
        largest = max(numbers, key=lambda number: actuals.paid[number].amount)
        path: Path = ("actuals", "paid", largest, "amount")
        if path in told:
            continue
        yield Doubt(
            path,
            message.format(paid=rupiah(paid), item=item, programme=programme.id, due=rupiah(due)),
            _("Write full rupiah; look for zeros that are too many or missing."),
        )


def _due(scenario: Scenario, actuals: Actuals, programme: Programme, line: CostItem) -> int:
    """Return what a cost line costs by the facts [rupiah]; 0 where that is not known."""
    year = scenario.price_year
    try:
        if line.per == "programme":
            return line.unit_cost(year=year[scenario.horizon[0]])
        if line.per == "class":
            classes = [(row.programme, row.period, row.classes) for row in actuals.held]
            classes += [(row.programme, row.period, row.classes) for row in actuals.committed]
            return sum(number * line.unit_cost(year=year[t]) for name, t, number in classes if name == programme.id)
        there = [row for row in actuals.attended if row.programme == programme.id and row.group in scenario.group]
        return sum(row.participants * line.unit_cost(scenario.group[row.group], year[row.period]) for row in there)
    except (KeyError, ValueError):  # no price for this group or year, which is told elsewhere
        return 0
