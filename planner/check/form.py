"""The form of plan.json: its parts, its scenario, and the record of the solver run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from planner.check.needs import years_of
from planner.check.rows import ColumnTest, anything, is_flag, is_text, is_time_or_null, record
from planner.check.verdict import FindingLog, same_integer, shown, with_decimals
from planner.domain.scenario import Scenario
from planner.locale import _

_PARTS: Final = (
    *("format", "scenario", "status", "claim", "gaps_closed", "weighted_gaps_closed", "bound", "relative_gap"),
    *(
        "total_need",
        "total_cost",
        "own_cost",
        "partner_cost",
        "allocations",
        "classes",
        "socialized",
        "seats",
        "payments",
    ),
    *(
        "payments",
        "closings",
        "funds",
        "rules",
        "objective",
        "attendance",
        "hours_target",
        "tolerance",
        "solver",
        "planner_version",
    ),
)
_SOLVER: Final[Mapping[str, ColumnTest]] = {
    "name": is_text,
    "version": is_text,
    "strategy": is_text,
    "second": is_text,
}
_OPTIONAL: Final[Mapping[str, ColumnTest]] = {
    **dict.fromkeys(("interrupted", "failed", "exhausted", "late"), is_flag),
    "seconds": is_time_or_null,
}
"""Fields that only some plans have: those of a search that was stopped, broke or has not proven its plan, and of
earlier versions."""


def check_form(scenario: Scenario, plan: object, log: FindingLog) -> bool:
    """Check parts, format, scenario, status and solver of a plan; return whether `plan` is an object at all."""
    if not isinstance(plan, dict):
        log.find("form", (), _("A plan is an object, and this is {value}."), value=shown(plan))
        return False
    parts = _PARTS if len(years_of(scenario)) == 1 else (*_PARTS, "years")
    record(plan, dict.fromkeys(parts, anything), "", log)
    if not same_integer(plan.get("format"), 1):
        written = with_decimals(plan.get("format")) if plan.get("format") == 1 else None
        sentence = written or _("The format of a plan is 1, not {value}.")
        log.find("form", ("format",), sentence, value=shown(plan.get("format")))
    if plan.get("status") not in ("optimal", "feasible"):
        sentence = _("Only an optimal or a feasible answer carries a plan, not {value}.")
        log.find("status", (), sentence, value=shown(plan.get("status")))
    solver = plan.get("solver")
    stated = solver if isinstance(solver, dict) else {}
    optional = {name: test for name, test in _OPTIONAL.items() if name in stated}
    record(solver, {**_SOLVER, **optional}, "solver", log)
    if not is_text(plan.get("planner_version")):
        sentence = _("Expected text, found {value}.")
        log.find("form", ("planner_version",), sentence, value=shown(plan.get("planner_version")))
    _check_identity(scenario, plan.get("scenario"), log)
    return True


def _check_identity(scenario: Scenario, stated: Any, log: FindingLog) -> None:
    """Check that the plan is for this scenario: the same id and the same fingerprint."""
    if not record(stated, {"id": anything, "sha256": anything}, "scenario", log):
        return
    for name, exact in (("id", scenario.id), ("sha256", scenario.sha256)):
        if stated[name] != exact:
            sentence = _("The plan is for another scenario: its {name} is {stated}, and not {exact}.")
            log.find("scenario", (name,), sentence, name=name, stated=shown(stated[name]), exact=shown(exact))
