"""How one goal is pursued: larger models from what is hard to what is easy, small ones at once."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Final

from planner.model.objective import Goal
from planner.solve import highs
from planner.solve.highs import ARITHMETIC
from planner.solve.outcome import Ending, Outcome, passed
from planner.solve.search_run import Pursuit

DESIGN_NODES: Final = 5000
TOTALS_NODES: Final = 20_000
SEATING_NODES: Final = 200
POLISH_NODES: Final = 30
"""Search nodes for steps of a larger model that need not be complete. Nodes, not seconds: the same plan every time."""

FIRST_GAP: Final = 0.01
"""Relative gap of the first rough design of a larger model."""


def search(run: Pursuit, goal: Goal) -> Outcome:
    """The best plan for `goal`, proven if time allows: from what is hard to what is easy.

    Larger models are solved design first: classes and yes-or-no decisions with people in fractions,
    roughly at first, so that there is soon a plan to keep.
    Then totals first: how many of a group take a programme, with periods in fractions. Each bounds
    every plan and is far easier than everything together, and each is turned into a plan with
    whole people. Only if that is further from the bound than the gap asked for is everything searched together.
    """
    if not run.engine.IN_STAGES:
        return run.optimise(goal)
    stages: list[tuple[AbstractContextManager[None], float, int | None]] = []
    if not highs.is_small(run.model):
        stages.append((run.people_in_fractions(), max(FIRST_GAP, run.limits.gap), DESIGN_NODES))
        stages.append((run.people_in_fractions(), run.limits.gap / 10, DESIGN_NODES))
    if run.model.variables.trained:
        stages.append((run.periods_in_fractions(), run.limits.gap / 2, TOTALS_NODES))
    bound: float | None = None
    best: Outcome | None = None
    if stages and run.point is None and highs.is_small(run.model):
        best = _better(goal, run.optimise(goal, gap=FIRST_GAP, most_nodes=1), None)  # soon a plan to keep
    for fractions, gap, nodes in stages:
        in_hand = None
        if best is not None and best.value is not None:
            in_hand = best.value, run.limits.gap * max(1.0, abs(best.value))
        with fractions:
            relaxed = run.optimise(
                goal,
                gap=gap,
                most_nodes=nodes,
                known_bound=bound,
                in_hand=in_hand,
                relaxed=True,
                heuristics=run.limits.polish or best is None,
            )
        if relaxed.ending in (Ending.INFEASIBLE, Ending.FAILED):
            break
        bound = relaxed.bound if relaxed.bound is not None else bound
        if relaxed.point is None:
            continue
        if _within(bound, best, run.limits.gap):
            break
        with run.design_fixed(relaxed.point):
            enough = gap if run.limits.polish else max(gap, run.limits.gap / 2)
            best = _better(goal, run.optimise(goal, gap=enough, most_nodes=SEATING_NODES), best)
        if _within(bound, best, run.limits.gap):
            break
    if best is not None and _within(bound, best, run.limits.gap):
        run.point = best.point
        return replace(best, ending=Ending.PROVEN, bound=bound, message="in stages")
    if best is not None:
        run.point = best.point
    last = run.optimise(goal, known_bound=bound)
    found = _better(goal, last, best)
    if found is None or found is last or found.value is None:
        return last
    run.point = found.point
    if last.bound is not None and not passed(found.value, last.bound, goal.sense):
        bound = last.bound
    ending = Ending.PROVEN if _within(bound, found, run.limits.gap) else Ending.STOPPED
    return replace(found, ending=ending, bound=bound)


def _within(bound: float | None, outcome: Outcome | None, gap: float) -> bool:
    """Whether `bound` proves the value of `outcome` to within `gap`."""
    if bound is None or outcome is None or outcome.value is None:
        return False
    return abs(bound - outcome.value) <= max(gap, ARITHMETIC) * max(1.0, abs(outcome.value))


def _better(goal: Goal, new: Outcome, old: Outcome | None) -> Outcome | None:
    """The outcome with the better point; None if neither has one."""
    with_points = [outcome for outcome in (new, old) if outcome is not None and outcome.value is not None]
    sign = 1.0 if goal.sense == "max" else -1.0
    return max(with_points, key=lambda outcome: sign * (outcome.value or 0.0), default=None)


def polish(run: Pursuit, goal: Goal) -> Outcome:
    """A better plan for a level after gaps closed, as far as a limited search goes; its bound says how far.

    Small models are searched to the end.
    """
    if not run.engine.IN_STAGES or highs.is_small(run.model) or run.point is None:
        return run.optimise(goal)
    with run.design_fixed(run.point):
        seated = run.optimise(goal, most_nodes=SEATING_NODES)
    if not run.limits.polish:
        return replace(seated, ending=Ending.STOPPED, bound=None)
    return run.optimise(goal, most_nodes=POLISH_NODES)
