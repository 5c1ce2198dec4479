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
from planner.check.planners_rules import Measures, check_rules
from planner.check.proof import check_objective, check_proof
from planner.check.rows import read_decisions
from planner.check.totals import check_totals
from planner.check.verdict import Ledger, Verdict
from planner.domain.scenario import Scenario


def check_plan(scenario: Scenario, plan: Mapping[str, Any]) -> Verdict:
    """The independent opinion on `plan`, plain data in the form of plan.json.

    Everything is recomputed from the rows of allocations, classes, socialized, seats and payments in
    int and Fraction, with tolerance 0; every figure the plan states must be the one recomputed.
    Whatever the data is, the answer is a verdict: what cannot be read is a finding, never an exception.
    """
    ledger = Ledger()
    if not check_form(scenario, plan, ledger):
        return ledger.verdict()
    decisions = read_decisions(scenario, plan, ledger)
    check_people(scenario, decisions, ledger)
    check_classes(scenario, decisions, ledger)
    due = amounts_due(scenario, decisions, ledger)
    check_payments(scenario, decisions, due, ledger)
    check_funds(scenario, decisions, due, ledger)
    closed, spent = closed_gaps(scenario, decisions), spent_by_fund(scenario, decisions)
    measures = Measures(scenario, decisions, due, closed)
    outcomes = [measures.outcome(rule) for rule in scenario.rules]
    check_rules(plan, outcomes, ledger)
    check_closings(scenario, plan, closed, ledger)
    check_totals(scenario, plan, closed, spent, ledger)
    check_objective(scenario, plan, closed, spent, outcomes, ledger)
    check_proof(plan, ledger)
    return ledger.verdict()
