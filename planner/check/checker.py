"""The check of a plan, from the file's form to its proof of optimality: the map of this package."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from planner.check.class_rules import check_classes
from planner.check.closings import check_closings, closed_gaps
from planner.check.costs import amounts_due
from planner.check.form import check_form
from planner.check.fund_rules import check_funds, spent_by_fund
from planner.check.payments import check_payments
from planner.check.people import check_people
from planner.check.proof import check_objective, check_proof
from planner.check.rows import read_decisions
from planner.check.rules import RuleMeasures, check_rules
from planner.check.totals import check_totals
from planner.check.verdict import FindingLog, Verdict
from planner.domain.scenario import Scenario


def check_plan(scenario: Scenario, plan: Mapping[str, Any]) -> Verdict:
    """The independent opinion on `plan`, plain data in the form of plan.json.

    Everything is recomputed from the rows of allocations, classes, socialized, seats and payments in
    int and Fraction, with tolerance 0; every figure the plan states must be the one recomputed.
    Whatever the data is, the answer is a verdict: what cannot be read is a finding, never an exception.
    """
    log = FindingLog()
    if not check_form(scenario, plan, log):
        return log.verdict()
    decisions = read_decisions(scenario, plan, log)
    check_people(scenario, decisions, log)
    check_classes(scenario, decisions, log)
    due = amounts_due(scenario, decisions, log)
    check_payments(scenario, decisions, due, log)
    check_funds(scenario, decisions, due, log)
    closed, spent = closed_gaps(scenario, decisions), spent_by_fund(scenario, decisions)
    measures = RuleMeasures(scenario, decisions, due, closed)
    outcomes = [measures.outcome(rule) for rule in scenario.rules]
    check_rules(plan, outcomes, log)
    check_closings(scenario, plan, closed, log)
    check_totals(scenario, plan, closed, spent, log)
    check_objective(scenario, plan, closed, spent, outcomes, log)
    check_proof(plan, log)
    return log.verdict()
