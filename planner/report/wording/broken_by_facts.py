"""What has happened against the rules, in one sentence: for whoever sends it, and beside the result of the check."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

from planner.check.actuals import broken_by_facts
from planner.check.verdict import Finding
from planner.domain.checks.problem import Doubt
from planner.domain.checks.warnings_facts import doubtful_facts
from planner.domain.scenario import Scenario
from planner.locale import _, ngettext
from planner.report.material import Material
from planner.units.said import count_said

MOST: Final = 3
"""Most rules whose breach is told in the sentence; the report has all."""

MOST_ROWS: Final = 20
"""Most rows of facts that are told with what is doubtful in them."""

_LISTS: Final = {
    "fund_amount": ("paid", "amount"), "fund_releases": ("paid", "amount"), "payments": ("paid", "amount"),
    "seats": ("seats", "seats"), "classes": ("held", "classes"), "class_size": ("held", "classes"),
    "resources": ("held", "classes"),
}  # fmt: skip
"""The list of facts, and its figure, that breaks a rule of a family; any other is broken by who attended."""


def breaches_in_rows(scenario: Scenario) -> Iterator[Doubt]:
    """Yield breaches that rows of facts make, each at the figure of the last of them; none at a figure that can hardly
    be, which the warnings of the scenario tell."""
    told = {doubt.path for doubt in doubtful_facts(scenario)}
    for finding in broken_by_facts(scenario):
        path = _row_of(scenario, finding)
        if path is not None and path not in told and len(told) < MOST_ROWS:
            told.add(path)
            remedy = _("The plan counts it as it stands: correct the figure, if it is wrong.")
            yield Doubt(path, finding.sentence, remedy)


def _row_of(scenario: Scenario, finding: Finding) -> tuple[str | int, ...] | None:
    """Return where the last fact that a finding is about is written; None for a rule that names none of its parts."""
    name, figure = _LISTS.get(finding.rule, ("attended", "participants"))
    asked = finding.key.split("__")
    known: dict[str, Collection[str]] = {
        "group": scenario.group, "programme": scenario.programme, "fund": scenario.fund, "period": scenario.horizon,
    }  # fmt: skip
    found = None
    for number, row in enumerate(getattr(scenario.actuals, name)):
        own = {part: getattr(row, part) for part in known if getattr(row, part, None) is not None}
        told = [part for part in own if any(each in known[part] for each in asked)]
        if told and getattr(row, figure) and all(own[part] in asked for part in told):
            found = ("actuals", name, number, figure)
    return found


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


def check_said(material: Material) -> str:
    """Return what the independent check found of a plan that passes it: all is kept but what facts break."""
    broken = len(material.broken_by_facts)
    if not broken:
        return _("✓ Keeps all rules, to the rupiah")
    return ngettext(
        "✓ Keeps all rules, to the rupiah, except {count} that what has happened breaks",
        "✓ Keeps all rules, to the rupiah, except {count} that what has happened breaks",
        broken,
    ).format(count=count_said(broken))
