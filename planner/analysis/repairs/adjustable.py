"""Adjustable limits: limits of a scenario that can be loosened in steps of round values.

A limit has positions 0, 1, 2, …: position 0 is the present value, and each further one allows more plans. Values are
round: whole millions of large budgets, tenths of a percent, whole people, classes and JP.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import Final, Literal, get_args

from planner.analysis.scenarios.variants import unique_rule_name, with_rules
from planner.domain.checks.problem import Path
from planner.domain.rules import Limit, Rule, Side, Soft
from planner.domain.scenario import Scenario
from planner.planning import Aim
from planner.solve.limits_set_aside import ClashKind
from planner.units.said import decimal_text

Unit = Literal["rupiah", "share", "hours", "people", "classes", "gaps", "ratio", "units", "removed"]
"""Unit of the value; "removed": a limit without steps, which can only be removed."""

PartKind = Literal["fund_pays.programmes", "fund_pays.groups", "fund_pays.items", "requires.one"]
"""What a change removes of a limit: one selector of what a fund pays, or one of several prerequisites."""

ChangeKind = (
    ClashKind
    | PartKind
    | Literal[
        "fund_amount.year", "classes.min", "classes.max", "classes.per_period", "resources.every", "resources.one",
        "socialization",
    ]
)  # fmt: skip
"""What a change is about: a limit, or a part of it."""

ROUND: Final = 10**6
"""Largest step of amounts [rupiah]."""

TENTH: Final = Fraction(1, 1000)
"""The step in which shares are changed: a tenth of a percent."""


@dataclass(frozen=True)
class LeastChange:
    """A direct search for the least change of a limit: a scenario without it, and the aim to violate it least."""

    scenario: Scenario
    aim: Aim
    needed: Callable[[Fraction], Fraction] | None = None
    """Returns the least (or largest) value that the limit needs, from the proven bound of the aim."""


@dataclass(frozen=True)
class AdjustableLimit:
    """A limit that can be loosened in steps."""

    kind: ChangeKind
    owner: str
    """Id of the record, or name of the rule."""
    path: Path
    """Path in the scenario."""
    unit: Unit
    old: Fraction
    loosest: Fraction
    """Value at the last position."""
    step: Fraction
    change: Callable[[Scenario, Fraction], Scenario]
    """Returns the scenario with another value."""
    custom_edits: Callable[[Fraction], tuple[tuple[Path, str], ...]] | None = None
    """Returns the edits for a value, if they differ from writing it at `path`."""
    least_change: Callable[[Scenario], LeastChange] | None = None
    """Returns the direct search for the least change, if one can be stated."""
    named: str = ""
    """The prerequisite that is removed, where it is one of several."""

    @property
    def is_part(self) -> bool:
        """Whether the limit is a part of what clashes, which only as a whole can always be removed."""
        return self.kind in get_args(PartKind)

    @property
    def increases(self) -> bool:
        """Whether larger values allow more plans."""
        return self.loosest > self.old

    @property
    def last(self) -> int:
        """Last position; 0 if the limit cannot be loosened."""
        if self.loosest == self.old:
            return 0
        return self._steps(self.loosest)

    def value(self, position: int) -> Fraction:
        """Return the value at a position: multiples of the step beyond the old value, the last being `loosest`."""
        if position <= 0:
            return self.old
        if self.increases:
            return min(self.loosest, (floor(self.old / self.step) + position) * self.step)
        return max(self.loosest, (ceil(self.old / self.step) - position) * self.step)

    def position(self, value: Fraction) -> int:
        """Return the first position that is at least as loose as `value`."""
        if (value <= self.old) if self.increases else (value >= self.old):
            return 0
        return min(self.last, self._steps(value))

    def edits(self, value: Fraction) -> tuple[tuple[Path, str], ...]:
        """Return what to write for a value as (path, text); the text "null" removes what is at the path."""
        if self.custom_edits is not None:
            return self.custom_edits(value)
        return ((self.path, as_written(self.unit, value)),)

    def _steps(self, value: Fraction) -> int:
        if self.increases:
            return ceil(value / self.step) - floor(self.old / self.step)
        return ceil(self.old / self.step) - floor(value / self.step)


def removable(
    kind: ChangeKind,
    owner: str,
    path: Path,
    change: Callable[[Scenario], Scenario],
    custom_edits: tuple[tuple[Path, str], ...] | None = None,
    named: str = "",
) -> AdjustableLimit:
    """Return a limit without steps, which `change` removes."""
    return AdjustableLimit(
        kind,
        owner,
        path,
        "removed",
        Fraction(0),
        Fraction(1),
        Fraction(1),
        change=lambda scenario, value: change(scenario) if value else scenario,
        custom_edits=lambda _: ((path, "null"),) if custom_edits is None else custom_edits,
        named=named,
    )


def unknown_limit(kind: ClashKind) -> NotImplementedError:
    """Return the error of a kind of limit of which no change is stated: another one must never be proposed for it."""
    return NotImplementedError(f"planner/analysis/repairs states no change of the limit {kind}")


def money_step(amount: int | Fraction) -> Fraction:
    """Return the step of amounts of this size: four significant digits, at most ROUND [rupiah]."""
    digits = len(str(int(amount)))
    return Fraction(min(ROUND, 10 ** max(0, digits - 4)))


def as_written(unit: Unit, value: Fraction) -> str:
    """Return a value as written in a scenario file: 2_512_000_000, 27.5%, 46."""
    if unit == "rupiah":
        return f"{int(value):_}"
    return decimal_text(value * 100) + "%" if unit == "share" else decimal_text(value)


def with_values(scenario: Scenario, part: str, name: str, **values: object) -> Scenario:
    """Return `scenario` with other values in the record `name` of the list `part`."""
    return scenario.changed(
        **{part: tuple(r.model_copy(update=values) if r.id == name else r for r in getattr(scenario, part))}
    )


def with_least_violation(scenario: Scenario, rule: Rule, side: Side) -> tuple[Scenario, Aim]:
    """Return `scenario` with one side of `rule` as a soft rule, and the aim to violate it as little as possible."""
    other: Side = "at_most" if side == "at_least" else "at_least"
    name = unique_rule_name(scenario, f"{rule.name} '")  # the rule itself stays, with its other bound
    least_change = rule.model_copy(update={"name": name, other: None, "soft": Soft(penalty=Fraction(0))})
    return with_rules(scenario, least_change), Aim(missed=(len(scenario.rules), side), alone=True)


def with_bound(scenario: Scenario, number: int, side: Side, limit: Limit | None = None) -> Scenario:
    """Return `scenario` with another bound, or none, on one side of rule `number`."""
    rules = list(scenario.rules)
    rules[number] = rules[number].model_copy(update={side: limit})
    return scenario.changed(rules=tuple(rules))
