"""Decisions made for another scenario, as a plan of a given one."""

from __future__ import annotations

from collections.abc import Sequence

from planner import planning
from planner.domain.decisions import Decisions
from planner.domain.scenario import Scenario
from planner.errors import PlannerError
from planner.payments.payment import Payment
from planner.plans.claim import Bounds
from planner.plans.plan import Plan, SolverRun


def adopt_if_feasible(
    scenario: Scenario,
    decisions: Decisions,
    *,
    payments: Sequence[Payment] | None = None,
    bounds: Sequence[Bounds] = (),
    tolerance: float = 0.0001,
    solver: SolverRun | None = None,
) -> Plan | None:
    """Return the checked plan of `decisions`, as `planning.adopt` does; None if they are not feasible here."""
    try:
        return planning.adopt(scenario, decisions, payments=payments, bounds=bounds, tolerance=tolerance, solver=solver)
    except PlannerError:
        return None
