"""A plan for an aim of its own: nearest to a given plan, unlike those known, or with a rule least missed."""

from __future__ import annotations

import time

from planner.domain.scenario import Scenario
from planner.model.aims import Aim, aim_goal
from planner.model.build import build
from planner.solve.hints import NO_HINTS, Hints
from planner.solve.levels import Solution, settle_ties
from planner.solve.outcome import Ending, Limits
from planner.solve.pursuit import ENGINES, News, Pursuit
from planner.solve.stages import polish, search


def solve_aim(scenario: Scenario, limits: Limits, aim: Aim, news: News, hints: Hints = NO_HINTS) -> Solution:
    """The plan that comes nearest to `aim`; among those, the levels of the objective as far as a short search goes.

    Nothing is proven of the levels, so the solution has none.
    """
    began = time.monotonic()
    model = build(scenario)
    run = Pursuit(model, limits, news, ENGINES[limits.solver], began, hint=hints.start)
    if aim.at_least is not None:
        gaps = next(goal for goal in model.goals if goal.level.goal == "gaps_closed")
        run.hold(gaps, aim.at_least / gaps.scale, "enough")
    goal = aim_goal(model, aim)
    outcome = search(run, goal)
    if outcome.point is None or outcome.value is None or run.point is None:
        return Solution(outcome.ending, message=outcome.message, strategy="aim")
    run.hold(goal, outcome.value, "aim")
    for number, level in enumerate(model.goals):
        if not level.terms or run.left() == 0.0:
            continue
        reached = polish(run, level)
        if reached.value is None:
            break
        run.hold(level, reached.value, f"held__{number}")
    settle_ties(run)
    return Solution(Ending.STOPPED, run.reader.decisions(run.point), strategy="aim")
