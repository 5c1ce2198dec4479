"""Adjustable limits of resources: what there is of places, trainers and rooms, in every period or in one."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import partial
from typing import Final

from planner.analysis.repairs.adjustable import AdjustableLimit, ChangeKind, as_written, with_values
from planner.domain.checks.problem import Path
from planner.domain.resources import Resource
from planner.domain.running import enough_of
from planner.domain.scenario import Scenario

ALL_PERIODS: Final[ChangeKind] = "resources.every"
ONE_PERIOD: Final[ChangeKind] = "resources.one"
"""Kinds of change: of what there is in every period, or in one."""


def resource_limits(scenario: Scenario, resource: Resource) -> Iterator[AdjustableLimit]:
    """Yield the amount of `resource`; where it differs by period, that of each period, then that of all periods."""
    enough = enough_of(scenario, resource)
    path: Path = ("resources", resource.id, "amount")
    if isinstance(resource.amount, dict):
        for period in scenario.horizon:
            old = resource.in_period(period)
            if old < enough:
                change = partial(_at_least, resource=resource, periods=(period,))
                yield AdjustableLimit(
                    ONE_PERIOD, resource.id, (*path, period), "units", old, enough, _step(old), change=change
                )
    least = min(map(resource.in_period, scenario.horizon))
    if least < enough:
        change = partial(_at_least, resource=resource, periods=scenario.horizon)
        yield AdjustableLimit(
            ALL_PERIODS,
            resource.id,
            path,
            "units",
            least,
            enough,
            _step(least),
            change=change,
            custom_edits=partial(_edits, path=path, resource=resource, periods=scenario.horizon),
        )


def _at_least(changed: Scenario, value: Fraction, *, resource: Resource, periods: tuple[str, ...]) -> Scenario:
    """Return the scenario with at least `value` in each of `periods`."""
    amount = _raised(changed.resource[resource.id], value, periods)
    return with_values(changed, "resources", resource.id, amount=amount)


def _raised(resource: Resource, value: Fraction, periods: tuple[str, ...]) -> Fraction | dict[str, Fraction]:
    if not isinstance(resource.amount, dict):
        return max(resource.amount, value)
    return resource.amount | {period: value for period in periods if resource.in_period(period) < value}


def _edits(
    value: Fraction, *, path: Path, resource: Resource, periods: tuple[str, ...]
) -> tuple[tuple[Path, str], ...]:
    """Return what to write, period by period where the amounts differ."""
    amount = _raised(resource, value, periods)
    if not isinstance(amount, dict):
        return ((path, as_written("units", amount)),)
    return tuple(
        ((*path, period), as_written("units", units))
        for period, units in amount.items()
        if resource.in_period(period) < units
    )


def _step(old: Fraction) -> Fraction:
    return Fraction(1) if old.denominator == 1 else Fraction(1, 2)
