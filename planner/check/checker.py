"""The check of a plan, from the file's form to its proof of optimality: the map of this package."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from planner.check.actuals import breaches, check_facts, due_before, facts_of, rest_of
from planner.check.attendance import check_attendance
from planner.check.closings import check_closings, check_years, closed_by, weighted_gaps
from planner.check.costs import amounts_due
from planner.check.eligible import Eligible
from planner.check.form import check_form
from planner.check.fund_rules import check_funds, spent_by_fund
from planner.check.payments import check_payments
from planner.check.proof import check_objective, check_proof
from planner.check.rows import read_decisions
from planner.check.rules import RuleMeasures, check_rules
from planner.check.totals import check_totals
from planner.check.verdict import FindingLog, Verdict
from planner.check.without_money import check_without_money
from planner.domain.scenario import Scenario


def check_plan(scenario: Scenario, plan: Mapping[str, Any]) -> Verdict:
    """Return the independent verdict on `plan`, plain data in the form of plan.json.

    Everything is recomputed from the rows of allocations, classes, socialized, seats and payments in
    int and Fraction, with tolerance 0; every figure the plan states must be the one recomputed.
    Whatever the data is, the answer is a verdict: what cannot be read is a finding, never an exception.
    """
    log = FindingLog()
    if not check_form(scenario, plan, log):
        return log.verdict()
    decisions = read_decisions(scenario, plan, log)
    if scenario.actuals is not None:
        check_facts(scenario, decisions, log)
        log.after(breaches(scenario, decisions.socialized))
    rest, eligible = rest_of(scenario, decisions), Eligible(scenario)
    check_without_money(scenario, decisions, eligible, log)
    check_attendance(scenario, plan, decisions, rest, eligible, log)
    due = amounts_due(scenario, rest, log)
    check_payments(scenario, rest, due, log)
    due |= due_before(scenario, facts_of(scenario))
    check_funds(scenario, decisions, rest, due, log)
    until, spent = closed_by(scenario, decisions, eligible), spent_by_fund(scenario, decisions)
    closed = until(None)
    weighted = weighted_gaps(scenario, closed)
    measures = RuleMeasures(scenario, decisions, due, until)
    outcomes = [outcome for rule in scenario.rules for outcome in measures.outcomes(rule)]
    check_rules(plan, outcomes, log)
    check_closings(scenario, plan, closed, log)
    check_years(scenario, plan, until, log)
    check_totals(scenario, plan, closed, weighted, spent, log)
    check_objective(scenario, plan, closed, weighted, spent, outcomes, log)
    check_proof(plan, log)
    return log.verdict()
