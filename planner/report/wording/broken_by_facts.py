"""What has happened against the rules, in one sentence: for whoever sends it, and beside the result of the check."""

from __future__ import annotations

from typing import Final

from planner.check.actuals import broken_by_facts
from planner.domain.scenario import Scenario
from planner.locale import _, ngettext
from planner.units import count_said

MOST: Final = 3
"""Most rules whose breach is told; the report has all."""


def breaches_said(scenario: Scenario) -> str:
    """Return how many rules and limits the facts of a scenario break, and the first of them; empty where none."""
    found = broken_by_facts(scenario)
    if not found:
        return ""
    told = " ".join(finding.sentence for finding in found[:MOST]) + (" …" if len(found) > MOST else "")
    return ngettext(
        "What has happened breaks {count} rule or limit; it stands, and the report names it. {sentences}",
        "What has happened breaks {count} rules and limits; it stands, and the report names them. {sentences}",
        len(found),
    ).format(count=count_said(len(found)), sentences=told)


def check_said(scenario: Scenario) -> str:
    """Return what the independent check found of a plan that passes it: all is kept but what facts break."""
    broken = len(broken_by_facts(scenario))
    if not broken:
        return _("✓ Keeps all rules, to the rupiah")
    return ngettext(
        "✓ Keeps all rules, to the rupiah, except {count} that what has happened breaks",
        "✓ Keeps all rules, to the rupiah, except {count} that what has happened breaks",
        broken,
    ).format(count=count_said(broken))
