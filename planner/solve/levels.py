"""The levels of the objective in turn, each held while the next is optimised; ties last.

The last level decides between plans that are equally good, by a written rule: fewest classes,
socializations and agreements, then earlier periods, then the order of the file. So the same scenario
gives the same plan.
"""

from __future__ import annotations

import time
from typing import Final

import pulp

from planner.domain.decisions import Decisions
from planner.domain.objectives import Level
from planner.domain.scenario import Scenario
from planner.model.build import Model
from planner.model.objective import Goal
from planner.model.refit import ModelCache
from planner.solve import highs
from planner.solve.answers import LevelOutcome, Solution
from planner.solve.hints import NO_HINTS, Hints
from planner.solve.outcome import Ending, Limits
from planner.solve.search_run import ENGINES, News, Pursuit
from planner.solve.search_stages import polish, search
from planner.solve.ties import tie_rules, weighed

TIE_GAP: Final = 0.001
TIE_NODES: Final = 20
SMALL_TIE_NODES: Final = 5
"""How far ties are pursued, in larger models and in small ones: a plan must not wait for tidiness."""


_MODELS: Final = ModelCache()
"""The built model that scenarios alike share in this process."""


def solve_levels(
    scenario: Scenario,
    limits: Limits,
    news: News = lambda progress, decisions: None,
    *,
    hints: Hints = NO_HINTS,
) -> Solution:
    """Solve `scenario` in this process, level by level, reporting to `news`."""
    began = time.monotonic()
    return solve_model(_MODELS.model(scenario, hints.mould), limits, news, began=began, start=hints.start)


def solve_model(
    model: Model,
    limits: Limits,
    news: News = lambda progress, decisions: None,
    *,
    began: float | None = None,
    start: Decisions | None = None,
) -> Solution:
    """Solve a built `model` level by level; the time limit counts from `began`, which is now by default."""
    run = Pursuit(model, limits, news, ENGINES[limits.solver], began or time.monotonic(), hint=start)
    strategy = "levels"
    first: Decisions | None = None
    levels: list[LevelOutcome] = []
    must_prove = [goal.level.goal for goal in model.goals].index("gaps_closed")
    if not any(goal.terms for goal in model.goals):  # nothing to gain, but rules to keep
        feasible = run.optimise(Goal(Level(), ((_any_variable(model), 0.0),), "min", 1.0))
        if feasible.point is None:
            return Solution(feasible.ending, message=feasible.message, strategy=strategy)
    for number, goal in enumerate(model.goals):
        if not goal.terms:
            levels.append(LevelOutcome(goal.level, 0.0, 0.0, proven=True))
            continue
        outcome = search(run, goal) if number <= must_prove else polish(run, goal)
        if outcome.point is None or outcome.value is None:
            if run.point is not None:  # an earlier level's plan stands
                break
            return Solution(outcome.ending, message=outcome.message, strategy=strategy)
        bound = None if outcome.bound is None else outcome.bound * goal.scale
        levels.append(LevelOutcome(goal.level, outcome.value * goal.scale, bound, outcome.ending == Ending.PROVEN))
        if outcome.ending != Ending.PROVEN and number <= must_prove:
            break
        if number == must_prove and run.point is not None:
            first = run.reader.decisions(run.point)
        run.hold(goal, outcome.value, f"held__{number}")
    complete = len(levels) > must_prove and all(level.proven for level in levels[: must_prove + 1])
    if complete:
        settle_ties(run)
    decisions = Decisions() if run.point is None else run.reader.decisions(run.point)
    ending = Ending.PROVEN if complete else Ending.STOPPED
    return Solution(ending, decisions, tuple(levels), strategy=strategy, first=first)


def _any_variable(model: Model) -> pulp.LpVariable:
    """Some variable of the model, for an objective that prefers nothing."""
    variables = model.problem.variables()
    return variables[0] if variables else model.problem.add_variable("nothing", 0, 0)


def settle_ties(run: Pursuit) -> None:
    """Optimise the tie rules one after the other; each keeps what it reached.

    In larger models they are weighed into one goal and searched briefly over people alone: there the
    levels leave next to no ties, and the fixed seed sees to it that the same scenario gives the same plan.
    """
    rules = list(tie_rules(run.model))
    if not highs.is_small(run.model) and run.point is not None:
        with run.design_fixed(run.point):
            run.optimise(weighed(rules), gap=TIE_GAP, most_nodes=TIE_NODES)
        return
    for number, goal in enumerate(rules):
        left = run.left()
        if not goal.terms or (left is not None and left <= 0):
            continue
        before = run.point
        outcome = run.optimise(goal, most_nodes=SMALL_TIE_NODES, heuristics=False)
        if outcome.point is None or outcome.value is None:
            run.point = before
            return
        run.hold(goal, outcome.value, f"tie__{number}")
