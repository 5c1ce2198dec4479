"""Every small corruption of a plan: what a checker must not let pass.

corruptions(plan: dict, ids: dict[str, list[str]]) -> Iterator[tuple[str, dict]]
    (what was done, corrupted copy). Numbers are moved by 1 either way, flags are flipped, ids are
    replaced by every other id of their kind, rows are dropped, doubled and swapped, and figures
    of neighbouring rows are exchanged. What the plan says of its solver is left alone.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from tests.oracle.instance import Instance

Plan = dict[str, Any]
_TABLES = (
    *("allocations", "classes", "socialized", "seats", "payments", "closings", "years", "funds", "rules", "objective"),
    *("attendance", "hours_target"),
)
_ORDERED = ("closings", "years", "funds", "rules", "objective", "hours_target")
_LEFT_ALONE = ("solver", "planner_version")


def corruptions(plan: Plan, ids: dict[str, list[str]]) -> Iterator[tuple[str, Plan]]:
    """All corruptions of `plan`; `ids` are the ids of the scenario by column name."""
    for path, value in _leaves(plan, ()):
        if path[0] in _LEFT_ALONE:
            continue
        for other in _others(path, value, ids):
            yield f"{_name(path)}: {value!r} -> {other!r}", _with(plan, path, other)
    for table in _TABLES:
        rows = plan.get(table, [])
        for n, row in enumerate(rows):
            yield f"{table}[{n}] dropped", {**plan, table: rows[:n] + rows[n + 1 :]}
            yield f"{table}[{n}] doubled", {**plan, table: [*rows[: n + 1], copy.deepcopy(row), *rows[n + 1 :]]}
        for n in range(len(rows) - 1):
            if table in _ORDERED:
                swapped = [*rows[:n], rows[n + 1], rows[n], *rows[n + 2 :]]
                yield f"{table}[{n}] and the next swapped", {**plan, table: swapped}
            if table != "socialized":
                yield from _exchanged(plan, table, n)


def _exchanged(plan: Plan, table: str, n: int) -> Iterator[tuple[str, Plan]]:
    first, second = plan[table][n : n + 2]
    for column in first:
        if column in second and first[column] != second[column]:
            corrupted = _with(plan, (table, n, column), second[column])
            corrupted[table][n + 1][column] = first[column]
            yield f"{table}[{n}] and the next exchange {column}", corrupted


def _leaves(value: Any, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    if isinstance(value, dict):
        for key, part in value.items():
            yield from _leaves(part, (*path, key))
    elif isinstance(value, list):
        for n, part in enumerate(value):
            yield from _leaves(part, (*path, n))
    else:
        yield path, value


def _others(path: tuple[str | int, ...], value: Any, ids: dict[str, list[str]]) -> list[Any]:
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int):
        return [value - 1, value + 1, -value - 1, float(value), str(value), None, True]
    if isinstance(value, float):
        return [value - 1, value + 1, float("nan"), None]
    column = "group" if path[0] == "socialized" else str(path[-1])
    others: list[Any] = [other for other in ids.get(column, []) if other != value]
    if value is None and column in ("at_least", "at_most"):
        others += [0.0, 1.0]
    return [*others, "tidak dikenal"] if value is None else [*others, "tidak dikenal", None]


def _with(plan: Plan, path: tuple[str | int, ...], value: Any) -> Plan:
    corrupted = copy.deepcopy(plan)
    place: Any = corrupted
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return corrupted


def _name(path: tuple[str | int, ...]) -> str:
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)[1:]


def ids_of(scenario: Plan) -> dict[str, list[str]]:
    """The ids of a scenario by the columns in which they stand."""
    lines = [line for programme in scenario["programmes"] for line in programme.get("costs", [])]
    return {
        "group": [g["id"] for g in scenario["groups"]],
        "programme": [p["id"] for p in scenario["programmes"]],
        "fund": [f["id"] for f in scenario["funds"]],
        "competency": [c["id"] for c in scenario["competencies"]],
        "period": Instance(scenario).periods,
        "year": Instance(scenario).years,
        "item": sorted({line["item"] for line in lines}),
        "account": sorted({line["account"] for line in lines if "account" in line}),
        "status": ["optimal", "feasible", "infeasible"],
        "claim": ["proven", "agreed", "claimed"],
        "goal": ["gaps_closed", "own_cost", "total_cost"],
        "by": ["group", "agency"],
    }
