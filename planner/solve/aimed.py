"""Plans for an aim: nearest to a given plan, unlike known plans, or missing a rule least."""

from __future__ import annotations

import time
from typing import Final

from planner.domain.aim import Aim
from planner.domain.attendance import NOTHING_LEARNT, Learnt
from planner.domain.decisions import Decisions
from planner.domain.scenario import Scenario
from planner.model.build import build
from planner.model.objective import Goal
from planner.model.targets import aim_goal
from planner.solve.answers import Solution
from planner.solve.hints import NO_HINTS, Hints
from planner.solve.levels import settle_ties
from planner.solve.outcome import Ending, Outcome, PlanStrategy, SearchLimits
from planner.solve.search_run import News, SearchRun
from planner.solve.search_stages import polish, search

SMALL_NODES: Final = 5000
AS_STARTED_NODES: Final = 1
AS_STARTED_GAP: Final = 0.1
"""Search nodes in small models; nodes and relative gap among plans with given classes. Nodes rather than seconds, so
that the plan is the same every time."""


def solve_aim(
    scenario: Scenario,
    limits: SearchLimits,
    aim: Aim,
    news: News,
    hints: Hints = NO_HINTS,
    learnt: Learnt = NOTHING_LEARNT,
) -> Solution:
    """Search the plan nearest to `aim`, then improve the levels of the objective by a short search.

    The solution makes no claim about the levels, only about the value of the aim.
    """
    began = time.monotonic()
    model = build(scenario, learnt=learnt)
    run = SearchRun.of(model, limits, news, began=began, hint=hints.start)
    if aim.at_least is not None:
        gaps = next(goal for goal in model.goals if goal.level.goal == "gaps_closed")
        run.hold(gaps, aim.at_least / gaps.scale, "enough")
    goal = aim_goal(model, aim)
    if aim.as_started and hints.start is not None:
        outcome = _as_started(run, goal, hints.start)
    else:
        aimed = any(factor for _, factor in goal.terms)
        outcome = search(run, goal, bounded=aim.bounded) if aimed else run.optimise(goal, gap=1.0)
    if outcome.point is None or outcome.value is None or run.point is None:
        return Solution(outcome.ending, message=outcome.message, strategy=PlanStrategy.AIM)
    value = outcome.value * goal.scale
    if aim.alone:
        return Solution(Ending.STOPPED, run.reader.decisions(run.point), strategy=PlanStrategy.AIM, aim_value=value)
    run.hold(goal, outcome.value, "aim")
    for number, level in enumerate(model.goals):
        if not level.terms or run.left() == 0.0:
            continue
        reached = polish(run, level)
        if reached.value is None:
            break
        run.hold(level, reached.value, f"held__{number}")
    settle_ties(run)
    return Solution(Ending.STOPPED, run.reader.decisions(run.point), strategy=PlanStrategy.AIM, aim_value=value)


def _as_started(run: SearchRun, goal: Goal, start: Decisions) -> Outcome:
    """Optimise `goal` among plans with the classes, socialized groups and used funds of `start`."""
    v = run.model.variables
    values = run.reader.start(start)
    for variable in (*v.classes.values(), *v.runs.values(), *v.socialized.values(), *v.used.values()):
        variable.lowBound = variable.upBound = round(values[variable.id])
    if run.thorough:
        return run.optimise(goal, most_nodes=SMALL_NODES)
    return run.optimise(goal, gap=AS_STARTED_GAP, most_nodes=AS_STARTED_NODES)
