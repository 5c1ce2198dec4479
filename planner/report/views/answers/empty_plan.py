"""A placeholder for the plan in answers about a scenario that has none."""

from __future__ import annotations

from planner.domain.decisions import Decisions
from planner.domain.objectives import levels_of
from planner.domain.scenario import Scenario
from planner.plans.assembly import assemble
from planner.plans.plan import Plan, SolverRun


def empty_plan(scenario: Scenario) -> Plan:
    """Return a plan without any training. It may break rules, and no figure of it is shown."""
    run = SolverRun("", "", None, "")
    return assemble(
        scenario, Decisions(), (), attendance=(), levels=levels_of(scenario), bounds={}, tolerance=0.0, solver=run
    )
