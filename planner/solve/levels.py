"""Optimises the levels of the objective in turn, each held while the next is optimised; ties last.

Ties between equally good plans are decided by a written rule: fewest classes, socializations and agreements, then
earlier periods, then the order of the file. So the same scenario gives the same plan. In scenarios of more than 5,000
whole numbers the rule decides only in which of the periods of its classes people train, not who.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from math import inf
from typing import Final

import pulp

from planner.domain.attendance import NOTHING_LEARNT, Learnt
from planner.domain.decisions import Decisions
from planner.domain.objectives import Level
from planner.domain.scenario import Scenario
from planner.model.build import Model, build
from planner.model.objective import Goal
from planner.model.refit import ModelTemplates
from planner.solve.answers import LevelOutcome, Solution
from planner.solve.engine import Feature
from planner.solve.guided.brief import briefly, resumed
from planner.solve.guided.search import is_guided, reseated
from planner.solve.guided.taken_seats import decided_in_periods
from planner.solve.hints import NO_HINTS, Hints
from planner.solve.job import Learn, Proven
from planner.solve.model_size import has_many, is_large
from planner.solve.outcome import Ending, SearchLimits
from planner.solve.search_run import News, SearchRun, Unattended
from planner.solve.search_stages import begun_near, polish, search
from planner.solve.ties import tie_rules, weighed

TIE_GAP: Final = 0.001
TIE_NODES: Final = 20
SMALL_TIE_NODES: Final = 5
"""Relative gap for deciding ties, and search nodes for it in larger and in small models. Nodes rather than seconds, so
that the plan does not depend on the machine."""

MOST_LESSONS: Final = 10
"""Most restarts of a search because nobody could attend its plan."""

AGAIN: Final = 1.5
"""A restart needs so many times the time that the search took until it had a plan."""

SETTLED: Final = frozenset({Ending.PROVEN, Ending.ENOUGH})
"""Endings of the search of a level after which the levels below it are searched too."""

_TEMPLATES: Final = ModelTemplates()
"""The built model that similar scenarios in this process share."""


def solve_levels(
    scenario: Scenario,
    limits: SearchLimits,
    news: News = lambda progress, decisions: None,
    *,
    hints: Hints = NO_HINTS,
    learnt: Learnt = NOTHING_LEARNT,
    within: Decisions | None = None,
    brief: bool = False,
    first: Proven | None = None,
    learn: Learn | None = None,
) -> Solution:
    """Solve `scenario` in this process, level by level, reporting to `news`; participants stay `within` some.

    A `brief` search ends with a plan that is probably the best where that is found quickly. The `first` level is not
    searched where it is proven. Where there are many people, `learn` checks before the last step of the search whether
    they can attend its plan; if not, the search restarts with the limits learnt, as long as there is time for that.
    """
    began = time.monotonic()
    model = build(scenario, learnt=learnt) if learnt.any else _TEMPLATES.model(scenario, hints.template)
    if within is not None:
        for seat, x in model.variables.participants.items():
            x.upBound = min(x.upBound or 0, within.participants.get(seat, 0))
    if first is not None:
        return solve_model(model, limits, news, began=began, start=first.decisions, bound=first.bound)
    if brief or learn is None or not has_many(model):
        return solve_model(model, limits, news, began=began, start=hints.start, brief=brief, known=hints.bound)
    return _with_lessons(model, limits, news, began, hints, learn)


def _with_lessons(model: Model, limits: SearchLimits, news: News, began: float, hints: Hints, learn: Learn) -> Solution:
    """Solve `model`, restarting with the limits learnt from plans that nobody could attend, while there is time for
    that."""
    told, start, bound = model.parts.learnt, hints.start, hints.bound
    for lesson in range(MOST_LESSONS + 1):
        known, begun = model.parts.learnt, time.monotonic()
        taught = None if known is told else known
        try:
            found = solve_model(
                model, limits, news, began=began, start=start, known=bound, learn=_asking(learn, model),
                taught=taught is not None,
            )  # fmt: skip
        except Unattended as unattended:
            bound = None  # it holds, but these decisions are no plan
            start, now = unattended.decisions, time.monotonic()
            left = inf if limits.time_limit is None else limits.time_limit - (now - began)
            if lesson == MOST_LESSONS or left < AGAIN * (now - begun):
                break
            model = build(model.scenario, learnt=unattended.learnt)
            continue
        if found.decisions is None and taught is not None and found.ending is not Ending.INFEASIBLE:
            break  # time was up before another plan was found
        return replace(found, learnt=taught)
    return Solution(Ending.STOPPED, start, learnt=taught)


def _asking(learn: Learn, model: Model) -> Callable[[Decisions], Learnt | None]:
    """Return a function that tells what decisions teach beyond what `model` knows."""
    return lambda decisions: learn(model.scenario, decisions, model.parts.learnt)


def solve_model(
    model: Model,
    limits: SearchLimits,
    news: News = lambda progress, decisions: None,
    *,
    began: float | None = None,
    start: Decisions | None = None,
    brief: bool = False,
    bound: float | None = None,
    known: float | None = None,
    learn: Callable[[Decisions], Learnt | None] | None = None,
    taught: bool = False,
) -> Solution:
    """Solve a built `model` level by level; the time limit counts from `began`, by default from now.

    With a `bound` of the first level, the decisions of `start` are proven there; with one that is `known` of it, they
    may be near enough. `taught` says that the model already has the limits learnt from `start`. Raises Unattended where
    `learn` finds that nobody can attend the plan.
    """
    run = SearchRun.of(model, limits, news, began=began, hint=start)
    run.learn, run.taught = learn, taught
    brief = brief and Feature.PRICES in run.engine.features
    first: Decisions | None = None
    levels: list[LevelOutcome] = []
    must_prove = [goal.level.goal for goal in model.goals].index("gaps_closed")
    if not any(goal.terms for goal in model.goals):  # no gap can be closed, but rules must be kept
        feasible = run.optimise(Goal(Level(), ((_any_variable(model), 0.0),), "min", 1.0))
        if feasible.point is None:
            return Solution(feasible.ending, message=feasible.message)
    for number, goal in enumerate(model.goals):
        run.limits = limits
        if not goal.terms:
            levels.append(LevelOutcome(goal.level, 0.0, 0.0, Ending.PROVEN))
            continue
        found = briefly(run, goal) if brief else None
        if bound is not None and not number:
            found = resumed(run, goal, bound / goal.scale)
        elif known is not None and not number and start is not None:
            found = begun_near(run, goal, known / goal.scale)
        brief = brief and (found is not None or number > must_prove)
        outcome = found or (search(run, goal) if number <= must_prove else polish(run, goal))
        if outcome.point is None or outcome.value is None:
            if run.point is not None:  # an earlier level's plan stands
                break
            return Solution(outcome.ending, message=outcome.message)
        bound = None if outcome.bound is None else outcome.bound * goal.scale
        levels.append(LevelOutcome(goal.level, outcome.value * goal.scale, bound, outcome.ending))
        if outcome.ending not in SETTLED and number <= must_prove:
            break
        if number == must_prove and run.point is not None:
            first = run.reader.decisions(run.point)
        run.hold(goal, outcome.value, f"held__{number}")
    endings = {level.ending for level in levels[: must_prove + 1]}
    complete = len(levels) > must_prove and endings <= SETTLED
    if complete and brief and not is_large(run.model):  # searches for ties would take longer than all before them
        reseated(run, weighed(list(tie_rules(run.model))), nodes=0)
    elif complete:
        settle_ties(run)
    decisions = Decisions() if run.point is None else run.reader.decisions(run.point)
    ending = Ending.STOPPED if not complete else Ending.ENOUGH if Ending.ENOUGH in endings else Ending.PROVEN
    return Solution(ending, decisions, tuple(levels), first=first, brief=brief, attended=run.attended)


def _any_variable(model: Model) -> pulp.LpVariable:
    """Return some variable of the model, for an objective that prefers nothing."""
    variables = model.problem.variables()
    return variables[0] if variables else model.problem.add_variable("nothing", 0, 0)


def settle_ties(run: SearchRun) -> None:
    """Optimise the tie rules one after the other, each held while the next is optimised.

    In larger models they are weighted into one goal, and people are seated by it within the design: few ties are left
    there, and the fixed seed gives the same plan for the same scenario. In large ones only their periods are decided.
    """
    rules = list(tie_rules(run.model))
    if not run.thorough and run.point is not None:
        if is_guided(run) and is_large(run.model) and decided_in_periods(run, weighed(rules)):
            return
        if is_guided(run) and reseated(run, weighed(rules), nodes=0) is not None:
            return
        if not run.limits.polish:  # for a plan that is only compared
            return
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
