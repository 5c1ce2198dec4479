"""The workbook in which what has happened is filled in, with the plan's own rows to begin with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from planner.domain.scenario import Scenario
    from planner.plans.plan import Plan
    from planner.store.stored_plan import StoredPlan


def first_plan(stored: StoredPlan) -> Plan:
    """Return the plan that a replan is compared with: that of the folder, or the first plan that is kept beside it."""
    return stored.first or stored.plan()


def blank_actuals(
    stored: StoredPlan, through: str | None, known: Mapping[str, list[Mapping[str, Any]]] | None = None
) -> bytes:
    """Return the workbook of actuals with the rows of a stored plan, up to `through`, or the first period that is left.

    `known` rows, by sheet, stand instead of the plan's.
    """
    from planner.scenario_io.actuals_workbook import actuals_workbook

    plan, scenario = stored.plan(), stored.scenario
    last = _last(scenario, through)
    return actuals_workbook(scenario, last, _rows(scenario, plan, last) | dict(known or {}))


def paid_though_not_held(
    stored: StoredPlan, through: str | None, known: Mapping[str, list[Mapping[str, Any]]]
) -> dict[tuple[str, str], list[int]]:
    """Return the planned payments [rupiah] by (programme, period) that the workbook has though `known` rows name nobody
    there.

    They are the plan's, and count as paid unless somebody deletes them.
    """
    scenario = stored.scenario
    rows = _rows(scenario, stored.plan(), _last(scenario, through))
    held = {(row["programme"], row["period"]) for name in ("attended", "held") for row in known[name]}
    found: dict[tuple[str, str], list[int]] = {}
    for row in rows["attended"]:
        if (key := (row["programme"], row["period"])) not in held:
            found[key] = [paid["amount"] for paid in rows["paid"] if (paid["programme"], paid["period"]) == key]
    return {key: amounts for key, amounts in found.items() if amounts}


def _last(scenario: Scenario, through: str | None) -> str:
    return through or (scenario.facts.rest or scenario.horizon[-1:])[0]


def _rows(scenario: Scenario, plan: Plan, through: str) -> dict[str, list[Mapping[str, Any]]]:
    """Return the plan's rows of the periods up to `through`; what is known already stands as it was."""
    last = scenario.place_of_period[through]

    def over(row: Any) -> bool:
        return scenario.place_of_period[row.period] <= last

    closed: dict[tuple[str, str, str], dict[str, Any]] = {}
    for row in scenario.actuals.attended if scenario.actuals else ():
        measured = {f"closed:{c}": number for c, number in row.measured.items()}
        closed[row.programme, row.period, row.group] = measured
    attended: list[Mapping[str, Any]] = [
        {name: getattr(row, name) for name in ("programme", "period", "group", "participants")}
        | closed.get((row.programme, row.period, row.group), {})
        for row in filter(over, plan.allocations)
    ]
    names = ("fund", "programme", "group", "item", "account", "period", "amount")
    settled = [row for row in (scenario.actuals.paid if scenario.actuals else ()) if not row.amount]
    return {
        "attended": attended,
        "held": [_named(row, ("programme", "period", "classes")) for row in filter(over, plan.classes)],
        "paid": [_named(row, names) for row in (*filter(over, plan.payments), *settled)],
        "committed": [
            _named(row, ("programme", "period", "classes"))
            for row in (scenario.actuals.committed if scenario.actuals else ())
            if not over(row)
        ],
        "seats": [_named(row, ("fund", "programme", "group", "period", "seats")) for row in filter(over, plan.seats)],
    }


def _named(row: Any, names: tuple[str, ...]) -> Mapping[str, Any]:
    return {name: getattr(row, name) for name in names}
