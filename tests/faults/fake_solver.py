"""A solver that lies in every way there is, and what may come of it: the right plan, a checked one, or an error.

FaultySolver(seed)   stands in for an engine: each of its answers is a fault, chosen by the seed
judged(number)       one scenario planned with such an engine, by one of the ways in which the product plans
faults(count, seed)  many of them: (how many answers were faults, what was wrong)
"""

from __future__ import annotations

import json
import math
import random
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import pulp
from numpy.typing import NDArray

from planner.batch.changing import Changing
from planner.batch.points import Point, solve_point
from planner.check import check_plan
from planner.domain.scenario import Scenario
from planner.errors import InfeasibleError, PlannerError
from planner.model.build import Model
from planner.planning import plan
from planner.plans.plan import Plan, Status
from planner.solve.engine import Engine, EngineName, Feature, RunOptions
from planner.solve.engines import ENGINES
from planner.solve.outcome import Ending, Outcome, SearchLimits
from planner.store.results import write_results
from planner.store.stored_plan import read_stored
from tests.faults.shared_work import honest, shared
from tests.oracle.brute_force import solve
from tests.oracle.generate import tiny_scenarios

Numbers = NDArray[np.float64]

OFF = (1e-9, 1e-7, 1e-6, 9e-6, 1.1e-5, 1e-4, 1e-3, 0.5, 1.0)
"""How far a value is beside the right one."""
RAISED = (RuntimeError("pecah"), MemoryError(), IndexError(3), pulp.PulpSolverError("mati"), ValueError("nan"))
STALE: list[Numbers] = []
"""Points of earlier runs, also of other scenarios."""


@dataclass
class FaultySolver:
    """Answers of one engine, each a fault of its own kind."""

    dice: random.Random
    told: list[str] = field(default_factory=list)
    """What was said, in a word each."""
    answers: int = 0

    def run(self, model: Model, options: RunOptions) -> Outcome:
        self.answers += 1
        size, dice = len(model.problem.variables()), self.dice
        right = honest(model, options) if dice.random() < 0.6 else None
        if right is not None and right.point is not None:
            STALE.append(right.point)
            del STALE[:-50]
        kind, point = self._point(model, right, size)
        if kind == "raises":
            self.told.append(kind)
            raise dice.choice(RAISED)
        value = self._value(right)
        bound = dice.choice([None, math.nan, math.inf, -math.inf, value, 0.0, -1.0, 1e9, *_near(value, dice)])
        ending = dice.choice(list(Ending))
        if options.report is not None and dice.random() < 0.5:
            options.report(value, bound, point if dice.random() < 0.5 else None)
        self.told.append(f"{kind} {ending} {value} {bound}")
        return Outcome(ending, point, value, bound, "as the test says")

    def _point(self, model: Model, true: Outcome | None, size: int) -> tuple[str, Numbers | None]:
        dice = self.dice
        right = None if true is None or true.point is None else np.array(true.point)
        kind = dice.choice(
            ["none", "raises", "zeros", "stale", "random", "length", "odd", "odd", "off", "off", "off", "bounds"]
        )
        if kind == "none" or kind == "raises":
            return kind, None
        if kind == "zeros" or size == 0:
            return kind, np.zeros(size)
        if kind == "stale" and STALE:
            old = dice.choice(STALE)
            return kind, np.resize(old, size) if dice.random() < 0.8 and len(old) else old
        if kind == "length":
            return kind, np.zeros(dice.choice([0, size - 1, size + 1, 10 * size]))
        tops = [1.0 if one.upBound is None else float(one.upBound) for one in model.problem.variables()]
        if kind == "bounds":
            return kind, np.array(tops)
        point = np.array([float(dice.randint(0, int(min(top, 40.0)))) for top in tops]) if right is None else right
        if kind == "odd":
            point[dice.randrange(size)] = dice.choice([math.nan, math.inf, -math.inf, -1.0, 1e300, 0.5])
        elif kind == "off":  # of one or of some: people over the budget, agreements unpaid, classes unheld
            for _number in range(dice.choice([1, 1, 2, size])):
                point[dice.randrange(size)] += dice.choice(OFF) * dice.choice([1, -1])
        return kind, point

    def _value(self, true: Outcome | None) -> float | None:
        right = None if true is None else true.value
        return self.dice.choice(
            [right, None, math.nan, math.inf, 0.0, *_near(right, self.dice), *_near(right, self.dice)]
        )


class WarmLiar(FaultySolver):
    """Gives back the point that it was to start from, or one of another budget, as the best; also one rupiah over."""

    def run(self, model: Model, options: RunOptions) -> Outcome:
        if self.dice.random() > 0.5:
            return super().run(model, options)
        self.answers += 1
        size = len(model.problem.variables())
        point = next((one for one in reversed(STALE) if len(one) == size), None)
        if options.start is not None and self.dice.random() < 0.5:
            point = np.array(options.start)  # NaN where nothing is known
        if point is None:
            point = honest(model, options).point
        if point is None:
            return Outcome(Ending.PROVEN, None, 0.0, 0.0, "as the test says")
        point = np.array(point)
        if self.dice.random() < 0.5:
            point[self.dice.randrange(size)] += self.dice.choice([1.0, -1.0, 1e-6, np.nan])
        value = self.dice.choice([0.0, 5.0, 9.0, 1e6, float("nan")])
        self.told.append("warm")
        return Outcome(self.dice.choice([Ending.PROVEN, *Ending]), point, value, value, "as the test says")


def _near(value: float | None, dice: random.Random) -> list[float | None]:
    return [None if value is None or not math.isfinite(value) else value + dice.choice(OFF) * dice.choice([1, -1, 50])]


@contextmanager
def lying(faulty: FaultySolver, *names: EngineName) -> Iterator[None]:
    """Let the engines of these names answer as `faulty` does."""
    real = dict(ENGINES)

    def of(engine: type[Engine]) -> type[Engine]:
        class Lying(engine):  # type: ignore[valid-type, misc]
            features: ClassVar = engine.features - ({Feature.KNOWN_BOUND} if faulty.dice.random() < 0.5 else set())

            def run(self, model: Model, options: RunOptions) -> Outcome:
                return faulty.run(model, options)

        return Lying

    try:
        ENGINES.update({name: of(real[name]) for name in names})
        yield
    finally:
        ENGINES.update(real)


def wrong(scenario: Scenario, best: tuple[Fraction, ...] | None, found: Plan) -> list[str]:
    """What is wrong with a plan that is shown, where `best` is what trying every plan has found."""
    if best is None:
        return ["a plan where there is none"]
    said = [str(finding) for finding in check_plan(scenario, found.to_plain()).findings]
    if found.total_cost > sum(fund.amount for fund in scenario.funds):
        said.append("more is spent than there is")
    sign = [-1 if level.goal in ("own_cost", "total_cost") else 1 for level in found.objective]
    first, top = sign[0] * found.objective[0].value, sign[0] * best[0]
    if float(first) > float(top):
        said.append(f"better than every plan: {first} > {top}")
    bound, size = found.objective[0].exact_bound, max(Fraction(1), abs(top))
    if bound is not None and sign[0] * Fraction(bound) < top - Fraction(1, 10**6) * size:
        said.append(f"a bound of {bound} where {top} is possible")
    if found.status is Status.OPTIMAL and top - first > Fraction(1, 10**3) * size:
        said.append(f"called the best at {first} where {top} is possible")
    return said


def wrong_beside(scenario: Scenario, best: Plan, found: Plan) -> list[str]:
    """What is wrong with a plan that is shown, where `best` is that of an honest search."""
    said = [str(finding) for finding in check_plan(scenario, found.to_plain()).findings]
    level = found.objective[0]
    top, reached = Fraction(best.objective[0].value), Fraction(level.value)
    if reached > top:
        said.append(f"better than every plan: {reached} > {top}")
    if level.exact_bound is not None and level.exact_bound < float(top) - 1e-6:
        said.append(f"a bound of {level.exact_bound} where {top} is possible")
    if found.status is Status.OPTIMAL and top - reached > Fraction(1, 1000) * max(Fraction(1), top):
        said.append(f"called the best at {reached} where {top} is possible")
    return said


ROUTES = ("plan", "plan", "plan", "point", "changed", "stored")
ATTEMPTS = 64
"""How often one scenario is planned: each time with other faults."""


def judged(number: int) -> tuple[int, list[str]]:
    """(how many answers were faults, what was wrong) of one scenario, planned many times with a faulty engine."""
    STALE.clear()  # so that a number always means the same lies
    dice = random.Random(number)
    seed = dice.randrange(10**7)
    plain = tiny_scenarios(seed, most_plans=600)
    scenario, best = Scenario.model_validate(plain), solve(plain)
    values = None if best is None else best.values
    answers, said = 0, []
    with shared():
        for attempt in range(ATTEMPTS):
            faulty, route = FaultySolver(dice), dice.choice(ROUTES)
            everybody = dice.random() < 0.7
            found = _outcome(scenario, values, faulty, route, everybody)
            answers += faulty.answers
            said += [f"{number}.{attempt} ({seed}, {route}): {one}" for one in found]
    return answers, said


def _outcome(
    scenario: Scenario, best: tuple[Fraction, ...] | None, faulty: FaultySolver, route: str, everybody: bool
) -> list[str]:
    """What is wrong with what comes of one way of planning, where one engine is faulty or all are."""
    said: list[str] = []
    try:
        with lying(faulty, *(EngineName if everybody else (EngineName.HIGHS,))):
            found = ROUTE[route](scenario, said)
        if found is not None:
            said += wrong(scenario, best, found)
    except InfeasibleError:
        if best is not None and not everybody:
            said.append("called impossible where there is a plan")
    except PlannerError:
        pass
    except Exception as error:
        said.append(f"{type(error).__name__}: {error}")
    return said


def _planned(scenario: Scenario, said: list[str]) -> Plan | None:
    return plan(scenario, inline=True, validated=True).plan


def _point(scenario: Scenario, said: list[str]) -> Plan | None:
    """As what-if questions plan their points."""
    found = solve_point(Point("titik", scenario), SearchLimits(), "id")
    return found.plan


def _changed(scenario: Scenario, said: list[str]) -> Plan | None:
    """As the workbench plans what is changed by a slider, from a plan that was made before."""
    richer = scenario.changed(
        funds=tuple(fund.model_copy(update={"amount": fund.amount + 1}) for fund in scenario.funds)
    )
    return Changing(richer, plan(richer, inline=True).plan).answer(scenario).plan


def _stored(scenario: Scenario, said: list[str]) -> Plan | None:
    """As `planner plan` stores it: what lies on disk is read and judged."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / scenario.id
        try:
            answer = plan(scenario, inline=True, validated=True)
            write_results(scenario, answer.plan, place, verdict=answer.verdict)
        except PlannerError:
            if place.exists():
                said.append("something is stored though the plan failed")
            raise
        stored = read_stored(place)
        said += [str(finding) for finding in stored.verdict().findings]
        return Plan.from_plain(json.loads((place / "plan.json").read_bytes()))


ROUTE: dict[str, Any] = {"plan": _planned, "point": _point, "changed": _changed, "stored": _stored}


def faults(count: int, seed: int) -> tuple[int, list[str]]:
    """Judge scenarios until `count` answers were faults, from the number `seed` on: (how many, what was wrong)."""
    answers, said, number = 0, [], seed
    while answers < count:
        more, wrong_ones = judged(number)
        answers, number = answers + more, number + 1
        said += wrong_ones
    return answers, said


if __name__ == "__main__":
    import sys

    number, of = faults(int(sys.argv[1]), int(sys.argv[2]))
    print(number, "faults;", len(of), "wrong")
    print("\n".join(of))
