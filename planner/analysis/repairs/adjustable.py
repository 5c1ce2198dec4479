"""Dials: limits that can be turned by degrees, on values that a planner would write.

A dial has positions 0, 1, 2, …: 0 is what the scenario says, and each further one allows more plans. The values are
round: whole millions of large budgets, tenths of a percent, whole people, classes and JP.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import Final, Literal

from planner.analysis.scenarios.variants import with_rules
from planner.domain.rules import Limit, Rule, Soft
from planner.domain.scenario import Scenario
from planner.planning import Aim
from planner.units import decimal_text

Path = tuple[str | int, ...]

Unit = Literal["rupiah", "share", "hours", "people", "classes", "gaps", "ratio", "aside"]
"""What the value of a dial counts; "aside" is a limit that is taken out, having no degrees."""

Side = Literal["at_least", "at_most"]

ROUND: Final = 10**6
"""Amounts are never rounded to more than this [rupiah]."""

TENTH: Final = Fraction(1, 1000)
"""A tenth of a percent."""


@dataclass(frozen=True)
class Goal:
    """A scenario without a limit, and the aim that it would be kept as nearly as can be."""

    scenario: Scenario
    aim: Aim
    needed: Callable[[Fraction], Fraction] | None = None
    """The value that the limit must have at least (or at most), from what no plan is below of the aim."""


@dataclass(frozen=True)
class Dial:
    """One limit, and how it is turned."""

    kind: str
    """What kind of limit it is, as in planner.solve.limits_set_aside, with what is turned in it: "classes.max"."""
    owner: str
    """Whose limit: an id, or the name of a rule."""
    path: Path
    """Where it stands in the scenario."""
    unit: Unit
    old: Fraction
    loosest: Fraction
    """The value at the last position."""
    step: Fraction
    change: Callable[[Scenario, Fraction], Scenario]
    """The scenario with another value."""
    writes: Callable[[Fraction], tuple[tuple[Path, str], ...]]
    """The (path, text) that a planner writes for a value; the text "null" takes out what stands at the path."""
    goal: Callable[[Scenario], Goal] | None = None
    """The least change asked for at once, where that can be said."""

    @property
    def up(self) -> bool:
        """Whether larger values allow more."""
        return self.loosest > self.old

    @property
    def last(self) -> int:
        """The last position; 0 where nothing can be turned."""
        if self.loosest == self.old:
            return 0
        return self._steps(self.loosest)

    def value(self, position: int) -> Fraction:
        """The value at a position: the next multiples of the step beyond the old value, the last being `loosest`."""
        if position <= 0:
            return self.old
        if self.up:
            return min(self.loosest, (floor(self.old / self.step) + position) * self.step)
        return max(self.loosest, (ceil(self.old / self.step) - position) * self.step)

    def position(self, value: Fraction) -> int:
        """The first position that allows at least as much as `value`."""
        if (value <= self.old) if self.up else (value >= self.old):
            return 0
        return min(self.last, self._steps(value))

    def _steps(self, value: Fraction) -> int:
        if self.up:
            return ceil(value / self.step) - floor(self.old / self.step)
        return ceil(self.old / self.step) - floor(value / self.step)


def taken_out(
    kind: str,
    owner: str,
    path: Path,
    change: Callable[[Scenario], Scenario],
    writes: tuple[tuple[Path, str], ...] | None = None,
) -> Dial:
    """A limit without degrees: it stands, or `change` takes it out."""
    return Dial(
        kind,
        owner,
        path,
        "aside",
        Fraction(0),
        Fraction(1),
        Fraction(1),
        change=lambda scenario, value: change(scenario) if value else scenario,
        writes=lambda _: ((path, "null"),) if writes is None else writes,
    )


def money_step(amount: int | Fraction) -> Fraction:
    """The step of amounts of this size: four digits remain, and at most Rp1 million is rounded away [rupiah]."""
    digits = len(str(int(amount)))
    return Fraction(min(ROUND, 10 ** max(0, digits - 4)))


def written(unit: Unit, value: Fraction) -> str:
    """A value in the words of the scenario format: 2_512_000_000, 27.5%, 46."""
    if unit == "rupiah":
        return f"{int(value):_}"
    return decimal_text(value * 100) + "%" if unit == "share" else decimal_text(value)


def record(scenario: Scenario, part: str, name: str, **values: object) -> Scenario:
    """`scenario` with other values in the record `name` of one of its lists."""
    return scenario.changed(
        **{part: tuple(r.model_copy(update=values) if r.id == name else r for r in getattr(scenario, part))}
    )


def missed_least(scenario: Scenario, rule: Rule, side: Side) -> tuple[Scenario, Aim]:
    """`scenario` with a soft `rule` of one side, and the aim that it is missed by as little as possible."""
    other: Side = "at_most" if side == "at_least" else "at_least"
    goal = rule.model_copy(update={other: None, "soft": Soft(penalty=Fraction(0))})
    return with_rules(scenario, goal), Aim(missed=(len(scenario.rules), side), alone=True)


def without_side(scenario: Scenario, number: int, side: Side, limit: Limit | None = None) -> Scenario:
    """`scenario` with another bound on one side of rule `number`, or with none."""
    rules = list(scenario.rules)
    rules[number] = rules[number].model_copy(update={side: limit})
    return scenario.changed(rules=tuple(rules))
