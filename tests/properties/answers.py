"""What the program makes of a scenario, as numbers that can be compared.

answered(scenario) -> Answer            cached; `values` by level, larger is better; None where there is no plan
at_least_as_good(one, other) -> bool    level by level, the first that differs decides
forget()                                lets go of what is cached
"""

from __future__ import annotations

import json
from fractions import Fraction
from functools import cache
from typing import Any, NamedTuple

from planner.domain.checks.validation import find_problems
from planner.domain.scenario import Scenario
from planner.errors import InfeasibleError
from planner.planning import plan
from planner.plans.plan import Plan, Status
from planner.solve.outcome import SearchLimits
from tests.oracle.generate import random_scenarios, tiny_scenarios

Plain = dict[str, Any]
Values = tuple[Fraction, ...]

MEDIUM = (3, 3, 2, 2)
"""(groups, programmes, periods, funds) of scenarios with realistic rupiah that are solved to the end in no time."""


class LeftOpen(AssertionError):
    """The plan is said to be the best found, and no more: nothing follows of another one."""


class Answer(NamedTuple):
    """The plan and its values by level; costs count negative, so that larger is better."""

    plan: Plan
    values: Values


def answered(plain: Plain) -> Answer | None:
    """The answer to a scenario, searched to the very end; None where no plan keeps the hard rules."""
    return _answered(json.dumps(plain, sort_keys=False))


@cache
def _answered(text: str) -> Answer | None:
    scenario = Scenario.model_validate(json.loads(text))
    assert find_problems(scenario) == []
    try:
        found = plan(scenario, SearchLimits(gap=0.0), inline=True, validated=True).plan
    except InfeasibleError:
        return None
    if found.status is not Status.OPTIMAL:
        raise LeftOpen(scenario.id)
    signs = {"own_cost": -1, "total_cost": -1}
    return Answer(found, tuple(level.value * signs.get(level.goal, 1) for level in found.objective))


def forget() -> None:
    """Let go of all answers that are kept."""
    _answered.cache_clear()


def values(plain: Plain) -> Values | None:
    """The values of the best plan."""
    answer = answered(plain)
    return None if answer is None else answer.values


def at_least_as_good(one: Values | None, other: Values | None) -> bool:
    """Whether `one` is no worse than `other`: no plan is worst, then the first level that differs decides."""
    return other is None or (one is not None and one >= other)


def tiny(number: int, start: int = 0) -> list[Plain]:
    """Some tiny scenarios, every feature of the format among them."""
    return [tiny_scenarios(seed, most_plans=3000) for seed in range(start, start + number)]


def medium(number: int) -> list[Plain]:
    """Some scenarios with realistic rupiah."""
    return [random_scenarios(seed, MEDIUM) for seed in range(number)]
