"""Tiny scenarios of which every plan is tried: the program finds the best there is, and says so."""

from __future__ import annotations

import copy
import json
from fractions import Fraction
from typing import Any, Final

from planner.check import check_plan
from planner.domain.checks.validation import find_problems
from planner.domain.scenario import Scenario
from planner.errors import InfeasibleError
from planner.planning import plan
from planner.plans.plan import Plan, Status
from planner.solve.outcome import SearchLimits
from tests.campaign.agencies import of_one_agency
from tests.campaign.series import of_cases
from tests.oracle.brute_force import solve
from tests.oracle.facts import best_of_rest, plan_of_rest
from tests.oracle.generate import tiny_scenarios
from tests.oracle.generate_facts import with_facts, with_facts_of_years
from tests.oracle.generate_year_rules import with_years_rule, with_years_rule_and_facts
from tests.oracle.generate_years import scenarios_of_years
from tests.oracle.judge import accepts

Plain = dict[str, Any]

EXACT: Final = SearchLimits(gap=0.0)

MOST_PLANS: Final = 600
"""Ways to place people up to which every plan is tried."""

TRIES: Final = 40
"""Numbers after one that gives no scenario of its kind, until a plain one is taken instead."""

FROM: Final = 10_000_000
"""The generators begin with this number: the tests of the program have seen those before."""


def tiny(number: int) -> Plain:
    """The scenario of a number: plain ones, of years, with rules about years, begun, and of one agency take turns."""
    kinds = (
        lambda n: tiny_scenarios(n, MOST_PLANS),
        lambda n: scenarios_of_years(n, MOST_PLANS),
        lambda n: tiny_scenarios(n, MOST_PLANS),
        lambda n: with_years_rule(n, MOST_PLANS),
        lambda n: with_facts(n, MOST_PLANS),
        of_one_agency,
        lambda n: with_facts_of_years(n, MOST_PLANS),
        lambda n: with_years_rule_and_facts(n, MOST_PLANS),
    )
    kind = kinds[number % len(kinds)]
    for further in range(TRIES):
        plain = kind(FROM + number * TRIES + further)
        if plain is not None and not find_problems(Scenario.model_validate(plain)):
            return copy.deepcopy(plain)
    return tiny_scenarios(FROM + number * TRIES, MOST_PLANS)


def best_of_all(plain: Plain, sha256: str) -> tuple[tuple[Fraction, ...], Plain] | None:
    """The best values by level and a plan that reaches them; None where no plan keeps the hard rules."""
    if "actuals" in plain:
        rest, own = best_of_rest(plain), plan_of_rest(plain, sha256)
        return None if rest is None or own is None else (rest[1], own)
    best = solve(plain, sha256)
    return None if best is None else (best.values, best.plan)


def found(scenario: Scenario) -> Plan | None:
    """The program's plan, searched to the very end; None where it says that there is none."""
    try:
        return plan(scenario, EXACT, inline=True, validated=True).plan
    except InfeasibleError:
        return None


def not_the_best(plain: Plain) -> str | None:
    """What is wrong with the program's answer to a tiny scenario, or with what the check says of two plans."""
    scenario = Scenario.model_validate(plain)
    ours, best = found(scenario), best_of_all(plain, scenario.sha256)
    if best is None or ours is None:
        same = ours is None and best is None
        return None if same else f"plan of the program {ours and _values(ours)}, best of all {best and best[0]}"
    values, theirs = best
    if _values(ours) != values[: len(ours.objective)]:
        return f"the program reaches {_values(ours)}, best of all {values}"
    if ours.status is not Status.OPTIMAL and not _known_open(plain):
        return f"the best plan is called {ours.status.value}"
    if "actuals" not in plain and not accepts(plain, json.loads(ours.to_json()), scenario.sha256):
        return "the oracle's judge refuses the plan of the program"
    findings = check_plan(scenario, theirs).findings
    return f"the check refuses a plan of the oracle: {findings}" if findings else None


def _known_open(plain: Plain) -> bool:
    """Whether buckets count the gaps of single groups of an agency: the exact model leaves out the order of their
    chances, so that its bound may stay above the best plan."""
    return any(level.get("maximize") == "smallest_coverage" for level in plain.get("objective", [])) or any(
        rule["measure"] == "gaps_closed" for rule in plain.get("rules", [])
    )


def _values(made: Plan) -> tuple[Fraction, ...]:
    return tuple(level.value for level in made.objective)


EVERY_PLAN_TRIED: Final = of_cases(
    "brute-force",
    "Of a tiny scenario the program finds the best of all plans, calls it that, and two checks take it.",
    tiny,
    not_the_best,
    full=10_000,
    short=16,
    step=25,
)
