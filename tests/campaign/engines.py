"""HiGHS, CBC and CP-SAT on the same scenarios: no engine has a checked plan that the word of another excludes."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

from planner.domain.checks.validation import find_problems
from planner.domain.decisions import Decisions
from planner.domain.objectives import Level, levels_of
from planner.domain.scenario import Scenario
from planner.drafting.drafts import drafted
from planner.errors import CheckFailed, InfeasibleError, NoPlanInTime
from planner.planning import adopt, plan
from planner.plans.plan import Plan
from planner.scenario_io import read_scenario
from planner.solve.engine import EngineName
from planner.solve.outcome import SearchLimits
from tests.campaign.cp_sat import answers_of
from tests.campaign.series import of_cases
from tests.oracle.generate import random_scenarios
from tests.oracle.generate_years import random_years
from tests.scan.ordinary import ordinary
from tests.scenarios.begun import own_rows

Plain = dict[str, Any]
Values = tuple[Fraction, ...]

SECONDS: Final = 6.0
"""Time limit of each engine for a random scenario [s]."""

FROM: Final = 500_000
"""The generators begin with this number: the tests of the program have seen those before."""

STATED: Final = Fraction(1, 10**9)
"""Relative difference that comes of stating a bound as a float."""

SIZES: Final = ((3, 3, 2, 2), (4, 4, 2, 3), (5, 3, 3, 3), (6, 5, 2, 4))
"""(groups, programmes, periods, funds)"""

SHIPPED: Final = sorted((Path(__file__).parents[2] / "scenarios").glob("*.yaml"))


def made(number: int) -> Plain:
    """The scenario of a number: of one year, of two, with every scale of prices, and begun take turns."""
    kind, size = number % 4, SIZES[number // 4 % len(SIZES)]
    if kind == 0:
        return random_scenarios(FROM + number, size)
    if kind == 1:
        return random_years(FROM + number, (*size[:1], 3, 3, *size[3:]))
    if kind == 2:
        return _ordinary(number)
    return _begun(number) or random_scenarios(FROM + number, size)


def _ordinary(number: int) -> Plain:
    dice = random.Random(f"engines {number}")
    while True:
        plain = ordinary(dice)
        plain["scenario"] = {"id": f"biasa-{number}", "fiscal_year": 2027}
        if not find_problems(Scenario.model_validate(plain)):
            return plain


def _begun(number: int) -> Plain | None:
    """A scenario of which the first period has happened as its plan says; None where it has no plan, or one period."""
    plain = random_scenarios(FROM + number, (4, 4, 3, 3))
    scenario = Scenario.model_validate(plain)
    found = _of_engine(scenario, EngineName.HIGHS, SECONDS)
    return own_rows(plain, scenario, found) if isinstance(found, Plan) else None


def disagreement(plain: Plain) -> str | None:
    """What one engine says against another of a random scenario."""
    return _against_one_another(Scenario.model_validate(plain), SECONDS)


def disagreement_about_shipped(name: str) -> str | None:
    """What one engine says against another of a shipped scenario."""
    path = next(path for path in SHIPPED if path.name == name)
    return _against_one_another(read_scenario(path), 10 * SECONDS)


def _against_one_another(scenario: Scenario, seconds: float) -> str | None:
    return next(_disagreements(scenario, seconds), None)


def _disagreements(scenario: Scenario, seconds: float) -> Iterator[str]:
    levels = levels_of(scenario)
    answers = {name: _of_engine(scenario, name, seconds) for name in (EngineName.HIGHS, EngineName.CBC)}
    plans = {name.value: answer for name, answer in answers.items() if isinstance(answer, Plan)}
    values = {name: _ranked(levels, [row.value for row in made.objective]) for name, made in plans.items()}
    impossible = [name.value for name, answer in answers.items() if answer == "infeasible"]
    ours = plans.get(EngineName.HIGHS.value)
    held = None if ours is None else [row.value for row in ours.objective]
    for answer in answers_of(scenario, held, seconds):
        if answer.impossible:
            if answer.level == 0:
                impossible.append("cp-sat")
            elif held is not None:
                yield f"cp-sat finds no plan that does as well as that of highs above level {answer.level}"
        elif answer.bound is not None and held is not None:
            reached = _ranked(levels, held)[answer.level]
            if reached > answer.bound + STATED * max(Fraction(1), abs(answer.bound)):
                yield f"level {answer.level}: highs reaches {float(reached)}, cp-sat says at most {float(answer.bound)}"
        if answer.decisions is not None:
            try:
                found = _checked(scenario, answer.decisions)
            except CheckFailed as failed:
                yield f"a plan of cp-sat that could be paid was refused: {failed}"
                continue
            if found is not None:
                values[f"cp-sat at level {answer.level}"] = _ranked(levels, found)
    if values:
        yield from (f"{name} says there is no plan, {list(values)} have one" for name in impossible)
    for name, made in plans.items():
        for other, others in values.items():
            yield from _past_its_bounds(name, made, other, others, levels)


def _of_engine(scenario: Scenario, name: EngineName, seconds: float) -> Plan | str:
    """The checked plan of the program with this engine, "infeasible", or "late"."""
    try:
        return plan(scenario, SearchLimits(time_limit=seconds, solver=name), inline=True, validated=True).plan
    except InfeasibleError:
        return "infeasible"
    except NoPlanInTime:
        return "late"


def _checked(scenario: Scenario, decisions: Decisions) -> Values | None:
    """The values of decisions as a checked plan; None where they cannot be paid, or broken rules were left out."""
    if drafted(scenario, decisions) is None:
        return None
    return tuple(row.value for row in adopt(scenario, decisions).objective)


def _ranked(levels: Sequence[Level], values: Sequence[Fraction]) -> Values:
    """Values of which the larger is the better."""
    return tuple(v if level.maximize is not None else -v for v, level in zip(values, levels, strict=True))


def _past_its_bounds(name: str, made: Plan, other: str, reached: Values, levels: Sequence[Level]) -> Iterator[str]:
    """Bounds of a plan that another passes. A bound is for plans that do as well in the levels above."""
    ours = _ranked(levels, [row.value for row in made.objective])
    for number, row in enumerate(made.objective):
        sign = 1 if levels[number].maximize is not None else -1
        for bound in (row.bound, row.exact_bound):
            if bound is not None:
                most = sign * Fraction(bound)
                if reached[number] > most + STATED * max(Fraction(1), abs(most)):
                    yield f"level {number}: {other} reaches {float(reached[number])}, {name} says at most {float(most)}"
        if reached[number] < ours[number]:
            return


AGREEMENT: Final = of_cases(
    "engines",
    "HiGHS, CBC and CP-SAT contradict each other in no plan, no bound and no refusal, and the check takes every plan.",
    made,
    disagreement,
    full=1_000,
    short=2,
    step=5,
)

AGREEMENT_ABOUT_SHIPPED: Final = of_cases(
    "engines-shipped",
    "The same of the shipped scenarios.",
    lambda number: SHIPPED[number % len(SHIPPED)].name,
    disagreement_about_shipped,
    full=len(SHIPPED),
    short=0,
    step=1,
)
