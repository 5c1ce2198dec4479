"""What has happened against the rules, in one sentence: for whoever sends it, before the rest is planned."""

from __future__ import annotations

from typing import Final

from planner.check.actuals import broken_by_facts
from planner.domain.scenario import Scenario
from planner.locale import ngettext
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
