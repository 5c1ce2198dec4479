"""The words of tables for people: headings of columns, and values that are not names or numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from planner.domain.scenario import Scenario
from planner.locale import N_, _
from planner.report.wording import labels

_HEADINGS: Final = {
    "group": N_("Group (id)"),
    "group_name": N_("Group"),
    "agency": N_("Agency"),
    "location": N_("Location"),
    "programme": N_("Programme (id)"),
    "programme_name": N_("Programme"),
    "form": N_("Form"),
    "period": N_("Period"),
    "participants": N_("Participants"),
    "hours": N_("JP"),
    "classes": N_("Classes"),
    "fund": N_("Fund (id)"),
    "fund_name": N_("Fund"),
    "seats": N_("Free seats"),
    "kind": N_("Kind"),
    "item": N_("Item"),
    "account": N_("Account"),
    "amount": N_("Amount (Rp)"),
    "competency": N_("Competency (id)"),
    "competency_name": N_("Competency"),
    "need": N_("Gaps needed"),
    "new": N_("New gaps of the year"),
    "closed": N_("Gaps closed (expected)"),
    "left": N_("Gaps left open (expected)"),
    "year": N_("Year"),
    "spent": N_("Used (Rp)"),
    "resource": N_("Resource (id)"),
    "resource_name": N_("Resource"),
    "unit": N_("Unit"),
    "available": N_("Available"),
    "used": N_("Used"),
    "rule": N_("Rule"),
    "of": N_("For"),
    "measure": N_("Reached"),
    "at_least": N_("At least"),
    "at_most": N_("At most"),
    "held": N_("Held?"),
    "pattern": N_("Pattern no."),
    "people": N_("People"),
    "reached": N_("Reach the target"),
    "coefficient": N_("Coefficient"),
    "price": N_("Price with tax (Rp)"),
    "price_before_tax": N_("Price before tax (Rp)"),
    "tax": N_("Tax (share)"),
    "volume": N_("Volume"),
    "price_code": N_("Code in the price list"),
    "id": N_("Name"),
    "first_plan": N_("First plan (Rp)"),
    "planned_until_now": N_("Planned until now (Rp)"),
    "paid": N_("Paid until now (Rp)"),
    "rest": N_("Rest (Rp)"),
    "total": N_("Paid and rest (Rp)"),
    "status": N_("Status"),
    "gaps_closed": N_("Gaps closed (expected)"),
    "weighted_gaps_closed": N_("Weighted gaps closed (expected)"),
    "total_cost": N_("Total cost (Rp)"),
    "own_cost": N_("Own funds (Rp)"),
    "relative_gap": N_("At most better by (share)"),
}
_OF_TABLE: Final = {
    ("attendance", "hours"): N_("JP of one person"),
    ("funds", "amount"): N_("Limit (Rp)"),
    ("funds", "left"): N_("Left (Rp)"),
    ("resources", "left"): N_("Left"),
    ("rules", "unit"): N_("Measured"),
    ("rka", "programme"): N_("Programme"),
    ("rka", "fund"): N_("Fund"),
    ("actuals", "of"): N_("By"),
}
"""Headings that differ from those of the same column elsewhere."""

_BY: Final = {"programme": N_("Programme"), "fund": N_("Fund"), "account": N_("Account")}


def heading(table: str, column: str) -> str:
    """Return the heading of a column; that of a varied input is its path."""
    words = _OF_TABLE.get((table, column)) or _HEADINGS.get(column)
    return _(words) if words else column


def value(scenario: Scenario, table: str, column: str, row: Mapping[str, Any]) -> Any:
    """Return a value of a row as people read it: words of the program are translated, ids without a name beside them
    become names; numbers stay numbers."""
    found = row[column]
    if isinstance(found, bool):
        return _("yes") if found else _("no")
    if not isinstance(found, str) or not found:
        return found
    if table == "actuals" and column == "id":
        return _name(scenario, row["of"], found)
    if table == "rules" and column == "of":
        rule = next(rule for rule in scenario.rules if rule.name == row["rule"])
        return labels.unit_of_rule(scenario, rule, found)
    if table in ("rka", "actuals") and column in ("programme", "fund"):
        return _name(scenario, column, found)
    words = _WORDS.get((table, column)) or _WORDS.get(("", column))
    return words(found) if words else found


def _name(scenario: Scenario, kind: str, id: str) -> str:
    """Return the name of a programme or a fund; any other text as it is."""
    if kind == "programme" and id in scenario.programme:
        return scenario.programme[id].label
    return scenario.fund[id].label if kind == "fund" and id in scenario.fund else id


_WORDS: Final[Mapping[tuple[str, str], Callable[[str], str]]] = {
    ("", "form"): labels.form,
    ("closings", "kind"): labels.competency_kind,
    ("years", "kind"): labels.competency_kind,
    ("payments", "kind"): labels.fund_kind,
    ("funds", "kind"): labels.fund_kind,
    ("rules", "kind"): lambda kind: _("rule") if kind == "hard" else _("goal"),
    ("rules", "unit"): labels.measure,
    ("actuals", "of"): lambda of: _(_BY[of]),
}
