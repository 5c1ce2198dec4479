"""The plan as pandas tables, with names beside ids: for CSV files and for work in Python.

People and rupiah stay whole numbers even where cells are blank; gaps are floats as in plan.json.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from planner.domain.scenario import Scenario
from planner.plans.measures import Measures
from planner.plans.plan import Plan
from planner.plans.resource_use import ResourceUse
from planner.plans.years import years_of_plan

if TYPE_CHECKING:
    import pandas as pd

Rows = Iterable[Mapping[str, Any]]


def tables(scenario: Scenario, plan: Plan) -> dict[str, pd.DataFrame]:
    """Return the tables of a plan by name: allocations, classes, seats, payments, closings, funds, resources, rules,
    attendance, hours_target.

    And `years` for a plan of several years: each gap by the end of each year.

    Units: participants, seats [people], amount, spent, left [rupiah], need, closed, left of closings [gaps],
    available, used, left of resources [unit of the resource], hours [JP = hours of the programme x participants].
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
        **({"years": _years} if plan.years else {}),
        "funds": _funds,
        "resources": _resources,
        "rules": _rules,
        "attendance": _attendance,
        "hours_target": _hours_target,
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
    "years": {
        "year": _TEXT, "group": _TEXT, "group_name": _TEXT, "agency": _TEXT, "location": _TEXT, "competency": _TEXT,
        "competency_name": _TEXT, "kind": _TEXT, "need": _WHOLE, "new": _WHOLE, "closed": _NUMBER, "left": _NUMBER,
    },
    "funds": {
        "fund": _TEXT, "fund_name": _TEXT, "kind": _TEXT, "amount": _WHOLE, "spent": _WHOLE, "left": _WHOLE,
    },
    "resources": {
        "resource": _TEXT, "resource_name": _TEXT, "unit": _TEXT, "period": _TEXT, "available": _NUMBER,
        "used": _NUMBER, "left": _NUMBER,
    },
    "rules": {
        "rule": _TEXT, "of": _TEXT, "kind": _TEXT, "unit": _TEXT, "measure": _NUMBER, "at_least": _NUMBER,
        "at_most": _NUMBER, "held": "boolean",
    },
    "attendance": {
        "group": _TEXT, "group_name": _TEXT, "agency": _TEXT, "location": _TEXT, "pattern": _WHOLE, "people": _WHOLE,
        "programme": _TEXT, "programme_name": _TEXT, "period": _TEXT, "hours": _NUMBER,
    },
    "hours_target": {
        "group": _TEXT, "group_name": _TEXT, "agency": _TEXT, "location": _TEXT, "year": _WHOLE, "people": _WHOLE,
        "reached": _WHOLE,
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


def _years(plan: Plan, names: _Names) -> Rows:
    for year in years_of_plan(names.scenario, plan):
        for (g, c), gaps in year.by(lambda row: (row.group, row.competency)).items():
            competency = names.scenario.competency[c]
            yield {
                "year": year.year, **names.group[g], **names.place[g], "competency": c,
                "competency_name": competency.label, "kind": competency.kind, "need": gaps.need, "new": gaps.new,
                "closed": float(gaps.closed), "left": float(gaps.left),
            }  # fmt: skip


def _funds(plan: Plan, names: _Names) -> Rows:
    for row in plan.funds:
        kind = names.scenario.fund[row.fund].kind
        yield {
            **names.fund[row.fund], "kind": kind, "amount": row.amount, "spent": row.spent,
            "left": row.amount - row.spent,
        }  # fmt: skip


def _resources(plan: Plan, names: _Names) -> Rows:
    use = ResourceUse(names.scenario, Measures(names.scenario, plan))
    for resource in names.scenario.resources:
        for period in names.scenario.horizon:
            available, used = resource.in_period(period), use.used[resource.id, period]
            yield {
                "resource": resource.id, "resource_name": resource.label, "unit": resource.unit or "",
                "period": period, "available": float(available), "used": float(used), "left": float(available - used),
            }  # fmt: skip


def _rules(plan: Plan, names: _Names) -> Rows:
    by_name = {rule.name: rule for rule in names.scenario.rules}
    for row in plan.rules:
        rule = by_name[row.rule]
        yield {
            "rule": row.rule, "of": row.of or "", "kind": "hard" if rule.hard else "soft", "unit": rule.measure,
            "measure": float(row.measure), "at_least": _float(row.at_least), "at_most": _float(row.at_most),
            "held": row.held,
        }  # fmt: skip


def _attendance(plan: Plan, names: _Names) -> Rows:
    """List a row for each programme of each pattern; `pattern` is its number, hours are those of one person."""
    for number, row in enumerate(plan.attendance, start=1):
        for programme, period in row.programmes:
            yield {
                "pattern": number, **names.group[row.group], **names.place[row.group], "people": row.people,
                **names.programme[programme], "period": period,
                "hours": float(names.scenario.programme[programme].hours),
            }  # fmt: skip


def _hours_target(plan: Plan, names: _Names) -> Rows:
    for row in plan.hours_target:
        yield {
            "year": row.year, **names.group[row.group], **names.place[row.group], "people": row.people,
            "reached": row.reached,
        }  # fmt: skip


def _float(value: Fraction | None) -> float | None:
    return None if value is None else float(value)
