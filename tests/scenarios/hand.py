"""Small scenarios and hand-made plans for the checker's tests.

scenario(**changes) -> dict               one group of 10, one programme, one own fund; no costs
planned(scenario, people, ...) -> dict    plan.json data from decisions and payments written by hand
broken(scenario, plan) -> set[str]        the families of rules that the checker finds broken
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from planner.check import Verdict, check_plan
from planner.domain.scenario import Scenario
from tests.oracle.instance import Instance
from tests.oracle.plan_data import Decision, plan_data

Plain = dict[str, Any]

BASE: Plain = {
    "format": 1,
    "scenario": {"id": "uji", "fiscal_year": 2027},
    "periods": ["TW1", "TW2"],
    "competencies": [{"id": "keu", "kind": "technical"}],
    "groups": [{"id": "a", "headcount": 10, "gaps": {"keu": 10}}],
    "programmes": [{"id": "bimtek", "closes": {"keu": 1}}],
    "funds": [{"id": "apbd", "kind": "own", "amount": 100}],
}


def scenario(**changes: Any) -> Plain:
    """The base scenario; `groups`, `programmes` and `funds` given as one mapping change the first of them."""
    plain = copy.deepcopy(BASE)
    for key, value in changes.items():
        if isinstance(value, Mapping) and isinstance(plain.get(key), list):
            plain[key][0] |= value
        else:
            plain[key] = value
    return plain


def costing(per: str, price: int, **line: Any) -> Plain:
    """A programme's costs of one line."""
    return {"costs": [{"item": "Butir", "account": "5.1.02.01.01.0001", "per": per, "price": price, **line}]}


def paid(amount: int, fund: str = "apbd", **cell: Any) -> Plain:
    """A payment row: for the class or programme item of `bimtek` in the first period, unless `cell` says otherwise."""
    row = {"programme": "bimtek", "group": None, "item": "Butir", "account": "5.1.02.01.01.0001", "period": "TW1"}
    return {"fund": fund, **row, **cell, "amount": amount}


def planned(
    plain: Plain,
    people: Mapping[tuple[str, str, str], int],
    classes: Mapping[tuple[str, str], int] | None = None,
    payments: list[Plain] | None = None,
    socialized: tuple[str, ...] = (),
    seats: Mapping[tuple[str, str, str, str], int] | None = None,
) -> Plain:
    """The plan of these decisions and payments, with every other figure derived from them."""
    decision = Decision(dict(people), dict(classes or {}), frozenset(socialized), dict(seats or {}))
    cell = ("programme", "group", "item", "account", "period")
    rows = {(row["fund"], tuple(row[c] for c in cell)): row["amount"] for row in payments or []}
    return plan_data(Instance(plain), decision, rows, read(plain).sha256)


def read(plain: Plain) -> Scenario:
    return Scenario.model_validate(plain)


def verdict(plain: Plain, plan: Any) -> Verdict:
    return check_plan(read(plain), plan)


def broken(plain: Plain, plan: Any) -> set[str]:
    """Families of rules that are broken; none for a plan that passes."""
    return {finding.rule for finding in verdict(plain, plan).findings}
