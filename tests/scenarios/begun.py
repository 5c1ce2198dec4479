"""A scenario of which the first period has happened as planned."""

from __future__ import annotations

import copy
from typing import Any

from planner.domain.scenario import Scenario
from planner.plans.plan import Plan

Plain = dict[str, Any]


def own_rows(plain: Plain, first: Scenario, before: Plan) -> Plain:
    """The scenario with the rows of its own plan as what happened in the first period."""
    over = first.horizon[0]

    def rows(listed: Any, *names: str) -> list[Plain]:
        return [{name: getattr(row, name) for name in names} for row in listed if row.period == over]

    facts = {
        "through": over,
        "attended": rows(before.allocations, "programme", "period", "group", "participants"),
        "held": rows(before.classes, "programme", "period", "classes"),
        "paid": rows(before.payments, "fund", "programme", "group", "item", "account", "period", "amount"),
        "seats": rows(before.seats, "fund", "programme", "group", "period", "seats"),
    }
    return copy.deepcopy(plain) | {"actuals": facts}
