"""The rules that need no money: one list of their checks, for a plan and for what has happened before it."""

from __future__ import annotations

from planner.check.choices import check_choices
from planner.check.class_rules import check_classes
from planner.check.eligible import Eligible
from planner.check.people import check_people
from planner.check.resources import check_resources
from planner.check.rows import StatedDecisions
from planner.check.smallest import check_smallest
from planner.check.verdict import FindingLog
from planner.domain.scenario import Scenario


def check_without_money(scenario: Scenario, decisions: StatedDecisions, eligible: Eligible, log: FindingLog) -> None:
    """Check every rule about people, classes, what they use, and which programmes run."""
    check_people(scenario, decisions, eligible, log)
    check_smallest(scenario, decisions, log)
    check_classes(scenario, decisions, log)
    check_resources(scenario, decisions, log)
    check_choices(scenario, decisions, log)
