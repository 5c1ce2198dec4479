"""Search for one goal: larger models in stages, the hard decisions first; small models at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Final

from planner.model.objective import Goal
from planner.solve.engine import Feature, SearchStrategy
from planner.solve.guided.brief import resumed
from planner.solve.guided.search import FAR, LOWER_GAP, guided, is_guided, reseated
from planner.solve.model_size import NEAR_ENOUGH, is_large, is_small
from planner.solve.outcome import DEFAULT_GAP, Ending, Outcome, better, certified, passed, tightest
from planner.solve.search_run import SearchRun

NEEDED_FOR_STAGES: Final = frozenset({Feature.PARTIAL_START, Feature.NODE_LIMIT, Feature.KNOWN_BOUND})
"""Features that an engine needs for stages: each starts from the plan of the one before, and has a node limit."""

DESIGN_NODES: Final = 5000
TOTALS_NODES: Final = 20_000
COMPARED_TOTALS_NODES: Final = 1000
SEATING_NODES: Final = 200
BRIEF_NODES: Final = 4000
COMPARED_NODES: Final = 200
BRIEFLY_NODES: Final = 50
"""Search nodes for steps of a larger model that need not be complete, and for the whole model of a plan that is only
compared; fewer for a small model, as the exact proof searches more. Nodes rather than seconds, so that the plan is the
same every time."""

LOWER_NODES: Final = 500
"""Most search nodes of the whole model for a level below gaps closed."""

LOWER_AT_LEAST: Final = 5000
"""Search nodes that a small model may take for a level below gaps closed, even where the levels above took fewer: it is
searched to the end, but for no longer than all above it. In a province of 19 groups, 24,000 nodes saved nothing that
4,000 had not, in 23 of 61 s."""

UNBOUNDED_GAP: Final = 0.002
"""Relative distance from its bound up to which a guided plan is good enough where only the plan is asked for."""

FIRST_GAP: Final = 0.01
"""Relative gap of the first rough design of a larger model."""


def search(run: SearchRun, goal: Goal, *, bounded: bool = True) -> Outcome:
    """Search the best plan for `goal`, proven if time allows; where it need not be `bounded`, a guided plan may be
    enough.

    Larger models begin with the design: classes and yes-or-no decisions whole, people in fractions, with a wide gap at
    first so that a plan is found early. Then the totals: how many of a group take a programme, with periods in
    fractions. Each stage bounds every plan, is far easier than the whole model, and is turned into a plan with whole
    people. The whole model is searched only where that plan is further from the bound than the gap asked for; after the
    guided search this begins without heuristics, and whether people can attend the plan is checked first. The search
    ends where the gap is less than one gap of one person: in a district of 14 groups, 0.01% is a tenth of a person,
    which searches of five minutes do not settle. A search of the whole model has BRIEF_NODES to settle it all the same,
    which in small models is mostly enough. A plan that is only compared is never searched to the end: it has an
    interval.
    """
    if not _in_stages(run):
        return run.optimise(goal)
    compared = not run.limits.polish and not run.thorough
    first = _guided(run, goal) if (run.point is None or compared) and is_guided(run) else None
    best: Outcome | None
    if first is None:
        best, bound = _by_stages(run, goal, compared=compared)
        if best is not None and compared and not _proven(run, best, bound):
            first = replace(best, bound=bound)
            run.point = best.point
    elif first.ending is Ending.PROVEN or run.limits.strategy is SearchStrategy.GUIDED:
        return first
    else:
        sought = not bounded and compared and certified(first.value, first.bound, UNBOUNDED_GAP)
        if sought or _enough(run, goal, first):
            return replace(first, ending=Ending.ENOUGH)
    if first is not None:
        run.ensure_attended()
        best, bound = _briefly(run, goal, first, compared=compared)
        near = None if best is None else replace(best, ending=Ending.ENOUGH, bound=bound)
        if near is not None and not _proven(run, near, bound) and _enough(run, goal, near, searched=True):
            run.point = near.point
            return near
    if best is not None:
        run.point = best.point
        if _proven(run, best, bound):
            return replace(best, ending=Ending.PROVEN, bound=bound, message="in stages")
    return _whole(run, goal, best, bound)


def begun_near(run: SearchRun, goal: Goal, bound: float) -> Outcome | None:
    """Take the decisions that `run` starts from as the best point for `goal`, where `bound` shows that they are good
    enough; None where they are not, so that they are only where the search begins."""
    found = resumed(run, goal, bound) if Feature.PRICES in run.engine.features else None
    if found is not None and not _proven(run, found, bound):
        found = replace(found, ending=Ending.ENOUGH) if _enough(run, goal, found) else None
    if found is None:
        run.point = None
    return found


def _stages(run: SearchRun, compared: bool) -> Iterator[tuple[AbstractContextManager[None], float, int]]:
    """Yield for each stage: what is left in fractions, the gap that it is searched to, and its search nodes."""
    if not run.thorough:
        yield run.people_in_fractions(), max(FIRST_GAP, run.limits.gap), DESIGN_NODES
        yield run.people_in_fractions(), run.limits.gap / 10, DESIGN_NODES
    if run.model.variables.trained:
        yield run.periods_in_fractions(), run.limits.gap / 2, COMPARED_TOTALS_NODES if compared else TOTALS_NODES


def _by_stages(run: SearchRun, goal: Goal, *, compared: bool) -> tuple[Outcome | None, float | None]:
    """Return the best plan of the stages and their bound on every plan; (None, None) where there are no stages."""
    best: Outcome | None = None
    bound: float | None = None
    stages = [] if run.limits.strategy is SearchStrategy.EXACT else list(_stages(run, compared))
    if stages and run.point is None and run.thorough:
        # a wide gap first, so that there is a plan early
        best = better(goal.sense, run.optimise(goal, gap=FIRST_GAP, most_nodes=1), None)
    for fractions, gap, nodes in stages:
        reached = None
        if best is not None and best.value is not None:
            reached = best.value, run.limits.gap * max(1.0, abs(best.value))
        with fractions:
            relaxed = run.optimise(
                goal,
                gap=gap,
                most_nodes=nodes,
                known_bound=bound,
                reached=reached,
                relaxed=True,
                heuristics=run.limits.polish or best is None,
            )
        if relaxed.ending in (Ending.INFEASIBLE, Ending.FAILED):
            break
        bound = tightest(goal.sense, relaxed.bound, bound)
        if relaxed.point is None:
            continue
        if _proven(run, best, bound):
            break
        with run.design_fixed(relaxed.point):
            enough = gap if run.limits.polish else max(gap, run.limits.gap / 2)
            best = better(goal.sense, run.optimise(goal, gap=enough, most_nodes=SEATING_NODES), best)
        if _proven(run, best, bound):
            break
    return best, bound


def _briefly(run: SearchRun, goal: Goal, first: Outcome, *, compared: bool) -> tuple[Outcome | None, float | None]:
    """Search the whole model briefly after the `first` plan and its bound; return the best plan and the bound."""
    most = BRIEF_NODES  # for an aim also where plans are only compared
    if compared and goal.level.goal:
        most = BRIEFLY_NODES if is_small(run.model) else COMPARED_NODES
    brief = run.optimise(goal, known_bound=first.bound, most_nodes=most, heuristics=False)
    return better(goal.sense, brief, first), tightest(goal.sense, brief.bound, first.bound)


def _whole(run: SearchRun, goal: Goal, best: Outcome | None, bound: float | None) -> Outcome:
    """Search the whole model to the end, from the `best` plan and the `bound` known; return the better plan."""
    one = _one_gap(run, goal)
    last = run.optimise(goal, known_bound=bound, settled=None if one is None else (one, BRIEF_NODES))
    found = better(goal.sense, last, best)
    if found is None or found is last or found.value is None:
        return replace(last, ending=Ending.ENOUGH) if one is not None and _stopped_near(last, one) else last
    run.point = found.point
    if last.bound is not None and not passed(found.value, last.bound, goal.sense):
        bound = tightest(goal.sense, last.bound, bound)
    ending = Ending.PROVEN if _proven(run, found, bound) else Ending.STOPPED
    known = replace(found, ending=ending, bound=bound)
    return replace(known, ending=Ending.ENOUGH) if one is not None and _stopped_near(known, one) else known


def _guided(run: SearchRun, goal: Goal) -> Outcome | None:
    """Return the result of the guided search; or the best point so far, from the levels above, where that is better."""
    before = run.point
    found = guided(run, goal)
    if found is None or found.value is None or before is None:
        return found
    value = sum(factor * float(before[variable.id]) for variable, factor in goal.terms)
    best = better(goal.sense, found, Outcome(Ending.STOPPED, before, value))
    if best is None or best is found:
        return found
    run.point = before
    return replace(best, ending=Ending.PROVEN if _proven(run, best, found.bound) else best.ending, bound=found.bound)


def _in_stages(run: SearchRun) -> bool:
    """Return whether the engine can be run in stages."""
    return run.engine.features >= NEEDED_FOR_STAGES


def _proven(run: SearchRun, outcome: Outcome | None, bound: float | None) -> bool:
    """Return whether `bound` proves the value of `outcome` to within the gap asked for."""
    return outcome is not None and certified(outcome.value, bound, run.limits.gap)


def _enough(run: SearchRun, goal: Goal, outcome: Outcome, *, searched: bool = False) -> bool:
    """Return whether the search for a level may end although its gap is above the one asked for, if that is the
    default.

    It may where the gap is less than that of one person; in large models where it is small, since the whole model would
    be searched to the time limit; and once it was `searched` for a while, for a plan that is only compared: such plans
    are compared by an interval that ends at the bound.
    """
    if not goal.level.goal or run.limits.gap < DEFAULT_GAP or outcome.value is None or outcome.bound is None:
        return False
    if searched and not run.limits.polish:
        return True
    if is_large(run.model) and certified(outcome.value, outcome.bound, NEAR_ENOUGH):
        return True
    one = _one_gap(run, goal)
    return one is not None and abs(outcome.bound - outcome.value) < one


def _one_gap(run: SearchRun, goal: Goal) -> float | None:
    """Return what the gap of one person is worth at least in `goal`; None where a smaller gap is asked for or gaps are
    not the goal."""
    if goal.level.goal != "gaps_closed" or run.limits.gap < DEFAULT_GAP:
        return None
    closed = {variable.id for variable in run.model.variables.closed.values()}
    return min((abs(factor) for variable, factor in goal.terms if variable.id in closed), default=0.0)


def _stopped_near(outcome: Outcome, one: float) -> bool:
    """Return whether a search that was stopped leaves less than the gap of `one` person open."""
    known = outcome.ending is Ending.STOPPED and outcome.value is not None and outcome.bound is not None
    return known and abs((outcome.bound or 0.0) - (outcome.value or 0.0)) < one


def polish(run: SearchRun, goal: Goal) -> Outcome:
    """Improve the plan for a level below gaps closed by a limited search; in small models to the end, or until little
    can be saved.

    People are seated by rounding first, with another design where the bound of the relaxation leaves a large gap; in
    models that are not large they are then searched, and the whole model too where the gap is still large: in another
    design, rounding may find no people. All plans are treated alike, except that a plan shown alone has a smaller gap
    from which people are searched.
    """
    if not _in_stages(run) or run.point is None:
        return run.optimise(goal)
    if run.thorough:
        now = sum(factor * float(run.point[variable.id]) for variable, factor in goal.terms)
        near = LOWER_GAP * max(1.0, abs(now)), BRIEF_NODES
        return run.optimise(goal, most_nodes=max(LOWER_AT_LEAST, run.nodes), settled=near)
    best = reseated(run, goal) if is_guided(run) else None
    bound = None if best is None else best.bound
    if best is not None and (is_large(run.model) or (not run.limits.polish and certified(best.value, bound, FAR))):
        return best
    with run.design_fixed(run.point):
        seated = run.optimise(goal, most_nodes=SEATING_NODES)
    best = better(goal.sense, seated, best)
    if best is None or best.point is None:
        return seated
    run.point = best.point
    if not certified(best.value, bound, FAR):
        whole = run.optimise(goal, known_bound=bound, most_nodes=LOWER_NODES)
        best, bound = better(goal.sense, whole, best) or best, tightest(goal.sense, whole.bound, bound)
        run.point = best.point
    return replace(best, ending=Ending.PROVEN if _proven(run, best, bound) else Ending.STOPPED, bound=bound)
