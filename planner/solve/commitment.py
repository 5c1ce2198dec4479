"""Finds which classes to commit before it is known which funds come."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import inf, nextafter
from typing import Final

import pulp

from planner.domain.aim import Aim
from planner.domain.decisions import Decisions
from planner.domain.funding_case import FundingCase
from planner.domain.scenario import Scenario
from planner.model.commitment import Commitment, build_commitment
from planner.model.targets import aim_goal
from planner.proof.commitment import commitment_bound
from planner.solve.answers import Committed
from planner.solve.outcome import SearchLimits
from planner.solve.search_run import News, SearchRun, in_fractions

EXACT: Final = 1500
"""Whole numbers in all cases together up to which all of them are kept whole, rather than relaxed."""

DESIGN_NODES: Final = 200
EXACT_NODES: Final = 5000
NEAR_NODES: Final = 500
EFFORT: Final = 0.25
"""Search nodes of each search, and effort of its exact proof (`commitment_bound`). No seconds, so that the commitment
is the same every time."""


def solve_commitment(
    scenario: Scenario, cases: Sequence[FundingCase], limits: SearchLimits, news: News, start: Decisions | None = None
) -> Committed:
    """Find the classes of a plan of `scenario` that close most gaps on average over the `cases`.

    First only the committed plan is whole and the cases are relaxed, which is quick and bounds every commitment. Small
    models are then solved with all whole; of equally good commitments the one nearest to `start` is taken.
    """
    began = time.monotonic()
    model = build_commitment(scenario, cases)
    run = SearchRun.of(model.committed, limits, news, began=began, hint=start)
    if not model.goal.terms:
        return Committed(None if start is None else start.classes, 0.0)
    with in_fractions(_whole_of_cases(model)):
        best = run.optimise(model.goal, gap=limits.gap, most_nodes=DESIGN_NODES)
    value, bound = best.value, best.bound
    if len(_whole(model)) <= EXACT and run.left() != 0.0:
        exact = run.optimise(model.goal, known_bound=bound, most_nodes=EXACT_NODES)
        value, bound = exact.value, exact.bound if exact.bound is not None else bound
        if exact.value is not None and start is not None and run.left() != 0.0:
            run.hold(model.goal, exact.value, "enough")
            run.optimise(aim_goal(model.committed, Aim(classes=start.classes)), most_nodes=NEAR_NODES)
    return Committed(
        _classes(run), _confirmed(scenario, cases, run, None if value is None else value * model.goal.scale)
    )


def _confirmed(scenario: Scenario, cases: Sequence[FundingCase], run: SearchRun, found: float | None) -> float | None:
    """Return the bound that exact arithmetic confirms for every commitment."""
    asked = [(case.scenario, case.probability, case.may_fail) for case in cases]
    proven = commitment_bound(scenario, asked, found, gap=run.limits.gap, effort=EFFORT, seconds=run.left())
    if proven is None:
        return None
    near = float(proven)
    return near if Fraction(near) >= proven else nextafter(near, inf)


def _classes(run: SearchRun) -> Mapping[tuple[str, str], int] | None:
    return None if run.point is None else run.reader.decisions(run.point).classes


def _whole(model: Commitment) -> list[pulp.LpVariable]:
    """List the whole variables of the committed plan and of all cases."""
    return [variable for variable in model.committed.problem.variables() if variable.cat == pulp.LpInteger]


def _whole_of_cases(model: Commitment) -> list[pulp.LpVariable]:
    """List the whole variables of the cases."""
    committed = {v.id for family in model.committed.variables.families().values() for v in family.values()}
    return [variable for variable in _whole(model) if variable.id not in committed]
