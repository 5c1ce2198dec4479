"""Corrupted plans of tiny scenarios: the check refuses whatever the oracle's judge refuses, and takes the rest.

undetected(plain) -> str | None                 every single figure, flag, id and row of a plan changed
inconsistent(plain, dice) -> str | None         other decisions and payments, with every total made to fit them
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import pairwise
from typing import Any

from planner.attendance.finder import attended
from planner.check import check_plan
from planner.domain.decisions import Decisions
from planner.domain.objectives import levels_of
from planner.domain.scenario import Scenario
from planner.errors import InfeasibleError
from planner.payments.payment import Payment
from planner.planning import plan
from planner.plans.assembly import assemble
from planner.plans.plan import Plan
from planner.solve.outcome import SearchLimits
from tests.oracle.brute_force import solve
from tests.oracle.corrupt import corruptions, ids_of
from tests.oracle.judge import Judge

Plain = dict[str, Any]

DECISIONS = ("allocations", "classes", "socialized", "seats", "payments", "attendance")


def undetected(plain: Plain) -> str | None:
    """The first corruption of the oracle's plan about which check and judge differ, or that passes and claims more."""
    scenario = Scenario.model_validate(plain)
    best = solve(plain, scenario.sha256)
    if best is None:
        return None
    verdict = check_plan(scenario, best.plan)
    if not verdict.passed:
        return f"a valid plan is refused: {verdict.findings}"
    judge = Judge(plain, scenario.sha256)
    for what, corrupted in corruptions(best.plan, ids_of(plain)):
        verdict = check_plan(scenario, corrupted)
        if verdict.passed != second_opinion(judge, corrupted):
            return f"{what}: {verdict.findings or 'passed'}"
        if verdict.passed and not other_decisions(best.plan, corrupted) and not claims_less(best.plan, corrupted):
            return f"{what}: passed"
    return None


def second_opinion(judge: Judge, corrupted: Plain) -> bool:
    """The judge's; values that it cannot even read are no plan."""
    try:
        return judge.accepts(corrupted)
    except (TypeError, ValueError):
        return False


def other_decisions(valid: Plain, corrupted: Plain) -> bool:
    """Whether the corruption decides something else, which may be a plan too; figures may not differ by themselves."""
    return any(valid[table] != corrupted[table] for table in DECISIONS)


def claims_less(valid: Plain, corrupted: Plain) -> bool:
    """Whether all that changes is that the plan claims less of itself, or orders the gaps of a group in another way."""
    if corrupted["status"] == "feasible" or corrupted["tolerance"] > valid["tolerance"]:
        return True
    levels, others = valid["objective"], corrupted["objective"]
    if levels != others:
        below = [level["goal"] for level in levels].index("gaps_closed") + 1
        return bool(others == levels[:-1] or others[:below] == levels[:below])
    rows, reordered = valid["closings"], corrupted["closings"]
    return rows != reordered and sorted(map(repr, rows)) == sorted(map(repr, reordered))


def inconsistent(plain: Plain, dice: random.Random) -> str | None:
    """The first plan of changed decisions or payments, with totals that fit them, of which check and judge differ."""
    scenario = Scenario.model_validate(plain)
    try:
        valid = plan(scenario, SearchLimits(gap=0.0), inline=True).plan
    except InfeasibleError:
        return None
    judge = Judge(plain, scenario.sha256)
    for what, decisions, payments in _changed(scenario, valid, dice):
        whole = _assembled(scenario, valid, decisions, payments)
        if whole is None:
            continue
        verdict = check_plan(scenario, whole)
        if verdict.passed != second_opinion(judge, whole):
            return f"{what}: {verdict.findings or 'passed'}"
    return None


def _assembled(scenario: Scenario, valid: Plan, decisions: Decisions, payments: list[Payment]) -> Plain | None:
    """The plan with every figure made anew; None where not even figures can be made of it."""
    try:
        return assemble(
            scenario,
            decisions,
            payments,
            attendance=attended(scenario, decisions) or valid.attendance,
            levels=levels_of(scenario),
            bounds={},
            tolerance=0.1,
            solver=valid.solver,
        ).to_plain()
    except (KeyError, ValueError, ArithmeticError, AssertionError):
        return None


def _changed(scenario: Scenario, valid: Plan, dice: random.Random) -> Iterator[tuple[str, Decisions, list[Payment]]]:
    """(what, decisions, payments): people, classes, seats, socialization and money moved, added and taken away."""
    made, paid = valid.decisions(scenario), [replace(row) for row in valid.payments]
    groups, periods = [g.id for g in scenario.groups], list(scenario.horizon)
    programmes, funds = [p.id for p in scenario.programmes], [f.id for f in scenario.funds]
    for seat in made.participants:
        others = [
            *((seat[0], seat[1], t) for t in periods),
            *((g, seat[1], seat[2]) for g in groups),
            *((seat[0], p, seat[2]) for p in programmes),
        ]
        for other in others:
            if other != seat:
                people = _plus(_plus(made.participants, seat, -1), other, 1)
                yield f"one of {seat} moved to {other}", replace(made, participants=people), paid
        for step in (-1, 1):
            yield f"{step} at {seat}", replace(made, participants=_plus(made.participants, seat, step)), paid
    for held in made.classes:
        for step in (-1, 1):
            yield f"{step} class {held}", replace(made, classes=_plus(made.classes, held, step)), paid
        for t in periods:
            moved = _plus(_plus(made.classes, held, -1), (held[0], t), 1)
            yield f"class {held} moved to {t}", replace(made, classes=moved), paid
    for g in groups:
        yield f"socialization of {g}", replace(made, socialized=made.socialized ^ {g}), paid
    for (f, *_), seat in ((free, free[1:]) for free in made.seats):
        for step in (-1, 1):
            yield f"{step} free seat of {f}", replace(made, seats=_plus(made.seats, (f, *seat), step)), paid
    for n, row in enumerate(paid):
        for f in funds:
            if f != row.fund:
                part = dice.choice([1, row.amount])
                rest = [replace(row, amount=row.amount - part)] if part < row.amount else []
                dealt = _merged([*paid[:n], *rest, replace(row, fund=f, amount=part), *paid[n + 1 :]])
                yield f"Rp{part} of {row} paid by {f}", made, dealt
        for step in (-1, 1):
            yield f"Rp{step} at {row}", made, [*paid[:n], replace(row, amount=row.amount + step), *paid[n + 1 :]]
        for t in periods:
            if t != row.period:
                yield f"{row} in {t}", made, _merged([*paid[:n], replace(row, period=t), *paid[n + 1 :]])
    for n, (one, next_one) in enumerate(pairwise(paid)):
        if one.fund != next_one.fund:
            swapped = [replace(one, fund=next_one.fund), replace(next_one, fund=one.fund)]
            yield f"funds of {one} and the next swapped", made, _merged([*paid[:n], *swapped, *paid[n + 2 :]])


def _plus[K](numbers: Mapping[K, int], key: K, step: int) -> dict[K, int]:
    """The numbers with `step` more at a key, without what becomes zero."""
    changed = {**numbers, key: numbers.get(key, 0) + step}
    return {key: number for key, number in changed.items() if number}


def _merged(payments: list[Payment]) -> list[Payment]:
    """One payment of each fund and cell."""
    found: dict[tuple[object, ...], Payment] = {}
    for row in payments:
        key = (row.fund, row.cell)
        found[key] = replace(row, amount=row.amount + (found[key].amount if key in found else 0))
    return list(found.values())
