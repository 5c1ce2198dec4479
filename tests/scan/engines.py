"""Two engines without presolve, asked for plans that the program does not know of. What they say counts for nothing;
only plans of theirs that can be paid and stand the check do.

    plans_of_others(scenario, seconds) -> list[Found]
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import ClassVar

import numpy as np
import pulp

from planner.domain.decisions import Decisions
from planner.domain.scenario import Scenario
from planner.drafting.drafts import drafted
from planner.errors import CheckFailed, SolverError
from planner.model.build import Model, build
from planner.model.reading import NotWhole
from planner.planning import adopt
from planner.solve.cbc import Cbc
from planner.solve.engine import EngineName, Feature, RunOptions
from planner.solve.levels import solve_levels
from planner.solve.outcome import Ending, Outcome, Progress, SearchLimits
from planner.solve.search_run import SearchRun


@dataclass(frozen=True)
class Found:
    """The values of the levels of a checked plan, and who found it."""

    engine: str
    values: tuple[Fraction, ...]


def plans_of_others(scenario: Scenario, seconds: float) -> tuple[list[Found], list[str]]:
    """The checked plans of both engines, and what the check refused of them although it could be paid."""
    found: list[Found] = []
    refused: list[str] = []
    seen: set[str] = set()
    for engine, decisions in (*_highs(scenario, seconds), *_cbc(scenario, seconds)):
        key = repr(decisions)
        if key in seen:
            continue
        seen.add(key)
        try:
            if drafted(scenario, decisions) is not None:
                made = adopt(scenario, decisions)
                found.append(Found(engine, tuple(row.value for row in made.objective)))
        except CheckFailed as failed:
            refused.append(f"{engine}: {failed}")
        except SolverError:  # its payments could not be asked for: there is no plan to compare
            continue
    return found, refused


def _highs(scenario: Scenario, seconds: float) -> Iterator[tuple[str, Decisions]]:
    """Decisions of HiGHS without presolve: each that was better than those before, and the last."""
    on_the_way: list[Decisions] = []

    def news(progress: Progress, decisions: Decisions | None) -> None:
        del progress
        if decisions is not None:
            on_the_way.append(decisions)

    solution = solve_levels(scenario, SearchLimits(solver=EngineName.HIGHS_PLAIN, time_limit=seconds), news)
    for decisions in (*on_the_way[-2:], solution.first, solution.decisions):
        if decisions is not None and solution.ending not in (Ending.INFEASIBLE, Ending.FAILED):
            yield "HiGHS without presolve", decisions


class _PlainCbc(Cbc):
    """CBC without presolve and preprocessing, as an engine of `SearchRun`."""

    title: ClassVar = "CBC without presolve"
    features: ClassVar = frozenset({Feature.WHOLE_NUMBERS})

    def run(self, model: Model, options: RunOptions) -> Outcome:
        """Optimise the objective of `model.problem` from nothing, without a gap."""
        problem = model.problem
        columns = problem.exported_variables()
        point = np.zeros(len(problem.variables()))
        if not columns:
            return Outcome(Ending.PROVEN, point, 0.0, 0.0)
        engine = pulp.COIN_CMD(  # type: ignore[no-untyped-call]  # PuLP leaves it untyped
            msg=False,
            threads=1,
            gapRel=0.0,
            presolve=False,
            options=["preprocess off"],
            timeLimit=None if options.seconds is None else max(1, ceil(options.seconds)),
        )
        try:
            stats = problem.solve(engine)
        except pulp.PulpSolverError as error:
            return Outcome(Ending.FAILED, message=str(error))
        if stats.status == pulp.LpSolveStatus.Infeasible:
            return Outcome(Ending.INFEASIBLE)
        values = [variable.varValue for variable in columns]
        if not stats.has_solution or any(value is None for value in values):
            return Outcome(Ending.STOPPED)
        point[[variable.id for variable in columns]] = values
        reached = pulp.value(problem.objective)
        value = 0.0 if reached is None else float(reached)
        return Outcome(Ending.STOPPED, point, value)


def _cbc(scenario: Scenario, seconds: float) -> Iterator[tuple[str, Decisions]]:
    """Decisions of CBC after each level, the levels above held."""
    model = build(scenario)
    run = SearchRun(model, SearchLimits(time_limit=seconds), lambda progress, decisions: None, _PlainCbc())
    for number, goal in enumerate(model.goals):
        if not goal.terms:
            continue
        outcome = run.optimise(goal)
        if outcome.point is None or outcome.value is None:
            return
        try:
            yield "CBC without presolve", run.reader.decisions(outcome.point)
        except NotWhole:
            return
        if run.left() == 0.0:
            return
        run.hold(goal, outcome.value, f"held__{number}")
