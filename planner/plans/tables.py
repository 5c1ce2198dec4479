"""The plan as pandas tables, with names beside ids: for CSV files and for work in Python.

People and rupiah stay whole numbers even where cells are blank; gaps are floats as in plan.json.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from planner.domain.scenario import Scenario
from planner.plans.plan import Plan

if TYPE_CHECKING:
    import pandas as pd

Rows = Iterable[Mapping[str, Any]]


def tables(scenario: Scenario, plan: Plan) -> dict[str, pd.DataFrame]:
    """The tables of a plan by name: allocations, classes, seats, payments, closings, funds, rules.

    Units: participants, seats [people], amount, spent, left [rupiah], need, closed, left of closings [gaps],
    hours [JP = hours of the programme x participants].
    """
    import pandas as pd  # plain rows do without it

    return {
        name: pd.DataFrame(
            {column: pd.Series([row[column] for row in rows], dtype=kind) for column, kind in COLUMNS[name].items()}
        )
        for name, rows in table_rows(scenario, plan).items()
    }


def table_rows(scenario: Scenario, plan: Plan) -> dict[str, list[Mapping[str, Any]]]:
    """List the rows of each table, by column, as numbers, text and None."""
    names = _Names(scenario)
    build = {
        "allocations": _allocations,
        "classes": _classes,
        "seats": _seats,
        "payments": _payments,
        "closings": _closings,
        "funds": _funds,
        "rules": _rules,
    }
    return {name: list(make(plan, names)) for name, make in build.items()}


_TEXT = "str"
_WHOLE = "Int64"
_NUMBER = "Float64"

COLUMNS: Mapping[str, Mapping[str, str]] = {
    "allocations": {
        "group": _TEXT, "group_name": _TEXT, "agency": _TEXT, "location": _TEXT, "programme": _TEXT,
        "programme_name": _TEXT, "form": _TEXT, "period": _TEXT, "participants": _WHOLE, "hours": _NUMBER,
    },
    "classes": {
        "programme": _TEXT, "programme_name": _TEXT, "form": _TEXT, "period": _TEXT, "classes": _WHOLE,
        "participants": _WHOLE,
    },
    "seats": {
        "fund": _TEXT, "fund_name": _TEXT, "programme": _TEXT, "programme_name": _TEXT, "group": _TEXT,
        "group_name": _TEXT, "period": _TEXT, "seats": _WHOLE,
    },
    "payments": {
        "fund": _TEXT, "fund_name": _TEXT, "kind": _TEXT, "programme": _TEXT, "programme_name": _TEXT, "group": _TEXT,
        "group_name": _TEXT, "item": _TEXT, "account": _TEXT, "period": _TEXT, "amount": _WHOLE,
    },
    "closings": {
        "group": _TEXT, "group_name": _TEXT, "agency": _TEXT, "location": _TEXT, "competency": _TEXT,
        "competency_name": _TEXT, "kind": _TEXT, "need": _WHOLE, "closed": _NUMBER, "left": _NUMBER,
    },
    "funds": {
        "fund": _TEXT, "fund_name": _TEXT, "kind": _TEXT, "amount": _WHOLE, "spent": _WHOLE, "left": _WHOLE,
    },
    "rules": {
        "rule": _TEXT, "kind": _TEXT, "unit": _TEXT, "measure": _NUMBER, "at_least": _NUMBER, "at_most": _NUMBER,
        "held": "boolean",
    },
}  # fmt: skip
"""Columns and pandas types of each table. Text that does not apply is empty."""


class _Names:
    """Names and attributes by id; an id that is None has empty ones."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.group = {g.id: {"group": g.id, "group_name": g.label} for g in scenario.groups}
        self.place = {g.id: {"agency": g.agency or "", "location": g.location or ""} for g in scenario.groups}
        self.programme = {p.id: {"programme": p.id, "programme_name": p.label} for p in scenario.programmes}
        self.fund = {f.id: {"fund": f.id, "fund_name": f.label} for f in scenario.funds}
        self.no_group = {"group": "", "group_name": ""}
        self.no_programme = {"programme": "", "programme_name": ""}


def _allocations(plan: Plan, names: _Names) -> Rows:
    for row in plan.allocations:
        programme = names.scenario.programme[row.programme]
        yield {
            **names.group[row.group], **names.place[row.group], **names.programme[row.programme],
            "form": programme.form, "period": row.period, "participants": row.participants,
            "hours": float(programme.hours * row.participants),
        }  # fmt: skip


def _classes(plan: Plan, names: _Names) -> Rows:
    for row in plan.classes:
        yield {
            **names.programme[row.programme], "form": names.scenario.programme[row.programme].form,
            "period": row.period, "classes": row.classes, "participants": row.participants,
        }  # fmt: skip


def _seats(plan: Plan, names: _Names) -> Rows:
    for row in plan.seats:
        yield {
            **names.fund[row.fund], **names.programme[row.programme], **names.group[row.group],
            "period": row.period, "seats": row.seats,
        }  # fmt: skip


def _payments(plan: Plan, names: _Names) -> Rows:
    for row in plan.payments:
        yield {
            **names.fund[row.fund], "kind": names.scenario.fund[row.fund].kind,
            **(names.programme[row.programme] if row.programme else names.no_programme),
            **(names.group[row.group] if row.group else names.no_group),
            "item": row.item, "account": row.account or "", "period": row.period, "amount": row.amount,
        }  # fmt: skip


def _closings(plan: Plan, names: _Names) -> Rows:
    for row in plan.closings:
        competency = names.scenario.competency[row.competency]
        yield {
            **names.group[row.group], **names.place[row.group], "competency": competency.id,
            "competency_name": competency.label, "kind": competency.kind, "need": row.need,
            "closed": float(row.closed), "left": float(row.need - row.closed),
        }  # fmt: skip


def _funds(plan: Plan, names: _Names) -> Rows:
    for row in plan.funds:
        kind = names.scenario.fund[row.fund].kind
        yield {
            **names.fund[row.fund], "kind": kind, "amount": row.amount, "spent": row.spent,
            "left": row.amount - row.spent,
        }  # fmt: skip


def _rules(plan: Plan, names: _Names) -> Rows:
    by_name = {rule.name: rule for rule in names.scenario.rules}
    for row in plan.rules:
        rule = by_name[row.rule]
        yield {
            "rule": row.rule, "kind": "hard" if rule.hard else "soft", "unit": rule.measure,
            "measure": float(row.measure), "at_least": _float(row.at_least), "at_most": _float(row.at_most),
            "held": row.held,
        }  # fmt: skip


def _float(value: Fraction | None) -> float | None:
    return None if value is None else float(value)
