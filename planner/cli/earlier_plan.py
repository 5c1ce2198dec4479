"""Reading of an earlier plan given on the command line: a folder of results or a plan.json, of any scenario."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from planner.errors import InputError, Problem
from planner.locale import _
from planner.store.stored_plan import PLAN_FILE, SCENARIO_FILE, read_plan_data, read_stored

if TYPE_CHECKING:
    from planner.analysis.plans.earlier_plan import EarlierPlan


def read_earlier(path: str) -> EarlierPlan:
    """Return the plan, checked if its scenario.yaml is beside it; else its seats and classes as written.

    Raises InputError if it cannot be read, CheckFailed if it does not pass the check.
    """
    from planner.analysis.plans.earlier_plan import EarlierPlan

    file = Path(path) / PLAN_FILE if Path(path).is_dir() else Path(path)
    if file.with_name(SCENARIO_FILE).is_file():
        stored = read_stored(path)
        return EarlierPlan.from_plan(stored.plan(), stored.scenario.horizon)
    data = read_plan_data(file)
    try:
        seats = {
            (_text(row, "group"), _text(row, "programme"), _text(row, "period")): _count(row, "participants")
            for row in data["allocations"]
        }
        classes = {(_text(row, "programme"), _text(row, "period")): _count(row, "classes") for row in data["classes"]}
        name = _text(data["scenario"], "id")
    except (KeyError, TypeError):
        problem = Problem(
            _("this is not a plan."), _("Name a plan.json that planner plan has written."), file=str(file)
        )
        raise InputError([problem]) from None
    return EarlierPlan(name, seats, classes, tuple(dict.fromkeys(sorted(period for *_who, period in seats))))


def _text(row: Any, key: str) -> str:
    if not isinstance(row[key], str):
        raise TypeError(key)
    return str(row[key])


def _count(row: Any, key: str) -> int:
    if type(row[key]) is not int or row[key] < 0:
        raise TypeError(key)
    return int(row[key])
