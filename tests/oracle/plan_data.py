"""A plan as plan.json data, every figure derived from decisions and payments.

plan_data(instance, decision, payments, sha256) -> dict       with `closed_by` and `ran` of a plan that has begun
level_values(instance, decision, payments) -> {(goal, by): Fraction} of the objective's levels
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from fractions import Fraction
from functools import cache, partial
from typing import Any, NamedTuple

from tests.oracle.attending import attendance_rows, hours_target_rows
from tests.oracle.instance import Instance
from tests.oracle.measures import Key, RuleReading, closed_gaps, rule_readings, smallest_coverage

ClosedBy = Callable[[str], Mapping[tuple[str, str], Fraction]]
"""Gaps closed by the end of a year; of the plan for an empty text."""


class Decision(NamedTuple):
    """What is decided: people and seats by the ids of their rows, classes by (programme, period)."""

    people: dict[tuple[str, str, str], int]
    classes: dict[tuple[str, str], int]
    socialized: frozenset[str]
    seats: dict[tuple[str, str, str, str], int]


def plan_data(
    instance: Instance,
    decision: Decision,
    payments: Mapping[tuple[str, Key], int],
    sha256: str,
    attendance: list[dict[str, Any]] | None = None,
    closed_by: ClosedBy | None = None,
    ran: Set[str] = frozenset(),
) -> dict[str, Any]:
    """The plan, called optimal, its bound being what it reaches; its attendance is as stated, or made up.

    Of a plan that has begun, `closed_by` counts what was measured, and the programmes `ran`.
    """
    i = instance
    if closed_by is None:
        closed_by = cache(partial(closed_gaps, i, decision.people, decision.socialized))
    if attendance is None:
        attendance = attendance_rows(i, decision.people, decision.socialized)
    closed = closed_by("")
    weighted = sum((i.worth(g, c) * gained for (g, c), gained in closed.items()), Fraction(0))
    spent = {f: sum(n for (payer, _key), n in payments.items() if payer == f) for f in i.funds}
    own = sum(n for f, n in spent.items() if i.own(f))
    rules = [_rule(i, rule, decision, payments, closed_by)[0] for rule in binding_rules(i, decision, ran)]
    in_class: dict[tuple[str, str], int] = {}
    for (_g, p, t), n in decision.people.items():
        in_class[p, t] = in_class.get((p, t), 0) + n
    cell = ("programme", "group", "item", "account", "period")
    return {
        "format": 1,
        "scenario": {"id": i.scenario["scenario"]["id"], "sha256": sha256},
        "status": "optimal",
        "claim": "proven",
        "gaps_closed": float(sum(closed.values(), Fraction(0))),
        "weighted_gaps_closed": float(weighted),
        "bound": float(weighted),
        "relative_gap": 0.0,
        "total_need": sum(i.gaps.values()),
        "total_cost": sum(spent.values()),
        "own_cost": own,
        "partner_cost": sum(spent.values()) - own,
        "allocations": [
            {"group": g, "programme": p, "period": t, "participants": n} for (g, p, t), n in decision.people.items()
        ],
        "classes": [
            {"programme": p, "period": t, "classes": n, "participants": in_class.get((p, t), 0)}
            for (p, t), n in decision.classes.items()
        ],
        "socialized": [g for g in i.groups if g in decision.socialized],
        "seats": [
            {"fund": f, "programme": p, "group": g, "period": t, "seats": n}
            for (f, p, g, t), n in decision.seats.items()
        ],
        "payments": [{"fund": f, **dict(zip(cell, key, strict=True)), "amount": n} for (f, key), n in payments.items()],
        "closings": [
            {"group": g, "competency": c, "need": gap, "closed": float(closed[g, c])} for (g, c), gap in i.gaps.items()
        ],
        **({"years": _years(i, closed_by)} if len(i.years) > 1 else {}),
        "funds": [{"fund": f, "amount": fund["amount"], "spent": spent[f]} for f, fund in i.funds.items()],
        "rules": rules,
        "objective": [
            {
                "goal": goal,
                "by": by,
                "value": float(value),
                "bound": float(value),
                "claim": "proven",
                "exact_bound": float(value),
            }
            for (goal, by), value in level_values(i, decision, payments, closed_by, ran).items()
        ],
        "attendance": attendance,
        "hours_target": hours_target_rows(i, attendance),
        "tolerance": 0.0001,
        "solver": {"name": "oracle", "version": "1", "seconds": 0.0, "strategy": "exhaustive", "second": ""},
        "planner_version": "0",
    }


def _years(instance: Instance, closed_by: ClosedBy) -> list[dict[str, Any]]:
    """The gaps by the end of each year, and what is closed of them."""
    rows = []
    for year in instance.years:
        closed = closed_by(year)
        need = sum(instance.gaps_by[year].values())
        rows.append({"year": year, "need": need, "closed": float(sum(closed.values(), Fraction(0)))})
    return rows


def level_values(
    instance: Instance,
    decision: Decision,
    payments: Mapping[tuple[str, Key], int],
    closed_by: ClosedBy | None = None,
    ran: Set[str] = frozenset(),
) -> dict[tuple[str, str | None], Fraction]:
    """The exact value of each level, by (goal, by)."""
    i = instance
    if closed_by is None:
        closed_by = cache(partial(closed_gaps, i, decision.people, decision.socialized))
    closed = closed_by("")
    worth = sum((i.worth(g, c) * gained for (g, c), gained in closed.items()), Fraction(0))
    lost = sum(
        (_rule(i, rule, decision, payments, closed_by)[1] for rule in binding_rules(i, decision, ran)), Fraction(0)
    )
    values = {
        "gaps_closed": worth - lost,
        "own_cost": Fraction(sum(n for (f, _key), n in payments.items() if i.own(f))),
        "total_cost": Fraction(sum(payments.values())),
    }
    return {
        (goal, by): smallest_coverage(i, by, closed) if goal == "smallest_coverage" else values[goal]
        for goal, by in i.levels
    }


def binding_rules(instance: Instance, decision: Decision, ran: Set[str] = frozenset()) -> list[RuleReading]:
    """The rules, or their units, that bind a plan."""
    running = {p for _g, p, _t in decision.people} | ran
    return [rule for rule in rule_readings(instance) if rule.binds(running)]


def _rule(
    instance: Instance,
    rule: RuleReading,
    decision: Decision,
    payments: Mapping[tuple[str, Key], int],
    closed_by: ClosedBy,
) -> tuple[dict[str, Any], Fraction]:
    """The row of a rule, and the weighted gaps it costs."""
    if rule.measures == "cost":
        counted = sum(
            n for (f, key), n in payments.items() if f in rule.funds and rule.counts(key, _per(instance, key))
        )
        result = rule.cost_result(counted, sum(n for (_f, key), n in payments.items() if rule.in_base(key)))
    else:
        result = rule.people_result(decision.people, decision.classes, closed_by(""), closed_by)
    row = {
        "rule": rule.name,
        "measure": float(result.measure),
        "at_least": None if result.at_least is None else float(result.at_least),
        "at_most": None if result.at_most is None else float(result.at_most),
        "held": result.missed == 0,
    } | ({} if rule.of is None else {"of": rule.of})
    return row, result.missed * (rule.penalty or 0)


def _per(instance: Instance, key: Key) -> str:
    """On which basis a cell is due; cost lines of a tiny programme have names of their own."""
    p, _g, item, account, _t = key
    lines = instance.lines[p] if p else []
    return next((line.per for line in lines if (line.item, line.account) == (item, account)), "")
